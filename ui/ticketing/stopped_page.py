"""For staff: why this kiosk gives no numbers, what to do, and spare letters where one helps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme.fonts import set_face
from ui.ticketing.look import Look
from ui.ticketing.model import Stopped
from ui.ticketing.tiles import TouchButton
from ui.widgets.basics import Card, label


class StoppedPage(QWidget):
    """Signals: spare(letter), back."""

    spare = Signal(str)
    back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.mm(3))
        card = Card(pad=look.mm(5), gap=look.mm(3))
        self.why, self.what = self._line(7.3, 800), self._line(4.8, 500)
        self._how = self._line(4.8, 600)
        self._keys = QHBoxLayout()
        self._keys.setSpacing(look.mm(4))
        card.body.addStretch(1)
        for part in (self.why, self.what, self._how):
            card.body.addWidget(part)
        card.body.addLayout(self._keys)
        card.body.addStretch(1)
        column.addWidget(card, 1)
        back = TouchButton(look.words.back, look)
        back.clicked.connect(self.back)
        back.setSizePolicy(back.sizePolicy().horizontalPolicy(), back.sizePolicy().Policy.Fixed)
        column.addWidget(back)
        self.letters: dict[str, TouchButton] = {}

    def _line(self, cap_mm: float, weight: int) -> QLabel:
        made = label("", wrap=True)
        set_face(made, self._look.cap(cap_mm), weight)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return made

    def show_stopped(self, stopped: Stopped) -> None:
        words = self._look.words
        self.why.setText(words.stopped_why(stopped.why))
        self.what.setText(words.stopped_fix)
        self._how.setText(words.spare_how)
        self._how.setVisible(bool(stopped.letters))
        for key in self.letters.values():
            key.deleteLater()
        self.letters = {letter: self._key(letter) for letter in stopped.letters}

    def _key(self, letter: str) -> TouchButton:
        made = TouchButton(self._look.words.spare_key.format(letter=letter), self._look, kind="primary", cap_mm=6.1)
        made.clicked.connect(lambda: self.spare.emit(letter))
        self._keys.addWidget(made)
        return made
