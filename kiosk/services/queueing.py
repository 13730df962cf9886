"""The queue: one function per act of a citizen at the kiosk or an officer at a counter."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from kiosk.clock import business_day
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, Wing
from kiosk.domain.office import Counter, Office, PriorityClass, ServiceGroup
from kiosk.domain.ticket import (
    CounterBusyError,
    PrintState,
    QueueEmptyError,
    Ticket,
    TicketAct,
    TicketState,
    serving_order,
)
from kiosk.errors import InputError, StaleError
from kiosk.services.ports import UnitOfWork

TICKET_PAPER_LIFE = timedelta(minutes=2)  # a number printed later than this finds nobody at the kiosk

EVENT_OF_ACT = {
    TicketAct.RECALL: "ticket.recalled",
    TicketAct.SERVE: "ticket.serving",
    TicketAct.PARK: "ticket.parked",
    TicketAct.RESUME: "ticket.resumed",
    TicketAct.FINISH: "ticket.finished",
    TicketAct.MISS: "ticket.missed",
    TicketAct.LEAVE: "ticket.left",
    TicketAct.VOID: "ticket.voided",
}


class UnknownGroupError(InputError):
    """details: group, known."""

    code = "ticket.unknown_group"


class UnknownPriorityError(InputError):
    """details: priority, known."""

    code = "ticket.unknown_priority"


class UnknownCounterError(InputError):
    """details: counter, known."""

    code = "ticket.unknown_counter"


def issue_ticket(
    uow: UnitOfWork,
    office: Office,
    group: str,
    *,
    actor: Actor,
    now: datetime,
    touch: str,
    priority: str = "",
    reason: str = "",
    epoch: int = 1,
) -> Ticket:
    """Give the next number of a group's series. The same touch always gets the same ticket, however often repeated.

    The number comes from the counter row of the business day, in the transaction that writes the ticket, its event and
    its print job. Raises: UnknownGroupError, UnknownPriorityError.
    """
    line, advance = _group(office, group), _head_start(office, priority)
    try:
        with uow:
            if (known := uow.tickets.by_touch(touch)) is not None:
                return known
            ticket = _numbered(uow, line, advance, now, touch, priority, reason, epoch)
            uow.tickets.add(ticket)
            uow.events.append(
                Event(
                    "ticket.issued",
                    ticket.key,
                    now,
                    actor,
                    {
                        "label": ticket.label,
                        "group": group,
                        "priority": priority,
                        "series": ticket.series,
                        "n": ticket.n,
                    },
                )
            )
            paper = {"paper": "ticket", "ticket": ticket.key}
            uow.jobs.add(
                Job(
                    Wing.PRINT,
                    f"ticket:{ticket.key}",
                    paper,
                    priority=1,
                    due_at=now,
                    expires_at=now + TICKET_PAPER_LIFE,
                )
            )
            uow.commit()
            return ticket
    except StaleError:
        with uow:  # the same touch arrived twice at the same moment; the other one won
            known = uow.tickets.by_touch(touch)
        if known is None:
            raise
        return known


def _numbered(
    uow: UnitOfWork,
    line: ServiceGroup,
    advance: timedelta,
    now: datetime,
    touch: str,
    priority: str,
    reason: str,
    epoch: int,
) -> Ticket:
    day = business_day(now)
    n = uow.tickets.next_number(day, line.series, epoch)
    return Ticket(
        key=uuid4().hex,
        label=f"{line.series}{n:03d}",
        series=line.series,
        n=n,
        epoch=epoch,
        business_day=day,
        group=line.code,
        priority=priority,
        issued_at=now,
        effective_at=now - advance,
        touch=touch,
        priority_reason=reason,
    )


def people_ahead(uow: UnitOfWork, office: Office, ticket: Ticket, now: datetime) -> int:
    """How many waiting tickets of the same line would be called before this one. Reads only; inside a `with`."""
    if ticket.state is not TicketState.WAITING:
        return 0
    order = serving_order(uow.tickets.waiting(ticket.business_day, [ticket.group]), now, _cap(office))
    return next((place for place, other in enumerate(order) if other.key == ticket.key), 0)


def call_next(
    uow: UnitOfWork, office: Office, counter: str, *, actor: Actor, now: datetime, command: str | None = None
) -> Ticket:
    """Call the next citizen to a counter, by the order rule. A repeated command answers with the same ticket.

    Raises: CounterBusyError while a ticket is still at the counter, QueueEmptyError, UnknownCounterError, StaleError.
    """
    groups = _counter(office, counter).groups
    with uow:
        uow.lock()
        if command is not None and (done := uow.events.by_command(command)) is not None:
            return uow.tickets.get(done.subject)
        _refuse_second(uow, counter)
        ticket = uow.tickets.take_next(business_day(now), groups, now, _cap(office))
        if ticket is None:
            raise QueueEmptyError(counter=counter)
        _call(uow, ticket, counter, actor, now, command)
        uow.commit()
        return ticket


def call_ticket(uow: UnitOfWork, office: Office, key: str, counter: str, *, actor: Actor, now: datetime) -> Ticket:
    """Call one particular ticket: a parked one that came back, or one that the officer picks.

    Raises: CounterBusyError, IllegalTicketActError, UnknownCounterError.
    """
    _counter(office, counter)
    with uow:
        uow.lock()
        _refuse_second(uow, counter)
        ticket = uow.tickets.get(key)
        _call(uow, ticket, counter, actor, now, None)
        uow.commit()
        return ticket


def recall(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime) -> Ticket:
    """Call the same number again; an event of its own, so that it sounds again."""
    return _act(uow, key, TicketAct.RECALL, actor, now)


def serve(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime) -> Ticket:
    """The citizen stands at the counter."""
    return _act(uow, key, TicketAct.SERVE, actor, now)


def park(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime) -> Ticket:
    """Set aside while the citizen fetches something; the number is kept."""
    return _act(uow, key, TicketAct.PARK, actor, now)


def resume(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime) -> Ticket:
    """Back to the line, at the place that its own time gives it."""
    return _act(uow, key, TicketAct.RESUME, actor, now)


def finish(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime) -> Ticket:
    return _act(uow, key, TicketAct.FINISH, actor, now)


def miss(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime) -> Ticket:
    """Nobody came although the number was called."""
    return _act(uow, key, TicketAct.MISS, actor, now)


def leave(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime) -> Ticket:
    """The citizen gave up waiting."""
    return _act(uow, key, TicketAct.LEAVE, actor, now)


def mark_printed(uow: UnitOfWork, key: str, state: PrintState, actor: Actor, now: datetime) -> None:
    """What became of the paper; part of a worker's own transaction. A number lives on whatever its paper did."""
    ticket = uow.tickets.get(key)
    if ticket.print_state is state:
        return
    ticket.print_state = state
    uow.tickets.save(ticket)
    uow.events.append(Event(f"ticket.paper_{state.value}", key, now, actor, {"label": ticket.label}))


def _act(uow: UnitOfWork, key: str, act: TicketAct, actor: Actor, now: datetime) -> Ticket:
    with uow:
        uow.lock()
        ticket = uow.tickets.get(key)
        counter = ticket.counter
        ticket.apply(act, now)
        uow.tickets.save(ticket)
        data = {"label": ticket.label, "counter": counter, "group": ticket.group, "calls": ticket.calls}
        uow.events.append(Event(EVENT_OF_ACT[act], key, now, actor, data))
        uow.commit()
        return ticket


def _call(uow: UnitOfWork, ticket: Ticket, counter: str, actor: Actor, now: datetime, command: str | None) -> None:
    ticket.apply(TicketAct.CALL, now, counter, actor.officer)
    uow.tickets.save(ticket)
    data = {"label": ticket.label, "counter": counter, "group": ticket.group, "calls": ticket.calls}
    uow.events.append(Event("ticket.called", ticket.key, now, actor, data, command))


def _refuse_second(uow: UnitOfWork, counter: str) -> None:
    if (active := uow.tickets.active_at(counter)) is not None:
        raise CounterBusyError(number=active.label, counter=counter)


def _cap(office: Office) -> timedelta:
    return timedelta(minutes=office.hard_cap_min)


def _group(office: Office, code: str) -> ServiceGroup:
    try:
        return office.group(code)
    except KeyError:
        raise UnknownGroupError(group=code, known=", ".join(g.code for g in office.groups)) from None


def _head_start(office: Office, code: str) -> timedelta:
    if not code:
        return timedelta(0)
    try:
        chosen: PriorityClass = office.priority(code)
    except KeyError:
        raise UnknownPriorityError(priority=code, known=", ".join(p.code for p in office.priorities)) from None
    return timedelta(minutes=chosen.head_start_min)


def _counter(office: Office, code: str) -> Counter:
    try:
        return office.counter(code)
    except KeyError:
        raise UnknownCounterError(counter=code, known=", ".join(c.code for c in office.counters)) from None
