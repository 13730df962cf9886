"""What an office has learnt of its own cases: how long they take, who does not come, who comes first.

Learnt on site and per group, because such figures do not carry over from one office to another.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from random import Random

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.day_pace import PSEUDO_CASES, STEADY_CASES, Begun, Case, Lengths, day_factor, steady_cases
from kiosk.domain.ticket import Ticket, TicketState

NEWEST = 300  # cases of one group that count
LONGEST_CASE_MIN = 180.0  # a ticket left open over lunch tells nothing of the work
LONGEST_WALK = timedelta(minutes=5)
LONGEST_GAP_MIN = 45.0  # pauses are among them, lunch is not
AT_WORK = (TicketState.FINISHED, TicketState.CALLED, TicketState.SERVING)
NO_SHOW_MIN = 1.0
NO_SHOW_PRIOR = (0.05, 20.0)  # rate, weight in cases
SLOPE_PRIOR = 50.0  # calls after which half of a slope is believed
LEAVE_PRIOR_MIN = 120.0  # minutes of waiting in which nobody left, before the first is seen

Arrival = tuple[str, str]  # group, priority class
Wait = tuple[float, TicketState]  # minutes to the first call, or until giving up; how it ended


def stay_begins(ticket: Ticket) -> datetime | None:
    """When the ticket's last stay at a counter began; a recall does not begin one, a call after parking does."""
    first, last, serving = ticket.first_called_at, ticket.last_called_at, ticket.serving_at
    if first is None or last is None:
        return first
    if serving is None:
        return first if last - first <= LONGEST_WALK else last
    return first if last <= serving and serving - first <= LONGEST_WALK else last


def stay_minutes(ticket: Ticket) -> float | None:
    """How long it held its counter, None where that was not seen."""
    begun = stay_begins(ticket)
    if begun is None or ticket.ended_at is None:
        return None
    minutes = (ticket.ended_at - begun).total_seconds() / 60
    return minutes if 0 <= minutes <= LONGEST_CASE_MIN else None


@dataclass(frozen=True)
class Durations:
    """Minutes of finished cases, sorted. own: of one group; office: of all."""

    own: tuple[float, ...]
    office: tuple[float, ...]

    @cached_property
    def mean(self) -> float:
        """Shrunk to the office's mean while the group has few cases of its own."""
        whole = sum(self.office) / len(self.office)
        return (sum(self.own) + PSEUDO_CASES * whole) / (len(self.own) + PSEUDO_CASES)

    def draw(self, random: Random) -> float:
        own, n = self.own, len(self.own)
        if random.random() * (n + PSEUDO_CASES) < n:
            return own[int(random.random() * n)]
        return self.office[int(random.random() * len(self.office))]

    def draw_rest(self, random: Random, elapsed: float) -> float:
        """What is left of a case that has lasted `elapsed`: drawn from the cases that lasted longer."""
        for known in (self.own, self.office):
            at = bisect_right(known, elapsed)
            if at < len(known):
                return known[at + int(random.random() * (len(known) - at))] - elapsed
        return self.mean / 2  # longer than any case ever; nobody knows


@dataclass(frozen=True)
class Patience:
    """Who gives up without a word is called in vain: slope is how much the chance of that grows in a minute of waiting,
    around the usual wait, at which it is the group's own rate."""

    slope: float = 0.0
    usual_min: float = 0.0

    def more(self, waited_min: float) -> float:
        return self.slope * (waited_min - self.usual_min)


@dataclass(frozen=True)
class Experience:
    """cases: finished ones seen; no_show: by group; priority_per_min: by hour of the day; mix: recent arrivals with
    priority, to draw from; day_factor: how much longer the same work takes today; gaps: minutes from one case's end to
    the next call while somebody waited, mostly a moment, sometimes a pause. leave_per_min: how many of those who wait
    give up, and say so, in a minute; patience: how absence grows with the wait."""

    cases: int
    by_group: Mapping[str, Durations]
    office: Durations | None
    no_show: Mapping[str, float] = field(default_factory=dict)
    no_show_min: float = NO_SHOW_MIN
    gaps: tuple[float, ...] = (0.0,)
    day_factor: float = 1.0
    priority_per_min: Mapping[int, float] = field(default_factory=dict)
    mix: tuple[Arrival, ...] = ()
    leave_per_min: float = 0.0
    patience: Patience = Patience()

    def durations(self, group: str) -> Durations:
        """Raises: LookupError before the first finished case."""
        known = self.by_group.get(group, self.office)
        if known is None:
            raise LookupError(group)
        return known

    def no_show_rate(self, group: str) -> float:
        return self.no_show.get(group, NO_SHOW_PRIOR[0])

    @cached_property
    def gap_min(self) -> float:
        return sum(self.gaps) / len(self.gaps)

    def minutes(self, group: str) -> float:
        """Expected hold of a counter by one number that is called, gap and no-shows included."""
        absent = self.no_show_rate(group)
        served = self.durations(group).mean * self.day_factor
        return (1 - absent) * served + absent * self.no_show_min + self.gap_min


@dataclass(frozen=True)
class Past:
    """What earlier days left, worked out once a day. called: by group, (calls, of which nobody came); steady: as how
    many of today's cases the usual pace counts."""

    minutes: Mapping[str, Sequence[float]] = field(default_factory=dict)
    called: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    absent_minutes: tuple[float, ...] = ()
    gaps: tuple[float, ...] = ()
    priority_per_min: Mapping[int, float] = field(default_factory=dict)
    mix: tuple[Arrival, ...] = ()
    waits: tuple[Wait, ...] = ()
    steady: float = STEADY_CASES

    @cached_property
    def office(self) -> tuple[float, ...]:
        return tuple(sorted(m for own in self.minutes.values() for m in own))

    @cached_property
    def _lengths(self) -> Mapping[str, Lengths]:
        return {group: Lengths(own, self.office) for group, own in self.minutes.items()}

    @cached_property
    def _any_length(self) -> Lengths:
        return Lengths((), self.office)

    def lengths(self, group: str) -> Lengths:
        return self._lengths.get(group, self._any_length)


def remember(past: Sequence[Ticket], days: int) -> Past:
    """past: ended tickets of earlier days, oldest first; days: how many working days they span."""
    minutes = _minutes(past)
    return Past(
        minutes=minutes,
        called=_called(past[-4 * NEWEST :]),
        absent_minutes=tuple(_absent_minutes(past)[-NEWEST:]),
        gaps=tuple(_gaps(past)[-2 * NEWEST :]),
        priority_per_min=_priority_rates(past, days),
        mix=_mix(past),
        waits=tuple(_waits(past)[-4 * NEWEST :]),
        steady=steady_cases(_cases_by_day(past, minutes)),
    )


def learn(past: Past, today: Sequence[Ticket], now: datetime) -> Experience:
    """What is known at `now`. today: this day's tickets in any state."""
    fresh = _minutes(today)
    groups = [*past.minutes, *(g for g in fresh if g not in past.minutes)]
    minutes = {g: [*past.minutes.get(g, ()), *fresh.get(g, ())][-NEWEST:] for g in groups}
    whole = tuple(sorted(m for own in minutes.values() for m in own))
    if not whole:
        return Experience(0, {}, None)
    gaps = [*past.gaps, *_gaps(today)][-2 * NEWEST :]
    absent = [*past.absent_minutes, *_absent_minutes(today)][-NEWEST:]
    return Experience(
        cases=len(whole),
        by_group={group: Durations(tuple(sorted(own)), whole) for group, own in minutes.items()},
        office=Durations((), whole),
        no_show=_no_shows(past.called, _called(today)),
        no_show_min=(sum(absent) + NO_SHOW_MIN * PSEUDO_CASES) / (len(absent) + PSEUDO_CASES),
        gaps=tuple(gaps) or (0.0,),
        day_factor=_day_factor(past, today, now),
        priority_per_min=past.priority_per_min,
        mix=(*past.mix, *_mix(today))[-NEWEST:],
        leave_per_min=_leave_rate(waits := [*past.waits, *_waits(today)]),
        patience=_patience(waits),
    )


def _minutes(tickets: Iterable[Ticket]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for ticket in tickets:
        if ticket.state is TicketState.FINISHED and (spent := stay_minutes(ticket)) is not None:
            found.setdefault(ticket.group, []).append(spent)
    return {group: own[-NEWEST:] for group, own in found.items()}


def _called(tickets: Iterable[Ticket]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for ticket in tickets:
        if ticket.state in (TicketState.FINISHED, TicketState.NO_SHOW):
            calls, absent = found.get(ticket.group, (0, 0))
            found[ticket.group] = calls + 1, absent + (ticket.state is TicketState.NO_SHOW)
    return found


def _no_shows(*seen: Mapping[str, tuple[int, int]]) -> dict[str, float]:
    rate, weight = NO_SHOW_PRIOR
    found: dict[str, float] = {}
    for group in {g for one in seen for g in one}:
        calls = sum(one.get(group, (0, 0))[0] for one in seen)
        absent = sum(one.get(group, (0, 0))[1] for one in seen)
        found[group] = (absent + rate * weight) / (calls + weight)
    return found


def _absent_minutes(tickets: Iterable[Ticket]) -> list[float]:
    return [m for t in tickets if t.state is TicketState.NO_SHOW and (m := stay_minutes(t)) is not None]


def _gaps(tickets: Iterable[Ticket]) -> list[float]:
    """Minutes between an end and the next call at the same counter, where that next citizen already waited."""
    at_counter: dict[str, list[tuple[datetime, datetime, datetime]]] = {}
    for ticket in tickets:
        begun = stay_begins(ticket)
        if ticket.counter and begun is not None and ticket.ended_at is not None:
            at_counter.setdefault(ticket.counter, []).append((begun, ticket.ended_at, ticket.issued_at))
    found: list[float] = []
    for stays in at_counter.values():
        stays.sort()
        for (_, ended, _), (begun, _, issued) in pairwise(stays):
            gap = (begun - ended).total_seconds() / 60
            if issued <= ended and 0 <= gap <= LONGEST_GAP_MIN:
                found.append(gap)
    return found


def _day_factor(past: Past, today: Iterable[Ticket], now: datetime) -> float:
    if not past.office:
        return 1.0
    return day_factor(_begun(today, now), past.lengths, sum(past.office) / len(past.office), past.steady)


def _begun(today: Iterable[Ticket], now: datetime) -> Iterator[Begun]:
    for ticket in today:
        begun = stay_begins(ticket)
        if begun is None or ticket.state not in AT_WORK:
            continue
        could = max(0.0, (now - begun).total_seconds() / 60)
        minutes = could if ticket.ended_at is None else stay_minutes(ticket)
        if minutes is not None and minutes <= LONGEST_CASE_MIN:
            yield Begun(ticket.group, minutes, could)


def _cases_by_day(past: Iterable[Ticket], minutes: Mapping[str, Sequence[float]]) -> list[list[Case]]:
    whole = tuple(m for own in minutes.values() for m in own)
    expected = {group: Durations(tuple(own), whole).mean for group, own in minutes.items()}
    found: dict[date, list[Case]] = {}
    for ticket in past:
        if ticket.state is TicketState.FINISHED and (took := stay_minutes(ticket)) is not None:
            found.setdefault(ticket.serve_day, []).append((took, expected[ticket.group]))
    return list(found.values())


def _priority_rates(past: Sequence[Ticket], days: int) -> dict[int, float]:
    seen: dict[int, int] = {}
    for ticket in past:
        if ticket.priority:
            hour = ticket.issued_at.astimezone(OFFICE_ZONE).hour
            seen[hour] = seen.get(hour, 0) + 1
    return {hour: count / (60 * max(1, days)) for hour, count in seen.items()}


def _mix(tickets: Iterable[Ticket]) -> tuple[Arrival, ...]:
    return tuple((t.group, t.priority) for t in tickets if t.priority)[-NEWEST:]


def _waits(tickets: Iterable[Ticket]) -> list[Wait]:
    found: list[Wait] = []
    for ticket in tickets:
        until = ticket.first_called_at or (ticket.ended_at if ticket.state is TicketState.LEFT else None)
        if until is not None and ticket.state in (TicketState.FINISHED, TicketState.NO_SHOW, TicketState.LEFT):
            minutes = (until - ticket.issued_at).total_seconds() / 60
            if 0 <= minutes <= LONGEST_CASE_MIN:
                found.append((minutes, ticket.state))
    return found


def _leave_rate(waits: Sequence[Wait]) -> float:
    left = sum(state is TicketState.LEFT for _, state in waits)
    return left / (sum(minutes for minutes, _ in waits) + LEAVE_PRIOR_MIN)


def _patience(waits: Sequence[Wait]) -> Patience:
    """A straight line through absences and waits, believed as far as there are calls; absence never falls with it."""
    called = [(m, state is TicketState.NO_SHOW) for m, state in waits if state is not TicketState.LEFT]
    if not called:
        return Patience()
    n = len(called)
    usual, rate = sum(m for m, _ in called) / n, sum(absent for _, absent in called) / n
    spread = sum((m - usual) ** 2 for m, _ in called)
    if spread == 0:
        return Patience(0.0, usual)
    slope = sum((m - usual) * (absent - rate) for m, absent in called) / spread
    return Patience(max(0.0, slope) * n / (n + SLOPE_PRIOR), usual)
