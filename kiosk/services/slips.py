"""Issue a statutory slip: its number, its words, and its print job, inside the act's own transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from kiosk.clock import business_day
from kiosk.domain.dossier import Dossier, Paper, PaperState
from kiosk.domain.due_words import skipped_words
from kiosk.domain.office import Office
from kiosk.domain.passing import passings_of
from kiosk.domain.slip import OfficeHead, PaperLine, Passing, Slip, SlipKind
from kiosk.domain.tracks import MONEY_WORDS
from kiosk.services.paper_jobs import ask_slip_paper

if TYPE_CHECKING:
    from kiosk.domain.due import Due
    from kiosk.services.ports import UnitOfWork
    from kiosk.services.reception import Desk

COPIES = {kind: 2 if kind is SlipKind.RECEIPT else 1 for kind in SlipKind}

KIND_WORDS = {
    PaperState.ORIGINAL: "Bản chính",
    PaperState.COPY: "Bản sao",
    PaperState.CERTIFIED: "Bản sao chứng thực",
    PaperState.FROM_DATABASE: "Khai thác từ CSDL",
    PaperState.NOT_NEEDED: "Không áp dụng",
    PaperState.MISSING: "Còn thiếu",
}


def issue_slip(
    uow: UnitOfWork,
    desk: Desk,
    kind: SlipKind,
    dossier: Dossier,
    now: datetime,
    promised: Due | None,
    *,
    number: int | None = None,
    previous_due_at: datetime | None = None,
) -> Slip:
    """Number the slip within its kind and year, keep it whole, and queue its print.

    number: one that the act has taken already; previous_due_at: the promise that an apology replaces.
    """
    year = business_day(now).year
    person = dossier.owner
    slip = Slip(
        id=uuid4().hex,
        kind=kind,
        form_set=desk.form_set(business_day(now)),
        number=uow.slips.next_number(kind, year) if number is None else number,
        year=year,
        issued_at=now,
        office=office_head(desk.office),
        dossier_key=dossier.key,
        dossier_code=dossier.code,
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
        applicant=person.full_name,
        address=person.address,
        phone=person.phone,
        email=person.email,
        officer=desk.officer_names.get(dossier.officer, dossier.officer),
        papers=tuple(_lines(kind, dossier.papers)),
        sets=dossier.sets,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        term=dossier.term,
        fee=dossier.fee,
        fee_note=MONEY_WORDS[dossier.money] if kind is SlipKind.STOP else dossier.fee_note,
        return_at="Qua bưu chính" if dossier.return_by_post else desk.office.name,
        reason=dossier.clock.extension_reason if kind is SlipKind.APOLOGY else dossier.reason,
        legal_basis=dossier.legal_basis,
        submitter=dossier.submitter.full_name if dossier.submitter else "",
        lookup=desk.office.lookup_url.format(code=dossier.code or dossier.key) if desk.office.lookup_url else "",
        due_reason=skipped_words(promised) if promised else "",
        previous_due_at=previous_due_at,
        passings=_passings(uow, desk, dossier) if kind is SlipKind.CONTROL else (),
    )
    uow.slips.add(slip)
    ask_slip_paper(uow, slip.id, COPIES[kind], desk.paper_at, now)
    return slip


def brought_up_to_date(look: UnitOfWork, desk: Desk, slip: Slip) -> Slip:
    """A control slip with the passings of the log as it is now; any other slip as it was issued. Inside a `with`."""
    if slip.kind is not SlipKind.CONTROL:
        return slip
    return replace(slip, passings=_passings(look, desk, look.dossiers.get(slip.dossier_key)))


def _passings(uow: UnitOfWork, desk: Desk, dossier: Dossier) -> tuple[Passing, ...]:
    return passings_of(dossier, uow.events.of(dossier.key), desk.officer_names)


def _lines(kind: SlipKind, papers: list[Paper]) -> list[PaperLine]:
    """A receipt lists what was taken in; a supplement lists what is missing or must be mended."""
    if kind is SlipKind.SUPPLEMENT:
        wanted = [p for p in papers if p.note or (p.component.required and not p.state.is_settled)]
        return [PaperLine(p.component.name, _asked(p), p.count, p.note or "Còn thiếu") for p in wanted]
    taken = [p for p in papers if p.state not in (PaperState.MISSING, PaperState.NOT_NEEDED)]
    return [PaperLine(p.component.name, KIND_WORDS[p.state], p.count, p.note) for p in taken]


def _asked(paper: Paper) -> str:
    return "Bản chính" if paper.component.originals else "Bản sao"


def office_head(office: Office) -> OfficeHead:
    """What stands at the left of a form's head."""
    return OfficeHead(office.parent, office.name, office.place, office.address, office.phone, office.website)
