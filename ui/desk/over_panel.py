"""A panel that covers the desk while it is shown: it takes every key, and gives the focus back when it goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.theme.fonts import role
from ui.theme.tokens import LG
from ui.widgets.basics import Card, mark
from ui.widgets.reach import ARROWS, Reach


class OverPanel(QWidget):
    """name: for assistive technology. A kind of panel builds its card and calls `place`."""

    def __init__(self, over: QWidget, name: str) -> None:
        super().__init__(over)
        self._over = over
        self._before: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self.setStyleSheet(f"{type(self).__name__} {{ background: rgba(33, 28, 24, 150); }}")

    def place(self, card: Card) -> None:
        """The card in the middle; nothing is shown yet."""
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(LG, LG, LG, LG)
        inner.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._reach = Reach(content)
        outer.addWidget(self._reach)
        self.hide()

    def stand(self, focus: QWidget) -> None:
        """Over everything, with the focus in one of its parts, or itself."""
        if not self.isVisible():
            self._before = self._over.focusWidget()
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()
        focus.setFocus()

    def close_panel(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in ARROWS:
                self._reach.roll(event.key())
            event.accept()  # while the panel stands, no key of the desk works behind it
            return True
        return super().event(event)


def choice_button(words: str, *, on: bool) -> QPushButton:
    """One of several, marked when it is the one that Enter takes."""
    button = QPushButton(words)
    button.setFont(role("strong" if on else "body"))
    button.setProperty("kind", "primary" if on else "")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    mark(button, "chosen", "yes" if on else "")
    return button
