"""Acts on one step of a linked procedure (thủ tục liên thông); with the last step the whole has its result.

Source: docs/legal.md#linked
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.domain import life
from kiosk.domain.dossier import Dossier, NoResultError, ReasonRequiredError, ResultRecord
from kiosk.domain.due import due
from kiosk.domain.event import Actor, Event
from kiosk.domain.life import IllegalDossierActError, Move
from kiosk.domain.linked import StepRecord, check_turn, record_of
from kiosk.services.reception import Desk, queue_exchange, queue_snapshot

if TYPE_CHECKING:
    from kiosk.services.ports import UnitOfWork

# The steps are worked on while the dossier itself may still get a result by the life table.
AT_WORK = life.RESULT.sources - {life.DossierState.RESULT_READY}
Change = Callable[[StepRecord, Dossier], StepRecord]


def start_step(uow: UnitOfWork, desk: Desk, key: str, code: str, *, actor: Actor, now: datetime) -> Dossier:
    """Hand a step to its agency: its own term begins. Raises: StepTooEarlyError, IllegalDossierActError,
    NotYourActError, NotFoundError for a step that the dossier has not; as do all acts here."""

    def change(record: StepRecord, dossier: Dossier) -> StepRecord:
        step = record.step
        usual = dossier.clock.counting or desk.counting
        return record.started(now, due(desk.calendar(step.field), now, step.term, usual).due_at)

    return _step(uow, key, code, life.START, change, actor, now)


def note_step_result(uow: UnitOfWork, key: str, code: str, number: str, *, actor: Actor, now: datetime) -> Dossier:
    """The result of one step; with the last one the dossier has its own. Raises: NoResultError without a number."""
    if not number.strip():
        raise NoResultError
    return _step(uow, key, code, life.RESULT, lambda r, _: r.solved(number.strip(), now), actor, now)


def refuse_step(uow: UnitOfWork, key: str, code: str, reason: str, *, actor: Actor, now: datetime) -> Dossier:
    """The agency refuses its step; the others go on. Raises: ReasonRequiredError."""
    if not reason.strip():
        raise ReasonRequiredError
    return _step(uow, key, code, life.REFUSE, lambda r, _: r.refused(reason.strip(), now), actor, now)


def _step(
    uow: UnitOfWork,
    key: str,
    code: str,
    move: Move,
    change: Change,
    actor: Actor,
    now: datetime,
) -> Dossier:
    life.check_role(move, actor.roles)
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        if dossier.state not in AT_WORK:
            raise IllegalDossierActError(state=dossier.state.value, act=move.act.value)
        record = record_of(dossier.steps, code)
        check_turn(dossier.steps, record)
        moved = change(record, dossier)
        dossier.steps = tuple(moved if r is record else r for r in dossier.steps)
        whole = _whole_result(dossier, now)
        if whole is not None:
            dossier.record_result(whole)
        uow.dossiers.save(dossier)
        data = {"step": code, "state": moved.state.value}
        event = uow.events.append(Event(f"dossier.step_{move.act.value}", dossier.key, now, actor, data))
        if whole is not None:
            state = {"state": dossier.state.value}
            event = uow.events.append(Event(life.RESULT.event, dossier.key, now, actor, state))
            queue_exchange(uow, dossier, event, now)
        elif not dossier.state_secret:
            queue_snapshot(uow, dossier.key, f"{event.seq}", now)
        uow.commit()
    return dossier


def _whole_result(dossier: Dossier, now: datetime) -> ResultRecord | None:
    """The numbers of all results, when no step is open. Where every step was refused there is none: the officer refuses
    the dossier, with the slip that says why."""
    numbers = [record.number for record in dossier.steps if record.number]
    if not numbers or not all(record.is_done for record in dossier.steps):
        return None
    return ResultRecord("; ".join(numbers), now)
