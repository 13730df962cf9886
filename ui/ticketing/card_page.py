"""Where the code of a citizen's card is: the front of the chip card of 2021, the back of the card of July 2024.

The pictures are drawn by this program and show places, no real card. Source: docs/kiosk.md, "Lấy số không chạm".
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.fonts import set_face
from ui.ticketing.look import Look
from ui.ticketing.tiles import TouchButton
from ui.widgets.basics import Card, label

CARD_RATIO = 85.60 / 53.98  # ID-1
QR_MODULES = 11
# Rows of a little code: its three corners, and dots between.
QR_ROWS = (0x7D7, 0x455, 0x547, 0x440, 0x7D3, 0x04A, 0x3B5, 0x01B, 0x7C6, 0x45D, 0x7D2)


class CardPicture(QWidget):
    """A card, simplified. front: a portrait and lines of text beside the code; else the chip, lines and the machine's
    three rows. A ring stands around the code."""

    def __init__(self, look: Look, *, front: bool) -> None:
        super().__init__()
        self._palette, self._front = look.palette, front
        self.setMinimumSize(look.mm(60), look.mm(36))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        width = min(self.width() - 4.0, (self.height() - 4.0) * CARD_RATIO)
        card = QRectF((self.width() - width) / 2, (self.height() - width / CARD_RATIO) / 2, width, width / CARD_RATIO)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._palette.edge), max(2.0, width / 200)))
        painter.setBrush(QColor(self._palette.surface))
        painter.drawRoundedRect(card, width / 24, width / 24)
        self._draw_rest(painter, card)
        self._draw_code(painter, self._part(card, 0.78, 0.07, 0.17))
        painter.end()

    def _part(self, card: QRectF, x: float, y: float, side: float) -> QRectF:
        """A square by shares of the card's width and height."""
        return QRectF(
            card.x() + x * card.width(), card.y() + y * card.height(), side * card.width(), side * card.width()
        )

    def _draw_rest(self, painter: QPainter, card: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._palette.line))
        width, height = card.width(), card.height()
        first = 0.34 if self._front else 0.26
        for row in range(4 if self._front else 2):
            long = 0.36 if row % 2 else 0.42
            painter.drawRoundedRect(
                QRectF(card.x() + first * width, card.y() + (0.28 + 0.14 * row) * height, long * width, 0.06 * height),
                3,
                3,
            )
        if self._front:
            painter.drawRoundedRect(
                QRectF(card.x() + 0.06 * width, card.y() + 0.4 * height, 0.22 * width, 0.48 * height), 6, 6
            )
            painter.drawEllipse(self._part(card, 0.06, 0.08, 0.13))
        else:
            painter.drawRoundedRect(self._part(card, 0.07, 0.26, 0.13), 6, 6)
            for row in range(3):
                top = card.y() + (0.64 + 0.11 * row) * height
                painter.drawRect(QRectF(card.x() + 0.06 * width, top, 0.88 * width, 0.05 * height))

    def _draw_code(self, painter: QPainter, place: QRectF) -> None:
        step = place.width() / QR_MODULES
        painter.setBrush(QColor(self._palette.ink))
        for y, row in enumerate(QR_ROWS):
            for x in range(QR_MODULES):
                if row >> (QR_MODULES - 1 - x) & 1:
                    painter.drawRect(QRectF(place.x() + x * step, place.y() + y * step, step + 0.5, step + 0.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._palette.accent), max(3.0, step)))
        painter.drawRoundedRect(place.adjusted(-step, -step, step, step), step, step)


class CardPage(QWidget):
    """Signals: back."""

    back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        direction = QBoxLayout.Direction.TopToBottom if look.roomy else QBoxLayout.Direction.LeftToRight
        pictures = QBoxLayout(direction)
        pictures.setSpacing(look.mm(4))
        for front, words in ((True, look.words.card_2021), (False, look.words.card_2024)):
            pictures.addWidget(self._card(look, words, front=front), 1)
        private = label(look.words.card_private, tone="muted", wrap=True)
        set_face(private, look.cap(4.8), 500)
        private.setAlignment(Qt.AlignmentFlag.AlignCenter)
        back = TouchButton(look.words.back, look, width_mm=60)
        back.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        back.clicked.connect(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.mm(3 if not look.small else 2))
        column.addLayout(pictures, 1)
        column.addWidget(private)
        column.addWidget(back)

    def _card(self, look: Look, words: str, *, front: bool) -> Card:
        box = Card(pad=look.mm(4 if look.roomy else 2), gap=look.mm(2))
        says = label(words, wrap=True)
        set_face(says, look.main, 700)
        says.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.body.addWidget(CardPicture(look, front=front), 1)
        box.body.addWidget(says)
        box.setAccessibleName(words)
        return box
