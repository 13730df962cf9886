"""The bar above the desk (office, states, counter, clock) and the line below it (keys, what is waiting, the draft)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from kiosk.clock import Clock
from ui.desk.actions import BY_ID
from ui.theme.tokens import LG, MD, SM
from ui.widgets.basics import Chip, ClockLabel, Elided, Notice, key_hints, keycap, label, mark, stacked


class OpeningChip(Chip):
    """One that can be clicked to see more. Signal: clicked."""

    clicked = Signal()

    def __init__(self, text: str = "", tone: str = "") -> None:
        super().__init__(text, tone)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()
        super().mouseReleaseEvent(event)


class HeadBar(QFrame):
    """Signal: exchange_asked."""

    exchange_asked = Signal()

    def __init__(self, office_name: str, place: str, clock: Clock) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setFixedHeight(48)
        line = QHBoxLayout(self)
        line.setContentsMargins(LG, 0, LG, 0)
        line.setSpacing(MD)
        self.outage = Notice(closable=False)
        # In the name's place: every line of the window's 768 is taken.
        self._name = stacked(Elided(office_name, "strong", "accent"), self.outage)
        self._name.setFixedHeight(40)
        line.addWidget(self._name, 1)
        exchange = OpeningChip("Tỉnh: đang xem", "")
        exchange.setToolTip(f"{BY_ID['exchange'].words} · {BY_ID['exchange'].cap}")
        exchange.clicked.connect(self.exchange_asked)
        self._states = {"exchange": exchange, "stations": Chip(), "stopped": Chip(), "online": Chip()}
        for name in ("stopped", "stations", "online"):
            self._states[name].hide()
            line.addWidget(self._states[name])
        line.addWidget(self._states["exchange"])
        line.addWidget(label(place, "strong"))
        line.addWidget(ClockLabel(clock, 17, 13, stacked=False))

    def show_outage(self, words: str) -> None:
        self._name.setCurrentIndex(int(bool(words)))
        if words:
            self.outage.say("warn", words)

    def show_state(self, name: str, tone: str, words: str) -> None:
        """name: "exchange", "stations", "stopped" or "online"."""
        self._states[name].say(words, tone)
        self._states[name].setVisible(bool(words))


class FootLine(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self.setFixedHeight(34)
        line = QHBoxLayout(self)
        line.setContentsMargins(LG, 0, LG, 0)
        line.setSpacing(SM)
        key_hints(
            line, ("F1", "Phím tắt"), ("Ctrl+N", "Hồ sơ mới"), ("C S T D K X", "Ghi giấy tờ"), ("1…9", "Gắn trang")
        )
        line.addWidget(keycap(BY_ID["reading"].cap))
        self._read = label(self.tr("Giấy đã đọc"), "caption", "muted")
        line.addWidget(self._read)
        line.addStretch(1)
        self._draft = label("", "caption", "muted")
        line.addWidget(self._draft)

    def show_read(self, waiting: int, doubtful: int) -> None:
        """How many papers were read and wait for the officer's word, and how many of them want a look; the key that
        opens them stands before the words."""
        words = self.tr("Giấy đã đọc")
        if doubtful:
            words = self.tr("{n} trên {all} giấy đã đọc cần xem lại").format(n=doubtful, all=waiting)
        elif waiting:
            words = self.tr("{n} giấy chờ xác nhận").format(n=waiting)
        self._read.setText(words)
        mark(self._read, "tone", "warn" if waiting else "muted")

    def show_kept(self, words: str) -> None:
        self._draft.setText(words)
