"""How long a number will wait: reads the hall and the office's own past, tells a range, and remembers what was told.

An estimate is made after the ticket's commit, never inside it; nobody waits for one to get a number.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from kiosk.clock import OFFICE_ZONE, business_day
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.closed_form import closed_form, people_before
from kiosk.domain.event import Actor, DuplicateCommandError, Event
from kiosk.domain.experience import Experience, Past, learn, remember, stay_begins
from kiosk.domain.office import Office, ServiceGroup
from kiosk.domain.order import serving_order
from kiosk.domain.roll_out import roll_out
from kiosk.domain.ticket import FINAL_STATES, Ticket, TicketState
from kiosk.domain.waiting import FEWEST_CASES, Calibration, CounterNow, Estimate, Hall
from kiosk.errors import KioskError
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.queue_day import queue_day

ESTIMATED = "ticket.estimated"
REMEMBERED_DAYS = 14  # civil days of the past that are learnt from
LEARN_AGAIN = timedelta(minutes=1)
ENDED = tuple(sorted(FINAL_STATES))
LEARNT_FROM = (TicketState.FINISHED, TicketState.NO_SHOW, TicketState.LEFT)
STILL_HERE = tuple(s for s in TicketState if s not in FINAL_STATES)
PULL = 500
AFTER_ALL = 1_000_000  # a number behind every number that was given
AWAY_AFTER = timedelta(minutes=4)  # an officer who lets people wait so long is not there
AWAY_FOR = timedelta(minutes=8)  # and is back after about this; nobody knows when
ABSENT_AFTER = timedelta(minutes=30)  # a counter that has not called today is not staffed today
ABSENT_FOR = timedelta(hours=4)

Closed = tuple[tuple[datetime, datetime], ...]
Hours = Callable[[date], Closed]


def always_open(_: date) -> Closed:
    return ()


def closed_spans(calendar: WorkingCalendar) -> Hours:
    """Spans of a day in which nobody is called: before opening and at lunch. After hours whoever is there is served."""

    def of_day(day: date) -> Closed:
        found: list[tuple[datetime, datetime]] = []
        begun = datetime.combine(day, datetime.min.time(), OFFICE_ZONE)
        for opens, closes in calendar.open_spans(day):
            found.append((begun, datetime.combine(day, opens, OFFICE_ZONE)))
            begun = datetime.combine(day, closes, OFFICE_ZONE)
        return tuple(found)

    return of_day


@dataclass(frozen=True)
class Seen:
    """What an estimate is made from."""

    hall: Hall
    experience: Experience
    calibration: Calibration
    today: tuple[Ticket, ...]


@dataclass(frozen=True)
class _Memory:
    """What was learnt of the days before `day`."""

    day: date
    past: Past
    calibration: Calibration


@dataclass(frozen=True)
class _Lesson:
    """What today's ended numbers taught, as of `at`: they are many, and one more changes little."""

    at: datetime
    ended: tuple[Ticket, ...]
    experience: Experience


@dataclass
class WaitingTimes:
    """One for a program: the past is read once a day, today's ended numbers once a minute.

    units: that write; reads: that never wait for a writer.
    """

    office: Office
    units: Units
    reads: Units
    hours: Hours = always_open
    _memory: _Memory | None = field(default=None, init=False)
    _lesson: _Lesson | None = field(default=None, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def tell(self, ticket: Ticket, *, actor: Actor, now: datetime) -> tuple[int, int] | None:
        """The range for a number's paper and screen, in whole minutes, and the log keeps it: the first one told stays.

        None while fewer than twenty cases are known, and for a number that waits no more.
        """
        with self.reads() as look:
            if (known := told_before(look, ticket.key)) is not None:
                return known
            seen = self.look(look, now)
        made = estimate(seen, ticket)
        if made is None:
            return None
        try:
            self.keep(seen, ticket, made, actor, now)
        except DuplicateCommandError:
            with self.reads() as look:
                return told_before(look, ticket.key) or made.told
        except KioskError:
            return made.told  # a full disk or a busy store must not take the number's own screen away
        return made.told

    def for_comers(self, now: datetime, lines: Collection[str] = ()) -> dict[str, Estimate]:
        """What an ordinary number taken now would wait, by line; a line that nobody serves is left out. lines: codes,
        none for all."""
        with self.reads() as look:
            seen = self.look(look, now)
        found: dict[str, Estimate] = {}
        for line in (g for g in self.office.groups if not lines or g.code in lines):
            comer = _comer(line, now)
            hall = replace(seen.hall, waiting=(*seen.hall.waiting, comer))
            if (made := estimate(replace(seen, hall=hall), comer)) is not None:
                found[line.code] = made
        return found

    def look(self, uow: UnitOfWork, now: datetime) -> Seen:
        """The hall as it is now. Reads only; inside a `with`."""
        day = queue_day(uow, now)
        here = uow.tickets.of_day(day, STILL_HERE)
        with self._lock:
            if self._memory is None or self._memory.day != day:
                self._memory, self._lesson = _remember(uow, day), None
            memory, lesson = self._memory, self._lesson
            if lesson is None or not timedelta(0) <= now - lesson.at < LEARN_AGAIN:
                ended = uow.tickets.of_day(day, ENDED)
                lesson = self._lesson = _Lesson(now, tuple(ended), learn(memory.past, [*ended, *here], now))
        back = {t.key for t in here}  # an end may have been taken back since
        today = (*(t for t in lesson.ended if t.key not in back), *here)
        hall = hall_of(uow, self.office, today, now, self.hours(day))
        return Seen(hall, lesson.experience, memory.calibration, today)

    def keep(self, seen: Seen, ticket: Ticket, made: Estimate, actor: Actor, now: datetime) -> None:
        """Put in the log what was told. Raises: DuplicateCommandError when something else was told before."""
        data = {
            "label": ticket.label,
            "group": ticket.group,
            "priority": ticket.priority,
            "minutes": round(made.minutes, 2),
            "low": round(made.low, 2),
            "high": round(made.high, 2),
            "told": list(made.told),
            "plain": round(plain_estimate(seen, ticket), 2),
        }
        with self.units() as uow:
            uow.events.append(Event(ESTIMATED, ticket.key, now, actor, data, command=f"estimated:{ticket.key}"))
            uow.commit()


def estimate(seen: Seen, ticket: Ticket) -> Estimate | None:
    """The mean of the roll-out with its calibrated range; None while too little is known or nobody serves the line."""
    if seen.experience.cases < FEWEST_CASES or all(t.key != ticket.key for t in seen.hall.waiting):
        return None
    draws = roll_out(seen.hall, seen.experience, ticket)
    minutes = sum(draws) / len(draws) if draws else closed_form(seen.hall, seen.experience, ticket)
    return None if minutes is None else seen.calibration.range_of(minutes, priority=bool(ticket.priority))


def _comer(line: ServiceGroup, now: datetime) -> Ticket:
    """Somebody who would touch the line's key now: behind everybody who waits."""
    return Ticket(
        key=f"comer/{line.code}",
        label="",
        series=line.series,
        n=AFTER_ALL,
        epoch=1,
        business_day=business_day(now),
        group=line.code,
        priority="",
        issued_at=now,
        effective_at=now,
        touch="",
    )


def plain_estimate(seen: Seen, ticket: Ticket) -> float:
    """People before it x mean case / counters at work, as most queue systems tell it: the one to beat."""
    known, hall = seen.experience.office, seen.hall
    at_work = sum(c.away_until is None or c.away_until <= hall.now for c in hall.counters)
    return len(people_before(hall, ticket)) * known.mean / max(1, at_work) if known is not None else 0.0


def told_before(uow: UnitOfWork, key: str) -> tuple[int, int] | None:
    """What was told of a number. Reads only; inside a `with`."""
    told = next((e.data["told"] for e in uow.events.of(key) if e.kind == ESTIMATED), None)
    return None if told is None else (int(told[0]), int(told[1]))


def hall_of(uow: UnitOfWork, office: Office, today: Sequence[Ticket], now: datetime, closed: Closed = ()) -> Hall:
    """Who waits, and what each counter does. Reads only; inside a `with`."""
    rule = office.order_rule
    every = [g.code for g in office.groups]
    waiting = tuple(t for t in today if t.state is TicketState.WAITING)
    pauses = {p.counter: p.until or max(p.since + 2 * AWAY_FOR, now + AWAY_FOR) for p in uow.pauses.all()}
    at_counter: dict[str, list[Ticket]] = {}
    for ticket in today:
        if ticket.counter is not None:
            at_counter.setdefault(ticket.counter, []).append(ticket)
    opened = max((end for begin, end in closed if end <= now), default=None)
    counters = []
    for counter in office.counters:
        theirs = at_counter.get(counter.code, [])
        active = next((t for t in theirs if t.state.is_active), None)
        lines = office.lines_of(counter, active.officer or "" if active else "")
        groups = frozenset(every if lines is None else lines)
        if active is not None:
            counters.append(CounterNow(counter.code, groups, active.group, stay_begins(active)))
            continue
        back = pauses.get(counter.code) or _back_at(theirs, [t for t in waiting if t.group in groups], opened, now)
        counters.append(CounterNow(counter.code, groups, away_until=back))
    return Hall(
        now,
        waiting,
        tuple(counters),
        lambda tickets, at: serving_order(tickets, at, rule),
        {p.code: timedelta(minutes=p.head_start_min) for p in office.priorities},
        closed,
    )


def _back_at(
    theirs: Sequence[Ticket], waiting: Sequence[Ticket], opened: datetime | None, now: datetime
) -> datetime | None:
    """When an officer who did not press "pause" is back: away is who lets people wait without calling them."""
    if not waiting:
        return None
    last = max((t.ended_at or t.last_called_at or t.issued_at for t in theirs), default=None)
    since = max(t for t in (last, opened, min(w.issued_at for w in waiting)) if t is not None)
    if last is None and now - since > ABSENT_AFTER:
        return now + ABSENT_FOR
    return now + AWAY_FOR if now - since > AWAY_AFTER else None


def _remember(uow: UnitOfWork, day: date) -> _Memory:
    past: list[Ticket] = []
    days = 0
    for back in range(REMEMBERED_DAYS, 0, -1):
        ended = uow.tickets.of_day(day - timedelta(days=back), LEARNT_FROM)
        past += ended
        days += bool(ended)
    calibration = Calibration()
    called = {t.key: t.first_called_at for t in past}
    for event in estimates(uow, day - timedelta(days=REMEMBERED_DAYS), day - timedelta(days=1)):
        if (at := called.get(event.subject)) is not None:
            waited = (at - event.at).total_seconds() / 60
            calibration.learn(float(event.data["minutes"]), waited, priority=bool(event.data["priority"]))
    return _Memory(day, remember(past, days), calibration)


def estimates(uow: UnitOfWork, first: date, last: date) -> Iterator[Event]:
    """What was told from `first` to `last`, both included. Reads only; inside a `with`."""
    seq = _before(uow, datetime.combine(first, datetime.min.time(), OFFICE_ZONE))
    while batch := uow.events.after(seq, PULL, (ESTIMATED,)):
        for event in batch:
            if first <= business_day(event.at) <= last:  # one from a clock that ran ahead does not hide the others
                yield event
        seq = batch[-1].seq


def _before(uow: UnitOfWork, at: datetime) -> int:
    """A place in the log before everything of `at`: the log follows the clock, so halving finds it."""
    low, high = 0, uow.events.last_seq()
    while low < high:
        middle = (low + high) // 2
        found = uow.events.after(middle, 1)
        if found and found[0].at < at:
            low = middle + 1
        else:
            high = middle
    return low
