"""A place whose content scrolls when it is larger than the place, and stays where the focus is."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

AIR = 24  # px around what has the focus
ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class Reach(QScrollArea):
    """At 100 % on a screen of 1366 x 768 nothing scrolls; zoomed, everything can still be reached."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setObjectName("reach")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea#reach, QWidget#reached { background: transparent; }")
        content.setObjectName("reached")
        self._content = content
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._follow)

    def _fit(self) -> None:
        """As large as the place, or as small as the parts can be. Not by Qt's own resizing, which takes what wrapped
        text would like for what it needs: one notice, and all of the desk would scroll."""
        least, room = self._content.minimumSizeHint(), self.maximumViewportSize()
        bar = self.verticalScrollBar().sizeHint().width()
        wide = room.width() - (bar if least.height() > room.height() else 0)
        tall = room.height() - (bar if least.width() > room.width() else 0)
        self._content.resize(max(least.width(), wide), max(least.height(), tall))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LayoutRequest and watched is self._content:
            self._fit()
        return super().eventFilter(watched, event)

    def roll(self, key: int) -> None:
        """Most of a screenful towards an arrow key: there are things to read that never have the focus."""
        bars = {
            Qt.Key.Key_Up: (self.verticalScrollBar(), -1),
            Qt.Key.Key_Down: (self.verticalScrollBar(), 1),
            Qt.Key.Key_Left: (self.horizontalScrollBar(), -1),
            Qt.Key.Key_Right: (self.horizontalScrollBar(), 1),
        }
        bar, way = bars[Qt.Key(key)]
        bar.setValue(bar.value() + way * bar.pageStep() * 3 // 4)

    def _follow(self, _old: QObject | None, now: QObject | None) -> None:
        if isinstance(now, QWidget) and self.isVisible() and self.isAncestorOf(now):
            # Not ensureWidgetVisible: of a text field that brings only the cursor in.
            for corner in (now.rect().bottomRight(), now.rect().topLeft()):
                at = now.mapTo(self._content, corner)
                self.ensureVisible(at.x(), at.y(), AIR, AIR)
