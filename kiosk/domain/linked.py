"""Linked procedures (thủ tục liên thông): one receipt, several steps, each with its agency, its term and its state.

Which steps there are is data of the catalogue (`Procedure.steps`); what became of them is the dossier's
(`Dossier.steps`). A step moves by rows of the one life table. Source: docs/legal.md#linked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.domain import life
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.due import Counting, Due, due
from kiosk.domain.life import Act, DossierState, Move
from kiosk.domain.procedure import LinkedStep, Term
from kiosk.domain.term_clock import TermClock
from kiosk.domain.term_words import term_words
from kiosk.errors import NotFoundError, RuleError

# What may be done with a step: rows of the table of a dossier's life, and no others.
STEP_MOVES: dict[Act, Move] = {move.act: move for move in (life.START, life.RESULT, life.REFUSE)}
DONE = frozenset({DossierState.RESULT_READY, DossierState.REFUSED})


class StepsOpenError(RuleError):
    """The result of the whole is there when every step has its own. details: steps."""

    code = "dossier.steps_open"


class StepTooEarlyError(RuleError):
    """A step begins when those before it are done. details: step, before."""

    code = "dossier.step_too_early"


@dataclass(frozen=True)
class StepRecord:
    """What became of one step, which stays as the catalogue had it at reception. due_at: by its own term, since it was
    handed to its agency; number: of its result; reason: of a refusal."""

    step: LinkedStep
    state: DossierState = DossierState.RECEIVED
    started_at: datetime | None = None
    due_at: datetime | None = None
    number: str = ""
    reason: str = ""
    ended_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        return self.state in DONE

    def started(self, now: datetime, due_at: datetime) -> StepRecord:
        """Handed to its agency. Raises: IllegalDossierActError."""
        return replace(self._moved(life.START), started_at=now, due_at=due_at)

    def solved(self, number: str, now: datetime) -> StepRecord:
        """Raises: IllegalDossierActError."""
        return replace(self._moved(life.RESULT), number=number, ended_at=now)

    def refused(self, reason: str, now: datetime) -> StepRecord:
        """Raises: IllegalDossierActError."""
        return replace(self._moved(life.REFUSE), reason=reason, ended_at=now)

    def _moved(self, move: Move) -> StepRecord:
        life.check_state(move, self.state)
        return replace(self, state=move.target)


@dataclass(frozen=True)
class Planned:
    """A step and its promise, counted from the promise of the steps before it."""

    step: LinkedStep
    due: Due


def begun(steps: Sequence[LinkedStep]) -> tuple[StepRecord, ...]:
    """The records of a dossier that was just taken in."""
    return tuple(map(StepRecord, steps))


def plan(
    calendar: Callable[[str], WorkingCalendar],
    steps: Sequence[LinkedStep],
    received_at: datetime,
    clock: TermClock,
    usual: Counting,
) -> list[Planned]:
    """Every step's promise, in the catalogue's order, which no step breaks. calendar: by name of a step's field.

    Times in which the dossier waits are left out of every step that they touch. Raises: as `domain.due.due`.
    """
    ends: dict[str, datetime] = {}
    planned = []
    for step in steps:
        start = max((ends[code] for code in step.after), default=received_at)
        counting = clock.counting or usual
        counted = due(calendar(step.field), start, step.term, counting, stops=clock.stops)
        ends[step.code] = counted.due_at
        planned.append(Planned(step, counted))
    return planned


def whole(
    calendar: WorkingCalendar, planned: Sequence[Planned], received_at: datetime, clock: TermClock, usual: Counting
) -> Due:
    """One promise for all steps: the end of the last; an extension goes on from there. calendar: of the procedure."""
    last = max(planned, key=lambda one: one.due.due_at).due
    skipped = {s.day: s for one in planned for s in one.due.skipped}
    made_up = {s.day: s for one in planned for s in one.due.made_up}
    term = Term(None, None, whole_words([one.step for one in planned]))
    counted = Due(
        received_at,
        planned[0].due.starts_at,
        last.due_at,
        term,
        tuple(skipped[day] for day in sorted(skipped)),
        clock.counting or usual,
        made_up=tuple(made_up[day] for day in sorted(made_up)),
        stops=clock.stops,
    )
    if clock.extension is None:
        return counted
    more = due(calendar, last.due_at, clock.extension, counted.counting, stops=clock.stops)
    return replace(
        counted,
        due_at=more.due_at,
        skipped=(*counted.skipped, *(s for s in more.skipped if s.day not in skipped)),
        extension=clock.extension,
        before_extension=last.due_at,
    )


def whole_words(steps: Sequence[LinkedStep]) -> str:
    """The term of the whole, step by step, in words; "" without steps."""
    if not steps:
        return ""
    return f"{len(steps)} bước liên thông: " + "; ".join(f"{step.name} {term_words(step.term)}" for step in steps)


def here_until(planned: Sequence[Planned]) -> datetime | None:
    """The date at this unit: when the last step of its own is promised; None when all are elsewhere."""
    return max((one.due.due_at for one in planned if one.step.here), default=None)


def record_of(records: Sequence[StepRecord], code: str) -> StepRecord:
    """Raises: NotFoundError."""
    found = next((record for record in records if record.step.code == code), None)
    if found is None:
        raise NotFoundError(what="bước liên thông", key=code)
    return found


def check_turn(records: Sequence[StepRecord], record: StepRecord) -> None:
    """Raises: StepTooEarlyError while a step before this one is not done."""
    if before := [r.step.name for r in records if r.step.code in record.step.after and not r.is_done]:
        raise StepTooEarlyError(step=record.step.name, before=", ".join(before))


def check_all_done(records: Sequence[StepRecord]) -> None:
    """Raises: StepsOpenError."""
    if left := [record.step.name for record in records if not record.is_done]:
        raise StepsOpenError(steps=", ".join(left))
