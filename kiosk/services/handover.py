"""After reception: the work on a dossier, its result, and its hand-over; nothing is closed without a result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.domain.dossier import Dossier, ResultRecord
from kiosk.domain.event import Actor, Event
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import queue_exchange


def start_processing(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime) -> Dossier:
    """Handed to the unit that solves it."""
    return _act(uow, key, "dossier.started", actor, now, lambda d: d.start())


def record_result(uow: UnitOfWork, key: str, result: ResultRecord, *, actor: Actor, now: datetime) -> Dossier:
    """The result exists; with its number, or not at all. Raises: NoResultError. Source: docs/legal.md#no-result"""
    return _act(uow, key, "dossier.result", actor, now, lambda d: d.record_result(result))


def hand_over(uow: UnitOfWork, key: str, to: str, *, actor: Actor, now: datetime) -> Dossier:
    """Give the result to the citizen; the only way a received dossier ends well. Raises: NoResultError."""
    return _act(uow, key, "dossier.returned", actor, now, lambda d: d.hand_over(now, to))


def withdraw(uow: UnitOfWork, key: str, reason: str, *, actor: Actor, now: datetime) -> Dossier:
    """At the citizen's own wish. Raises: ReasonRequiredError."""
    return _act(uow, key, "dossier.withdrawn", actor, now, lambda d: d.withdraw(reason))


def stop(uow: UnitOfWork, key: str, reason: str, *, actor: Actor, now: datetime) -> Dossier:
    """Stopped by decision, before a result exists. Raises: ReasonRequiredError."""
    return _act(uow, key, "dossier.stopped", actor, now, lambda d: d.stop(reason))


def _act(
    uow: UnitOfWork, key: str, kind: str, actor: Actor, now: datetime, change: Callable[[Dossier], None]
) -> Dossier:
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        change(dossier)
        uow.dossiers.save(dossier)
        event = uow.events.append(Event(kind, dossier.key, now, actor, {"state": dossier.state.value}))
        queue_exchange(uow, dossier, event, now)
        uow.commit()
    return dossier
