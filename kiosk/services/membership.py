"""A station's membership in its own store: series, lease, and the lease that follows, kept before it is sent."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from kiosk.domain.event import Actor, Event
from kiosk.domain.membership import Membership, SpareLetterError, Stop
from kiosk.domain.station import Series, StationKind
from kiosk.services.ports import UnitOfWork
from kiosk.services.queue_day import queue_day

KEPT = "membership"  # cursor of the station's own store
PUSHED = "pushed"  # cursor: how far its log is known to the office (`services.pushing`)
TOLD_AGAIN = timedelta(days=1)  # after a pairing, the office may have been set back to its last backup


def membership_of(look: UnitOfWork) -> Membership | None:
    """None on a station that was not paired. Reads only; inside a `with`."""
    kept = look.exchange.cursor(KEPT)
    return _revived(json.loads(kept)) if kept else None


def keep(uow: UnitOfWork, membership: Membership) -> None:
    """Part of an act of its own transaction."""
    uow.exchange.set_cursor(KEPT, json.dumps(asdict(membership)))


def join(uow: UnitOfWork, membership: Membership, *, now: datetime) -> None:
    """The station was paired, or paired again: its former series ends here. Its last day, with all that was not told
    yet, is told to the office once more, which knows what it has already."""
    with uow:
        keep(uow, membership)
        told = int(uow.exchange.cursor(PUSHED).partition(" ")[0] or 0)
        uow.exchange.set_cursor(PUSHED, str(min(told, _before(uow, now - TOLD_AGAIN))))
        uow.commit()


def next_lease(uow: UnitOfWork, known: Membership) -> Membership:
    """The words of the coming heartbeat, durable before they are said. One that got no answer is said again."""
    if known.following:
        return known
    with uow:
        going = replace(_fresh(uow, known), following=secrets.token_hex(16))
        keep(uow, going)
        uow.commit()
        return going


def heard(uow: UnitOfWork, said: Membership) -> None:
    """The office has taken the lease that followed."""
    _change(uow, said, lease=said.following, following="", told=None)


def refused(uow: UnitOfWork, said: Membership, why: Stop) -> None:
    """The office does not know this station any more, or doubts it: also after a restart no number is given. A doubt
    does not reach a spare letter, which nobody else has."""
    if not (why is Stop.DOUBTFUL and said.has_spare):
        _change(uow, said, told=why)


def approve_spare(
    uow: UnitOfWork, letter: str, machine: str, *, stop: Stop | None, actor: Actor, now: datetime
) -> Membership:
    """An officer at the kiosk lets it number under a spare letter until it is paired. Raises: SpareLetterError."""
    with uow:
        known = membership_of(uow)
        if known is None or stop is None or not stop.officer_may_go_on:
            raise SpareLetterError(letter=letter)
        chosen = known.with_spare(letter, machine, now, _letters_of_today(uow, now))
        keep(uow, chosen)
        told = {"letter": letter, "epoch": chosen.series.epoch, "why": stop.value}
        uow.events.append(Event("station.spare_letter", known.name, now, actor, told))
        uow.commit()
        return chosen


def standing(look: UnitOfWork, machine: str, set_back: int | None = None) -> tuple[Membership | None, Stop | None]:
    """Who this station is, and why it may give no number, None when it may. set_back: the epoch whose numbers this
    store has lost, if it has. Reads only; inside a `with`."""
    known = membership_of(look)
    if known is None:
        return None, Stop.UNPAIRED
    return known, known.stop(machine, set_back=known.series.epoch == set_back)


def _letters_of_today(uow: UnitOfWork, now: datetime) -> set[str]:
    return {t.series[-1:] for t in uow.tickets.of_day(queue_day(uow, now))}


def _change(uow: UnitOfWork, said: Membership, **changes: Any) -> None:
    """Unless it was paired again meanwhile."""
    with uow:
        known = membership_of(uow)
        if known is not None and known.lease == said.lease:
            keep(uow, replace(known, **changes))
            uow.commit()


def _fresh(uow: UnitOfWork, known: Membership) -> Membership:
    return membership_of(uow) or known


def _before(uow: UnitOfWork, at: datetime) -> int:
    """The seq before the first event of `at` or later."""
    low, high = 0, uow.events.last_seq()
    while low < high:
        middle = (low + high) // 2
        found = uow.events.after(middle, 1)
        low, high = (middle + 1, high) if found and found[0].at < at else (low, middle)
    return low


def _revived(plain: dict[str, Any]) -> Membership:
    rest = {k: v for k, v in plain.items() if k not in ("kind", "series", "told")}
    told = Stop(plain["told"]) if plain["told"] else None
    return Membership(kind=StationKind(plain["kind"]), series=Series(**plain["series"]), told=told, **rest)
