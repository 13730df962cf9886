"""Originals taken for comparison: kept with a line in the log, given back with another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from kiosk.domain.dossier import Dossier, PaperState
from kiosk.domain.event import Actor, Event
from kiosk.domain.life import CLOSED_STATES, IllegalDossierActError, Role, check_trust
from kiosk.domain.original import GIVEN_BACK, HELD, NothingToHoldError, NotInCustodyError, Original, in_custody
from kiosk.services.ports import UnitOfWork

HOLD_WORDS, GIVE_BACK_WORDS = "giữ bản chính để đối chiếu", "trả bản chính"
HELD_BY = frozenset({Role.RECEPTION, Role.SOLVING, Role.HEAD, Role.RETURNING})


def hold(uow: UnitOfWork, key: str, components: Collection[str], *, actor: Actor, now: datetime) -> list[Original]:
    """Keep originals for a while. components: codes, only those that were brought as originals and are not here yet.

    Raises: NothingToHoldError, NotYourActError; IllegalDossierActError for a dossier that is closed.
    Source: docs/legal.md#return
    """
    check_trust(HOLD_WORDS, HELD_BY, actor.roles)
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        check_may_hold(dossier)
        here = {original.component for original in in_custody(dossier, uow.events.of(dossier.key))}
        brought = [p.component for p in dossier.papers if p.state is PaperState.ORIGINAL]
        taken = [c for c in brought if c.code in components and c.code not in here]
        if not taken:
            raise NothingToHoldError
        for component in taken:
            uow.events.append(Event(HELD, dossier.key, now, actor, {"component": component.code}))
        uow.commit()
    return [Original(c.code, c.name, now) for c in taken]


def check_may_hold(dossier: Dossier) -> None:
    """There is nothing to compare any more once it is closed. Raises: IllegalDossierActError."""
    if dossier.state in CLOSED_STATES:
        raise IllegalDossierActError(state=dossier.state.value, act="hold")


def give_back(uow: UnitOfWork, key: str, components: Collection[str], *, actor: Actor, now: datetime) -> list[Original]:
    """Each one a line of its own in the log. Raises: NotInCustodyError, NotYourActError.
    Source: docs/legal.md#return"""
    check_trust(GIVE_BACK_WORDS, HELD_BY, actor.roles)
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        given = [o for o in in_custody(dossier, uow.events.of(dossier.key)) if o.component in components]
        if not given:
            raise NotInCustodyError
        for original in given:
            uow.events.append(Event(GIVEN_BACK, dossier.key, now, actor, {"component": original.component}))
        uow.commit()
    return given
