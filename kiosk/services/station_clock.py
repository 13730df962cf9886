"""A station's time: the office's once it was heard, else the machine's as it was when the program started.

From then on it runs by a clock that nobody sets: a number's day must not turn because somebody turned a clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.clock import OFFICE_ZONE, Clock, office_now

BORN = datetime(2026, 1, 1, tzinfo=OFFICE_ZONE)  # a clock that says less has lost its battery


def running_s() -> float:
    """Seconds since some moment of this boot, by a clock that nobody sets; sleep counts where the system can tell."""
    boot: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


@dataclass
class StationClock:
    """Call it for now. own: the machine's clock; runs: seconds by a clock that nobody sets; first: length of the
    station's log when the program started."""

    own: Clock = office_now
    runs: Callable[[], float] = running_s
    first: int = 0
    _base: tuple[datetime, float] = field(init=False)
    _off: timedelta = field(default=timedelta(0), init=False)
    _since: int | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._base = (self.own(), self.runs())

    def __call__(self) -> datetime:
        now = self._steady()
        if now < BORN and (own := self.own()) >= BORN:  # a time server has set it since
            self._base = (own, self.runs())
            return own
        return now

    def hear(self, office: datetime, seq: int) -> None:
        """office: its time in this moment; seq: of this station's log."""
        if self._since is None:
            # What is in the log so far was stamped by the time of before.
            self._off, self._since = self() - office, seq
        self._base = (office, self.runs())

    def off_of(self, seq: int) -> timedelta:
        """How far the stamp of a line of this station's log is from the office's time, as far as one can know."""
        return self._off if self._since is not None and self.first < seq <= self._since else timedelta(0)

    def _steady(self) -> datetime:
        begun, at = self._base
        return (begun + timedelta(seconds=self.runs() - at)).astimezone(OFFICE_ZONE)
