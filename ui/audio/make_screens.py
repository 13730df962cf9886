"""Makes the shipped clips of the kiosk's screens with espeak-ng, like the hall's voice. Only at build time."""

from __future__ import annotations

import io
import json
import shutil
import wave
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ui.audio.errors import NoSynthesiserError, VoiceFolderError
from ui.audio.make import PROGRAM, VOICES, Samples, spoken, version
from ui.audio.screens import HALF_RATE, HOME, MANIFEST, SPOKEN, seal_of
from ui.audio.sound import WIDTH, Sound

# Keeps what half the rate can carry: a low pass of 15 taps at a quarter of the rate.
TAPS = 15
SPEAKERS = {HOME: VOICES["north"], "en": "en-gb"}


def make_screen_clips(folder: Path) -> float:
    """The clips of the shipped languages, below a folder; returns their seconds. Raises: NoSynthesiserError,
    VoiceFolderError."""
    if shutil.which(PROGRAM) is None:
        raise NoSynthesiserError(program=PROGRAM)
    try:
        return sum(_make(folder / language, texts, SPEAKERS[language]) for language, texts in SPOKEN.items())
    except OSError:
        raise VoiceFolderError(folder=folder) from None


def _make(folder: Path, texts: Mapping[str, str], voice: str) -> float:
    """One language; returns its seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    seconds = 0.0
    for screen, text in texts.items():
        sound = spoken(text, voice)
        seconds += sound.seconds
        (folder / f"{screen}.wav").write_bytes(_halved(sound))
    told = {screen: seal_of(folder, screen, text) for screen, text in texts.items()}
    words = json.dumps({"made_with": version(), "screens": told}, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(words + "\n", encoding="utf-8")
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
