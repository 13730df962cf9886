"""What a day of the queue leaves behind: counts and lists of durations that add up. A year is the sum of its days.

Everything is whole microseconds in sorted lists, so days merged in any order give exactly what the log itself gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kiosk.domain.journey import HOUR, MINUTE, Journey, Outcome, day_of, time_of_day

NOON = 12 * HOUR + 30 * MINUTE  # calls before it belong to the morning's opening of a counter
ABANDONED = (Outcome.NO_SHOW, Outcome.LEFT)

Place = tuple[str, int, str]  # group, hour of issue, class: the finest cell, of which all others are sums
Half = tuple[str, int, bool]  # counter, number of the day, afternoon
DURATIONS = ("waits", "services", "walks", "leads", "parked", "abandonments", "uncalled")


@dataclass(slots=True)
class Pot:
    """What the tickets of one finest cell add up to; durations in microseconds.

    waits: to first calls on the day of issue; leads and abandonments: to ends on that day; a night is no wait.
    uncalled: instants of issue of tickets that nobody has called and that are still open.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    called: int = 0
    carried: int = 0
    recalls: int = 0
    waits: list[int] = field(default_factory=list)
    services: list[int] = field(default_factory=list)
    walks: list[int] = field(default_factory=list)
    leads: list[int] = field(default_factory=list)
    parked: list[int] = field(default_factory=list)
    abandonments: list[int] = field(default_factory=list)
    uncalled: list[int] = field(default_factory=list)

    def take(self, journey: Journey) -> None:
        outcome, wait = journey.outcome, journey.wait_us
        self.outcomes[outcome.value] += 1
        self.called += wait is not None
        self.carried += journey.is_carried_over
        self.recalls += journey.recalls
        if wait is not None and journey.is_same_day(journey.first_call_us):
            self.waits.append(wait)
        elif wait is None and outcome is Outcome.OPEN:
            self.uncalled.append(journey.issued_us)
        if journey.service_us is not None:
            self.services.append(journey.service_us)
        if journey.walk_us is not None:
            self.walks.append(journey.walk_us)
        if journey.parked_us:
            self.parked.append(journey.parked_us)
        if journey.ended_us is not None and journey.is_same_day(journey.ended_us):
            self._end(outcome, max(0, journey.ended_us - journey.issued_us))

    def _end(self, outcome: Outcome, lasted_us: int) -> None:
        if outcome is Outcome.SERVED:
            self.leads.append(lasted_us)
        elif outcome in ABANDONED:
            self.abandonments.append(lasted_us)

    def add(self, other: Pot) -> None:
        self.outcomes.update(other.outcomes)
        self.called += other.called
        self.carried += other.carried
        self.recalls += other.recalls
        for name in DURATIONS:
            getattr(self, name).extend(getattr(other, name))


@dataclass(slots=True)
class Presence:
    """A counter on one half-day: its first call, the end of its last ticket, and what it did between."""

    first_us: int
    last_us: int
    tickets: int = 0
    serving_us: int = 0

    def add(self, other: Presence) -> None:
        self.first_us, self.last_us = min(self.first_us, other.first_us), max(self.last_us, other.last_us)
        self.tickets, self.serving_us = self.tickets + other.tickets, self.serving_us + other.serving_us


class Closed(NamedTuple):
    """A pause of a counter, cut at the end of its day."""

    counter: str
    from_us: int
    until_us: int


class Registered(NamedTuple):
    """One act in the register of appointments: booked, moved, cancelled, missed."""

    act: str
    at_us: int


@dataclass
class Figures:
    """Of the tickets issued, the pauses begun, and what was done with appointments, in a period. appointments: how
    often each act, and how often who came was early, on-time or late."""

    pots: dict[Place, Pot] = field(default_factory=dict)
    halves: dict[Half, Presence] = field(default_factory=dict)
    closed: list[Closed] = field(default_factory=list)
    appointments: Counter[str] = field(default_factory=Counter)

    def add(self, other: Figures) -> None:
        for place, pot in other.pots.items():
            self.pots.setdefault(place, Pot()).add(pot)
        for half, presence in other.halves.items():
            mine = self.halves.setdefault(half, Presence(presence.first_us, presence.last_us))
            mine.add(presence)
        self.closed.extend(other.closed)
        self.appointments.update(other.appointments)


def figures_of(
    journeys: Iterable[Journey], closed: Iterable[Closed] = (), registered: Iterable[Registered] = ()
) -> Figures:
    made = Figures(closed=list(closed), appointments=Counter(act for act, _ in registered))
    for journey in journeys:
        if journey.kept and journey.outcome is not Outcome.VOIDED:
            made.appointments[journey.kept] += 1
        place = (journey.group, time_of_day(journey.issued_us) // HOUR, journey.priority)
        if (pot := made.pots.get(place)) is None:
            pot = made.pots[place] = Pot()
        pot.take(journey)
        for stay in journey.stays:
            half = (stay.counter, day_of(stay.called_us), time_of_day(stay.called_us) >= NOON)
            presence = Presence(stay.called_us, stay.until_us, 1, stay.served_us)
            if (mine := made.halves.get(half)) is None:
                made.halves[half] = presence
            else:
                mine.add(presence)
    return made


def merged(parts: Iterable[Figures]) -> Figures:
    total = Figures()
    for part in parts:
        total.add(part)
    return total


def plain_of(figures: Figures) -> dict[str, Any]:
    """As JSON values, in one canonical order: the same figures are the same bytes."""
    pots = [
        [
            list(place),
            dict(sorted(pot.outcomes.items())),
            [pot.called, pot.carried, pot.recalls],
            [sorted(getattr(pot, name)) for name in DURATIONS],
        ]
        for place, pot in sorted(figures.pots.items())
    ]
    halves = [
        [*half, presence.first_us, presence.last_us, presence.tickets, presence.serving_us]
        for half, presence in sorted(figures.halves.items())
    ]
    closed = [list(pause) for pause in sorted(figures.closed)]
    return {
        "pots": pots,
        "halves": halves,
        "closed": closed,
        "appointments": dict(sorted(figures.appointments.items())),
    }


def figures_from(plain: Mapping[str, Any]) -> Figures:
    """The inverse of `plain_of`."""
    pots = {
        (place[0], place[1], place[2]): Pot(Counter(outcomes), *counts, *durations)
        for place, outcomes, counts, durations in plain["pots"]
    }
    halves = {(row[0], row[1], row[2]): Presence(*row[3:]) for row in plain["halves"]}
    return Figures(pots, halves, [Closed(*row) for row in plain["closed"]], Counter(plain["appointments"]))
