"""The frame to hold a card into, so that a millimetre on this glass is known."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.fonts import set_face
from ui.ticketing.look import Look
from ui.ticketing.tiles import TouchButton
from ui.widgets.basics import label

CARD_RATIO = 53.98 / 85.60  # ID-1
STEPS = (("− −", -10), ("−", -1), ("+", 1), ("+ +", 10))


class MeasurePage(QWidget):
    """Signals: step(px), save, back."""

    step = Signal(int)
    save = Signal()
    back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        how = label(look.words.measure_how, wrap=True)
        set_face(how, look.cap(4.8), 500)
        self.card = QFrame()
        self.card.setStyleSheet(
            f"background: {look.palette.surface}; border: 2px solid {look.palette.accent}; border-radius: 12px;"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.mm(3))
        column.addWidget(how)
        column.addStretch(1)
        column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(look.mm(3))
        keys = [(TouchButton(text, look, cap_mm=6, width_mm=22), px) for text, px in STEPS]
        back = TouchButton(look.words.back, look)
        save = TouchButton(look.words.save, look, kind="primary", cap_mm=6, width_mm=22)
        for key, px in keys:
            key.clicked.connect(lambda _=False, px=px: self.step.emit(px))
        back.clicked.connect(self.back)
        save.clicked.connect(self.save)
        for key in (back, *(key for key, _ in keys), save):
            key.setSizePolicy(key.sizePolicy().horizontalPolicy(), key.sizePolicy().Policy.Fixed)
            line.addWidget(key, 1 if len(key.words.text()) <= 4 else 2)
        column.addLayout(line)

    def show_card(self, px: int) -> None:
        self.card.setFixedSize(px, round(px * CARD_RATIO))
