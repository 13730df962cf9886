"""The manager's window at 1366 x 768: the hall's figures of today or of some days. Widgets without decisions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from kiosk.clock import Clock
from ui.manager.model import Period
from ui.manager.table import Table
from ui.manager.words import COUNTER_HEADS, HOUR_HEADS, LINE_HEADS, PERIODS, Figure, Figures, Judged
from ui.tasks import Problem
from ui.theme.tokens import LG, MD, SM, XS
from ui.widgets.basics import Act, Card, Chip, ClockLabel, Elided, Notice, label, mark, restyle, row

HEADS = 6


class Head(Card):
    """One large figure with its name above and a note below."""

    def __init__(self) -> None:
        super().__init__(pad=MD, gap=0)
        self.name, self.value, self.note = (
            Elided("", "label", "muted"),
            label("", "figure"),
            Elided("", "caption", "muted"),
        )
        for part in (self.name, self.value, self.note):
            self.body.addWidget(part)

    def show_figure(self, figure: Figure) -> None:
        self.name.setText(figure.name)
        self.value.setText(figure.value)
        self.note.setText(figure.note)
        mark(self.value, "tone", figure.tone)
        self.setAccessibleName(f"{figure.name}: {figure.value} {figure.note}")


class ManagerWindow(QWidget):
    """Signals: period_chosen(Period), refresh_asked, ticked (each second)."""

    period_chosen = Signal(object)
    refresh_asked = Signal()
    ticked = Signal()

    def __init__(self, office_name: str, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Hàng chờ hôm nay"))
        self._build(office_name, clock)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.ticked)
        self._timer.start(1000)

    def _build(self, office_name: str, clock: Clock) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._bar(office_name, clock))
        column = QVBoxLayout()
        column.setContentsMargins(LG, MD, LG, MD)
        column.setSpacing(MD)
        self.notice = Notice()
        column.addWidget(self.notice)
        column.addLayout(self._choices())
        self.heads = [Head() for _ in range(HEADS)]
        column.addLayout(row(*self.heads, gap=MD))
        column.addWidget(self._body(), 1)
        outer.addLayout(column, 1)

    def _bar(self, office_name: str, clock: Clock) -> QFrame:
        bar = QFrame()
        bar.setProperty("kind", "bar")
        bar.setFixedHeight(48)
        line = QHBoxLayout(bar)
        line.setContentsMargins(LG, 0, LG, 0)
        line.setSpacing(MD)
        line.addWidget(Elided(office_name, "strong", "accent"), 1)
        line.addWidget(label(self.tr("Lãnh đạo bộ phận"), "strong"))
        line.addWidget(ClockLabel(clock, 17, 13, stacked=False))
        return bar

    def _choices(self) -> QHBoxLayout:
        line = row(label(self.tr("Hàng chờ"), "title"), MD)
        self.periods: dict[Period, Act] = {}
        for place, (period, words) in enumerate(PERIODS.items(), 1):
            button = Act(words, str(place), "", 34, "label")
            button.clicked.connect(partial(self.period_chosen.emit, period))
            shortcut = QShortcut(QKeySequence(str(place)), self)
            shortcut.activated.connect(partial(self.period_chosen.emit, period))
            self.periods[period] = button
            line.addWidget(button)
        line.addStretch(1)
        self.refresh = Act(self.tr("Đọc lại"), "F5", "quiet", 34, "label")
        self.refresh.clicked.connect(self.refresh_asked)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.refresh_asked)
        line.addWidget(self.refresh)
        return line

    def _body(self) -> QScrollArea:
        """Scrolls where an office has more lines or counters than the screen has room for."""
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(MD)
        self.lines, self.hours = Table(LINE_HEADS), Table(HOUR_HEADS)
        self.counters = Table(COUNTER_HEADS, wide=(0, 1))
        self.judged_chip, self.judged = Chip(), Table((), wide=(0,))
        self.votes = Table((), wide=(0,))
        columns.addLayout(
            self._column(
                (self.tr("Theo nhóm dịch vụ, phút"), self.lines), (self.tr("Theo giờ lấy số, phút"), self.hours)
            ),
            58,
        )
        judged = self._card(self.tr("Giờ chờ đã báo, 20 ngày làm việc"), self.judged)
        judged.body.insertWidget(1, self.judged_chip)
        right = self._column((self.tr("Các quầy"), self.counters))
        right.insertWidget(1, judged)
        right.insertWidget(2, self._card(self.tr("Đánh giá của người dân"), self.votes))
        self.proposals = Table((), wide=(0,))
        self.proposals_card = self._card(self.tr("Từ tỉnh, chờ duyệt"), self.proposals)
        self.proposals_card.hide()
        right.insertWidget(0, self.proposals_card)
        columns.addLayout(right, 42)
        area = QScrollArea()
        area.setAccessibleName("Bảng theo dõi")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        return area

    def _column(self, *parts: tuple[str, QWidget]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(MD)
        for title, part in parts:
            column.addWidget(self._card(title, part))
        column.addStretch(1)
        return column

    @staticmethod
    def _card(title: str, part: QWidget) -> Card:
        card = Card(pad=MD, gap=XS)
        card.body.addWidget(label(title, "strong"))
        card.body.addSpacing(SM)
        card.body.addWidget(part)
        return card

    def show_period(self, period: Period) -> None:
        for known, button in self.periods.items():
            button.setProperty("kind", "primary" if known is period else "")
            restyle(button)
            for part in button.findChildren(QLabel):
                mark(part, "tone", "on" if known is period else "")

    def show_figures(self, shown: Figures) -> None:
        for place, figure in zip(self.heads, shown.heads, strict=True):
            place.show_figure(figure)
        self.lines.show_rows(shown.lines)
        self.hours.show_rows(shown.hours)
        self.counters.show_rows(shown.counters)
        self.votes.show_rows([(words,) for words in shown.votes])
        self.proposals.show_rows([(words,) for words in shown.proposals])
        self.proposals_card.setVisible(bool(shown.proposals))

    def show_judged(self, shown: Judged) -> None:
        self.judged_chip.say(shown.verdict, shown.tone)
        self.judged.show_rows(shown.rows)

    def show_problem(self, problem: Problem) -> None:
        self.notice.say("bad", problem.message, problem.fix)

    def hide_problem(self) -> None:
        self.notice.hide()
