"""An office's days on a clock that does what clocks do: midnight, set back, up for days, Tết, 29 February.

The real acts run on a real store behind `Units`; every rule is checked on what the store and its log then hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.event import Actor, Event, first_broken
from kiosk.domain.office import Leftover, Office
from kiosk.domain.office_day import day_ends
from kiosk.domain.ticket import QueueEmptyError, Ticket
from kiosk.services import queueing
from kiosk.services.office_round import Hours, OfficeRound
from kiosk.services.ports import Units

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
KIOSK = Actor("", "kiosk-1")
STATIONS = ("ban-1", "ban-2")
MONDAY, LEAP_DAY = date(2026, 11, 23), date(2028, 2, 29)
TET_FROM, TET_DAYS = date(2027, 1, 15), 45  # the longest run of days off in here


@dataclass
class ClockReport:
    """violations: what broke a rule; closed: how often each day was ended; late: ends of numbers given after that."""

    scenes: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    numbers: int = 0
    closed: dict[str, int] = field(default_factory=dict)
    late: int = 0

    @property
    def ok(self) -> bool:
        return not self.violations


@dataclass
class ClockRun:
    """step: minutes between two looks; each: numbers given at a step of the opening hours."""

    reads: Units
    units: Units
    office: Office
    hours: Hours
    step: timedelta = 10 * MINUTE
    each: int = 1
    report: ClockReport = field(default_factory=ClockReport)
    now: datetime = field(default_factory=lambda: _at(MONDAY, 7))
    _running_s: float = 0.0
    _given: dict[tuple[date, str], list[int]] = field(default_factory=dict)
    _touch: int = 0
    _rounds: list[OfficeRound] = field(default_factory=list)

    def run(self) -> ClockReport:
        """Every scene in turn, on one office; the stations are switched on once and stay on."""
        self._switch_on(self.office)
        self._scene("midnight", self._midnight)
        self._scene("clock set back ten minutes over midnight", self._back_ten_minutes)
        self._scene("clock set back a day in the opening hours", self._back_a_day)
        self._scene("three days of uptime", self._three_days)
        self._scene("stations off at closing time", self._off_at_closing)
        self._scene("weekend", self._weekend)
        self._scene("Tet", self._tet)
        self._scene("29 February", self._leap_day)
        return self.report

    def _switch_on(self, office: Office) -> None:
        self._rounds = [OfficeRound(self.reads, self.units, office, self.hours, name) for name in STATIONS]

    def _scene(self, name: str, play: Callable[[], None]) -> None:
        self.report.scenes.append(name)
        before = len(self.report.violations)
        play()
        self._check()
        found = self.report.violations
        found[before:] = [f"{name}: {one}" for one in found[before:]]

    def _midnight(self) -> None:
        self._until(_at(MONDAY, 23, 59), give=True)
        self.now = _at(MONDAY + DAY, 0) - timedelta(microseconds=1)
        self._issue(MONDAY)
        self.now = _at(MONDAY + DAY, 0)
        first = self._issue(MONDAY + DAY)
        self._expect(first.n == 1, f"the first number of the new day is {first.label}")
        self._until(_at(MONDAY + DAY, 0, 2))

    def _back_ten_minutes(self) -> None:
        self._until(_at(MONDAY + DAY, 0, 5))
        self._set_clock(self.now - 10 * MINUTE)
        for _ in range(5):
            self._pass(MINUTE)
            self._issue(MONDAY + DAY)
        self._until(_at(MONDAY + DAY, 1))

    def _back_a_day(self) -> None:
        tuesday = MONDAY + DAY
        self._until(_at(tuesday, 10), give=True)
        waiting = self._waiting(tuesday)
        self._set_clock(self.now - DAY)
        for _ in range(18):  # three hours, over what this clock takes for yesterday's lunch
            self._pass(self.step)
            self._issue(tuesday)
        self._expect(self._waiting(tuesday) == waiting + 18, "a clock set back took numbers out of the line")
        self._set_clock(self.now + DAY)

    def _three_days(self) -> None:
        self._until(_at(MONDAY + 3 * DAY, 8), give=True)

    def _off_at_closing(self) -> None:
        thursday = MONDAY + 3 * DAY
        self._until(_at(thursday, 16), give=True)
        self._sleep(_at(thursday + DAY, 7, 10))
        self._switch_on(self.office)
        self._until(_at(thursday + DAY, 12), give=True)
        self._expect(self._times_closed(thursday) == 1, "the day of the stations that were off was not closed late")

    def _weekend(self) -> None:
        self._until(_at(MONDAY + 7 * DAY, 7), give=True)

    def _tet(self) -> None:
        """Who still waits on the last working day is first on the first morning after."""
        last, first = self._longest_rest()
        carry = replace(self.office, day_end=Leftover.CARRY)
        self._sleep(_at(last, 7))
        self._switch_on(carry)
        self._until(_at(last, 16), give=True)
        kept = self._issue(last)
        self._until(_at(first, 7), give=True)
        with self.reads() as look:
            stands = look.tickets.get(kept.key).serve_day
        self._expect(stands == first, f"{kept.label} of {last} stands in the line of {stands}, not of {first}")
        self._until(_at(first, 20), give=True)
        self._until(_at(first + DAY, 1))

    def _leap_day(self) -> None:
        self._sleep(_at(LEAP_DAY - DAY, 7))
        self._switch_on(self.office)
        self._until(_at(LEAP_DAY + DAY, 20), give=True)
        for day in (LEAP_DAY - DAY, LEAP_DAY, LEAP_DAY + DAY):
            self._expect(self._times_closed(day) == 1, f"{day} was closed {self._times_closed(day)} times")

    def _longest_rest(self) -> tuple[date, date]:
        """The last working day before, and the first after, the longest run of days off of the search."""
        calendar = self.hours.carry_by
        works = [d for n in range(TET_DAYS) if calendar.is_working(d := TET_FROM + n * DAY)]
        return max(pairwise(works), key=lambda pair: pair[1] - pair[0])

    # --- the clock and the hall ---------------------------------------------------------------------------------

    def _pass(self, span: timedelta) -> None:
        self.now, self._running_s = self.now + span, self._running_s + span.total_seconds()
        for station in self._rounds:
            station.look(self.now, self._running_s)

    def _set_clock(self, now: datetime) -> None:
        """By hand, or by a battery that is empty: the machine's own count of seconds goes on."""
        self.now = now

    def _sleep(self, until: datetime) -> None:
        """Everything is off."""
        self.now = until

    def _until(self, end: datetime, *, give: bool = False) -> None:
        while self.now < end:
            if give and self._is_open():
                for _ in range(self.each):
                    self._issue(self.now.date())
                self._serve()
            self._pass(min(self.step, end - self.now))

    def _is_open(self) -> bool:
        ends = day_ends(self.hours.calendars, self.now.date())
        return ends.closes is not None and self.now < ends.closes and self.now.hour >= 7

    def _issue(self, expected: date) -> Ticket:
        self._touch += 1
        group = self.office.groups[self._touch % len(self.office.groups)]
        ticket = queueing.issue_ticket(
            self.units(), self.office, group.code, actor=KIOSK, now=self.now, touch=f"clock/{self._touch}"
        )
        self._expect(ticket.business_day == expected, f"{ticket.label} at {self.now} is of {ticket.business_day}")
        self._given.setdefault((ticket.business_day, ticket.series), []).append(ticket.n)
        self.report.numbers += 1
        return ticket

    def _serve(self) -> None:
        """Two of three are served, so that every day has somebody left."""
        if self._touch % 3 == 0:
            return
        counter, officer = self.office.counters[0].code, Actor("can-bo-1", STATIONS[0], self.office.counters[0].code)
        try:
            ticket = queueing.call_next(self.units(), self.office, counter, actor=officer, now=self.now)
        except QueueEmptyError:
            return
        queueing.finish(self.units(), ticket.key, actor=officer, now=self.now)

    def _waiting(self, day: date) -> int:
        with self.reads() as look:
            return len(look.tickets.waiting(day))

    # --- the rules ------------------------------------------------------------------------------------------------

    def _expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.report.violations.append(otherwise)

    def _times_closed(self, day: date) -> int:
        with self.reads() as look:
            ends = [e for e in look.events.all() if e.kind == "queue.day_closed" and e.command is not None]
        return sum(e.data["day"] == day.isoformat() for e in ends)

    def _check(self) -> None:
        with self.reads() as look:
            days = sorted({day for day, _ in self._given})
            tickets = {t.key: t for first in days for n in range(20) for t in look.tickets.of_day(first + n * DAY)}
            events = list(look.events.all())
        labels = Counter((t.business_day, t.label) for t in tickets.values())
        self._expect(max(labels.values()) == 1, f"given twice: {[k for k, n in labels.items() if n > 1]}")
        self._expect(len(tickets) == self.report.numbers, f"{len(tickets)} of {self.report.numbers} numbers are left")
        for (day, series), numbers in self._given.items():
            mine = (t for t in tickets.values() if t.business_day < day <= t.serve_day and t.series == series)
            carried = {t.n for t in mine}  # who comes from an earlier day keeps the number, and nobody else gets it
            rising = all(a < b for a, b in pairwise(numbers))
            whole = {*numbers} | {n for n in carried if n < numbers[-1]} == {*range(1, numbers[-1] + 1)}
            self._expect(rising and whole and not carried & {*numbers}, f"numbers of {series} on {day}: {numbers}")
        self._check_ends(list(tickets.values()), [e for e in events if e.kind == "queue.day_closed"])
        self._expect(first_broken(events) is None, "the log's chain is broken")

    def _check_ends(self, tickets: list[Ticket], ends: list[Event]) -> None:
        """A number given after the end of its day is ended at midnight, by an end of its own."""
        closed = [str(e.data["day"]) for e in ends if e.command is not None]
        late = [e for e in ends if e.command is None]
        self.report.closed, self.report.late = dict(Counter(closed)), len(late)
        idle = [e.data["day"] for e in late if not any(e.data[n] for n in ("carried", "expired", "forced"))]
        self._expect(not idle, f"ended again for nothing: {idle}")
        twice = [day for day, times in self.report.closed.items() if times > 1]
        self._expect(not twice, f"closed more than once: {twice}")
        over = {t.serve_day.isoformat() for t in tickets if t.serve_day < self.now.date()}
        self._expect(over <= set(closed), f"never closed: {sorted(over - set(closed))}")
        still = [t.label for t in tickets if t.serve_day < self.now.date() and not t.state.is_final]
        self._expect(not still, f"still open after their day: {still}")
        unheard = [t.label for t in tickets if t.print_state == "pending" and self.now - t.issued_at > DAY]
        self._expect(not unheard, f"papers still pending a day later: {unheard}")


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), OFFICE_ZONE)
