"""The queue: one function per act of a citizen at the kiosk or an officer at a counter."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from kiosk.domain.appointment import standing
from kiosk.domain.counter import CounterPausedError
from kiosk.domain.event import Actor, Event
from kiosk.domain.office import Counter, Office, PriorityClass, ServiceGroup
from kiosk.domain.order import OrderKind, serving_order
from kiosk.domain.station import Series
from kiosk.domain.ticket import (
    CounterBusyError,
    PrintState,
    QueueEmptyError,
    Ticket,
    TicketAct,
    TicketState,
    changed,
)
from kiosk.errors import InputError, RuleError, StaleError
from kiosk.services.paper_jobs import ask_ticket_paper
from kiosk.services.ports import UnitOfWork
from kiosk.services.queue_day import queue_day, tell_clock
from kiosk.services.stations import desk_series

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


class NoSharedLineError(RuleError):
    """The officer has none of this counter's lines. details: officer, counter."""

    code = "ticket.no_shared_line"


class TooFewCallsError(RuleError):
    """The office notes nobody as absent before so many calls. details: number, calls, needed."""

    code = "ticket.too_few_calls"


MAX_DOSSIERS = 99


class DossierCountError(InputError):
    """A citizen brings from 1 to 99 dossiers. details: count."""

    code = "ticket.dossier_count"


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
    under: Series | None = None,
    dossiers: int = 1,
    booked_at: datetime | None = None,
    appointment: str = "",
    paper_at: str = "",
    refuse: Callable[[UnitOfWork], None] = lambda _: None,
) -> Ticket:
    """Give the next number of a group's series. The same touch always gets the same ticket, however often repeated.

    under: letter and epoch of a store that numbers by itself; None for the office's own (`stations.desk_series`).
    dossiers: how many the citizen brings; booked_at: an appointment's time, which counts as the time of arrival;
    paper_at: the machine whose printer makes the paper, "" for any; refuse: raises where no new number may be given;
    asked in the transaction that gives it.

    The number comes from the counter row of the business day, in the transaction that writes the ticket, its event and
    its print job. Raises: UnknownGroupError, UnknownPriorityError, DossierCountError.
    """
    _check_dossiers(dossiers)
    line, advance = _group(office, group), _head_start(office, priority)
    margins = (timedelta(minutes=office.appointment_early_min), timedelta(minutes=office.appointment_late_min))
    try:
        with uow:
            at, kept = standing(booked_at, now, *margins)
            ticket = _numbered(uow, line, under or desk_series(uow, now), now, touch)
            ticket.priority, ticket.dossiers = priority, dossiers
            ticket.priority_reason = reason or (office.priority(priority).reason if priority else "")
            ticket.effective_at, ticket.line_at, ticket.booked_at = at - advance, max(at, now), booked_at
            ticket.appointment = appointment
            uow.tickets.add(ticket)
            refuse(uow)
            _record_issue(uow, ticket, kept.value if booked_at and kept else "", paper_at, actor, now)
            uow.commit()
            return ticket
    except StaleError:
        with uow:  # this touch has its number already; asked for afterwards, so that the many others need not wait
            known = uow.tickets.by_touch(touch)
        if known is None:
            raise
        return known


def _record_issue(uow: UnitOfWork, ticket: Ticket, kept: str, paper_at: str, actor: Actor, now: datetime) -> None:
    """The event and the print job that belong to a new number. kept: what became of its appointment, "" without one."""
    data: dict[str, Any] = {
        "label": ticket.label,
        "group": ticket.group,
        "priority": ticket.priority,
        "series": ticket.series,
        "n": ticket.n,
    }
    data |= {"dossiers": ticket.dossiers} if ticket.dossiers > 1 else {}
    data |= {"booked_at": ticket.booked_at.isoformat(), "kept": kept} if ticket.booked_at and kept else {}
    tell_clock(uow, ticket.business_day, actor, now)
    uow.events.append(Event("ticket.issued", ticket.key, now, actor, data))
    ask_ticket_paper(uow, ticket.key, paper_at, now)


def _numbered(uow: UnitOfWork, line: ServiceGroup, under: Series, now: datetime, touch: str) -> Ticket:
    day = queue_day(uow, now)
    series = line.series + under.letter
    n = uow.tickets.next_number(day, series, under.epoch)
    # A number of yesterday that still waits is not given to a second citizen: the hall would hear it twice.
    taken = uow.tickets.carried(day, series)
    while n in taken:
        n = uow.tickets.next_number(day, series, under.epoch)
    return Ticket(
        key=_key(now),
        label=f"{series}{n:03d}",
        series=series,
        n=n,
        epoch=under.epoch,
        business_day=day,
        group=line.code,
        priority="",
        issued_at=now,
        effective_at=now,
        touch=touch,
    )


def _key(now: datetime) -> str:
    """Unguessable, and beginning with the time: keys that follow each other stand together in an index, and fewer of
    its pages are written than for random ones."""
    return f"{int(now.timestamp() * 1000):012x}{token_hex(10)}"


def people_ahead(uow: UnitOfWork, office: Office, ticket: Ticket, now: datetime) -> int:
    """How many waiting tickets of the same line would be called before this one. Reads only; inside a `with`."""
    if ticket.state is not TicketState.WAITING:
        return 0
    line, day = [ticket.group], ticket.serve_day
    waiting, rule = uow.tickets.waiting(day, line), office.order_rule
    counted = uow.tickets.ordinary_calls(day, line) if rule.kind is OrderKind.RATIO else 0
    order = serving_order(waiting, now, rule, counted)
    return next((place for place, other in enumerate(order) if other.key == ticket.key), 0)


def call_next(
    uow: UnitOfWork, office: Office, counter: str, *, actor: Actor, now: datetime, command: str | None = None
) -> Ticket:
    """Call the next citizen to a counter, by the order rule. A repeated command answers with the same ticket.

    Raises: CounterBusyError while a ticket is still at the counter, QueueEmptyError, UnknownCounterError, StaleError,
    CounterPausedError, NoSharedLineError.
    """
    groups = _lines(office, counter, actor.officer)
    with uow:
        uow.lock()
        if command is not None and (done := uow.events.by_command(command)) is not None:
            return uow.tickets.get(done.subject)
        _refuse_busy(uow, counter)
        ticket = uow.tickets.take_next(queue_day(uow, now), groups, now, office.order_rule, counter)
        if ticket is None:
            raise QueueEmptyError(counter=counter)
        _call(uow, ticket, counter, actor, now, command)
        uow.commit()
        return ticket


def call_ticket(uow: UnitOfWork, office: Office, key: str, counter: str, *, actor: Actor, now: datetime) -> Ticket:
    """Call one particular ticket: a parked one that came back, or one that the officer picks.

    Raises: CounterBusyError, IllegalTicketActError, UnknownCounterError, CounterPausedError.
    """
    _counter(office, counter)
    with uow:
        uow.lock()
        _refuse_busy(uow, counter)
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


def finish(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime, outcome: str = "") -> Ticket:
    """outcome: of `domain.ticket.OUTCOMES`, served when nothing is said. Raises: WrongOutcomeError."""
    return _act(uow, key, TicketAct.FINISH, actor, now, outcome)


def miss(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime, calls_needed: int = 0) -> Ticket:
    """Nobody came although the number was called. calls_needed: of the office's rule (`calls_needed`).

    Raises: TooFewCallsError.
    """
    return _act(uow, key, TicketAct.MISS, actor, now, calls_needed=calls_needed)


def calls_needed(office: Office) -> int:
    """How many calls a citizen gets before they are noted as absent; 0 where the officer decides."""
    return office.calls_before_no_show if office.miss_needs_calls else 0


def void(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime, outcome: str = "") -> Ticket:
    """A number given by mistake, or that nobody could read; it is never given again."""
    return _act(uow, key, TicketAct.VOID, actor, now, outcome)


def set_dossiers(uow: UnitOfWork, key: str, count: int, *, actor: Actor, now: datetime) -> Ticket:
    """The citizen brings more, or fewer, dossiers than the ticket says. Raises: DossierCountError."""
    _check_dossiers(count)
    with uow:
        uow.lock()
        ticket = uow.tickets.get(key)
        ticket.dossiers = count
        uow.tickets.save(ticket)
        uow.events.append(Event("ticket.dossiers", key, now, actor, {"label": ticket.label, "dossiers": count}))
        uow.commit()
        return ticket


def parked(uow: UnitOfWork, office: Office, counter: str, officer: str, now: datetime) -> list[Ticket]:
    """The numbers set aside that this counter may call back. Reads only; inside a `with`."""
    lines = _lines(office, counter, officer)
    aside = uow.tickets.of_day(queue_day(uow, now), (TicketState.PARKED,))
    return [t for t in aside if t.for_counter == counter or (t.for_counter is None and (not lines or t.group in lines))]


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


def _act(
    uow: UnitOfWork, key: str, act: TicketAct, actor: Actor, now: datetime, outcome: str = "", calls_needed: int = 0
) -> Ticket:
    with uow:
        uow.lock()
        ticket = uow.tickets.get(key)
        before = copy(ticket)
        ticket.apply(act, now, outcome=outcome)
        if ticket.calls < calls_needed:
            raise TooFewCallsError(number=ticket.label, calls=ticket.calls, needed=calls_needed)
        record(uow, EVENT_OF_ACT[act], before, ticket, actor, now)
        uow.commit()
        return ticket


def record(
    uow: UnitOfWork,
    kind: str,
    before: Ticket,
    ticket: Ticket,
    actor: Actor,
    now: datetime,
    command: str | None = None,
    **more: Any,
) -> None:
    """Keep a changed ticket and its event, with what was changed, so that the act can be taken back."""
    uow.tickets.save(ticket)
    uow.events.append(told(kind, before, ticket, actor, now, command, **more))


def told(
    kind: str, before: Ticket, ticket: Ticket, actor: Actor, now: datetime, command: str | None = None, **more: Any
) -> Event:
    """The event of a change: where the number stands now, and what its fields were before."""
    data: dict[str, Any] = {
        "label": ticket.label,
        "counter": ticket.counter or before.counter,
        "group": ticket.group,
        "calls": ticket.calls,
        "state": ticket.state.value,
    }
    data |= {"outcome": ticket.outcome} if ticket.outcome else {}
    data |= more | {"before": changed(before, ticket)}
    return Event(kind, ticket.key, now, actor, data, command)


def _call(uow: UnitOfWork, ticket: Ticket, counter: str, actor: Actor, now: datetime, command: str | None) -> None:
    before = copy(ticket)
    ticket.apply(TicketAct.CALL, now, counter, actor.officer)
    record(uow, "ticket.called", before, ticket, actor, now, command)


def _refuse_busy(uow: UnitOfWork, counter: str) -> None:
    if (active := uow.tickets.active_at(counter)) is not None:
        raise CounterBusyError(number=active.label, counter=counter)
    if (pause := uow.pauses.of(counter)) is not None:
        raise CounterPausedError(counter=counter, reason=pause.reason)


def _check_dossiers(count: int) -> None:
    if not 1 <= count <= MAX_DOSSIERS:
        raise DossierCountError(count=count)


def _lines(office: Office, counter: str, officer: str) -> tuple[str, ...]:
    """The groups to call from; () for all. Raises: UnknownCounterError, NoSharedLineError."""
    lines = office.lines_of(_counter(office, counter), officer)
    if lines == ():
        raise NoSharedLineError(officer=officer, counter=counter)
    return lines or ()


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
