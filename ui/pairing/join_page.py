"""The page of a machine that belongs to no office yet: twelve places, large keys, what to do; by touch or by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.pairing import ALPHABET, GROUP, LENGTH
from ui.desk.wedge import Wedge
from ui.pairing.join_presenter import JoinPresenter
from ui.theme.fonts import set_face
from ui.widgets.basics import Card, Notice, label, mark

ACROSS = 8  # keys in a row
REFERENCE = QSize(960, 740)
DONE_MS = 6000
STEPS = (
    "1.  Ở quầy đang chạy, bấm Ctrl+M, rồi chọn loại máy cần ghép.",
    "2.  Đưa mã QR ở quầy vào máy quét, hoặc gõ 12 ký tự đang hiện ở đó.",
)


class JoinPage(QWidget):
    """Signals: alone, when this machine is the office's only one; finished, when it became a station."""

    alone = Signal()
    finished = Signal()

    def __init__(self, size: QSize, *, may_be_alone: bool = True) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # a Vietnamese one would change the signs
        self.setWindowTitle(self.tr("Một Cửa – ghép máy"))
        self.setAccessibleName(self.windowTitle())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._factor = min(size.width() / REFERENCE.width(), size.height() / REFERENCE.height())
        self._presenter: JoinPresenter | None = None
        self.places: list[tuple[Card, QLabel]] = []
        self.keys: dict[str, QPushButton] = {}
        self.notice = Notice(closable=False, icon_px=self._px(22))
        self._build(may_be_alone)
        self._wedge = Wedge(self)
        self._wedge.scanned.connect(self._on_scan)
        self.installEventFilter(self._wedge)
        self.resize(size)

    def connect_to(self, presenter: JoinPresenter) -> None:
        self._presenter = presenter
        for sign in ALPHABET:
            self.keys[sign].clicked.connect(lambda _=False, s=sign: presenter.on_sign(s))
        self.keys["erase"].clicked.connect(lambda: presenter.on_erase())
        self.keys["clear"].clicked.connect(lambda: presenter.on_clear())
        self.keys["go"].clicked.connect(lambda: presenter.on_go())

    def _on_scan(self, text: str) -> None:
        if self._presenter is not None:
            self._presenter.on_scan(text)

    # --- building ------------------------------------------------------------------------------------------------

    def _px(self, px: float) -> int:
        return round(px * self._factor)

    def _build(self, may_be_alone: bool) -> None:
        outer = QHBoxLayout(self)
        column = QVBoxLayout()
        column.setSpacing(self._px(12))
        outer.addStretch(1)
        outer.addLayout(column)
        outer.addStretch(1)
        column.addStretch(2)
        column.addWidget(self._text(self.tr("Ghép máy này vào cơ quan"), 30, 800))
        for step in STEPS:
            column.addWidget(self._text(step, 18, 500))
        column.addSpacing(self._px(4))
        column.addLayout(self._code())
        column.addWidget(self._place_of_notice())
        self.board = self._keyboard()
        column.addWidget(self.board)
        column.addSpacing(self._px(4))
        column.addLayout(self._acts(may_be_alone))
        column.addStretch(3)

    def _text(self, text: str, px: int, weight: int, tone: str = "") -> QLabel:
        made = label(text, tone=tone, wrap=True)
        set_face(made, self._px(px), weight)
        return made

    def _code(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._px(6))
        for place in range(LENGTH):
            if place and place % GROUP == 0:
                line.addSpacing(self._px(22))
            card = Card(pad=0)
            card.setFixedSize(self._px(62), self._px(76))
            sign = label("")
            set_face(sign, self._px(44), 700)
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
            card.body.addWidget(sign)
            self.places.append((card, sign))
            line.addWidget(card)
        return line

    def _place_of_notice(self) -> QWidget:
        """Of a fixed height, so that a hint does not move the keys under a finger."""
        self._hint = QWidget()
        self._hint.setFixedHeight(self._px(78))
        inside = QVBoxLayout(self._hint)
        inside.setContentsMargins(0, 0, 0, 0)
        set_face(self.notice.message, self._px(16), 600)
        set_face(self.notice.fix, self._px(15), 400)
        inside.addWidget(self.notice)
        inside.addStretch(1)
        return self._hint

    def _keyboard(self) -> QWidget:
        board = QWidget()
        grid = QGridLayout(board)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._px(6))
        for place, sign in enumerate(ALPHABET):
            grid.addWidget(self._key(sign, sign, 28, 68), place // ACROSS, place % ACROSS)
        return board

    def _acts(self, may_be_alone: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._px(6))
        alone = self._key("alone", self.tr("Cơ quan chỉ có máy này"), 18, 68)
        alone.clicked.connect(self.alone)
        alone.setVisible(may_be_alone)
        line.addWidget(alone, 4)
        line.addWidget(self._key("clear", self.tr("Xóa hết"), 18, 68), 2)
        line.addWidget(self._key("erase", self.tr("Xóa"), 18, 68), 2)
        line.addWidget(self._key("go", self.tr("Ghép"), 22, 68, "primary"), 3)
        return line

    def _key(self, name: str, words: str, px: int, height: int, kind: str = "") -> QPushButton:
        made = QPushButton(words)
        set_face(made, self._px(px), 700)
        made.setProperty("kind", kind)
        made.setMinimumHeight(self._px(height))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAccessibleName(words)
        self.keys[name] = made
        return made

    # --- what the presenter shows --------------------------------------------------------------------------------

    def show_code(self, signs: str) -> None:
        for place, (card, sign) in enumerate(self.places):
            sign.setText(signs[place : place + 1])
            mark(card, "current", "true" if place == len(signs) else "")

    def say(self, tone: str, message: str, fix: str) -> None:
        self.notice.say(tone, message, fix)

    def hide_notice(self) -> None:
        self.notice.hide()

    def set_busy(self, busy: bool) -> None:
        for key in self.keys.values():
            key.setEnabled(not busy)

    def show_done(self, lines: Sequence[str]) -> None:
        self.board.hide()
        self._hint.setFixedHeight(self._px(240))
        self.notice.say("good", lines[0], "\n".join(lines[1:]))
        for name, key in self.keys.items():
            key.setVisible(name == "go")
        go = self.keys["go"]
        go.setText(self.tr("Mở máy"))
        go.setEnabled(True)
        go.clicked.disconnect()
        go.clicked.connect(self.finished)
        QTimer.singleShot(DONE_MS, self, self.finished.emit)

    # --- Qt's own events -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._presenter is None:
            return
        if event.key() == Qt.Key.Key_Backspace:
            self._presenter.on_erase()
        elif event.key() == Qt.Key.Key_Escape:
            self._presenter.on_clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._presenter.on_go()
        elif len(event.text()) == 1 and event.text().isprintable():
            self._presenter.on_sign(event.text())
        else:
            super().keyPressEvent(event)
