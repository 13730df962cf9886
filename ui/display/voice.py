"""The hall's voice on the window's thread: the announcer, ten looks a second, and what to do when there is no voice."""

from __future__ import annotations

from dataclasses import dataclass, field

import structlog
from PySide6.QtCore import QTimer

from kiosk.config import DisplayConfig
from ui.audio.announcer import Announcer, Signs, SoundState, Spoken
from ui.audio.choose import choose_voice, opener
from ui.audio.errors import VoiceDamagedError
from ui.audio.output import OpenOutput

TICK_MS = 100
FIRST_LOOK_MS = 300  # after the first picture: finding a loudspeaker takes longer than drawing it


@dataclass
class HallVoice:
    """announcer: None when not even the shipped clips are whole."""

    announcer: Announcer | None
    signs: Signs
    timer: QTimer = field(default_factory=QTimer)

    def start(self) -> None:
        if self.announcer is None:
            self.signs.show_sound(SoundState.FAILED)
            return
        # A lambda keeps this object: PySide6 holds none for a method of a plain object.
        self.timer.timeout.connect(lambda: self._look())
        self.timer.start(FIRST_LOOK_MS)

    def _look(self) -> None:
        assert self.announcer is not None
        if self.timer.interval() != TICK_MS:
            self.timer.setInterval(TICK_MS)
            self.announcer.open()
        self.announcer.on_tick()

    def close(self) -> None:
        self.timer.stop()
        if self.announcer is not None:
            self.announcer.close()


def hall_voice(
    settings: DisplayConfig, spoken: Spoken, signs: Signs, open_output: OpenOutput | None = None
) -> HallVoice:
    """The voice of the settings; open_output: instead of the settings' loudspeaker."""
    try:
        voice, _as_asked = choose_voice(settings)
    except VoiceDamagedError as wrong:
        structlog.get_logger().error("voice.damaged", problem=wrong.details["problem"])
        return HallVoice(None, signs)
    return HallVoice(Announcer(voice.announce, open_output or opener(settings.player), spoken, signs), signs)
