"""Sound in memory: 16-bit mono samples, joined with rests, read from and written to WAV."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import InputError

RATE = 22050
WIDTH = 2  # bytes a sample


class NotAClipError(InputError):
    """Not a WAV of 22.05 kHz, 16 bit, mono. details: file, problem."""

    code = "voice.clip"


@dataclass(frozen=True)
class Sound:
    """pcm: little-endian 16-bit mono samples at `RATE`."""

    pcm: bytes

    @property
    def seconds(self) -> float:
        return len(self.pcm) / (RATE * WIDTH)

    def wav(self) -> bytes:
        """The whole WAV file."""
        out = io.BytesIO()
        with wave.open(out, "wb") as writer:
            writer.setnchannels(1)
            writer.setsampwidth(WIDTH)
            writer.setframerate(RATE)
            writer.writeframes(self.pcm)
        return out.getvalue()


def rest(seconds: float) -> Sound:
    return Sound(bytes(round(seconds * RATE) * WIDTH))


def join(parts: Sequence[Sound]) -> Sound:
    return Sound(b"".join(part.pcm for part in parts))


def read_clip(file: Path) -> Sound:
    """Raises: NotAClipError, also for a file that is not there."""
    return parse_clip(_bytes_of(file), file.name)


def parse_clip(content: bytes, name: str) -> Sound:
    try:
        with wave.open(io.BytesIO(content), "rb") as reader:
            form = (reader.getframerate(), reader.getnchannels(), reader.getsampwidth())
            pcm = reader.readframes(reader.getnframes())
    except (wave.Error, EOFError) as wrong:
        raise NotAClipError(file=name, problem=f"không phải WAV ({wrong})") from None
    if form != (RATE, 1, WIDTH):
        rate, channels, width = form
        problem = f"{rate} Hz, {channels} kênh, {width * 8} bit; cần {RATE} Hz, 1 kênh, 16 bit"
        raise NotAClipError(file=name, problem=problem)
    return Sound(pcm)


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise NotAClipError(file=file.name, problem="không đọc được tệp") from None
