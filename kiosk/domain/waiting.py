"""How long a number will wait: what is known of the hall, and how an estimate is told to people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil, sqrt

from kiosk.domain.ticket import Ticket

FEWEST_CASES = 20  # with fewer finished cases no minutes are told, only the people ahead
FEWEST_RESIDUALS = 100
KEPT_RESIDUALS = 1000
LONGEST_SPELL_MIN = 60
SHORT_MIN, STEP_MIN = 5, 5
STEADY = timedelta(minutes=2)

Order = Callable[[Sequence[Ticket], datetime], list[Ticket]]
"""The office's order rule as it stands at an instant: everybody given, in the order of their calls."""


@dataclass(frozen=True)
class CounterNow:
    """One counter at this moment. groups: all that it serves; serving: group of the ticket there, since `since`.

    away_until: no call before that (a pause, or an officer who lets people wait).
    """

    code: str
    groups: frozenset[str]
    serving: str | None = None
    since: datetime | None = None
    away_until: datetime | None = None

    def is_free(self, now: datetime) -> bool:
        return self.serving is None and (self.away_until is None or self.away_until <= now)


@dataclass(frozen=True)
class Hall:
    """Everything that an estimate looks at. closed: spans without calls (lunch, before opening).

    head_starts: by priority class; the longest is how long after a number somebody may still overtake it.
    """

    now: datetime
    waiting: tuple[Ticket, ...]
    counters: tuple[CounterNow, ...]
    order: Order
    head_starts: Mapping[str, timedelta] = field(default_factory=dict)
    closed: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True)
class Estimate:
    """Minutes from now until the call. low..high: eight of ten such numbers are called within."""

    minutes: float
    low: float
    high: float

    @property
    def told(self) -> tuple[int, int]:
        return told_range(self.low, self.high)


# Before a site has its own history: quantiles measured on the tuning scenarios of `motcua simulate queue`.
DEFAULT_SPREAD = (-1.7, 2.3)


@dataclass
class Calibration:
    """How estimates missed lately: (waited - estimate) / sqrt(estimate + 2), newest last, by priority class or not.

    The range of a new estimate spans the 10 % and 90 % quantiles (conformal prediction: no law is assumed).
    """

    lately: dict[bool, list[float]] = field(default_factory=lambda: {False: [], True: []})

    def learn(self, estimated: float, waited: float, *, priority: bool) -> None:
        """Numbers called at once say nothing of the spread of those that wait."""
        if max(estimated, waited) < 1:
            return
        kept = self.lately[priority]
        kept.append((waited - estimated) / sqrt(estimated + 2))
        del kept[:-KEPT_RESIDUALS]

    def range_of(self, minutes: float, *, priority: bool) -> Estimate:
        low, high = self._spread(priority)
        scale = sqrt(minutes + 2)
        return Estimate(minutes, max(0.0, minutes + low * scale), max(0.0, minutes + high * scale))

    def _spread(self, priority: bool) -> tuple[float, float]:
        own = self.lately[priority]
        known = own if len(own) >= FEWEST_RESIDUALS else self.lately[False] + self.lately[True]
        if len(known) < FEWEST_RESIDUALS:
            return DEFAULT_SPREAD
        ordered = sorted(known)
        last = len(ordered) - 1
        # One more case than there are, as conformal ranges count the next one too.
        return ordered[max(0, int(0.1 * (last + 2)) - 1)], ordered[min(last, ceil(0.9 * (last + 2)) - 1)]


def told_range(low: float, high: float) -> tuple[int, int]:
    """Whole minutes for people, widened rather than narrowed: single minutes up to ten, steps of five above.

    (0, 5) reads "under 5"; a start of 60 or more reads "over 60".
    """
    if high <= SHORT_MIN:
        return 0, SHORT_MIN
    first, last = _down(low), _up(high)
    return first, max(last, first + (STEP_MIN if first > 10 else 1))


def _down(minutes: float) -> int:
    return int(minutes) if minutes <= 10 else int(minutes // STEP_MIN) * STEP_MIN


def _up(minutes: float) -> int:
    return ceil(minutes) if minutes <= 10 else ceil(minutes / STEP_MIN) * STEP_MIN


def come_back_at(told: tuple[int, int], now: datetime) -> datetime | None:
    """When to be back, for a wait of over an hour; a quarter before the range begins, on a full five minutes."""
    if told[0] < LONGEST_SPELL_MIN:
        return None
    back = now + timedelta(minutes=told[0] - 15)
    return back.replace(minute=back.minute - back.minute % STEP_MIN, second=0, microsecond=0)


def steadied(shown: tuple[int, int], fresh: tuple[int, int], since: timedelta) -> tuple[int, int]:
    """What a screen shows after `shown`, `since` ago: falls at once, rises by at most one step each two minutes."""
    steps = int(since / STEADY)
    low, high = (min(new, _risen(old, steps)) for old, new in zip(shown, fresh, strict=True))
    return low, max(low, high)


def _risen(minutes: int, steps: int) -> int:
    for _ in range(steps):
        minutes += STEP_MIN if minutes >= 10 else 1
    return minutes
