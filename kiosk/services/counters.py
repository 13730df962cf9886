"""A counter closed for a while and opened again: work away from the citizens is said, with its planned return."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain.counter import CounterNotPausedError, Pause
from kiosk.domain.event import Actor, Event
from kiosk.domain.office import Office
from kiosk.domain.ticket import CounterBusyError
from kiosk.errors import InputError
from kiosk.services.ports import UnitOfWork
from kiosk.services.queueing import UnknownCounterError

REASON = "Làm việc nội bộ"


class PastReturnError(InputError):
    """A planned return lies in the future. details: until."""

    code = "counter.until"


def pause_counter(
    uow: UnitOfWork,
    office: Office,
    counter: str,
    *,
    reason: str = "",
    until: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Pause:
    """Nobody is called to the counter until it is opened again; a second pause replaces the first.

    Raises: CounterBusyError while a ticket is at the counter, UnknownCounterError, PastReturnError.
    """
    _known(office, counter)
    if until is not None and until <= now:
        raise PastReturnError(until=f"{until:%H:%M}")
    with uow:
        uow.lock()
        if (active := uow.tickets.active_at(counter)) is not None:
            raise CounterBusyError(number=active.label, counter=counter)
        pause = Pause(counter, actor.officer, reason.strip() or REASON, now, until)
        uow.pauses.begin(pause)
        data = {"counter": counter, "reason": pause.reason, "until": until.isoformat() if until else None}
        uow.events.append(Event("counter.paused", f"counter/{counter}", now, actor, data))
        uow.commit()
        return pause


def open_counter(uow: UnitOfWork, office: Office, counter: str, *, actor: Actor, now: datetime) -> None:
    """Raises: CounterNotPausedError, UnknownCounterError."""
    _known(office, counter)
    with uow:
        uow.lock()
        pause = uow.pauses.of(counter)
        if pause is None:
            raise CounterNotPausedError(counter=counter)
        end_pause(uow, pause, actor, now)
        uow.commit()


def end_pause(uow: UnitOfWork, pause: Pause, actor: Actor, now: datetime) -> None:
    """Part of an act of its own transaction."""
    uow.pauses.end(pause.counter)
    data = {"counter": pause.counter, "reason": pause.reason, "since": pause.since.isoformat()}
    uow.events.append(Event("counter.opened", f"counter/{pause.counter}", now, actor, data))


def _known(office: Office, counter: str) -> None:
    if counter not in (known := [c.code for c in office.counters]):
        raise UnknownCounterError(counter=counter, known=", ".join(known))
