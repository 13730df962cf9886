"""Makes the shipped clips of the kiosk's screens with espeak-ng, like the hall's voice. Only at build time."""

from __future__ import annotations

import io
import json
import shutil
import wave
from pathlib import Path

import numpy as np

from ui.audio.errors import NoSynthesiserError, VoiceFolderError
from ui.audio.make import PROGRAM, VOICES, Samples, spoken, version
from ui.audio.screens import HALF_RATE, HOME, MANIFEST, SCREENS, seal_of
from ui.audio.sound import WIDTH, Sound

# Keeps what half the rate can carry: a low pass of 15 taps at a quarter of the rate.
TAPS = 15


def make_screen_clips(folder: Path) -> float:
    """The Vietnamese clips, below a folder; returns their seconds. Raises: NoSynthesiserError, VoiceFolderError."""
    if shutil.which(PROGRAM) is None:
        raise NoSynthesiserError(program=PROGRAM)
    home, seconds = folder / HOME, 0.0
    try:
        home.mkdir(parents=True, exist_ok=True)
        for screen, text in SCREENS.items():
            sound = spoken(text, VOICES["north"])
            seconds += sound.seconds
            (home / f"{screen}.wav").write_bytes(_halved(sound))
        told = {screen: seal_of(home, screen, text) for screen, text in SCREENS.items()}
        words = json.dumps({"made_with": version(), "screens": told}, ensure_ascii=False, indent=1)
        (home / MANIFEST).write_text(words + "\n", encoding="utf-8")
    except OSError:
        raise VoiceFolderError(folder=folder) from None
    return seconds


def _halved(sound: Sound) -> bytes:
    """A WAV of half the rate."""
    samples: Samples = np.frombuffer(sound.pcm, "<i2").astype(np.float64)
    at = np.arange(TAPS) - TAPS // 2
    kernel = np.sinc(at / 2) * np.hamming(TAPS)
    lower = np.convolve(samples, kernel / kernel.sum(), mode="same")[::2]
    out = io.BytesIO()
    with wave.open(out, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(WIDTH)
        writer.setframerate(HALF_RATE)
        writer.writeframes(np.clip(np.round(lower), -32768, 32767).astype("<i2").tobytes())
    return out.getvalue()
