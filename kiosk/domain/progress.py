"""Where a dossier is, as a public screen may tell it: nothing here names the citizen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.dossier import Dossier
from kiosk.domain.life import CLOSED_STATES, DossierState
from kiosk.domain.person import masked_name

STEP_OF = {
    DossierState.WAITING_SUPPLEMENT: 1,
    DossierState.RECEIVED: 1,
    DossierState.PROCESSING: 2,
    DossierState.WAITING_PAYMENT: 2,
    DossierState.CONSULTATION: 2,
    DossierState.RESULT_READY: 3,
    DossierState.RETURNED: 4,
}
ENDED = CLOSED_STATES - {DossierState.RETURNED}


@dataclass(frozen=True)
class Progress:
    """owner: masked. step: 1..4, 0 when it ended without a result. field_name: of procedures, which has a line.
    printed_at: the date on the citizen's paper, None where it is due_at."""

    code: str
    procedure: str
    owner: str
    step: int
    due_at: datetime | None
    needs_supplement: bool = False
    field_name: str = ""
    printed_at: datetime | None = None


def progress_of(dossier: Dossier) -> Progress | None:
    """None for a draft, which is no dossier yet. `kiosk.storage.hall_acts` says the same in SQL."""
    if dossier.state is DossierState.DRAFT:
        return None
    return Progress(
        dossier.code or dossier.key,
        dossier.procedure_name,
        masked_name(dossier.owner.full_name),
        0 if dossier.state in ENDED else STEP_OF[dossier.state],
        dossier.due_at,
        dossier.state is DossierState.WAITING_SUPPLEMENT,
        dossier.field_name,
        dossier.original_due_at if dossier.original_due_at != dossier.due_at else None,
    )
