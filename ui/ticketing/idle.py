"""When a kiosk that nobody touches asks whether somebody is there, and when it forgets. Times of the clock given."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, auto

from kiosk.clock import Clock

WARN_AFTER = timedelta(seconds=30)
WARN_AFTER_PERSONAL = timedelta(seconds=20)  # somebody's dossier stands on the screen
ANSWER_WITHIN = timedelta(seconds=20)
MOST_EXTENSIONS = 10


class Phase(Enum):
    AWAKE = auto()
    WARN = auto()
    RESET = auto()


class Idle:
    """Told of every touch; asked each second. After ten extensions the next warning cannot be put off."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._touched_at: datetime = clock()
        self._left = MOST_EXTENSIONS
        self.personal = False

    @property
    def can_extend(self) -> bool:
        return self._left > 0

    def touch(self) -> None:
        """A touch anywhere; while the warning stands only `extend` counts."""
        if self.phase() is Phase.AWAKE:
            self._touched_at = self._clock()

    def extend(self) -> None:
        if self._left:
            self._left -= 1
            self._touched_at = self._clock()

    def restart(self) -> None:
        """A new citizen."""
        self._touched_at, self._left, self.personal = self._clock(), MOST_EXTENSIONS, False

    def phase(self) -> Phase:
        quiet = self._clock() - self._touched_at
        if quiet < self._warn_after:
            return Phase.AWAKE
        return Phase.WARN if quiet < self._warn_after + ANSWER_WITHIN else Phase.RESET

    def seconds_left(self) -> int:
        """Until the reset."""
        left = self._touched_at + self._warn_after + ANSWER_WITHIN - self._clock()
        return max(0, round(left.total_seconds()))

    @property
    def _warn_after(self) -> timedelta:
        return WARN_AFTER_PERSONAL if self.personal else WARN_AFTER
