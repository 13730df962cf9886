"""After reception: the work on a dossier, its result, and its hand-over; nothing is closed without a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from kiosk.domain import life
from kiosk.domain.dossier import (
    Dossier,
    ReasonRequiredError,
    ResultRecord,
    StateSecretError,
)
from kiosk.domain.event import Actor, Event
from kiosk.domain.life import Move
from kiosk.domain.receiver import Proof
from kiosk.domain.scan import StoredFile
from kiosk.domain.tracks import HAND_OVER, STEP_WORDS, HandOverAct, Step
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk, queue_exchange, queue_snapshot
from kiosk.services.slips import issue_slip

NOTIFY = next(step for step in HAND_OVER if step.act is HandOverAct.NOTIFY)


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


def record_result(
    uow: UnitOfWork, key: str, result: ResultRecord, *, actor: Actor, now: datetime, file: StoredFile | None = None
) -> Dossier:
    """The result exists; with its number, or not at all. file: its electronic copy, in the vault already.

    Raises: NoResultError; StateSecretError for a copy of what is never copied. Source: docs/legal.md#no-result
    """
    with uow:
        uow.lock()
        dossier = record_result_within(uow, key, result, actor=actor, now=now, file=file)
        uow.commit()
    return dossier


def record_result_within(
    uow: UnitOfWork, key: str, result: ResultRecord, *, actor: Actor, now: datetime, file: StoredFile | None = None
) -> Dossier:
    """The same as a part of an act, in that act's own locked transaction. Raises: as `record_result`."""
    with_copy = result if file is None else replace(result, file_id=file.id)

    def record(dossier: Dossier) -> None:
        if file is not None:
            if dossier.state_secret:
                raise StateSecretError
            uow.papers.add_file(file, dossier.key)
        dossier.record_result(with_copy)

    return _act_within(uow, key, life.RESULT, actor, now, record)


def hand_over(
    uow: UnitOfWork,
    key: str,
    to: str,
    *,
    actor: Actor,
    now: datetime,
    waybill: str = "",
    proof: Proof = Proof.RECEIPT,
    note: str = "",
    without_copy: str = "",
) -> Dossier:
    """Give the result to the citizen, or to the post; the only way a received dossier ends well.

    proof: how the officer knows who takes it; note: the reason, where it was a name alone; without_copy: why there is
    no electronic copy. Raises: NoResultError, MissingWordsError, NoResultCopyError, ReasonRequiredError.
    Source: docs/legal.md#return
    """
    if proof is Proof.TYPED and not note.strip():
        raise ReasonRequiredError

    def give(dossier: Dossier) -> None:
        dossier.hand_over(now, to, waybill, without_copy)
        if dossier.result is not None and not waybill:
            dossier.result = replace(dossier.result, proof=proof.value, proof_note=note.strip())

    told = {"by": "post"} if waybill else {"by": proof.value}  # the name stays in the dossier: no name in the log
    return _act(uow, key, life.RETURN, actor, now, give, told=told)


def notify(uow: UnitOfWork, key: str, how: str, *, actor: Actor, now: datetime) -> Dossier:
    """The citizen was told that the result is there. Raises: IllegalStepError, MissingWordsError.
    Source: docs/legal.md#no-result"""
    return _beside(uow, key, NOTIFY, actor, now, lambda d: d.notify(how, now))


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


def _act(
    uow: UnitOfWork,
    key: str,
    move: Move,
    actor: Actor,
    now: datetime,
    change: Callable[[Dossier], None],
    desk: Desk | None = None,
    told: Mapping[str, str] | None = None,
) -> Dossier:
    """desk: issues the move's paper, for a move that makes one; told: what the log has to know besides.

    Raises: NotYourActError, IllegalDossierActError.
    """
    with uow:
        uow.lock()
        dossier = _act_within(uow, key, move, actor, now, change, desk, told)
        uow.commit()
    return dossier


def _act_within(
    uow: UnitOfWork,
    key: str,
    move: Move,
    actor: Actor,
    now: datetime,
    change: Callable[[Dossier], None],
    desk: Desk | None = None,
    told: Mapping[str, str] | None = None,
) -> Dossier:
    """The same, in the caller's own locked transaction."""
    life.check_role(move, actor.roles)
    dossier = uow.dossiers.get(key)
    change(dossier)
    uow.dossiers.save(dossier)
    data = {"state": dossier.state.value, **(told or {})}
    event = uow.events.append(Event(move.event, dossier.key, now, actor, data))
    if move.paper is not None and desk is not None:
        issue_slip(uow, desk, move.paper, dossier, now, None)
    if dossier.received_at is not None:  # else the province never heard of it, and would refuse it
        queue_exchange(uow, dossier, event, now)
    return dossier


def _beside(
    uow: UnitOfWork, key: str, step: Step[Any, Any], actor: Actor, now: datetime, change: Callable[[Dossier], None]
) -> Dossier:
    """An act that leaves the business where it is: word to the citizen. Raises: NotYourActError."""
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
