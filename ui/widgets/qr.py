"""A QR code on a screen: black on white with its quiet zone whatever the theme, so that every telephone reads it."""

from __future__ import annotations

import segno
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

QUIET = 4  # modules around the code


class QrView(QWidget):
    """side: px, quiet zone included. Nothing is drawn while there is no text."""

    def __init__(self, side: int, name: str) -> None:
        super().__init__()
        self.setFixedSize(side, side)
        self.setAccessibleName(name)
        self._rows: list[list[int]] = []

    def show_text(self, text: str) -> None:
        made = segno.make(text, error="m", micro=False) if text else None
        self._rows = [list(row) for row in made.matrix_iter(border=QUIET)] if made is not None else []
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if not self._rows:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        # Whole pixels only: a module that is half grey is harder to read than a smaller code.
        module = self.width() // len(self._rows)
        edge = (self.width() - module * len(self._rows)) / 2
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    square = QRectF(edge + x * module, edge + y * module, module, module)
                    painter.fillRect(square, QColor(Qt.GlobalColor.black))
        painter.end()
