"""Hands on the real desk window: every key is an event of Qt's, timed until what it does has been drawn.

Measured: from just before a key is given to the widget that has the focus, until the window has carried out the first
request to draw at whose beginning the expected change was there. Drawn into the window's memory: the way from there to
the glass (the graphics driver, at most one picture of the screen) is not in it, nor the way of the keyboard to Qt.
Between, Qt's own loop runs, as in the program. Beside it stands what the window's own thread computed meanwhile, which
says the same on a machine that does much else. A scanned code counts from its last character, and as no key.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.errors import KioskError

PATIENCE_MS = 30_000
PAUSE_MS = 120  # between two keys of a person who types well
READER_MS = 4  # between two characters of a reader, as the system stamps them
PLAIN = Qt.KeyboardModifier.NoModifier
HELD = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)
DRAWN = QEvent.Type(QEvent.registerEventType())

IsShown = Callable[[], bool]


class DeskSilentError(KioskError):
    """The desk did not show what a key should do. details: step, seconds."""

    code = "bench.desk_silent"


@dataclass(frozen=True)
class Stroke:
    """keys: one and those held with it, 0 for a scan; seconds: until it was on the screen; computed_s: of those, what
    the window's thread had the processor."""

    script: str
    step: str
    keys: int
    seconds: float
    computed_s: float = 0.0


class Watch(QObject):
    """Sees when the expected change has been drawn, and counts clicks. Install it on the application."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.clicks, self.drawn_at, self.computed_s = 0, 0.0, 0.0
        self._window, self._is_shown = window, _never
        self._loop = QEventLoop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        kind = event.type()
        if kind == QEvent.Type.UpdateRequest:
            if watched is self._window and self._is_shown():
                self._is_shown = _never
                # First after the drawing that begins now.
                QCoreApplication.postEvent(self, QEvent(DRAWN), Qt.EventPriority.HighEventPriority.value)
        elif kind == QEvent.Type.MouseButtonPress:
            self.clicks += 1
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() != DRAWN:
            return super().event(event)
        self.drawn_at = time.perf_counter()
        self._loop.quit()
        return True

    def seconds(self, act: Callable[[], None], is_shown: IsShown) -> float | None:
        """From the act until the drawing, None when that did not come."""
        self.drawn_at, self._is_shown = 0.0, is_shown
        began, computed = time.perf_counter(), time.thread_time()
        act()
        self.live(PATIENCE_MS)
        self._is_shown, self.computed_s = _never, time.thread_time() - computed
        return self.drawn_at - began if self.drawn_at else None

    def live(self, ms: int) -> None:
        """Let the window work; ends when what is waited for has been drawn."""
        if self.drawn_at:
            return
        ends = QTimer()
        ends.setSingleShot(True)
        ends.timeout.connect(self._loop.quit)
        ends.start(ms)
        self._loop.exec()
        ends.stop()


def _never() -> bool:
    return False


class Hands:
    """strokes: what was done, in order; script: what is being done."""

    def __init__(self, window: QWidget, pause_ms: int = PAUSE_MS) -> None:
        self.strokes: list[Stroke] = []
        self.script = ""
        self._pause_ms = pause_ms
        self._window, self._watch = window, Watch(window)
        QApplication.instance().installEventFilter(self._watch)  # type: ignore[union-attr]

    def close(self) -> None:
        QApplication.instance().removeEventFilter(self._watch)  # type: ignore[union-attr]

    @property
    def clicks(self) -> int:
        return self._watch.clicks

    def press(self, step: str, key: Qt.Key, is_shown: IsShown, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Raises: DeskSilentError."""
        keys = 1 + sum(bool(held & one) for one in HELD)
        self._do(step, keys, lambda: QTest.keyClick(self._focus(), key, held), is_shown)

    def letter(self, step: str, letter: str, is_shown: IsShown) -> None:
        """Raises: DeskSilentError."""
        self._do(step, 1, lambda: QTest.keyClicks(self._focus(), letter), is_shown)

    def scan(self, step: str, payload: str, is_shown: IsShown) -> None:
        """As a reader types it, with the letters that a keyboard has not, and Enter. Raises: DeskSilentError."""
        began_ms = round(time.monotonic() * 1000)
        for n, char in enumerate(payload):
            self._type(Qt.Key.Key_unknown, char, began_ms + n * READER_MS)
        last_ms = began_ms + len(payload) * READER_MS
        self._do(step, 0, lambda: self._type(Qt.Key.Key_Return, "\r", last_ms), is_shown)

    def wait(self, step: str, is_so: IsShown) -> None:
        """For what no key does, such as pages that come from the scanner. Raises: DeskSilentError."""
        ends = time.monotonic() + PATIENCE_MS / 1000
        while not is_so():
            self._rest()
            if time.monotonic() > ends:
                raise DeskSilentError(step=step, seconds=PATIENCE_MS // 1000)

    def _do(self, step: str, keys: int, act: Callable[[], None], is_shown: IsShown) -> None:
        seconds = self._watch.seconds(act, is_shown)
        if seconds is None:
            raise DeskSilentError(step=f"{self.script}, {step}", seconds=PATIENCE_MS // 1000)
        self.strokes.append(Stroke(self.script, step, keys, seconds, self._watch.computed_s))
        self._rest()

    def _rest(self) -> None:
        self._watch.drawn_at = 0.0
        self._watch.live(self._pause_ms)

    def _type(self, key: Qt.Key, text: str, at_ms: int) -> None:
        field = self._focus()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, PLAIN, text)
            event.setTimestamp(at_ms)
            QApplication.sendEvent(field, event)

    def _focus(self) -> QWidget:
        return self._window.focusWidget() or self._window
