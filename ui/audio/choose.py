"""Which voice speaks and through what, by the station's settings."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import structlog

from kiosk.config import DisplayConfig
from ui.audio.errors import NoSoundDeviceError, VoiceDamagedError
from ui.audio.output import OpenOutput, Output
from ui.audio.program_output import APLAY, PACAT, has_server, open_program_output
from ui.audio.voice import Voice, load_voice, shipped_voice


def choose_voice(settings: DisplayConfig) -> tuple[Voice, bool]:
    """The recordings of the settings if they are whole, else the shipped voice; True when it is the one asked for.

    Raises: VoiceDamagedError when the shipped one is damaged as well.
    """
    if settings.recordings:
        try:
            return load_voice(Path(settings.recordings).expanduser()), True
        except VoiceDamagedError as wrong:
            structlog.get_logger().error("voice.recordings_refused", problem=wrong.details["problem"])
            return shipped_voice(settings.accent), False
    return shipped_voice(settings.accent), True


def opener(player: str) -> OpenOutput:
    """How to open the loudspeaker. player: "auto", "qt", "aplay", "pacat" or "off"."""
    openers: dict[str, OpenOutput] = {
        "qt": _qt,
        "aplay": lambda: open_program_output(APLAY),
        "pacat": lambda: open_program_output(PACAT),
        "off": _none,
        "auto": _first,
    }
    return openers[player]


def _none() -> Output:
    raise NoSoundDeviceError


def _qt() -> Output:
    try:
        from ui.audio.qt_output import open_qt_output
    except ImportError:  # a system without Qt's sound libraries: the hall's screen must open all the same
        raise NoSoundDeviceError from None
    return open_qt_output()


def _first() -> Output:
    """Windows and macOS: Qt. Linux: a program first, and Qt only where there is none.

    Measured with Qt 6.12 on PulseAudio 16: Qt asks for the sound server once in a process, so a server that starts
    later is never found; and when the server dies, the next question to Qt aborts the whole process in libpulse.
    """
    ways: list[OpenOutput] = [_qt]
    if sys.platform == "linux":
        ways = [lambda: open_program_output(PACAT), lambda: open_program_output(APLAY), _qt_at_server]
    for way in ways:
        with contextlib.suppress(NoSoundDeviceError):
            return way()
    raise NoSoundDeviceError


def _qt_at_server() -> Output:
    if not has_server():
        raise NoSoundDeviceError
    return _qt()
