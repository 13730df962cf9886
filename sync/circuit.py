"""Whether to try a line at all: after a failure, pauses that grow to a few seconds, so that its return is seen soon."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

FIRST_S, LAST_S = 0.5, 8.0
# A province that answers, but has no time: its own pause is kept up to five minutes, ours grows to one.
ASKED_LAST_S, BUSY_LAST_S = 300.0, 60.0


class Circuit:
    """One line's state. monotonic: seconds that never go back; chance: 0..1, spreads offices that wait together."""

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
        first_s: float = FIRST_S,
        last_s: float = LAST_S,
    ) -> None:
        self._now, self._chance = monotonic, chance
        self._first_s, self._last_s = first_s, last_s
        self._failures, self._closed_until = 0, 0.0
        self._busy, self._rests_until = 0, 0.0

    @property
    def now(self) -> float:
        """Seconds of its own clock."""
        return self._now()

    @property
    def is_up(self) -> bool:
        return self._failures == 0

    @property
    def wait_s(self) -> float:
        """Seconds until the line may be tried again; 0.0 when it may be tried now."""
        until = self._closed_until if self._failures else 0.0
        return max(until - self._now(), self._rests_until - self._now() if self._busy else 0.0, 0.0)

    def failed(self) -> None:
        """Nothing came through; the next try is half to all of a pause that doubles each time."""
        ceiling = min(self._last_s, self._first_s * 2 ** min(self._failures, 16))
        self._failures += 1
        self._closed_until = self._now() + ceiling * (0.5 + self._chance() / 2)

    def busy(self, asked_s: float | None) -> None:
        """It answered that it cannot take this now. asked_s: its own pause. One such answer may be that entry's own
        fault and holds up no other; several in a row are the province's."""
        self._busy += 1
        if asked_s:
            pause = min(asked_s, ASKED_LAST_S)
        elif self._busy > 1:
            pause = min(BUSY_LAST_S, self._first_s * 2 ** min(self._busy, 16)) * (0.5 + self._chance() / 2)
        else:
            return
        self._rests_until = self._now() + pause

    def worked(self, *, took: bool = True) -> None:
        """took: it took an entry; else it only answered, which says nothing about its time for entries."""
        self._failures = 0
        if took:
            self._busy = 0
