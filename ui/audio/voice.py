"""A voice: a folder of clips, one per unit, with a manifest of checksums; and calls put together from them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ui.audio.errors import VoiceDamagedError
from ui.audio.sound import NotAClipError, Sound, join, parse_clip, rest
from ui.audio.words import ACCENTS, CHIME, Accent, Phrases, announcement, units_of

MANIFEST = "manifest.json"
SHIPPED = Path(__file__).parent / "clips"
BETWEEN_PHRASES_S, BETWEEN_TIMES_S, AFTER_CHIME_S = 0.18, 0.6, 0.1
TIMES = 2  # a call is said twice


@dataclass(frozen=True)
class Announced:
    """One call as it sounds. sound: chime and both times; once_s: where the first time ends, seconds from the start."""

    sound: Sound
    once_s: float


@dataclass(frozen=True)
class Voice:
    """Clips in memory (about 1 MB). clips: unit -> sound, the chime among them."""

    name: str
    accent: Accent
    clips: Mapping[str, Sound]

    @cached_property
    def recorded(self) -> frozenset[str]:
        return frozenset(self.clips)

    def phrases(self, label: str, counter: str) -> Phrases:
        """Raises: BadSpokenNumberError."""
        return announcement(label, counter, self.accent, self.recorded)

    def seconds(self, phrases: Phrases) -> float:
        """How long it takes to say once, without making the sound."""
        spoken = sum(self.clips[unit].seconds for phrase in phrases for unit in phrase)
        return spoken + BETWEEN_PHRASES_S * (len(phrases) - 1)

    def say(self, phrases: Phrases) -> Sound:
        parts: list[Sound] = []
        for phrase in phrases:
            parts += [rest(BETWEEN_PHRASES_S)] if parts else []
            parts += [self.clips[unit] for unit in phrase]
        return join(parts)

    def announce(self, label: str, counter: str) -> Announced:
        """Chime first, then the call, `TIMES` times. Raises: BadSpokenNumberError."""
        once = self.say(self.phrases(label, counter))
        start = join([self.clips[CHIME], rest(AFTER_CHIME_S), once])
        again = [part for _ in range(TIMES - 1) for part in (rest(BETWEEN_TIMES_S), once)]
        return Announced(join([start, *again]), start.seconds)


def shipped_voice(accent: str = "north") -> Voice:
    """The voice that comes with the program. Raises: VoiceDamagedError."""
    return load_voice(SHIPPED / accent)


class Clip(BaseModel):
    """A line of the manifest. sha256: of the file's bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    text: str
    file: str = Field(pattern=r"^[a-z0-9-]+\.wav$")
    sha256: str
    ms: int


class Manifest(BaseModel):
    """manifest.json of a voice. made_with: the program or the person that spoke."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1] = 1
    name: str
    accent: Literal["north", "south"]
    made_with: str = ""
    units: dict[str, Clip]


def load_voice(folder: Path) -> Voice:
    """Read and verify a sealed folder: every unit there, every checksum right. Raises: VoiceDamagedError."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except OSError:
        raise VoiceDamagedError(folder=folder.name, problem=f"không đọc được {MANIFEST}") from None
    except ValidationError:
        raise VoiceDamagedError(folder=folder.name, problem=f"{MANIFEST} sai định dạng") from None
    if missing := [unit for unit in (*units_of(manifest.accent), CHIME) if unit not in manifest.units]:
        raise VoiceDamagedError(folder=folder.name, problem=f"thiếu {', '.join(missing)}")
    clips = {unit: _clip(folder, clip) for unit, clip in manifest.units.items()}
    return Voice(manifest.name, ACCENTS[manifest.accent], clips)


def _clip(folder: Path, clip: Clip) -> Sound:
    try:
        content = (folder / clip.file).read_bytes()
    except OSError:
        raise VoiceDamagedError(folder=folder.name, problem=f"không đọc được {clip.file}") from None
    if hashlib.sha256(content).hexdigest() != clip.sha256:
        raise VoiceDamagedError(folder=folder.name, problem=f"{clip.file} đã bị thay đổi")
    try:
        return parse_clip(content, clip.file)
    except NotAClipError as wrong:
        raise VoiceDamagedError(folder=folder.name, problem=f"{clip.file}: {wrong.details['problem']}") from None
