"""A keyboard-wedge scanner types anywhere: recognise its burst, give the payload on, and put the field back as it was.

Works on key presses; a field with an input method gets other events, which is why the card box refuses one.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

BETWEEN_KEYS_S = 0.035
SHORTEST = 9


class Wedge(QObject):
    """Signals: scanned(payload), from whatever in `window` has the focus: `follow` each change of it, or be installed
    on the application. A filter there is asked about every event of the window, and slows its drawing."""

    scanned = Signal(str)

    def __init__(self, window: QWidget, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._window, self._now = window, now
        self._keys, self._last = "", 0.0
        self._field: QWidget | None = None
        self._before = ""

    def follow(self, old: QObject | None, now: QObject | None) -> None:
        """The focus went from one part of the program to another. Last come, first asked: before the field's own."""
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(now, QWidget) and now.window() is self._window:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, QWidget)
            and watched.window() is self._window
            and watched is QApplication.focusWidget()
        ):
            return self._key(watched, event)
        return False

    def _key(self, field: QWidget, event: QKeyEvent) -> bool:
        # The system's own time of the key: while this window was busy, the keys of a burst have waited for it.
        at, text = event.timestamp() / 1000 or self._now(), event.text()
        quick = 0 <= at - self._last <= BETWEEN_KEYS_S
        self._last = at
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            payload, self._keys = self._keys, ""
            if quick and len(payload) >= SHORTEST:
                self._put_back()
                self.scanned.emit(payload)
                return True
            return False
        if not text.isprintable() or not text:
            return False
        if not quick or field is not self._field:
            self._keys, self._field, self._before = "", field, content(field)
        self._keys += text
        return False

    def _put_back(self) -> None:
        if isinstance(self._field, QLineEdit):
            self._field.setText(self._before)
        elif isinstance(self._field, QPlainTextEdit):
            self._field.setPlainText(self._before)


def content(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else ""
