"""Issue a statutory slip: its number, its words, and its print job, inside the act's own transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from kiosk.clock import OFFICE_ZONE, business_day
from kiosk.domain.dossier import Dossier, Paper, PaperState
from kiosk.domain.due_words import skipped_words
from kiosk.domain.office import Office
from kiosk.domain.passing import passings_of
from kiosk.domain.proxy import collectors
from kiosk.domain.slip import OfficeHead, PaperLine, Passing, Slip, SlipKind, slip_name
from kiosk.domain.tracks import MONEY_WORDS
from kiosk.services.paper_jobs import ask_slip_paper
from kiosk.services.receipt_words import words_of
from kiosk.services.register_lock import check_open

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
    PaperState.HELD: "Đã có tại cơ quan",
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
    on_the_spot: bool = False,
    after: Slip | None = None,
) -> Slip:
    """Number the slip within its kind and year, keep it whole, and queue its print.

    number: one that the act has taken already; previous_due_at: the promise that an apology replaces;
    on_the_spot: a line of the register only, printed when somebody asks; after: the slip that a corrected one takes the
    place of. Raises: RegisterClosedError.
    """
    year = business_day(now).year
    if kind is SlipKind.RECEIPT:
        check_open(uow, year)
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
        standing=dossier.proxy.words if dossier.proxy else "",
        collectors=collectors(dossier.owner, dossier.submitter, dossier.proxy),
        lookup=desk.office.lookup_url.format(code=dossier.code or dossier.key) if desk.office.lookup_url else "",
        due_reason=skipped_words(promised) if promised else (after.due_reason if after else ""),
        amendment=after.amendment + 1 if after else 0,
        replaces=_named(after) if after else "",
        previous_due_at=previous_due_at,
        passings=_passings(uow, desk, dossier) if kind is SlipKind.CONTROL else (),
        on_the_spot=on_the_spot,
        **words_of(desk, dossier, kind),
    )
    uow.slips.add(slip)
    if not on_the_spot:
        ask_slip_paper(uow, slip.id, COPIES[kind], desk.paper_at, now)
    return slip


def _named(slip: Slip) -> str:
    return f"{slip_name(slip.kind, slip.number, slip.year)} ngày {slip.issued_at.astimezone(OFFICE_ZONE):%d/%m/%Y}"


def brought_up_to_date(look: UnitOfWork, desk: Desk, slip: Slip) -> Slip:
    """A control slip with the passings of the log as it is now; any other slip as it was issued, but for what the
    competent agency has told since. Inside a `with`."""
    if slip.kind is not SlipKind.CONTROL:
        return with_both_dates(look, slip)
    return replace(slip, passings=_passings(look, desk, look.dossiers.get(slip.dossier_key)))


def with_both_dates(look: UnitOfWork, slip: Slip) -> Slip:
    """A receipt for what another agency solves, with the day on which that agency had it and the date by its clock.

    Any other slip as it is. Inside a `with`."""
    if slip.kind is not SlipKind.RECEIPT or not slip.competent_agency:
        return slip
    dossier = look.dossiers.get(slip.dossier_key)
    if dossier.clock.competent_at is None:
        return slip
    return replace(slip, competent_at=dossier.clock.competent_at, due_at=dossier.due_at)


def _passings(uow: UnitOfWork, desk: Desk, dossier: Dossier) -> tuple[Passing, ...]:
    return passings_of(dossier, uow.events.of(dossier.key), desk.officer_names)


def _lines(kind: SlipKind, papers: list[Paper]) -> list[PaperLine]:
    """A receipt lists what was taken in; a supplement lists what is missing or must be mended."""
    if kind is SlipKind.SUPPLEMENT:
        wanted = [p for p in papers if p.note or (p.component.required and not p.state.is_settled)]
        return [PaperLine(p.component.name, _asked(p), p.count, p.note or "Còn thiếu") for p in wanted]
    taken = [p for p in papers if p.state not in (PaperState.MISSING, PaperState.NOT_NEEDED)]
    return [PaperLine(p.component.name, KIND_WORDS[p.state], p.count, p.note or _source(p)) for p in taken]


def _source(paper: Paper) -> str:
    """Where a paper comes from that nobody brought."""
    if paper.held is not None:
        return paper.held.words
    return paper.component.database if paper.state is PaperState.FROM_DATABASE else ""


def _asked(paper: Paper) -> str:
    return "Bản chính" if paper.component.originals else "Bản sao"


def office_head(office: Office) -> OfficeHead:
    """What stands at the left of a form's head."""
    return OfficeHead(office.parent, office.name, office.place, office.address, office.phone, office.website)
