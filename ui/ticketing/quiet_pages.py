"""When nobody is served here: the closed page, and the question whether somebody is still there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.domain.opening import Opening
from ui.theme.fonts import set_face
from ui.theme.icons import icon
from ui.ticketing.look import Look
from ui.ticketing.tiles import TouchButton
from ui.widgets.basics import Card, label


def _line(look: Look, cap_mm: float, weight: int, tone: str = "") -> QLabel:
    made = label("", tone=tone, wrap=True)
    set_face(made, look.cap(cap_mm), weight)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


class ClosedPage(QWidget):
    """No numbers now: when to return."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(pad=look.mm(8 if look.roomy else 4), gap=look.mm(4 if look.roomy else 2))
        picture = QLabel()
        picture.setPixmap(icon("clock", look.mm(40 if look.roomy else 20), look.palette.accent, 1.4))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._return = _line(look, 7.3, 500, "muted")
        self.opens = _line(look, 11 if look.roomy else 8, 800, "accent")
        self._fix = _line(look, 4.8, 500, "muted")
        self._return.setText(look.words.come_back)
        self._fix.setText(look.words.closed_fix)
        card.body.addStretch(1)
        for part in (picture, self._return, self.opens, self._fix):
            card.body.addWidget(part)
        card.body.addStretch(1)
        column.addWidget(card)

    def show_opening(self, opening: Opening) -> None:
        known = opening.opens_at is not None
        self._return.setVisible(known)
        self.opens.setVisible(known)
        if opening.opens_at is not None:
            self.opens.setText(self._look.words.opens_at(opening.opens_at))


class StillThere(QFrame):
    """Lies over everything: a touch beside its two keys changes nothing. Signals: more, end."""

    more = Signal()
    end = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("still-there")
        self.setStyleSheet("QFrame#still-there { background: rgba(20, 15, 12, 190); }")
        card = Card(pad=look.mm(8 if look.roomy else 5), gap=look.mm(5 if look.roomy else 3))
        self._asked, self._left = _line(look, 8.5 if look.roomy else 7.3, 800), _line(look, 7.3, 500)
        self.more_key = TouchButton(look.words.more_time, look, kind="primary", cap_mm=6.1, height_mm=26)
        self.end_key = TouchButton(look.words.end_now, look, cap_mm=5.5, height_mm=22)
        self.more_key.clicked.connect(self.more)
        self.end_key.clicked.connect(self.end)
        for part in (self._asked, self._left, self.more_key, self.end_key):
            card.body.addWidget(part)
        card.setMaximumWidth(look.mm(230))
        column = QVBoxLayout(self)
        # In low mode the question stands in the lower half like every other control.
        column.addStretch(3 if look.low else 1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(card, 8)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)
        self.hide()

    def ask(self, seconds: int, room: QSize, *, can_extend: bool) -> None:
        self._asked.setText(self._look.words.still_there)
        self._left.setText(self._look.words.wiped_in.format(seconds=seconds))
        self.more_key.setVisible(can_extend)
        self.setGeometry(0, 0, room.width(), room.height())
        self.show()
        self.raise_()
