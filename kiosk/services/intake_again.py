"""The intake of a dossier that is at the desk already, to ask for a supplement of it or to refuse it."""

from __future__ import annotations

from collections.abc import Collection

from kiosk.domain.dossier import Dossier, PaperState
from kiosk.errors import NotFoundError
from kiosk.services.reception import Intake, PaperMark


def intake_of(dossier: Dossier, missing: Collection[str] = ()) -> Intake:
    """As it was taken in, with some papers missing now. missing: codes of components. Raises: NotFoundError."""
    marks = {p.component.code: PaperMark(p.state, p.count, p.note, p.asked) for p in dossier.papers}
    if unknown := [code for code in missing if code not in marks]:
        raise NotFoundError(what="thành phần hồ sơ", key=unknown[0])
    marks.update({code: PaperMark(PaperState.MISSING) for code in missing})
    return Intake(
        dossier.draft_key,
        dossier.procedure_code,
        dossier.owner,
        marks,
        submitter=dossier.submitter,
        proxy=dossier.proxy,
        case=dossier.case,
        channel=dossier.channel,
        sets=dossier.sets,
    )
