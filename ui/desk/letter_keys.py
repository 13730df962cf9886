"""Single letters as keys where scanners type, too: a letter acts alone, never within the burst of a scanner."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from ui.desk.wedge import BETWEEN_KEYS_S

SETTLE_MS = round(BETWEEN_KEYS_S * 1000) + 25  # a wedge's next character would be here by then


class LetterKeys(QObject):
    """Signals: pressed(letter, upper case), once nothing has followed it. Give it every printable key."""

    pressed = Signal(str)

    def __init__(self, parent: QObject, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now, self._last, self._letter = now, 0.0, ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._settled)

    def type(self, text: str) -> None:
        at = self._now()
        alone = at - self._last > BETWEEN_KEYS_S
        self._last = at
        self._timer.stop()
        self._letter = text.upper() if alone and len(text) == 1 and text.isascii() and text.isalpha() else ""
        if self._letter:
            self._timer.start()

    def forget(self) -> None:
        """Another key came, or the panel has gone."""
        self._timer.stop()
        self._letter = ""

    def _settled(self) -> None:
        letter, self._letter = self._letter, ""
        if letter:
            self.pressed.emit(letter)
