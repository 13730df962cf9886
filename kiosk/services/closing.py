"""The end of the morning and of the day: every number gets a true end, or goes on to the next morning."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.clock import OFFICE_ZONE, business_day
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.event import Actor, Event
from kiosk.domain.office import Leftover, Office
from kiosk.domain.order import IN_TURN
from kiosk.domain.ticket import Outcome, Ticket, TicketAct, TicketState
from kiosk.errors import RuleError
from kiosk.services.appointments import note_missed
from kiosk.services.counters import end_pause
from kiosk.services.ports import UnitOfWork
from kiosk.services.queue_day import queue_day
from kiosk.services.queueing import record


class DayNotOverError(RuleError):
    """The desk is still open. details: closes."""

    code = "queue.day_not_over"


@dataclass(frozen=True)
class Closed:
    """Labels by what became of them. forced: still at a counter, so nobody knows how it ended."""

    day: date
    carried: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()
    to: date | None = None


def close_day(
    uow: UnitOfWork,
    office: Office,
    calendar: WorkingCalendar,
    *,
    actor: Actor,
    now: datetime,
    day: date | None = None,
    early: bool = False,
) -> Closed:
    """End every number of the lines up to `day`, or carry who still waits to the next working morning; note who had an
    appointment and did not come.

    Nothing is ever called served that no officer finished. Doing it again does nothing more. early: also before the
    hours of today are over. Raises: DayNotOverError.
    """
    with uow:
        uow.lock()
        today = queue_day(uow, now)
        chosen = min(day or today, today)
        if chosen == today and not early:
            _check_over(calendar, today, now)
        closed = end_day(uow, office, calendar, chosen, actor, now, is_over=not early)
        if not early:
            note_missed(uow, chosen, actor=actor, now=now)
        uow.commit()
        return closed


def end_day(
    uow: UnitOfWork,
    office: Office,
    calendar: WorkingCalendar,
    day: date,
    actor: Actor,
    now: datetime,
    *,
    is_over: bool = True,
) -> Closed:
    """Part of an act of its own transaction, which holds the office's lock. is_over: the day needs no other end."""
    today = queue_day(uow, now)
    carry = office.day_end is Leftover.CARRY
    # A day that is closed on a later morning carries to that morning.
    to = max(calendar.next_working(day), today) if carry else None
    carried, expired, forced = [], [], []
    for ticket in uow.tickets.open_until(day):
        if ticket.state.is_active:
            _expire(uow, ticket, Outcome.FORCED, actor, now)
            forced.append(ticket.label)
        elif to is not None:
            _carry(uow, ticket, to, actor, now)
            carried.append(ticket.label)
        else:
            _expire(uow, ticket, Outcome.EXPIRED_DAY, actor, now)
            expired.append(ticket.label)
    for pause in uow.pauses.all():
        if business_day(pause.since) <= day:
            end_pause(uow, pause, actor, now)
    closed = Closed(day, tuple(carried), tuple(expired), tuple(forced), to)
    _log(uow, "queue.day_closed", closed, actor, now, day_command(day) if is_over else None)
    return closed


def close_morning(uow: UnitOfWork, office: Office, *, actor: Actor, now: datetime) -> Closed:
    """Lunch: by the rule of the office who still waits keeps the place, or the number ends; counters go on."""
    with uow:
        uow.lock()
        closed = end_morning(uow, office, queue_day(uow, now), actor, now)
        uow.commit()
        return closed


def end_morning(uow: UnitOfWork, office: Office, day: date, actor: Actor, now: datetime) -> Closed:
    """Part of an act of its own transaction, which holds the office's lock."""
    waiting = uow.tickets.of_day(day, (TicketState.WAITING,)) if office.lunch is Leftover.EXPIRE else []
    for ticket in waiting:
        _expire(uow, ticket, Outcome.EXPIRED_LUNCH, actor, now)
    closed = Closed(day, expired=tuple(t.label for t in waiting))
    _log(uow, "queue.morning_closed", closed, actor, now, morning_command(day))
    return closed


def day_command(day: date) -> str:
    """The command under which the log says that a day was closed after its hours."""
    return f"day-closed/{day}"


def morning_command(day: date) -> str:
    return f"morning-closed/{day}"


def _expire(uow: UnitOfWork, ticket: Ticket, outcome: Outcome, actor: Actor, now: datetime) -> None:
    before = copy(ticket)
    ticket.apply(TicketAct.EXPIRE, now, outcome=outcome)
    record(uow, "ticket.expired", before, ticket, actor, now)


def _carry(uow: UnitOfWork, ticket: Ticket, to: date, actor: Actor, now: datetime) -> None:
    before = copy(ticket)
    ticket.apply(TicketAct.CARRY, now)
    ticket.serve_day, ticket.rank = to, IN_TURN
    record(uow, "ticket.carried", before, ticket, actor, now, to=to.isoformat(), outcome="carried_over")


def _check_over(calendar: WorkingCalendar, day: date, now: datetime) -> None:
    spans = calendar.open_spans(day)
    # By date and time: a clock that was set back to yesterday evening does not end today.
    if spans and now < datetime.combine(day, spans[-1][1], OFFICE_ZONE):
        raise DayNotOverError(closes=f"{spans[-1][1]:%H:%M}")


def _log(uow: UnitOfWork, kind: str, closed: Closed, actor: Actor, now: datetime, command: str | None) -> None:
    counts = {"carried": len(closed.carried), "expired": len(closed.expired), "forced": len(closed.forced)}
    data = {"day": closed.day.isoformat(), "to": closed.to.isoformat() if closed.to else None, **counts}
    done = command is None or uow.events.by_command(command) is not None
    uow.events.append(Event(kind, "queue", now, actor, data, None if done else command))
