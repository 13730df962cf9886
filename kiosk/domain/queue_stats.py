"""The figures of the queue, each defined once here and in docs/measures.md; all from the event log and nothing else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal

from kiosk.domain.journey import (
    COUNTER_OPENED,
    COUNTER_PAUSED,
    DAY,
    ISSUED,
    MINUTE,
    RECALLED,
    REGISTER,
    REGISTERED,
    UNDONE,
    Journey,
    Mark,
    Outcome,
    day_of,
    journey_of,
    time_of_day,
)
from kiosk.domain.queue_figures import Closed, Figures, Place, Pot, Registered, figures_of

LONG_PARKED = 15 * MINUTE
LIFE_DAYS = 14  # what happens to a ticket later belongs to no figure: longer than the longest run of days off (Tết)


@dataclass(frozen=True)
class Spread:
    """How a duration is spread, microseconds. Percentiles by nearest rank: a time that somebody really had."""

    n: int = 0
    mean: int = 0
    p50: int = 0
    p90: int = 0
    p95: int = 0
    longest: int = 0


@dataclass(frozen=True)
class Cell:
    """The figures of some tickets: all, one group's, one hour's (of issue) or one class's.

    serving_us: all time in service. within / promised is the service level: first call within the target, over all
    issued but the voided ones and those that still wait inside the target; who left, was never called or was carried
    over counts as not within.
    """

    issued: int
    served: int
    no_show: int
    left: int
    called: int
    within: int
    promised: int
    wait: Spread
    service: Spread
    walk: Spread = Spread()
    lead: Spread = Spread()
    abandonment: Spread = Spread()
    serving_us: int = 0


@dataclass(frozen=True)
class CounterLoad:
    """serving_us: time in service. open_us: each morning and afternoon from its first call to its last ticket's end,
    without the pauses between."""

    tickets: int
    serving_us: int
    open_us: int


@dataclass(frozen=True)
class QueueSummary:
    """All of a period. carried_over: first called, or ended uncalled, on a later day than issued; their night is no
    wait, so they are in neither `wait` nor `lead`. equity: P90 wait of all priority classes over ordinary tickets'."""

    total: Cell
    outcomes: Mapping[str, int]
    parked: Spread
    recalls: int
    long_parked: int
    carried_over: int
    by_group: Mapping[str, Cell]
    by_hour: Mapping[int, Cell]
    by_class: Mapping[str, Cell]
    counters: Mapping[str, CounterLoad]
    equity: float | None
    appointments: Mapping[str, int]


@dataclass
class QueueLog:
    """A projection of the log that is fed line by line; what was fed before is known by its number and ignored.

    Tickets issued, and pauses begun, in [start_us, end_us) count. Feeding all at once or one by one, with looks
    between, is the same, because nothing is kept but each ticket's own lines. An undone act is one that never was.
    A look at a period and one at its days see the same of each ticket: two weeks of it, however long the period.
    """

    start_us: int
    end_us: int
    seq: int = 0
    _trails: dict[str, list[Mark]] = field(default_factory=dict)
    _closed: list[Closed] = field(default_factory=list)
    _closed_since: dict[str, int] = field(default_factory=dict)
    _registered: list[Registered] = field(default_factory=list)

    def feed(self, marks: Iterable[Mark]) -> None:
        trails, last = self._trails, self.seq
        for mark in marks:
            seq, kind, ticket, at_us, *_ = mark
            if seq <= last:
                continue
            last = seq
            trail = trails.get(ticket)
            if trail is not None:
                if at_us - trail[0].at_us >= LIFE_DAYS * DAY:
                    continue
                if kind == UNDONE:
                    _take_back(trail)
                else:
                    trail.append(mark)
            elif kind == ISSUED:
                if self.start_us <= at_us < self.end_us:
                    trails[ticket] = [mark]
            elif kind in (COUNTER_PAUSED, COUNTER_OPENED):
                self._feed_pause(mark)
            elif kind in REGISTERED and self.start_us <= at_us < self.end_us:
                self._registered.append(Registered(kind.removeprefix(REGISTER), at_us))
        self.seq = last

    def _feed_pause(self, mark: Mark) -> None:
        if mark.kind == COUNTER_PAUSED:
            if self.start_us <= mark.at_us < self.end_us:
                self._closed_since.setdefault(mark.ticket, mark.at_us)  # a second pause goes on with the first
        elif (since := self._closed_since.pop(mark.ticket, None)) is not None:
            self._closed.append(_closed(mark.ticket, since, mark.at_us))

    def journeys(self) -> list[Journey]:
        """One per ticket, in the order of issue."""
        return [journey_of(trail) for trail in self._trails.values()]

    def closed(self) -> list[Closed]:
        """Pauses that are over. One that lasts has no end yet; nobody is called in it, so no opening goes beyond it."""
        return list(self._closed)

    def registered(self) -> list[Registered]:
        return list(self._registered)

    def figures(self) -> Figures:
        return figures_of(self.journeys(), self.closed(), self.registered())


def _take_back(trail: list[Mark]) -> None:
    """Drop the last act; a recall is no change of state, so it stays said."""
    for place in range(len(trail) - 1, 0, -1):
        if trail[place].kind != RECALLED:
            del trail[place]
            return


def _closed(subject: str, since_us: int, until_us: int) -> Closed:
    midnight = since_us - time_of_day(since_us) + DAY
    return Closed(subject.removeprefix("counter/"), since_us, max(since_us, min(until_us, midnight)))


def summarise(figures: Figures, target_us: int, as_of_us: int) -> QueueSummary:
    """target_us: the office's promise for the first call; as_of_us: the instant of the look, for who still waits."""

    def cell(pots: Iterable[Pot]) -> Cell:
        return _cell(list(pots), target_us, as_of_us)

    def split(part: Literal[0, 1, 2]) -> dict[Any, Cell]:
        parts: defaultdict[Any, list[Pot]] = defaultdict(list)
        for place, pot in figures.pots.items():
            parts[place[part]].append(pot)
        return {name: cell(parts[name]) for name in sorted(parts)}

    pots = list(figures.pots.values())
    by_class = split(2)
    ordinary = by_class[""].wait if "" in by_class else Spread()
    parked = _all(pots, "parked")
    return QueueSummary(
        total=cell(pots),
        outcomes={o.value: sum(pot.outcomes[o.value] for pot in pots) for o in Outcome},
        parked=_spread(parked),
        recalls=sum(pot.recalls for pot in pots),
        long_parked=len(parked) - bisect_right(parked, LONG_PARKED),
        carried_over=sum(pot.carried for pot in pots),
        by_group=split(0),
        by_hour=split(1),
        by_class=by_class,
        counters=_loads(figures),
        appointments=figures.appointments,
        equity=_ratio(_spread(_all(_of_priority(figures.pots), "waits")), ordinary),
    )


def spread(durations: Iterable[int]) -> Spread:
    return _spread(sorted(durations))


def _spread(kept: list[int]) -> Spread:
    """kept: sorted."""
    n = len(kept)
    if not n:
        return Spread()

    def rank(percent: int) -> int:
        return kept[-(-percent * n // 100) - 1]  # nearest rank: the ceiling of p·n, counted from one

    return Spread(n, sum(kept) // n, rank(50), rank(90), rank(95), kept[-1])


def _all(pots: Iterable[Pot], name: str) -> list[int]:
    return sorted(chain.from_iterable(getattr(pot, name) for pot in pots))


def _of_priority(pots: Mapping[Place, Pot]) -> list[Pot]:
    return [pot for (_group, _hour, priority), pot in pots.items() if priority]


def _cell(pots: list[Pot], target_us: int, as_of_us: int) -> Cell:
    outcomes: Counter[str] = Counter()
    for pot in pots:
        outcomes.update(pot.outcomes)
    waits, uncalled, services = _all(pots, "waits"), _all(pots, "uncalled"), _all(pots, "services")
    undecided = len(uncalled) - bisect_left(uncalled, as_of_us - target_us)
    return Cell(
        issued=outcomes.total(),
        served=outcomes[Outcome.SERVED],
        no_show=outcomes[Outcome.NO_SHOW],
        left=outcomes[Outcome.LEFT],
        called=sum(pot.called for pot in pots),
        within=bisect_right(waits, target_us),
        promised=outcomes.total() - undecided - outcomes[Outcome.VOIDED],
        wait=_spread(waits),
        walk=_spread(_all(pots, "walks")),
        service=_spread(services),
        lead=_spread(_all(pots, "leads")),
        abandonment=_spread(_all(pots, "abandonments")),
        serving_us=sum(services),
    )


def _loads(figures: Figures) -> dict[str, CounterLoad]:
    """Occupancy's two parts. A counter holds one ticket at a time and none while paused: serving never exceeds open."""
    pauses: defaultdict[tuple[str, int], list[Closed]] = defaultdict(list)
    for pause in figures.closed:
        pauses[pause.counter, day_of(pause.from_us)].append(pause)
    loads: dict[str, CounterLoad] = {}
    for (counter, day, _half), here in sorted(figures.halves.items()):
        away = sum(max(0, min(here.last_us, p.until_us) - max(here.first_us, p.from_us)) for p in pauses[counter, day])
        so_far = loads.get(counter, CounterLoad(0, 0, 0))
        loads[counter] = CounterLoad(
            so_far.tickets + here.tickets,
            so_far.serving_us + here.serving_us,
            so_far.open_us + here.last_us - here.first_us - away,
        )
    return loads


def _ratio(priority: Spread, ordinary: Spread) -> float | None:
    return round(priority.p90 / ordinary.p90, 3) if priority.n and ordinary.p90 else None
