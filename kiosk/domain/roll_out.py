"""The waiting time by playing the next hour through, some thirty times, with the office's own order rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from math import exp
from random import Random

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.experience import Durations, Experience
from kiosk.domain.ticket import Ticket
from kiosk.domain.waiting import CounterNow, Hall

DRAWS = 30
LOOK_MIN = 10.0  # the order is asked again this often: people pass the cap
LONGEST_MIN = 600.0
TARGET = 0  # the ticket itself, among the people of a play

Lines = dict[str, list[int]]


def roll_out(hall: Hall, experience: Experience, ticket: Ticket, draws: int = DRAWS) -> tuple[float, ...]:
    """Minutes until the call, one for each draw; () when no counter serves it or no case was ever finished.

    The same hall always answers the same, because the draws are seeded with the ticket.
    """
    if experience.office is None or not any(_line(ticket) in _lines_of(c) for c in hall.counters):
        return ()
    play = _Play(hall, experience, ticket, draws)
    waits = (play.wait(draw) for draw in range(draws))
    return tuple(w for w in waits if w is not None)


@dataclass(frozen=True)
class _Place:
    """A counter in play. free_at: minutes from now, for one that nobody is at."""

    lines: tuple[str, ...]
    serving: str | None
    elapsed: float
    free_at: float


class _Play:
    """People are numbers into `people`: the ticket, who waits now, then who may still come, each in one draw only."""

    def __init__(self, hall: Hall, experience: Experience, ticket: Ticket, draws: int) -> None:
        self._hall, self._experience, self._random = hall, experience, Random(ticket.key)
        self._people = [ticket, *(t for t in hall.waiting if t.key != ticket.key)]
        self._comes_at = [0.0] * len(self._people)
        self._present = range(len(self._people))
        self._later: list[range] = []
        for draw in range(draws):
            first = len(self._people)
            for comer, at in self._comers(draw):
                self._people.append(comer)
                self._comes_at.append(at)
            self._later.append(range(first, len(self._people)))
        self._line_of = [_line(t) for t in self._people]
        self._waited = [_minutes(hall.now - t.issued_at) for t in self._people]
        self._number = {t.key: n for n, t in enumerate(self._people)}
        self._closed = [(_minutes(begin - hall.now), _minutes(end - hall.now)) for begin, end in hall.closed]
        self._places = [_place(c, hall.now) for c in hall.counters]
        self._ranks: dict[int, list[int]] = {}
        self._cases: dict[str, tuple[float, Durations]] = {}

    def _comers(self, draw: int) -> Iterator[tuple[Ticket, float]]:
        """Citizens with priority who come while they may still overtake, at the rate of the hour."""
        hall, experience = self._hall, self._experience
        rate = experience.priority_per_min.get(hall.now.astimezone(OFFICE_ZONE).hour, 0.0)
        window, at = _minutes(max(hall.head_starts.values(), default=timedelta(0))), 0.0
        while rate > 0 and experience.mix:
            at += self._random.expovariate(rate)
            if at >= window:
                return
            group, priority = experience.mix[int(self._random.random() * len(experience.mix))]
            came = hall.now + timedelta(minutes=at)
            head_start = hall.head_starts.get(priority, timedelta(0))
            yield _comer(self._people[TARGET], f"{draw}/{at}", group, priority, came, head_start), at

    def _rank(self, step: int) -> list[int]:
        """Everybody's place in the order at the step's beginning; asked once, whatever the number of draws."""
        known = self._ranks.get(step)
        if known is None:
            known = [0] * len(self._people)
            at = self._hall.now + timedelta(minutes=step * LOOK_MIN)
            for rank, one in enumerate(self._hall.order(self._people, at)):
                known[self._number[one.key]] = rank
            self._ranks[step] = known
        return known

    def wait(self, draw: int) -> float | None:
        """One play of the future; None when nobody would ever call the ticket."""
        lines = self._stand(draw)
        counters = [(self._free_at(place), n) for n, place in enumerate(self._places)]
        heapify(counters)
        step = 0
        while counters:
            at, n = heappop(counters)
            if at > LONGEST_MIN:
                return LONGEST_MIN
            if self._closed and (opens := self._opens(at)) > at:
                heappush(counters, (opens, n))
                continue
            if int(at / LOOK_MIN) != step:
                step = int(at / LOOK_MIN)
                self._sort(lines, step)
            chosen, next_comer = self._first(lines, self._places[n].lines, at, step)
            if chosen == TARGET:
                return at
            if chosen is None:
                if next_comer is not None:
                    heappush(counters, (next_comer, n))
                continue
            lines[self._line_of[chosen]].remove(chosen)
            held = 0.0 if self._has_left(chosen, at) else self._hold(chosen, at)
            heappush(counters, (at + held, n))
        return None

    def _has_left(self, one: int, at: float) -> bool:
        """Who gave up, and said so, is not called; `at`: when their turn would have been."""
        rate = self._experience.leave_per_min
        return rate > 0 and self._random.random() > exp(-rate * (at - self._comes_at[one]))

    def _stand(self, draw: int) -> Lines:
        lines: Lines = {}
        for n in (*self._present, *self._later[draw]):
            lines.setdefault(self._line_of[n], []).append(n)
        self._sort(lines, 0)
        return lines

    def _sort(self, lines: Lines, step: int) -> None:
        rank = self._rank(step)
        for line in lines.values():
            line.sort(key=rank.__getitem__)

    def _first(self, lines: Lines, mine: tuple[str, ...], at: float, step: int) -> tuple[int | None, float | None]:
        """Who is called at `at` to a counter with these lines; if nobody, when the next one comes."""
        rank, comes_at = self._ranks[step], self._comes_at
        chosen: int | None = None
        next_comer: float | None = None
        for name in mine:
            for one in lines.get(name, ()):
                if comes_at[one] <= at:
                    if chosen is None or rank[one] < rank[chosen]:
                        chosen = one
                    break
                if next_comer is None or comes_at[one] < next_comer:
                    next_comer = comes_at[one]
        return chosen, next_comer

    def _hold(self, one: int, at: float) -> float:
        """Minutes for which one call takes a counter."""
        experience, random, group = self._experience, self._random, self._people[one].group
        absent, known = self._cases.get(group) or self._case(group)
        gap = experience.gaps[int(random.random() * len(experience.gaps))]
        absent += experience.patience.more(at + self._waited[one])
        if random.random() < absent:
            return experience.no_show_min + gap
        return known.draw(random) * experience.day_factor + gap

    def _case(self, group: str) -> tuple[float, Durations]:
        found = self._cases[group] = (self._experience.no_show_rate(group), self._experience.durations(group))
        return found

    def _free_at(self, place: _Place) -> float:
        if place.serving is None:
            return place.free_at
        factor, known = self._experience.day_factor, self._experience.durations(place.serving)
        rest = known.draw_rest(self._random, place.elapsed / factor) * factor
        gaps = self._experience.gaps
        return max(place.free_at, rest + gaps[int(self._random.random() * len(gaps))])

    def _opens(self, at: float) -> float:
        return max((end for begin, end in self._closed if begin <= at < end), default=at)


def _comer(like: Ticket, key: str, group: str, priority: str, came: datetime, head_start: timedelta) -> Ticket:
    return replace(
        like,
        key=key,
        group=group,
        priority=priority,
        issued_at=came,
        line_at=came,
        effective_at=came - head_start,
        n=like.n + 1,
        for_counter=None,
    )


def _place(counter: CounterNow, now: datetime) -> _Place:
    elapsed = 0.0 if counter.since is None else max(0.0, _minutes(now - counter.since))
    away = 0.0 if counter.away_until is None else max(0.0, _minutes(counter.away_until - now))
    return _Place(_lines_of(counter), counter.serving, elapsed, away)


def _line(ticket: Ticket) -> str:
    """Tickets meant for one counter stand in a line of their own."""
    return f"@{ticket.for_counter}" if ticket.for_counter else ticket.group


def _lines_of(counter: CounterNow) -> tuple[str, ...]:
    return (*sorted(counter.groups), f"@{counter.code}")


def _minutes(span: timedelta) -> float:
    return span.total_seconds() / 60
