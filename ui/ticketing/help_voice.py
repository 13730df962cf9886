"""The kiosk explains its screen aloud: one clip at a time, stopped by the same key and by leaving the page."""

from __future__ import annotations

import structlog
from PySide6.QtCore import QObject, QTimer

from ui.audio.errors import NoSoundDeviceError, SoundDeviceError
from ui.audio.output import OpenOutput, Output
from ui.audio.screens import ScreenClips

TICK_MS = 100


class HelpVoice(QObject):
    """The loudspeaker is opened for each clip: one that was plugged in, or a server that came back, is found."""

    def __init__(self, clips: ScreenClips, open_output: OpenOutput, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clips, self._open = clips, open_output
        self._output: Output | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._look)

    def is_speaking(self) -> bool:
        return self._output is not None

    def say(self, screen: str, language: str) -> bool:
        """False when nothing can be heard here: no clip, no loudspeaker."""
        self.stop()
        sound = self._clips.sound(screen, language)
        if sound is None:
            return False
        try:
            self._output = self._open()
            self._output.play(sound)
        except (NoSoundDeviceError, SoundDeviceError) as wrong:
            structlog.get_logger().warning("kiosk.no_sound", problem=wrong.code)
            self.stop()
            return False
        self._timer.start()
        return True

    def _look(self) -> None:
        if self._output is None:
            return
        try:
            ended = self._output.position_s() is None
        except SoundDeviceError as wrong:
            structlog.get_logger().warning("kiosk.no_sound", problem=wrong.code)
            ended = True
        if ended:
            self.stop()

    def stop(self) -> None:
        self._timer.stop()
        if self._output is not None:
            self._output.close()
            self._output = None

    def close(self) -> None:
        self.stop()
