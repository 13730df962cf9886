"""Whether to try a line at all: after a failure, pauses that grow to a few seconds, so that its return is seen soon."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

FIRST_S, LAST_S = 0.5, 8.0


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
        return max(self._closed_until - self._now(), 0.0) if self._failures else 0.0

    def failed(self) -> None:
        """Nothing came through; the next try is half to all of a pause that doubles each time."""
        ceiling = min(self._last_s, self._first_s * 2 ** min(self._failures, 16))
        self._failures += 1
        self._closed_until = self._now() + ceiling * (0.5 + self._chance() / 2)

    def worked(self) -> None:
        self._failures = 0
