"""The grey over numbers that are only the last known ones: they stay readable, and nobody takes them for news."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme.tokens import HALL

SHARE = 0.55  # of the light that it takes away


class Veil(QWidget):
    """Covers `over` below `top`, px, while it is shown."""

    def __init__(self, over: QWidget, top: int) -> None:
        super().__init__(over)
        self._over, self._top = over, top
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def cover(self, on: bool) -> None:
        self._settle()
        self.raise_()
        self.setVisible(on)

    def _settle(self) -> None:
        self.setGeometry(self._over.rect().adjusted(0, self._top, 0, 0))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        shade = QColor(HALL.ground)
        shade.setAlphaF(SHARE)
        QPainter(self).fillRect(self.rect(), shade)
