"""What a receipt says besides the form's own fields: the steps of a linked procedure, and who solves it elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from kiosk.domain.due import Due
from kiosk.domain.linked import Planned, StepRecord, here_until, plan, whole
from kiosk.domain.slip import SlipKind, StepLine
from kiosk.domain.term_clock import TermClock
from kiosk.domain.term_words import term_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.dossier import Dossier
    from kiosk.domain.procedure import Procedure
    from kiosk.services.reception import Desk


def planned_steps(desk: Desk, dossier: Dossier) -> list[Planned]:
    """The promise of each step of a received dossier; [] for an ordinary one. Raises: as `domain.due.due`."""
    steps: Sequence[StepRecord] = dossier.steps
    if not steps or dossier.received_at is None:
        return []
    return plan(desk.calendar, [r.step for r in steps], dossier.received_at, dossier.clock, desk.counting)


def promise_of_all(desk: Desk, procedure: Procedure, received_at: datetime, clock: TermClock) -> Due:
    """The date by which every step of a linked procedure is promised. Raises: as `domain.due.due`."""
    planned = plan(desk.calendar, procedure.steps, received_at, clock, desk.counting)
    return whole(desk.calendar(procedure.field_name), planned, received_at, clock, desk.counting)


def words_of(desk: Desk, dossier: Dossier, kind: SlipKind) -> dict[str, Any]:
    """Further fields of a slip of this kind; none of any but the receipt."""
    if kind is not SlipKind.RECEIPT:
        return {}
    planned = planned_steps(desk, dossier)
    lines = [StepLine(p.step.name, p.step.agency, term_words(p.step.term), p.due.due_at) for p in planned]
    return {
        "steps": tuple(lines),
        "unit_due_at": here_until(planned),
        "competent_agency": dossier.competent_agency,
        "competent_at": dossier.clock.competent_at,
    }
