"""The hall's screen: who is called to which counter. Widgets without decisions; sizes follow the screen's height."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kiosk.clock import Clock
from ui.display.presenter import CURRENT, RECENT, Call, Waiting
from ui.theme.fonts import set_face
from ui.theme.icons import icon
from ui.theme.sheet import stylesheet
from ui.theme.tokens import HALL
from ui.widgets.basics import Card, ClockLabel, Elided, clear, label, mark

BLINKS = 8
BLINK_MS = 400
REFERENCE_HEIGHT = 1080
NAMED_LINES = 6  # more lines do not fit by name: then by the letter on their tickets


class CallRow(QFrame):
    """One call: number, arrow, counter. Its place and height never change."""

    def __init__(self, unit: float, lead: bool) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._lead = lead
        self._arrow_px = round(unit * 78)
        self.number, self.counter, self._arrow = label(), label(), QLabel()
        set_face(self.number, round(unit * (212 if lead else 148)), 800)
        self.number.setMinimumWidth(round(unit * 640))
        set_face(self.counter, round(unit * (116 if lead else 84)), 700)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(round(unit * 44), 0, round(unit * 44), 0)
        layout.addWidget(self.number)
        layout.addWidget(self._arrow)
        layout.addSpacing(round(unit * 32))
        layout.addWidget(self.counter, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.show_call(None)

    def show_call(self, call: Call | None) -> None:
        self.number.setText(call.label if call else "")
        self.counter.setText(call.counter if call else "")
        self._arrow.setVisible(call is not None)
        self.setAccessibleName(f"{call.label} mời đến {call.counter}" if call else "")
        self.light(False)

    def light(self, on: bool) -> None:
        mark(self, "kind", "accent" if on else "card")
        for part in (self.number, self.counter):
            mark(part, "tone", "on" if on else ("accent" if self._lead and part is self.number else ""))
        self._arrow.setPixmap(icon("arrow", self._arrow_px, HALL.on_accent if on else HALL.edge, 1.8))


class DisplayWindow(QWidget):
    """Signals: ticked, twice a second."""

    ticked = Signal()

    def __init__(
        self, office_name: str, clock: Clock, height: int = REFERENCE_HEIGHT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Màn hình gọi số"))
        self.setStyleSheet(stylesheet(HALL))
        self._unit = height / REFERENCE_HEIGHT
        self._blinks = 0
        self._build(office_name, clock)
        self._blink_timer = QTimer(self)
        self._blink_timer.timeout.connect(self._blink)
        self._tick_timer = QTimer(self)
        self._tick_timer.timeout.connect(self.ticked)
        self._tick_timer.start(500)

    def _px(self, size: float) -> int:
        return round(size * self._unit)

    def _build(self, office_name: str, clock: Clock) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(self._px(48), self._px(28), self._px(48), self._px(36))
        outer.setSpacing(self._px(24))
        name = Elided(office_name, tone="muted")
        set_face(name, self._px(38), 600)
        self._head = QStackedWidget()  # the banner takes the name's place: the numbers never move
        self._head.setFixedHeight(self._px(92))
        self._head.addWidget(name)
        self._head.addWidget(self._banner())
        head = QHBoxLayout()
        head.setSpacing(self._px(32))
        head.addWidget(self._head, 1)
        head.addWidget(ClockLabel(clock, self._px(64), self._px(34), stacked=False))
        outer.addLayout(head)
        body = QHBoxLayout()
        body.setSpacing(self._px(32))
        body.addLayout(self._calls(), 66)
        body.addWidget(self._recent_list(), 34)
        outer.addLayout(body, 1)
        self._waiting_row = QHBoxLayout()
        self._waiting_row.setSpacing(self._px(20))
        outer.addLayout(self._waiting_row)

    def _banner(self) -> QFrame:
        box = Card(kind="notice", pad=self._px(12))
        mark(box, "tone", "bad")
        self._stale_words = label("", tone="bad")
        set_face(self._stale_words, self._px(34), 700)
        picture = QLabel()
        picture.setPixmap(icon("warn", self._px(48), HALL.bad, 2))
        line = QHBoxLayout()
        line.setSpacing(self._px(24))
        line.addWidget(picture)
        line.addWidget(self._stale_words, 1)
        box.body.addLayout(line)
        return box

    def _calls(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._px(18))
        title = label(self.tr("Mời đến quầy"), tone="muted")
        set_face(title, self._px(40), 600)
        column.addWidget(title)
        self._rows = [CallRow(self._unit, lead=place == 0) for place in range(CURRENT)]
        for place, line in enumerate(self._rows):
            column.addWidget(line, 15 if place == 0 else 10)
        return column

    def _recent_list(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._px(18))
        title = label(self.tr("Vừa gọi"), tone="muted")
        set_face(title, self._px(40), 600)
        column.addWidget(title)
        card = Card(pad=self._px(26), gap=0)
        self._recents: list[tuple[QLabel, QLabel, QLabel]] = []
        for _place in range(RECENT):
            number, counter, at = label(), label(), label("", tone="muted")
            set_face(number, self._px(58), 700)
            set_face(counter, self._px(42), 600)
            set_face(at, self._px(30), 500, tabular=True)
            line = QHBoxLayout()
            line.addWidget(number, 5)
            line.addWidget(counter, 5)
            line.addWidget(at, 0)
            card.body.addLayout(line, 1)
            self._recents.append((number, counter, at))
        column.addWidget(card, 1)
        return box

    def show_calls(self, current: Sequence[Call], recent: Sequence[Call]) -> None:
        for place, line in enumerate(self._rows):
            line.show_call(current[place] if place < len(current) else None)
        for place, (number, counter, at) in enumerate(self._recents):
            known = recent[place] if place < len(recent) else None
            number.setText(known.label if known else "")
            counter.setText(known.counter if known else "")
            at.setText(f"{known.at:%H:%M}" if known else "")
        self._rows[0].light(self._blinks % 2 == 1)

    def call(self, call: Call) -> None:
        words = self.tr("Mời số {number} đến {counter}")
        self.setAccessibleDescription(words.format(number=call.label, counter=call.counter))
        self._blinks = BLINKS + 1
        self._blink()
        self._blink_timer.start(BLINK_MS)

    def _blink(self) -> None:
        self._blinks -= 1
        self._rows[0].light(self._blinks % 2 == 0 and self._blinks > 0)
        if self._blinks <= 0:
            self._blink_timer.stop()

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        clear(self._waiting_row)
        title = label(self.tr("Đang chờ"), tone="muted")
        set_face(title, self._px(32), 600)
        self._waiting_row.addWidget(title)
        for line in waiting:
            words = line.name if len(waiting) <= NAMED_LINES else line.series
            name = Elided(words, tone="muted")
            set_face(name, self._px(28), 500)
            count = label(str(line.count))
            set_face(count, self._px(34), 700, tabular=True)
            self._waiting_row.addSpacing(self._px(8))
            # As wide as it wants, and no wider than the screen: the row must never push the numbers out.
            name.setMaximumWidth(name.sizeHint().width())
            self._waiting_row.addWidget(name, name.sizeHint().width())
            self._waiting_row.addWidget(count)
        self._waiting_row.addStretch(1)

    def show_stale(self, since: datetime | None) -> None:
        self._head.setCurrentIndex(0 if since is None else 1)
        if since is not None:
            words = self.tr("Mất tin từ {time}. Mời nghe cán bộ gọi số.")
            self._stale_words.setText(words.format(time=f"{since:%H:%M:%S}"))
