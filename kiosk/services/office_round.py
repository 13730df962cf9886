"""What the clock alone makes due: the end of a morning and of a day, papers nobody waits for, figures of days over.

Any number of stations may look as often as they like: each end is one command in the log, taken under the office's
lock. Nothing is reset, and nothing has to run at its minute: a PC that was off does it when it looks again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kiosk.clock import business_day
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.event import Actor
from kiosk.domain.job import JobState, Wing
from kiosk.domain.office import Office
from kiosk.domain.office_day import DayEnds, day_ends
from kiosk.domain.ticket import ACTIVE_STATES, PrintState, Ticket
from kiosk.services.appointments import is_day_open, note_missed
from kiosk.services.clock_trust import ClockTrust
from kiosk.services.closing import Closed, day_command, end_day, end_morning, morning_command
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.queue_day import queue_day
from kiosk.services.queue_stats import settle_days
from kiosk.services.queueing import mark_printed

ONE_DAY = timedelta(days=1)
FIRST_LOOK_BACK = timedelta(days=14)  # papers of the days before this PC was switched on: longer than Tết


@dataclass(frozen=True)
class Hours:
    """calendars: of all lines' fields, which say when the desk is open; carry_by: which morning people come back."""

    calendars: Sequence[WorkingCalendar]
    carry_by: WorkingCalendar


@dataclass(frozen=True)
class Due:
    """late: the last earlier day with numbers still open; booked: until when appointments can no more be kept."""

    late: date | None = None
    morning: date | None = None
    day: date | None = None
    booked: date | None = None

    def __bool__(self) -> bool:
        return any((self.late, self.morning, self.day, self.booked))


def what_is_due(look: UnitOfWork, office: Office, hours: Hours, now: datetime) -> Due:
    """Reads only; inside a `with`.

    A clock that was set back ends nothing. While a number is at a counter the day goes on, at most until midnight.
    """
    today = queue_day(look, now)
    # Where a number of a clock that ran ahead holds the office on its day, the clock's own day is not over for that.
    before = min(today, business_day(now)) - ONE_DAY
    late = max((t.serve_day for t in look.tickets.open_until(before)), default=None)
    ends = day_ends(hours.calendars, today)
    morning = _is_lunch(office, ends, now) and _is_open_in_log(look, morning_command(today), today)
    over = ends.closes is not None and now >= ends.closes + timedelta(minutes=office.day_grace_min)
    booked = today if over and today == business_day(now) else before
    over = over and _is_open_in_log(look, day_command(today), today)
    over = over and not look.tickets.of_day(today, tuple(ACTIVE_STATES))
    return Due(late, today if morning else None, today if over else None, booked if is_day_open(look, booked) else None)


def _is_lunch(office: Office, ends: DayEnds, now: datetime) -> bool:
    if ends.lunch is None or ends.back is None:
        return False
    # A grace as long as the lunch itself would leave no minute for it.
    begins = min(ends.lunch + timedelta(minutes=office.lunch_grace_min), ends.back - timedelta(minutes=1))
    return begins <= now < ends.back


def _is_open_in_log(look: UnitOfWork, command: str, day: date) -> bool:
    """A day on which nobody took a number needs no end."""
    return look.events.by_command(command) is None and bool(look.tickets.of_day(day))


def end_what_is_due(
    reads: Units, units: Units, office: Office, hours: Hours, *, actor: Actor, now: datetime
) -> tuple[Closed, ...]:
    """One look, and one transaction when something is due. Raises: NoWorkingDayError when numbers are carried over and
    the calendar knows no working day."""
    with reads() as look:
        if not what_is_due(look, office, hours, now):
            return ()
    done: list[Closed] = []
    with units() as uow:
        uow.lock()  # and look again: another station may have been faster
        due = what_is_due(uow, office, hours, now)
        if due.late is not None:
            done.append(end_day(uow, office, hours.carry_by, due.late, actor, now))
        if due.morning is not None:
            done.append(end_morning(uow, office, due.morning, actor, now))
        if due.day is not None:
            done.append(end_day(uow, office, hours.carry_by, due.day, actor, now))
        if due.booked is not None:
            note_missed(uow, due.booked, actor=actor, now=now)
        uow.commit()
    return tuple(done)


def settle_papers(
    reads: Units, units: Units, *, actor: Actor, now: datetime, back: timedelta = timedelta(0)
) -> tuple[str, ...]:
    """Numbers whose paper was never heard of again get a true state; returns their labels. back: how far to look.

    Nobody began to print: FAILED. Somebody began and vanished: the paper may be out, UNCERTAIN. A worker that comes
    back with its paper still says PRINTED.
    """
    with reads() as look:
        if not _unheard(look, now, back):
            return ()
    with units() as uow:
        uow.lock()
        unheard = _unheard(uow, now, back)
        for ticket, state in unheard:
            mark_printed(uow, ticket.key, state, actor, now)
        uow.commit()
    return tuple(ticket.label for ticket, _ in unheard)


def _unheard(look: UnitOfWork, now: datetime, back: timedelta) -> list[tuple[Ticket, PrintState]]:
    today, own = queue_day(look, now), business_day(now)
    first = min(today, own) - back
    days = {first + n * ONE_DAY for n in range((own - first).days + 1)} | {today}  # not all up to a day far ahead
    found: list[tuple[Ticket, PrintState]] = []
    for day in sorted(days):
        for ticket in look.tickets.of_day(day):
            if ticket.print_state is PrintState.PENDING and (state := _what_became(look, ticket, now)) is not None:
                found.append((ticket, state))
    return found


def _what_became(look: UnitOfWork, ticket: Ticket, now: datetime) -> PrintState | None:
    """None while it may still be printed, and for numbers that were given without a paper."""
    job = look.jobs.by_key(Wing.PRINT, f"ticket:{ticket.key}")
    if job is None or job.state is JobState.DONE:
        return None
    if job.state is JobState.REJECTED or (job.expires_at is not None and job.expires_at <= now):
        return PrintState.UNCERTAIN if job.attempts else PrintState.FAILED
    return None


@dataclass
class OfficeRound:
    """The looks of one station; one for a program. station: its name in the log."""

    reads: Units
    units: Units
    office: Office
    hours: Hours
    station: str
    _trust: ClockTrust = field(init=False)
    _settled_on: date | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._trust = ClockTrust(self.station)

    def look(self, now: datetime, running_s: float) -> tuple[Closed, ...]:
        """running_s: seconds of a clock that nobody sets. Raises: KioskError; what was due is due at the next look."""
        actor, is_new = Actor("", self.station), self._settled_on != business_day(now)
        with self.reads() as look:
            trusted = self._trust.looks_right(look, now, running_s)
        closed: tuple[Closed, ...] = ()
        if trusted:
            closed = end_what_is_due(self.reads, self.units, self.office, self.hours, actor=actor, now=now)
        back = FIRST_LOOK_BACK if is_new else timedelta(0)
        settle_papers(self.reads, self.units, actor=actor, now=now, back=back)
        if trusted and is_new:
            settle_days(self.reads, self.units, now=now)
            self._settled_on = business_day(now)
        return closed
