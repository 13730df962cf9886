"""Makes the shipped voice: each unit spoken by espeak-ng (called as a program), trimmed and brought to one level.

Only at build time; at the office no program is needed. The chime is computed here.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ui.audio.errors import NoSynthesiserError, VoiceFolderError
from ui.audio.folder import seal
from ui.audio.sound import RATE, Sound, parse_clip
from ui.audio.voice import Manifest
from ui.audio.words import CHIME, units_of

PROGRAM = "espeak-ng"
VOICES = {"north": "vi", "south": "vi-vn-x-south"}
AS_SPELLED = {"chu-j": "di"}  # alone, "gi" would be read as the beginning of a syllable
WORDS_A_MINUTE, PITCH = 165, 46
LOUDNESS, HIGHEST = 0.13, 0.89  # of full scale: RMS of the voiced part, and peak
HEARD = 0.012  # of full scale: below it is silence
EDGE_S, FADE_S = 0.02, 0.008
CHIME_NOTES_HZ, CHIME_STEP_S, CHIME_S = (659.26, 783.99, 1046.5), 0.22, 1.15

Samples = NDArray[np.float64]


def make_voice(folder: Path, accent: str) -> Manifest:
    """Synthesise and seal a voice in a folder. Raises: NoSynthesiserError, VoiceFolderError, VoiceDamagedError."""
    if shutil.which(PROGRAM) is None:
        raise NoSynthesiserError(program=PROGRAM)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for unit, words in units_of(accent).items():
            (folder / f"{unit}.wav").write_bytes(spoken(AS_SPELLED.get(unit, words), VOICES[accent]).wav())
        (folder / f"{CHIME}.wav").write_bytes(chime().wav())
    except OSError:
        raise VoiceFolderError(folder=folder) from None
    return seal(folder, accent, f"espeak-ng-{accent}", f"{version()} {VOICES[accent]}")


def spoken(words: str, voice: str) -> Sound:
    """By the program, trimmed and levelled."""
    command = [PROGRAM, "-v", voice, "-s", str(WORDS_A_MINUTE), "-p", str(PITCH), "--stdout", words]
    spoken = subprocess.run(command, check=True, capture_output=True, timeout=30).stdout
    return _sound(level(trim(_samples(parse_clip(_with_lengths(spoken), words)))))


def _with_lengths(wav: bytes) -> bytes:
    """espeak-ng writes to a pipe and cannot go back to fill in the lengths of its header."""
    size = len(wav)
    return wav[:4] + (size - 8).to_bytes(4, "little") + wav[8:40] + (size - 44).to_bytes(4, "little") + wav[44:]


def version() -> str:
    said = subprocess.run([PROGRAM, "--version"], check=True, capture_output=True, text=True, timeout=30).stdout
    return "espeak-ng " + next((word for word in said.split() if word[:1].isdigit()), "")


def _samples(sound: Sound) -> Samples:
    """(n,) in -1..1."""
    return np.frombuffer(sound.pcm, "<i2").astype(np.float64) / 32768


def _sound(samples: Samples) -> Sound:
    return Sound(np.clip(np.round(samples * 32767), -32768, 32767).astype("<i2").tobytes())


def trim(samples: Samples) -> Samples:
    """Without the silence around the word, and without a click at its edges."""
    heard = np.flatnonzero(np.abs(samples) > HEARD)
    if not heard.size:
        return samples
    edge, fade = round(EDGE_S * RATE), round(FADE_S * RATE)
    cut = samples[max(heard[0] - edge, 0) : heard[-1] + edge].copy()
    ramp = np.linspace(0, 1, fade)
    cut[:fade] *= ramp
    cut[-fade:] *= ramp[::-1]
    return cut


def level(samples: Samples) -> Samples:
    """As loud as every other unit, without reaching full scale."""
    voiced = samples[np.abs(samples) > HEARD]
    loudness = float(np.sqrt(np.mean(voiced**2))) if voiced.size else 1.0
    louder = samples * (LOUDNESS / loudness)
    # The few highest peaks are rounded off instead of making the whole word quieter.
    return np.asarray(HIGHEST * np.tanh(louder / HIGHEST), dtype=np.float64)


def chime() -> Sound:
    """Three rising bell notes."""
    at = np.arange(round(CHIME_S * RATE)) / RATE
    total = np.zeros_like(at)
    for place, pitch in enumerate(CHIME_NOTES_HZ):
        since = at - place * CHIME_STEP_S
        rings = since >= 0
        tone = np.sin(2 * np.pi * pitch * since) + 0.35 * np.sin(4 * np.pi * pitch * since)
        total += np.where(rings, tone * np.exp(-since.clip(0) * 5.0) * (since.clip(0, 0.006) / 0.006), 0)
    total *= 0.5 / np.abs(total).max()
    total[-600:] *= np.linspace(1, 0, 600)
    return _sound(total)
