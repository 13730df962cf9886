"""A number as large as it may be, and as small as its place asks: a kiosk's own letter makes it one sign longer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.theme.fonts import font, set_face
from ui.widgets.basics import mark

WEIGHT = 800


class FittedNumber(QLabel):
    """px: of the face where there is room. Its text is never cut."""

    def __init__(self, px: int) -> None:
        super().__init__()
        self._px = px
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        mark(self, "tone", "accent")
        set_face(self, px, WEIGHT)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed, room = QFontMetrics(font(self._px, WEIGHT)).horizontalAdvance(self.text()), self.width()
        fits = self._px if needed <= room else self._px * room // needed
        if fits != self.font().pixelSize() and room > 0:
            set_face(self, max(fits, 1), WEIGHT)
