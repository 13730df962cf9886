"""A station's time: the office's, once it was heard; a clock that somebody sets afterwards changes nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.clock import OFFICE_ZONE, Clock, office_now

BELIEVED_FOR = timedelta(hours=24)  # without a word from the office the machine's own clock counts again


def running_s() -> float:
    """Seconds since some moment of this boot, by a clock that nobody sets; sleep counts where the system can tell."""
    boot: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


@dataclass
class StationClock:
    """Call it for now. own: the machine's clock; runs: seconds by a clock that nobody sets."""

    own: Clock = office_now
    runs: Callable[[], float] = running_s
    _heard: tuple[datetime, float] | None = field(default=None, init=False)
    _off: timedelta = field(default=timedelta(0), init=False)
    _since: int | None = field(default=None, init=False)

    def __call__(self) -> datetime:
        heard = self._heard
        if heard is not None:
            passed = timedelta(seconds=self.runs() - heard[1])
            if timedelta(0) <= passed < BELIEVED_FOR:
                return (heard[0] + passed).astimezone(OFFICE_ZONE)
        return self.own()

    def hear(self, office: datetime, own: datetime, seq: int) -> None:
        """office, own: both clocks in one moment; seq: of this station's log then."""
        if self._since is None:
            # What is in the log so far was stamped by the machine's own clock, or by one that was as right as this is.
            self._off, self._since = own - office, seq
        self._heard = (office, self.runs())

    def off_of(self, seq: int) -> timedelta:
        """How far the stamp of a line of this station's log is from the office's time, as far as one can know."""
        return self._off if self._since is None or seq <= self._since else timedelta(0)
