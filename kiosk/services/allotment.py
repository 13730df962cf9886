"""A code that the province gave before it has the dossier: kept at once, so that no dossier ever has two."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain.event import Actor, Event
from kiosk.errors import NotFoundError, TransientSyncError
from kiosk.services.ports import UnitOfWork, Units


class CodeTakenError(TransientSyncError):
    """The province gave a code that another dossier has; the next try asks for a new one. details: reason (code)."""

    code = "sync.code_taken"


def keep_allotted(units: Units, key: str, code: str, *, actor: Actor, now: datetime) -> str:
    """Give a dossier its official code in a transaction of its own; returns the one that it has from now on.

    A dossier that got its code meanwhile (from the province's news, say) keeps that one. Raises: CodeTakenError.
    """
    with units() as uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        if dossier.code:
            return dossier.code
        if _is_taken(uow, code, dossier.key):
            raise CodeTakenError(reason=code)
        dossier.code = code
        uow.dossiers.save(dossier)
        uow.events.append(Event("province.allotted", dossier.key, now, actor, {"code": code}))
        uow.commit()
        return code


def _is_taken(uow: UnitOfWork, code: str, key: str) -> bool:
    try:
        return uow.dossiers.get(code).key != key
    except NotFoundError:
        return False
