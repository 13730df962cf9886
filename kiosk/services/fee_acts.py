"""Acts on a dossier's fee: worked out again at the counter, typed where nobody decided it, forgiven with its basis."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kiosk.domain import life
from kiosk.domain.dossier import Dossier, MissingWordsError
from kiosk.domain.event import Actor, Event
from kiosk.domain.fees import FeeAnswer, Quantity
from kiosk.domain.money import check_fee
from kiosk.domain.tracks import MONEY, STEP_WORDS, MoneyAct, MoneyState, Step
from kiosk.services.fees import fee_of, typed
from kiosk.services.payment_wait import go_on_when_paid
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk, queue_snapshot

BY_ACT: dict[MoneyAct, Step[MoneyAct, MoneyState]] = {step.act: step for step in MONEY}


def reckon(
    uow: UnitOfWork,
    desk: Desk,
    key: str,
    quantity: Quantity,
    relief: str = "",
    proof: str = "",
    *,
    actor: Actor,
    now: datetime,
) -> Dossier:
    """Work a dossier's fee out again: copies, pages and people as counted, a relief with its proof.

    A relief of everything is an exemption. Raises: UnknownReliefError, BadQuantityError, IllegalStepError,
    PartStandsError, NotYourActError; MissingWordsError for a relief without proof, or an amount that is still unknown.
    """
    if relief and not proof.strip():
        raise MissingWordsError(what="giấy tờ chứng minh diện miễn, giảm")
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        answer = fee_of(uow, desk.tariff, dossier, now, quantity, relief)
        exempt = answer.relief is not None and answer.relief.percent == 100 and answer.total == 0
        step = BY_ACT[MoneyAct.EXEMPT if exempt else MoneyAct.SET_FEE]
        life.check_trust(STEP_WORDS[step.act], step.by, actor.roles)
        if exempt and answer.relief is not None:
            dossier.note_money(MoneyAct.EXEMPT, f"{answer.relief.words}: {proof.strip()} ({answer.relief.basis})")
            dossier.fee, dossier.fee_lines = 0, answer.lines
        else:
            dossier.set_fee(answer.lines)
        dossier.quantity, dossier.relief = quantity, relief
        _keep(uow, desk, dossier, step, actor, now, {"relief": relief})
        uow.commit()
    return dossier


def set_fee(
    uow: UnitOfWork, desk: Desk, key: str, amount: int, basis: str = "", *, actor: Actor, now: datetime
) -> Dossier:
    """The fee of a dossier whose tariff names none, đồng. Raises: IllegalStepError, MissingWordsError, NotYourActError,
    PartStandsError. Source: docs/legal.md#fees"""
    step = BY_ACT[MoneyAct.SET_FEE]
    life.check_trust(STEP_WORDS[step.act], step.by, actor.roles)
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        if amount <= 0:
            raise MissingWordsError(what=step.need)
        dossier.set_fee(typed(FeeAnswer(dossier.fee_lines), amount, basis).lines)
        _keep(uow, desk, dossier, step, actor, now, {"relief": ""})
        uow.commit()
    return dossier


def exempt(uow: UnitOfWork, desk: Desk, key: str, basis: str, *, actor: Actor, now: datetime) -> Dossier:
    """Nothing is to be paid, by a text that an officer names. Raises: IllegalStepError, MissingWordsError,
    NotYourActError, PartStandsError. Source: docs/legal.md#fees"""
    step = BY_ACT[MoneyAct.EXEMPT]
    life.check_trust(STEP_WORDS[step.act], step.by, actor.roles)
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        dossier.note_money(MoneyAct.EXEMPT, basis)
        _keep(uow, desk, dossier, step, actor, now, {"relief": ""})
        uow.commit()
    return dossier


def _keep(
    uow: UnitOfWork,
    desk: Desk,
    dossier: Dossier,
    step: Step[MoneyAct, MoneyState],
    actor: Actor,
    now: datetime,
    more: Mapping[str, object],
) -> None:
    """Raises: PartStandsError."""
    check_fee(0 if dossier.money is MoneyState.EXEMPT else dossier.fee or 0, uow.money.moves_of(dossier.key))
    uow.dossiers.save(dossier)
    lines = [{"kind": line.kind.value, "amount": line.amount, "how": line.how} for line in dossier.fee_lines]
    data = {"money": dossier.money.value, "fee": dossier.fee, "handed": dossier.handed.value, "lines": lines, **more}
    event = uow.events.append(Event(step.event, dossier.key, now, actor, data))
    if dossier.received_at is not None and not dossier.state_secret:
        queue_snapshot(uow, dossier.key, f"{event.seq}", now)
    go_on_when_paid(uow, desk, dossier, actor, now)
