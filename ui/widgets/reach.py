"""A place whose content scrolls when it is larger than the place, and stays where the focus is."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

AIR = 24  # px around what has the focus


class Reach(QScrollArea):
    """At 100 % on a screen of 1366 x 768 nothing scrolls; zoomed, everything can still be reached."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setObjectName("reach")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea#reach, QWidget#reached { background: transparent; }")
        content.setObjectName("reached")
        self._content = content
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._follow)

    def _follow(self, _old: QObject | None, now: QObject | None) -> None:
        if isinstance(now, QWidget) and self.isVisible() and self.isAncestorOf(now):
            # Not ensureWidgetVisible: of a text field that brings only the cursor in.
            for corner in (now.rect().bottomRight(), now.rect().topLeft()):
                at = now.mapTo(self._content, corner)
                self.ensureVisible(at.x(), at.y(), AIR, AIR)
