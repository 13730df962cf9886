"""A folder of recordings becomes a voice: every clip is examined, then the manifest with the checksums is written."""

from __future__ import annotations

import hashlib
import math
import shutil
from array import array
from pathlib import Path

from ui.audio.errors import VoiceDamagedError, VoiceFolderError
from ui.audio.sound import NotAClipError, Sound, read_clip
from ui.audio.voice import MANIFEST, SHIPPED, Clip, Manifest
from ui.audio.words import CHIME, units_of

FULL_SCALE = 32768
PEAK_DB = (-14.0, -0.5)  # quieter is lost in a hall, louder is cut off
LOUDNESS_DB = -34.0
LONGEST_S = 4.0
QUIET = FULL_SCALE * 10 ** (-45 / 20)
LONGEST_SILENCE_S = 0.25  # before or after the word: the call would fall apart


def levels(sound: Sound) -> tuple[float, float]:
    """(peak, loudness) in dB below full scale; silence is -inf."""
    samples = array("h", sound.pcm)
    peak = max((abs(value) for value in samples), default=0)
    power = sum(value * value for value in samples) / max(len(samples), 1)
    return _db(peak), _db(math.sqrt(power))


def _db(value: float) -> float:
    return 20 * math.log10(value / FULL_SCALE) if value > 0 else -math.inf


def _edges(sound: Sound) -> tuple[float, float]:
    """Seconds of silence before the first and after the last sample that can be heard."""
    heard = [place for place, value in enumerate(array("h", sound.pcm)) if abs(value) > QUIET]
    if not heard:
        return sound.seconds, sound.seconds
    rate = len(sound.pcm) / 2 / sound.seconds
    return heard[0] / rate, sound.seconds - heard[-1] / rate


def flaws(file: Path) -> list[str]:
    """What is wrong with one recording, in words; [] for a good one."""
    try:
        sound = read_clip(file)
    except NotAClipError as wrong:
        return [f"{file.name}: {wrong.details['problem']}"]
    peak, loudness = levels(sound)
    before, after = _edges(sound)
    found = [
        (sound.seconds > LONGEST_S, f"dài {sound.seconds:.1f} giây, tối đa {LONGEST_S:.0f}"),
        (peak < PEAK_DB[0] or loudness < LOUDNESS_DB, f"quá nhỏ (đỉnh {peak:.0f} dB)"),
        (peak > PEAK_DB[1], f"quá to, tiếng bị vỡ (đỉnh {peak:.1f} dB)"),
        (max(before, after) > LONGEST_SILENCE_S, "lặng quá lâu ở đầu hoặc cuối, hãy cắt bớt"),
    ]
    return [f"{file.name}: {words}" for wrong, words in found if wrong]


def examine(folder: Path, accent: str) -> list[str]:
    """Everything that keeps a folder of recordings from being a voice, one line each. Reads only."""
    missing = [f"thiếu {unit}.wav ({words})" for unit, words in units_of(accent).items() if not _of(folder, unit)]
    return missing + [line for file in sorted(folder.glob("*.wav")) for line in flaws(file)]


def _of(folder: Path, unit: str) -> bool:
    return (folder / f"{unit}.wav").is_file()


def seal(folder: Path, accent: str, name: str, made_with: str = "") -> Manifest:
    """Write the manifest of a folder that passed; a missing chime is taken from the shipped voice.

    Raises: VoiceDamagedError naming the first flaws, VoiceFolderError when the folder cannot be written.
    """
    if found := examine(folder, accent):
        more = f" (và {len(found) - 5} lỗi khác)" if len(found) > 5 else ""
        raise VoiceDamagedError(folder=folder.name, problem="; ".join(found[:5]) + more)
    try:
        if not _of(folder, CHIME):
            shutil.copyfile(SHIPPED / "north" / f"{CHIME}.wav", folder / f"{CHIME}.wav")
        words = units_of(accent)
        units = {file.stem: _line(file, words.get(file.stem, "")) for file in sorted(folder.glob("*.wav"))}
        manifest = Manifest(
            name=name, accent="south" if accent == "south" else "north", made_with=made_with, units=units
        )
        (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError:
        raise VoiceFolderError(folder=folder) from None
    return manifest


def _line(file: Path, text: str) -> Clip:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Clip(text=text, file=file.name, sha256=digest, ms=round(read_clip(file).seconds * 1000))
