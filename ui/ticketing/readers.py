"""The kiosk's code readers: one that types like a keyboard, one on a serial port. Both give whole codes, once each."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QIODevice, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtSerialPort import QSerialPort
from PySide6.QtWidgets import QApplication, QPushButton

LONGEST = 4096  # characters, or bytes; a cat on the keyboard fills no memory
SHORTEST = 9  # of a code without Enter at its end; fewer keys were a hand's
PAUSE_MS = 400  # no reader waits so long within a code
RETRY_MS = 2000


class KeyReader(QObject):
    """Signals: scanned(text). parent: the window. Fed with the keys that arrive at it; it is no text field, so
    Telex and VNI change nothing. A code ends with Enter, or with silence."""

    scanned = Signal(str)

    def __init__(self, parent: QObject, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now, self._typed, self._last = now, "", 0.0
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(PAUSE_MS)
        self._silence.timeout.connect(self._end)
        if (app := QApplication.instance()) is not None:
            app.installEventFilter(self)

    def take(self, event: QKeyEvent) -> None:
        at = self._now()
        if at - self._last > PAUSE_MS / 1000:
            self._typed = ""  # what was left of another hand
        self._last = at
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        elif event.text().isprintable():
            self._typed = (self._typed + event.text())[-LONGEST:]
            self._silence.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """In the middle of a code a button that has the focus must not take its spaces for presses."""
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._typed):
            return False
        in_burst = self._now() - self._last <= PAUSE_MS / 1000
        if not (in_burst and isinstance(watched, QPushButton) and watched.window() is self.parent()):
            return False
        self.take(event)
        return True

    def _end(self) -> None:
        if len(self._typed) >= SHORTEST:
            self._give()
        self.forget()

    def _give(self) -> None:
        text = self._typed
        self.forget()
        if text:
            self.scanned.emit(text)

    def forget(self) -> None:
        self._typed = ""
        self._silence.stop()


class PortReader(QObject):
    """Signals: scanned(text). A reader in USB-COM mode; one that is unplugged is found again. 8N1."""

    scanned = Signal(str)

    def __init__(self, port: str, baud: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._port = QSerialPort(self)
        self._port.setPortName(port)
        self._port.setBaudRate(baud)
        self._port.readyRead.connect(self._read)
        self._port.errorOccurred.connect(self._failed)
        self._bytes = b""
        self._silence, self._again = QTimer(self), QTimer(self)
        for timer, after, act in ((self._silence, PAUSE_MS, self._give), (self._again, RETRY_MS, self._open)):
            timer.setSingleShot(True)
            timer.setInterval(after)
            timer.timeout.connect(act)
        self._open()

    def _open(self) -> None:
        self._port.open(QIODevice.OpenModeFlag.ReadOnly)  # a failure is told by the signal

    def _failed(self, error: QSerialPort.SerialPortError) -> None:
        if error in (QSerialPort.SerialPortError.NoError, QSerialPort.SerialPortError.TimeoutError):
            return
        self._again.start()
        if self._port.isOpen():
            self._port.close()

    def _read(self) -> None:
        self._bytes = (self._bytes + bytes(self._port.readAll().data()))[-LONGEST:]
        *whole, self._bytes = self._bytes.replace(b"\r", b"\n").split(b"\n")
        self._silence.start()
        for line in whole:
            self._emit(line)

    def _give(self) -> None:
        rest, self._bytes = self._bytes, b""
        self._emit(rest)

    def _emit(self, line: bytes) -> None:
        if text := line.decode("utf-8", errors="replace").strip():
            self.scanned.emit(text)

    def close(self) -> None:
        self._again.stop()
        self._silence.stop()
        self._bytes = b""
        self._port.errorOccurred.disconnect(self._failed)
        self._port.close()
