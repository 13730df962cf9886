"""The loudspeaker by a program that reads samples from a pipe: `aplay` on plain ALSA, `pacat` on PulseAudio."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from ui.audio.errors import NoSoundDeviceError, SoundDeviceError
from ui.audio.sound import RATE, WIDTH, Sound

APLAY = ("aplay", "-q", "-t", "raw", "-f", "S16_LE", "-r", str(RATE), "-c", "1", "-")
PACAT = ("pacat", "--playback", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=200")
CARDS = Path("/proc/asound/cards")
PIPE_BYTES = 16384  # a third of a second: what the program has taken is what is about to be heard


class ProgramOutput:
    """Feeds the program as fast as it takes the samples, so that a device which stops is seen: nothing is taken."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._left = memoryview(b"")
        self._taken = 0

    def play(self, sound: Sound) -> None:
        self.close()
        try:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, bufsize=0
            )
        except OSError as wrong:
            raise SoundDeviceError(reason=type(wrong).__name__) from None
        assert self._process.stdin is not None
        os.set_blocking(self._process.stdin.fileno(), False)
        if sys.platform == "linux":
            import fcntl

            fcntl.fcntl(self._process.stdin.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._left, self._taken = memoryview(sound.pcm), 0
        self._feed(self._process)

    def _feed(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        try:
            while self._left:
                count = os.write(process.stdin.fileno(), self._left[:PIPE_BYTES])
                self._left = self._left[count:]
                self._taken += count
        except BlockingIOError:
            return
        except OSError:  # the program has ended: its exit code tells
            return
        with contextlib.suppress(OSError):
            process.stdin.close()

    def position_s(self) -> float | None:
        process = self._process
        if process is None:
            return None
        if process.stdin is not None and not process.stdin.closed:
            self._feed(process)
        ended = process.poll()
        if ended is None:
            return self._taken / (RATE * WIDTH)
        unheard = bool(self._left)
        self.close()
        if ended != 0 or unheard:
            raise SoundDeviceError(reason=f"exit {ended}")
        return None

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        if process.poll() is None:
            process.kill()
        process.wait()


def open_program_output(command: Sequence[str] = APLAY) -> ProgramOutput:
    """Raises: NoSoundDeviceError without the program, without a sound card for aplay, without a server for pacat."""
    there = {APLAY: _has_card, PACAT: has_server}.get(tuple(command), lambda: True)
    if shutil.which(command[0]) is None or not there():
        raise NoSoundDeviceError
    return ProgramOutput(command)


def has_server() -> bool:
    """PulseAudio, or PipeWire in its place, listens for this user."""
    if os.environ.get("PULSE_SERVER"):
        return True
    folder = os.environ.get("PULSE_RUNTIME_PATH") or f"{os.environ.get('XDG_RUNTIME_DIR', '/nonexistent')}/pulse"
    return (Path(folder) / "native").is_socket()


def _has_card() -> bool:
    try:
        return "[" in CARDS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
