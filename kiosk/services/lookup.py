"""A citizen asks where the dossier is. Reads only, and answers with nothing that names the citizen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.dossier import Dossier, DossierState, is_dossier_key
from kiosk.domain.person import masked_name
from kiosk.errors import InputError, NotFoundError
from kiosk.services.ports import UnitOfWork

STEP_OF = {
    DossierState.WAITING_SUPPLEMENT: 1,
    DossierState.RECEIVED: 1,
    DossierState.PROCESSING: 2,
    DossierState.RESULT_READY: 3,
    DossierState.RETURNED: 4,
}
ENDED = frozenset({DossierState.REFUSED, DossierState.WITHDRAWN, DossierState.STOPPED})
_KEY = re.compile(r"(?<!\d)\d{12,14}(?!\d)")
_OFFICIAL = re.compile(r"[A-Z]\d{2}[A-Z0-9.]*(?:-\d{4,8}){1,2}", re.IGNORECASE)


class NoReceiptCodeError(InputError):
    """The digits typed, or the text scanned, hold no receipt code."""

    code = "lookup.no_code"


class UnknownReceiptError(InputError):
    """No dossier has this code; drafts are no dossiers yet."""

    code = "lookup.unknown"


@dataclass(frozen=True)
class Progress:
    """Where a dossier is, for a public screen. owner: masked. step: 1..4, 0 when it ended without a result."""

    code: str
    procedure: str
    owner: str
    step: int
    due_at: datetime | None
    needs_supplement: bool = False


def receipt_code(text: str) -> str:
    """The dossier's key or official code in what a person typed or a scanner read (the receipt's QR may be a web
    address). Raises: NoReceiptCodeError."""
    for found in _KEY.findall(text):
        if is_dossier_key(found):
            return str(found)
    official = _OFFICIAL.search(text)
    if official is None:
        raise NoReceiptCodeError
    return official[0].upper()


def look_up(uow: UnitOfWork, text: str) -> Progress:
    """The progress of one dossier. Raises: NoReceiptCodeError, UnknownReceiptError; neither repeats the text."""
    code = receipt_code(text)
    with uow:
        try:
            dossier = uow.dossiers.get(code)
        except NotFoundError:
            raise UnknownReceiptError from None
    if dossier.state is DossierState.DRAFT:
        raise UnknownReceiptError
    return _progress(dossier)


def _progress(dossier: Dossier) -> Progress:
    return Progress(
        dossier.code or dossier.key,
        dossier.procedure_name,
        masked_name(dossier.owner.full_name),
        0 if dossier.state in ENDED else STEP_OF[dossier.state],
        dossier.due_at,
        dossier.state is DossierState.WAITING_SUPPLEMENT,
    )
