"""After reception: the work on a dossier, its result, and its hand-over; nothing is closed without a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from kiosk.domain import life
from kiosk.domain.dossier import Dossier, NoApplicantError, ResultRecord
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import JobState, Wing
from kiosk.domain.life import Move
from kiosk.domain.tracks import HAND_OVER, MONEY, STEP_WORDS, HandOverAct, MoneyAct, Step
from kiosk.errors import InputError
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk, queue_exchange, queue_snapshot
from kiosk.services.slips import issue_slip

NOTIFY = next(step for step in HAND_OVER if step.act is HandOverAct.NOTIFY)
SET_FEE = next(step for step in MONEY if step.act is MoneyAct.SET_FEE)
CORRECTABLE = frozenset({"full_name", "id_number", "old_id_number", "born_on", "sex", "address", "phone", "email"})


class UnknownFieldError(InputError):
    """The owner has no such field, or none that may be mended. details: fields."""

    code = "dossier.unknown_field"


def start_processing(uow: UnitOfWork, desk: Desk, key: str, *, actor: Actor, now: datetime) -> Dossier:
    """Handed to the unit that solves it, with its control slip. Source: docs/legal.md#transfer"""
    return _act(uow, key, life.START, actor, now, lambda d: d.start(), desk)


def consult(
    uow: UnitOfWork, key: str, agency: str, question: str, until: date, *, actor: Actor, now: datetime
) -> Dossier:
    """Ask another agency, in writing and by a day. Raises: MissingWordsError. Source: docs/legal.md#consultation"""
    return _act(uow, key, life.CONSULT, actor, now, lambda d: d.consult(agency, question, until, now))


def note_answer(uow: UnitOfWork, key: str, answer: str, *, actor: Actor, now: datetime) -> Dossier:
    """What the other agency said. Raises: MissingWordsError."""
    return _act(uow, key, life.ANSWER, actor, now, lambda d: d.note_answer(answer, now))


def record_result(uow: UnitOfWork, key: str, result: ResultRecord, *, actor: Actor, now: datetime) -> Dossier:
    """The result exists; with its number, or not at all. Raises: NoResultError. Source: docs/legal.md#no-result"""
    return _act(uow, key, life.RESULT, actor, now, lambda d: d.record_result(result))


def hand_over(uow: UnitOfWork, key: str, to: str, *, actor: Actor, now: datetime, waybill: str = "") -> Dossier:
    """Give the result to the citizen, or to the post; the only way a received dossier ends well.

    Raises: NoResultError, MissingWordsError.
    """
    return _act(uow, key, life.RETURN, actor, now, lambda d: d.hand_over(now, to, waybill))


def notify(uow: UnitOfWork, key: str, how: str, *, actor: Actor, now: datetime) -> Dossier:
    """The citizen was told that the result is there. Raises: IllegalStepError, MissingWordsError.
    Source: docs/legal.md#no-result"""
    return _beside(uow, key, NOTIFY, actor, now, lambda d: d.notify(how, now))


def set_fee(uow: UnitOfWork, key: str, amount: int, *, actor: Actor, now: datetime) -> Dossier:
    """The fee of a dossier whose catalogue names none, đồng. Raises: IllegalStepError, MissingWordsError."""
    return _beside(uow, key, SET_FEE, actor, now, lambda d: d.set_fee(amount))


def note_money(uow: UnitOfWork, key: str, act: MoneyAct, paper: str, *, actor: Actor, now: datetime) -> Dossier:
    """PAY, EXEMPT or REFUND; only an officer says so, with a paper. Raises: IllegalStepError, MissingWordsError.
    Source: docs/legal.md#fees"""
    step = next(step for step in MONEY if step.act is act)
    return _beside(uow, key, step, actor, now, lambda d: d.note_money(act, paper))


def withdraw(uow: UnitOfWork, key: str, reason: str, *, actor: Actor, now: datetime) -> Dossier:
    """At the citizen's own wish. Raises: ReasonRequiredError."""
    return _act(uow, key, life.WITHDRAW, actor, now, lambda d: d.withdraw(reason))


def stop(uow: UnitOfWork, desk: Desk, key: str, reason: str, *, actor: Actor, now: datetime) -> Dossier:
    """Stopped by decision, before a result exists; the notice to the citizen goes with it. Raises: ReasonRequiredError.
    Source: docs/legal.md#stop"""
    return _act(uow, key, life.STOP, actor, now, lambda d: d.stop(reason), desk)


def transfer(uow: UnitOfWork, key: str, agency: str, reason: str, *, actor: Actor, now: datetime) -> Dossier:
    """Another agency is the right one; here it ends. Raises: ReasonRequiredError, MissingWordsError."""
    return _act(uow, key, life.TRANSFER, actor, now, lambda d: d.transfer(agency, reason))


def correct_owner(uow: UnitOfWork, key: str, changes: Mapping[str, str], *, actor: Actor, now: datetime) -> Dossier:
    """Mend what was typed wrong of the owner, in any state; what the province refused of this dossier is sent again.

    changes: new values by field of `Person`. Slips that are out stay as they were. Raises: NoApplicantError,
    UnknownFieldError.
    """
    if unknown := sorted(set(changes) - CORRECTABLE):
        raise UnknownFieldError(fields=", ".join(unknown))
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        dossier.owner = replace(dossier.owner, **changes)
        if not dossier.owner.full_name.strip():
            raise NoApplicantError
        uow.dossiers.save(dossier)
        uow.people.save(dossier.owner)
        event = uow.events.append(Event("dossier.corrected", dossier.key, now, actor, {"fields": sorted(changes)}))
        for job in uow.jobs.of_lanes(Wing.SYNC, [dossier.key]):
            if job.state is JobState.REJECTED:
                uow.jobs.release(job.id, now)
        if dossier.received_at is not None and not dossier.state_secret:
            queue_snapshot(uow, dossier.key, f"{event.seq}", now)
        uow.commit()
    return dossier


def _act(
    uow: UnitOfWork,
    key: str,
    move: Move,
    actor: Actor,
    now: datetime,
    change: Callable[[Dossier], None],
    desk: Desk | None = None,
) -> Dossier:
    """desk: issues the move's paper, for a move that makes one. Raises: NotYourActError, IllegalDossierActError."""
    life.check_role(move, actor.roles)
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        change(dossier)
        uow.dossiers.save(dossier)
        event = uow.events.append(Event(move.event, dossier.key, now, actor, {"state": dossier.state.value}))
        if move.paper is not None and desk is not None:
            issue_slip(uow, desk, move.paper, dossier, now, None)
        if dossier.received_at is not None:  # else the province never heard of it, and would refuse it
            queue_exchange(uow, dossier, event, now)
        uow.commit()
    return dossier


def _beside(
    uow: UnitOfWork, key: str, step: Step[Any, Any], actor: Actor, now: datetime, change: Callable[[Dossier], None]
) -> Dossier:
    """An act that leaves the business where it is: money, word to the citizen. Raises: NotYourActError."""
    life.check_trust(STEP_WORDS[step.act], step.by, actor.roles)
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        change(dossier)
        uow.dossiers.save(dossier)
        data = {"money": dossier.money.value, "fee": dossier.fee, "handed": dossier.handed.value}
        event = uow.events.append(Event(step.event, dossier.key, now, actor, data))
        if dossier.received_at is not None and not dossier.state_secret:
            queue_snapshot(uow, dossier.key, f"{event.seq}", now)
        uow.commit()
    return dossier
