"""A day of a simulated hall: people come, officers call through `kiosk.services.queueing`, a fake clock jumps along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from random import Random

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.event import Actor
from kiosk.domain.ticket import QueueEmptyError, Ticket, TicketState
from kiosk.services import counters, moving, queueing
from kiosk.simulation.memory import MemoryOffice
from kiosk.simulation.scenario import Scenario
from kiosk.simulation.visitors import AFTERNOON, DOORS_OPEN, MORNING_ENDS, Away, DayPlan, Visitor, open_halves

KIOSK = Actor("", "kiosk-1")
ABSENT_MIN = 1.0  # called twice, then noted as absent
PARK_MIN = 10.0
FIRST_PART = 0.3  # of the work, before somebody is parked or sent on

Act = Callable[[datetime], None]
Watch = Callable[[Ticket, datetime], None]


@dataclass
class HallDay:
    """issued: told of every number right after its commit, as the kiosk is. instant: nobody has to walk."""

    memory: MemoryOffice
    scenario: Scenario
    day: date
    plan: DayPlan
    random: Random
    issued: Watch | None = None
    instant: bool = False
    queue_minutes: float = 0.0
    _agenda: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _turn: int = 0
    _visitors: dict[str, Visitor] = field(default_factory=dict)
    _away: dict[str, Away] = field(default_factory=dict)
    _leaving: dict[str, Away] = field(default_factory=dict)
    _busy: set[str] = field(default_factory=set)
    _gone: set[str] = field(default_factory=set)

    def run(self) -> None:
        """From the first arrival until nobody is left."""
        for visitor in self.plan.visitors:
            self._at(visitor.comes_at, lambda now, v=visitor: self._come(v, now))  # type: ignore[misc]
        for away in self.plan.pauses:
            self._at(away.at, lambda now, a=away: self._go_away(a, now))  # type: ignore[misc]
        for opens, _ in open_halves(self.scenario):
            self._at(opens, self._call_all)
        last: datetime | None = None
        while self._agenda:
            now, _, act = heappop(self._agenda)
            if last is not None:
                self.queue_minutes += len(self.memory.tickets.waiting(self.day)) * (now - last).total_seconds() / 60
            last = now
            act(now)

    def _at(self, minute: float, act: Act) -> None:
        self._then(datetime.combine(self.day, datetime.min.time(), OFFICE_ZONE), minute, act)

    def _then(self, now: datetime, minutes: float, act: Act) -> None:
        self._turn += 1
        heappush(self._agenda, (now + timedelta(minutes=minutes), self._turn, act))

    def _come(self, visitor: Visitor, now: datetime) -> None:
        ticket = queueing.issue_ticket(
            self.memory.units(),
            self.scenario.office,
            visitor.group,
            actor=KIOSK,
            now=now,
            touch=f"{self.day}/{self._turn}",
            priority=visitor.priority,
        )
        self._turn += 1
        self._visitors[ticket.key] = visitor
        if self.issued is not None:
            self.issued(ticket, now)
        if visitor.patience_min:
            self._then(now, visitor.patience_min, lambda at: self._lose_patience(ticket.key, at))
        self._call_all(now)

    def _lose_patience(self, key: str, now: datetime) -> None:
        if self.memory.tickets.get(key).state is not TicketState.WAITING:
            return
        if self._visitors[key].tells:
            queueing.leave(self.memory.units(), key, actor=KIOSK, now=now)
        else:
            self._gone.add(key)

    def _is_open(self, now: datetime) -> bool:
        """Whoever is left when the day ends is served after hours; at lunch the officers go."""
        minute = now.hour * 60 + now.minute
        return minute >= DOORS_OPEN and not (self.scenario.lunch and MORNING_ENDS <= minute < AFTERNOON)

    def _call_all(self, now: datetime) -> None:
        free = [c.code for c in self.scenario.office.counters if c.code not in self._busy and c.code not in self._away]
        self.random.shuffle(free)
        for code in free:
            self._call(code, now)

    def _call(self, code: str, now: datetime) -> None:
        """The officer presses "next"."""
        if code in self._leaving:
            self._go_away(self._leaving.pop(code), now)
        if code in self._busy or code in self._away or not self._is_open(now):
            return
        try:
            ticket = queueing.call_next(
                self.memory.units(), self.scenario.office, code, actor=self._officer(code), now=now
            )
        except QueueEmptyError:
            return
        self._busy.add(code)
        visitor = self._visitors[ticket.key]
        if visitor.absent or ticket.key in self._gone:
            self._then(now, ABSENT_MIN, lambda at: self._miss(ticket.key, code, at))
        else:
            self._then(now, self._moment(0.2, 0.7), lambda at: self._serve(ticket.key, code, at))

    def _miss(self, key: str, code: str, now: datetime) -> None:
        queueing.miss(self.memory.units(), key, actor=self._officer(code), now=now)
        self._next(code, now)

    def _serve(self, key: str, code: str, now: datetime) -> None:
        queueing.serve(self.memory.units(), key, actor=self._officer(code), now=now)
        visitor = self._visitors[key]
        minutes = visitor.minutes * self.plan.pace * self.plan.speed[code]
        if visitor.parks or visitor.moves_to:
            visitor.minutes *= 1 - FIRST_PART
            self._then(now, minutes * FIRST_PART, lambda at: self._set_aside(key, code, at))
        else:
            self._then(now, minutes, lambda at: self._finish(key, code, at))

    def _set_aside(self, key: str, code: str, now: datetime) -> None:
        """To be back with a copy, or on to another line."""
        visitor, units, officer = self._visitors[key], self.memory.units(), self._officer(code)
        if visitor.parks:
            visitor.parks = False
            queueing.park(units, key, actor=officer, now=now)
            self._then(now, self.random.expovariate(1 / PARK_MIN), lambda at: self._resume(key, at))
        else:
            group, visitor.moves_to = visitor.moves_to, ""
            moving.transfer(units, self.scenario.office, key, group=group, actor=officer, now=now)
            self._call_all(now)
        self._next(code, now)

    def _resume(self, key: str, now: datetime) -> None:
        queueing.resume(self.memory.units(), key, actor=KIOSK, now=now)
        self._call_all(now)

    def _finish(self, key: str, code: str, now: datetime) -> None:
        queueing.finish(self.memory.units(), key, actor=self._officer(code), now=now)
        self._next(code, now)

    def _next(self, code: str, now: datetime) -> None:
        """A moment for the papers on the desk, then the next number."""
        self._then(now, self._moment(0.1, 0.5), lambda at: self._free(code, at))

    def _moment(self, shortest: float, longest: float) -> float:
        return 0.0 if self.instant else self.random.uniform(shortest, longest)

    def _free(self, code: str, now: datetime) -> None:
        self._busy.discard(code)
        self._call(code, now)

    def _go_away(self, away: Away, now: datetime) -> None:
        code = away.counter
        if code in self._busy:
            self._leaving[code] = away
            return
        if code in self._away:
            return
        self._away[code] = away
        back = now + timedelta(minutes=away.minutes)
        if away.said:
            planned = back + timedelta(minutes=self.random.uniform(-3, 3))
            until = max(planned, now + timedelta(minutes=1))
            counters.pause_counter(
                self.memory.units(), self.scenario.office, code, until=until, actor=self._officer(code), now=now
            )
        self._then(now, away.minutes, lambda at: self._come_back(away, at))

    def _come_back(self, away: Away, now: datetime) -> None:
        if away.said:
            officer = self._officer(away.counter)
            counters.open_counter(self.memory.units(), self.scenario.office, away.counter, actor=officer, now=now)
        del self._away[away.counter]
        self._call(away.counter, now)

    def back_at(self, now: datetime) -> dict[str, datetime]:
        """When each officer who is away will really be back; for the oracle only."""
        midnight = datetime.combine(self.day, datetime.min.time(), OFFICE_ZONE)
        return {code: max(now, midnight + timedelta(minutes=a.at + a.minutes)) for code, a in self._away.items()}

    def _officer(self, code: str) -> Actor:
        return Actor(f"can-bo-{code}", f"ban-{code}", code)
