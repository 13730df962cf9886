"""Solved while the citizen stands there (giải quyết ngay): taken in, solved and handed over in one act.

No receipt unless somebody asks for it, but a line and a number in the register. Source: docs/legal.md#reception
"""

from __future__ import annotations

from datetime import datetime

from kiosk.domain import life
from kiosk.domain.dossier import Dossier, ResultRecord
from kiosk.domain.event import Actor, Event
from kiosk.domain.life import DossierState
from kiosk.domain.slip import Slip, SlipKind
from kiosk.errors import RuleError
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk, Intake, Outcome, queue_exchange, receive_within

IN_HAND = "Trao tại chỗ, bản giấy"  # why no electronic copy is kept, where the officer gives no other reason


class NotOnTheSpotError(RuleError):
    """The procedure gives a receipt: its result comes later. details: procedure."""

    code = "dossier.not_on_the_spot"


def solve_on_the_spot(
    uow: UnitOfWork,
    desk: Desk,
    intake: Intake,
    number: str = "",
    to: str = "",
    *,
    actor: Actor,
    now: datetime,
    without_copy: str = IN_HAND,
) -> Outcome:
    """Record what was solved at once. number: of the result, "" for that of the register's line; to: who took it, ""
    for who came. Doing it again with the same draft answers with the same dossier.

    Raises: NotOnTheSpotError; as `receive_dossier`. Source: NĐ 61/2018 Art 17.4
    """
    for move in (life.RECEIVE, life.RESULT, life.RETURN):
        life.check_role(move, actor.roles)
    with uow:
        uow.lock()
        known = uow.dossiers.by_draft(intake.draft_key)
        if known is not None and known.state is DossierState.RETURNED:
            return Outcome(known, None)
        dossier = receive_within(uow, desk, intake, actor=actor, now=now).dossier
        if uow.procedures.get(dossier.procedure_code, dossier.procedure_version).needs_receipt:
            raise NotOnTheSpotError(procedure=dossier.procedure_name)
        line = register_line(uow, dossier)
        dossier.record_result(ResultRecord(number.strip() or f"{line.number}/{line.year}", now))
        _log(uow, life.RESULT.event, dossier, actor, now)
        dossier.hand_over(now, to.strip() or (dossier.submitter or dossier.owner).full_name, "", without_copy)
        uow.dossiers.save(dossier)
        queue_exchange(uow, dossier, _log(uow, life.RETURN.event, dossier, actor, now), now)
        uow.commit()
    return Outcome(dossier, None)


def register_line(look: UnitOfWork, dossier: Dossier) -> Slip:
    """The dossier's line in the register. Inside a `with`."""
    return next(s for s in reversed(look.slips.of_dossier(dossier.key)) if s.kind is SlipKind.RECEIPT)


def _log(uow: UnitOfWork, kind: str, dossier: Dossier, actor: Actor, now: datetime) -> Event:
    return uow.events.append(Event(kind, dossier.key, now, actor, {"state": dossier.state.value, "on_the_spot": True}))
