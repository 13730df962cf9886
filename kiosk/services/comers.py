"""What a number taken now would wait, line by line, for screens that offer the lines. Worked out beside their work.

Nobody may wait behind an estimate for a number. So one is made now and then, a line at a time, and shown until it is
too old to be true: a kiosk that is on its own, or whose office stands still, shows none.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.domain.office import Office
from kiosk.services.waiting import WaitingTimes

EACH_S = 30.0  # every line is worked out anew within this
TOO_OLD_S = 90.0

Told = tuple[int, int]


@dataclass
class ComerWaits:
    """The ranges worked out last, in whole minutes. steady: seconds of a clock that nobody sets."""

    steady: Callable[[], float] = time.monotonic
    _kept: dict[str, tuple[Told | None, float]] = field(default_factory=dict)

    def keep(self, line: str, told: Told | None) -> None:
        """told: None while too little is known, or nobody serves the line."""
        self._kept[line] = told, self.steady()

    def of(self, line: str) -> Told | None:
        told, at = self._kept.get(line, (None, 0.0))
        return told if self.steady() - at < TOO_OLD_S else None


@dataclass
class LineByLine:
    """Works out one line at each turn, so that a turn is short. The caller says when it is one's turn."""

    office: Office
    waits: ComerWaits = field(default_factory=ComerWaits)
    _turn: int = 0

    @property
    def pause_s(self) -> float:
        """Between two turns."""
        return EACH_S / max(1, len(self.office.groups))

    def step(self, times: WaitingTimes, now: datetime) -> None:
        """Raises: KioskError."""
        lines = [group.code for group in self.office.groups]
        if not lines:
            return
        line = lines[self._turn % len(lines)]
        self._turn += 1
        made = times.for_comers(now, (line,)).get(line)
        self.waits.keep(line, None if made is None else made.told)
