"""Numbers that go elsewhere: sent to another line or counter, back after a miss, an act taken back."""

from __future__ import annotations

from copy import copy
from datetime import datetime, timedelta

from kiosk.domain.event import Actor, Event
from kiosk.domain.office import Office
from kiosk.domain.ticket import CounterBusyError, IllegalTicketActError, Place, Ticket, TicketAct, TicketState, restore
from kiosk.errors import InputError, RuleError
from kiosk.services.ports import UnitOfWork
from kiosk.services.queue_day import queue_day
from kiosk.services.queueing import UnknownCounterError, UnknownGroupError, record

UNDO_WITHIN = timedelta(seconds=10)
LOOK_BACK = 500  # events: far more than an office makes in ten seconds
UNDONE = "ticket.undone"
SAME_STATE = frozenset(
    {
        *("ticket.issued", "ticket.recalled", "ticket.dossiers", "ticket.estimated", UNDONE),
        *("ticket.served_again", "ticket.act_kept"),
    }
)
CAN_BE_UNDONE = frozenset(
    {
        *("ticket.called", "ticket.serving", "ticket.parked", "ticket.resumed", "ticket.finished"),
        *("ticket.missed", "ticket.left", "ticket.transferred", "ticket.returned"),
    }
)


class NoTargetError(InputError):
    """A transfer needs another line or a counter."""

    code = "ticket.no_target"


class TooManyReturnsError(RuleError):
    """Who was absent came back as often as the office allows. details: number, returns."""

    code = "ticket.returns"


class NothingToUndoError(RuleError):
    """The last act is older than ten seconds, somebody acted on the ticket since, or it cannot be taken back."""

    code = "ticket.nothing_to_undo"


def transfer(
    uow: UnitOfWork,
    office: Office,
    key: str,
    *,
    group: str = "",
    counter: str = "",
    place: Place = Place.BY_ARRIVAL,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Ticket:
    """Send a ticket to another line, or to one counter; the number stays, the place follows `place`.

    Raises: NoTargetError, UnknownGroupError, UnknownCounterError, IllegalTicketActError.
    """
    _check_target(office, group, counter)
    with uow:
        uow.lock()
        ticket = uow.tickets.get(key)
        before = copy(ticket)
        ticket.apply(TicketAct.TRANSFER, now)
        ticket.group, ticket.for_counter = group or ticket.group, counter or None
        ticket.stand(place, now)
        record(
            uow,
            "ticket.transferred",
            before,
            ticket,
            actor,
            now,
            from_group=before.group,
            to_counter=counter,
            place=place.value,
            reason=reason,
        )
        uow.commit()
        return ticket


def return_to_line(
    uow: UnitOfWork, office: Office, key: str, *, place: Place = Place.END, actor: Actor, now: datetime
) -> Ticket:
    """Who did not hear their number is there after all: back into the same day's line, as often as the office allows.

    Raises: TooManyReturnsError, IllegalTicketActError.
    """
    with uow:
        uow.lock()
        ticket = uow.tickets.get(key)
        if ticket.state is TicketState.NO_SHOW and ticket.returns >= office.no_show_returns:
            raise TooManyReturnsError(number=ticket.label, returns=ticket.returns)
        if ticket.serve_day != queue_day(uow, now):
            raise IllegalTicketActError(number=ticket.label, state=ticket.state.value, act=TicketAct.RETURN.value)
        before = copy(ticket)
        ticket.apply(TicketAct.RETURN, now)
        ticket.returns, ticket.calls = ticket.returns + 1, 0
        ticket.stand(place, now)
        record(uow, "ticket.returned", before, ticket, actor, now, place=place.value)
        uow.commit()
        return ticket


def undo(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime) -> Ticket:
    """Take back the last act on a ticket, by an event of its own; what was said stays in the log.

    Raises: NothingToUndoError, CounterBusyError when the counter has called somebody else since.
    """
    with uow:
        uow.lock()
        ticket = _undo(uow, key, actor, now)
        uow.commit()
        return ticket


def undo_last(uow: UnitOfWork, counter: str, *, actor: Actor, now: datetime) -> Ticket:
    """Take back the last act of a counter. Raises: NothingToUndoError, CounterBusyError."""
    with uow:
        uow.lock()
        last = uow.events.last_seq()
        recent = uow.events.after(max(0, last - LOOK_BACK), LOOK_BACK)
        taken_back = {e.data["undone"] for e in recent if e.kind == UNDONE}
        mine = [e for e in recent if e.kind in CAN_BE_UNDONE and counter in (e.actor.counter, e.data.get("counter"))]
        done = [e for e in mine if e.seq not in taken_back]
        if not done:
            raise NothingToUndoError(counter=counter)
        ticket = _undo(uow, done[-1].subject, actor, now, done[-1].seq)
        uow.commit()
        return ticket


def _undo(uow: UnitOfWork, key: str, actor: Actor, now: datetime, seq: int = 0) -> Ticket:
    ticket = uow.tickets.get(key)
    event = _last_act(uow.events.of(key), ticket.label)
    if event.kind not in CAN_BE_UNDONE or abs(now - event.at) > UNDO_WITHIN or (seq and event.seq != seq):
        raise NothingToUndoError(number=ticket.label)
    before = copy(ticket)
    restore(ticket, dict(event.data["before"]))
    if ticket.state.is_active and ticket.counter:
        holds = uow.tickets.active_at(ticket.counter)
        if holds is not None and holds.key != key:
            raise CounterBusyError(number=holds.label, counter=ticket.counter)
    record(uow, UNDONE, before, ticket, actor, now, undone=event.seq, act=event.kind)
    return ticket


def _last_act(events: list[Event], number: str) -> Event:
    taken_back = {e.data["undone"] for e in events if e.kind == UNDONE}
    acts = (e for e in events if e.seq not in taken_back and e.kind not in SAME_STATE and ".paper_" not in e.kind)
    last = max(acts, key=lambda e: e.seq, default=None)
    if last is None:
        raise NothingToUndoError(number=number)
    return last


def _check_target(office: Office, group: str, counter: str) -> None:
    if not group and not counter:
        raise NoTargetError
    if group and group not in (known := [g.code for g in office.groups]):
        raise UnknownGroupError(group=group, known=", ".join(known))
    if counter and counter not in (known := [c.code for c in office.counters]):
        raise UnknownCounterError(counter=counter, known=", ".join(known))
