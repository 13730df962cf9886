"""The panel over the desk with one read paper: its page on the left, what it seems to say on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ui.desk.over_panel import OverPanel
from ui.desk.page_view import PageView
from ui.desk.reading_model import Box, PagePicture
from ui.desk.reading_presenter import ShownLine, ShownPaper
from ui.theme.fonts import role
from ui.theme.tokens import LG, MD, SM, XS
from ui.widgets.basics import Card, Chip, Notice, key_hints, label, mark, row

WIDTH, HEIGHT = 1240, 706
PAGE = QSize(466, 660)
LABEL_WIDTH, LINE = 170, 38
DOUBT = {"": "", "warn": "Xem lại", "bad": "Xem kỹ"}


class ReadingPanel(OverPanel):
    """Covers `over` while it is shown. Signals: entered, turned(±1), moved(±1), stepped(±1), line_chosen(n),
    typed(text), take_back_asked."""

    entered = Signal()
    turned = Signal(int)
    moved = Signal(int)
    stepped = Signal(int)
    line_chosen = Signal(int)
    typed = Signal(str)
    take_back_asked = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, "Giấy tờ đã đọc")
        self.page = PageView(PAGE)
        self.title, self.state, self.notice = label("", "title"), Chip(), Notice(closable=False)
        self.kept = label("", "caption", "muted")
        self.edits: list[QLineEdit] = []
        self._tones: list[Chip] = []
        self._showing = False
        card = Card(pad=LG, gap=SM)
        card.setFixedSize(WIDTH, HEIGHT)
        side = QVBoxLayout()
        side.setSpacing(SM)
        side.addLayout(row(self.title, MD, self.state, None))
        side.addWidget(self.kept)
        side.addWidget(self.notice)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, SM, 0)
        self._grid.setVerticalSpacing(XS)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        inner = QWidget()
        inner.setObjectName("clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        self._area.setStyleSheet("QScrollArea, #clear { background: transparent; }")
        side.addWidget(self._area, 1)
        side.addLayout(self._foot())
        whole = row(self.page, gap=LG)
        whole.addLayout(side, 1)
        card.body.addLayout(whole)
        self.place(card)

    def _foot(self) -> QVBoxLayout:
        keys = (
            (("Enter", "đồng ý, sang giấy sau"), ("↑ ↓", "chọn ô"), ("← →", "đổi loại, thành phần")),
            (("PgUp PgDn", "giấy khác"), ("F4", "hủy xác nhận"), ("Esc", "đóng")),
        )
        foot = QVBoxLayout()
        foot.setSpacing(XS)
        for some in keys:
            line = row(gap=XS)
            key_hints(line, *some)
            line.addStretch(1)
            foot.addLayout(line)
        return foot

    # --- what the presenter shows --------------------------------------------------------------------------------

    def show_paper(self, paper: ShownPaper, line: int) -> None:
        self._showing = True
        self.title.setText(paper.title)
        self.state.say(paper.state, paper.tone)
        self.kept.setText(paper.kept)
        if len(self.edits) != len(paper.lines) or not self.isVisible():
            self._build(len(paper.lines))
        for n, shown in enumerate(paper.lines):
            self._fill(n, shown)
        self.setAccessibleName(paper.title)
        self.stand(self.edits[line])
        self.edits[line].selectAll()
        self._area.ensureWidgetVisible(self.edits[line])
        self._showing = False

    def show_picture(self, picture: PagePicture) -> None:
        self.page.show_picture(picture)

    def mark(self, boxes: Sequence[Box], current: Box | None) -> None:
        self.page.mark(boxes, current)

    def warn(self, words: str) -> None:
        if words:
            self.notice.say("warn", words)
        else:
            self.notice.hide()

    def leave(self) -> None:
        self.close_panel()

    # --- building ------------------------------------------------------------------------------------------------

    def _build(self, count: int) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.edits, self._tones = [], []
        for n in range(count):
            edit, tone = QLineEdit(), Chip()
            edit.setFont(role("body"))
            edit.setFixedHeight(LINE)
            edit.installEventFilter(self)
            edit.textEdited.connect(self.typed)
            self._grid.addWidget(label("", "label", "muted"), n, 0)
            self._grid.addWidget(edit, n, 1)
            self._grid.addWidget(tone, n, 2)
            self.edits.append(edit)
            self._tones.append(tone)

    def _fill(self, n: int, shown: ShownLine) -> None:
        item = self._grid.itemAtPosition(n, 0)
        name = item.widget() if item is not None else None
        if isinstance(name, QLabel):
            name.setText(shown.label)
        edit, tone = self.edits[n], self._tones[n]
        edit.setReadOnly(shown.turns)
        edit.setAccessibleName(f"{shown.label}. {DOUBT[shown.tone]}".strip(". "))
        mark(edit, "turns", "yes" if shown.turns else "")
        if edit.text() != shown.value:
            edit.setText(shown.value)
            edit.setCursorPosition(0)
        tone.say(DOUBT[shown.tone], shown.tone)
        tone.setVisible(bool(shown.tone))

    # --- Qt's own events -----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.FocusIn and not self._showing and watched in self.edits:
            self.line_chosen.emit(self.edits.index(watched))
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            return self._key(event, turns=watched.isReadOnly())
        return False

    def _key(self, event: QKeyEvent, *, turns: bool) -> bool:
        """True for a key that is the panel's own; all others belong to the line that is typed in."""
        key = event.key()
        signs = {
            Qt.Key.Key_Up: (self.moved, -1),
            Qt.Key.Key_Down: (self.moved, 1),
            Qt.Key.Key_PageUp: (self.stepped, -1),
            Qt.Key.Key_PageDown: (self.stepped, 1),
        }
        if turns:
            signs |= {Qt.Key.Key_Left: (self.turned, -1), Qt.Key.Key_Right: (self.turned, 1)}
        if key in signs:
            signal, step = signs[Qt.Key(key)]
            signal.emit(step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_F4:
            self.take_back_asked.emit()
        elif key == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            return False
        return True
