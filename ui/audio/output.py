"""The one small door to the loudspeaker, and the fake that can fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from ui.audio.errors import NoSoundDeviceError, SoundDeviceError
from ui.audio.sound import Sound


class Output(Protocol):
    """One loudspeaker, one sound at a time; every call returns at once."""

    def play(self, sound: Sound) -> None:
        """Start from the beginning. Raises: SoundDeviceError."""

    def position_s(self) -> float | None:
        """Seconds played so far; None when the sound has ended. Raises: SoundDeviceError."""

    def close(self) -> None:
        """Silence at once, and let the device go. Never fails."""


OpenOutput = Callable[[], Output]  # raises: NoSoundDeviceError, SoundDeviceError


@dataclass(frozen=True)
class Played:
    """What a fake loudspeaker put out. began: on its clock; seconds: how much of it was heard."""

    began: float
    seconds: float


@dataclass
class FakeOutput:
    """Plays on a fake clock and keeps the rendered track. missing: no device; refuses: plays to be refused;
    stuck_at_s: the sounds that stop there for ever, by their turn."""

    clock: Callable[[], float]
    missing: bool = False
    refuses: int = 0
    stuck_at_s: dict[int, float] = field(default_factory=dict)
    track: list[Played] = field(default_factory=list)
    opened: int = 0
    turns: int = 0
    overlaps: int = 0
    _began: float | None = None
    _length: float = 0.0

    def open(self) -> FakeOutput:
        if self.missing:
            raise NoSoundDeviceError
        self.opened += 1
        return self

    def play(self, sound: Sound) -> None:
        if self.position_s() is not None:
            self.overlaps += 1
        self.turns += 1
        if self.missing or self.refuses > 0:
            self.refuses -= 1
            raise SoundDeviceError(reason="refused")
        self._began, self._length = self.clock(), sound.seconds

    def position_s(self) -> float | None:
        if self._began is None:
            return None
        if self.missing:
            self._began = None
            raise SoundDeviceError(reason="gone")
        played = self.clock() - self._began
        stuck = self.stuck_at_s.get(self.turns)
        if stuck is not None and played > stuck:
            return stuck
        if played < self._length:
            return played
        self.track.append(Played(self._began, self._length))
        self._began = None
        return None

    def close(self) -> None:
        if self._began is not None:
            heard = min(self.clock() - self._began, self._length)
            self.track.append(Played(self._began, heard))
        self._began = None

    @property
    def total_s(self) -> float:
        return sum(played.seconds for played in self.track)

    def is_one_after_another(self) -> bool:
        """No two sounds at the same time on the rendered track."""
        pairs = zip(self.track, self.track[1:], strict=False)
        apart = all(one.began + one.seconds <= two.began + 1e-6 for one, two in pairs)
        return apart and self.overlaps == 0
