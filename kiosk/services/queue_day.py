"""The queue's business day. A clock that was set back never takes the office to a day that it has left.

A number that was given while a clock ran ahead holds the office on that later day; making it void lets go.
"""

from __future__ import annotations

from datetime import date, datetime

from kiosk.clock import business_day
from kiosk.domain.event import Actor, Event
from kiosk.services.ports import UnitOfWork


def queue_day(uow: UnitOfWork, now: datetime) -> date:
    """The later of the clock's own day and the last day on which a number was given. Reads only; inside a `with`."""
    own, last = business_day(now), uow.tickets.last_day()
    return own if last is None else max(own, last)


def tell_clock(uow: UnitOfWork, day: date, actor: Actor, now: datetime) -> None:
    """Put it in the log, once for each wrong day, when the clock is behind the day that is used."""
    own = business_day(now)
    command = f"clock-behind/{actor.station}/{own}/{day}"
    if own >= day or uow.events.by_command(command) is not None:
        return
    data = {"clock": own.isoformat(), "used": day.isoformat()}
    uow.events.append(Event("clock.behind", actor.station, now, actor, data, command))
