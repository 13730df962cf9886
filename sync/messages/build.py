"""From the office's own objects to the canonical dossier: nothing added, nothing made better than it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.domain import life
from kiosk.domain.dossier import Dossier, Paper, PaperState
from kiosk.domain.event import Event
from kiosk.domain.life import DossierState
from kiosk.domain.money import Move, MoveKind, PayMethod
from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from kiosk.domain.proxy import STANDING_WORDS
from kiosk.domain.scan import Document
from kiosk.domain.tracks import MoneyState
from kiosk.services.exchange import Snapshot
from kiosk.services.extra_papers import PREFIX as EXTRA_PREFIX
from sync.messages.canonical import (
    STATUS_NAMES,
    CanonicalDossier,
    Collected,
    CopyKind,
    FeeLine,
    FileRef,
    OtherPaper,
    Owner,
    ProgressEntry,
    SentComponent,
    SentResult,
    Status,
)
from sync.messages.codes import provisional_code
from sync.messages.supplements import supplements_of

STATUS_OF_STATE: dict[DossierState, Status] = {
    DossierState.DRAFT: Status.REGISTERED,
    DossierState.WAITING_SUPPLEMENT: Status.SUPPLEMENT_ASKED,
    DossierState.RECEIVED: Status.ACCEPTED,
    DossierState.PROCESSING: Status.IN_PROGRESS,
    DossierState.WAITING_PAYMENT: Status.PAYMENT_ASKED,
    DossierState.CONSULTATION: Status.IN_PROGRESS,
    DossierState.RESULT_READY: Status.DONE,
    DossierState.RETURNED: Status.RETURNED,
    DossierState.REFUSED: Status.NOT_ACCEPTED,
    DossierState.WITHDRAWN: Status.WITHDRAWN,
    DossierState.STOPPED: Status.STOPPED,
    # The list knows no "handed to another agency": there it goes on.
    DossierState.TRANSFERRED: Status.IN_PROGRESS,
}

# An act that is not here is the office's own business and is not told to the province.
STATUS_OF_EVENT: dict[str, Status] = {
    life.RECEIVE.event: Status.ACCEPTED,
    life.SUPPLEMENT.event: Status.SUPPLEMENT_ASKED,
    life.REFUSE.event: Status.NOT_ACCEPTED,
    life.START.event: Status.IN_PROGRESS,
    life.DEMAND_PAYMENT.event: Status.PAYMENT_ASKED,
    life.PAYMENT_DONE.event: Status.IN_PROGRESS,
    life.RESULT.event: Status.DONE,
    life.RETURN.event: Status.RETURNED,
    life.WITHDRAW.event: Status.WITHDRAWN,
    life.STOP.event: Status.STOPPED,
}
_ENDS = {Status.NOT_ACCEPTED, Status.DONE, Status.WITHDRAWN, Status.STOPPED}
OTHER_PAPERS = "Giấy tờ khác"
VNEID = "vneid"  # source of a person's data, for whoever signed in to the portal with a VNeID account
COPY_OF_PAPER = {
    PaperState.ORIGINAL: CopyKind.ORIGINAL,
    PaperState.COPY: CopyKind.COPY,
    PaperState.CERTIFIED: CopyKind.COPY,
    PaperState.FROM_DATABASE: CopyKind.ELECTRONIC,
    PaperState.HELD: CopyKind.ELECTRONIC,
}
BROUGHT = {PaperState.ORIGINAL, PaperState.COPY, PaperState.CERTIFIED}
NO_CODE_PREFIX = "tp-"  # our own numbering of papers to which the authority gave no code


def canonical_dossier(
    snapshot: Snapshot, agency: str, unit: str, result_file: FileRef | None = None
) -> CanonicalDossier:
    """agency: mã định danh; unit: name of the office. Files that the province does not have yet are left for later."""
    dossier, procedure = snapshot.dossier, snapshot.procedure
    code, *others = codes_of(dossier, agency)
    components = _components(snapshot)
    return CanonicalDossier(
        key=dossier.key,
        code=code,
        other_codes=tuple(others),
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        field_code=procedure.field_code,
        field_name=procedure.field_name or dossier.field_name,
        channel=dossier.channel.value,
        owner=_person(dossier.owner),
        summary=dossier.summary or procedure.name,
        status=STATUS_OF_STATE[dossier.state],
        handling_unit=unit,
        submitted_at=dossier.received_at or dossier.created_at,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        finished_at=_time_of_end(snapshot.events),
        refused_at=_time_of(snapshot.events, Status.NOT_ACCEPTED),
        returned_at=dossier.returned_at,
        returned_to=dossier.returned_to,
        by_post=dossier.return_by_post,
        note=dossier.reason,
        agency=agency,
        submitter=_person(dossier.submitter) if dossier.submitter else None,
        standing=STANDING_WORDS[dossier.proxy.standing] if dossier.proxy else "",
        is_vneid=dossier.owner.source == VNEID,
        is_paid_online=_is_paid_online(snapshot.moves),
        databases=_databases(dossier),
        other_papers=_other_papers(dossier, components),
        supplements=supplements_of(snapshot, components),
        components=components,
        fees=_fees(snapshot),
        result=_result(dossier, procedure, result_file),
    )


def codes_of(dossier: Dossier, agency: str) -> list[str]:
    """The code to send first (official when known), then every other by which the province may know the dossier."""
    official = [dossier.code] if dossier.code else []
    return list(dict.fromkeys([*official, provisional_code(agency, dossier.key), *dossier.external_codes]))


def progress_entry(dossier: Dossier, event: Event, agency: str, unit: str) -> ProgressEntry | None:
    """The step that an event was; None for acts that the province is not told."""
    status = STATUS_OF_EVENT.get(event.kind)
    if status is None:
        return None
    return ProgressEntry(
        code=codes_of(dossier, agency)[0],
        seq=event.seq,
        at=event.at,
        status=status,
        officer=event.actor.officer,
        content=STATUS_NAMES[status],
        unit=unit,
    )


def file_name(component_name: str) -> str:
    return f"{component_name}.pdf"


def _person(person: Person) -> Owner:
    return Owner(
        name=person.full_name,
        id_number=person.id_number or person.old_id_number,
        phone=person.phone,
        email=person.email,
        address=person.address,
        born_on=person.born_on,
        sex=person.sex,
    )


def _components(snapshot: Snapshot) -> tuple[SentComponent, ...]:
    """The papers that were brought, then what was scanned without belonging to one of them."""
    dossier = snapshot.dossier
    sent = [d for d in snapshot.documents if d.remote]
    known = {p.component.code for p in dossier.papers if p.state.is_settled}
    components = [_component(p, snapshot, sent) for p in dossier.papers if p.component.code in known]
    if others := [d for d in sent if d.component not in known]:
        components.append(SentComponent("", OTHER_PAPERS, len(others), _refs(snapshot, OTHER_PAPERS, others)))
    return tuple(components)


def _component(paper: Paper, snapshot: Snapshot, sent: Sequence[Document]) -> SentComponent:
    component = paper.component
    held = snapshot.held.get(component.code)
    mine = [held] if held and held.remote else [d for d in sent if d.component == component.code]
    return SentComponent(
        code="" if component.code.startswith((NO_CODE_PREFIX, EXTRA_PREFIX)) else component.code,
        name=component.name,
        count=paper.count,
        files=_refs(snapshot, component.name, mine),
        replaced_by=component.replaced_by,
        is_reused=paper.state is PaperState.HELD,
        copy=COPY_OF_PAPER.get(paper.state, CopyKind.COPY),
    )


def _refs(snapshot: Snapshot, name: str, mine: Sequence[Document]) -> tuple[FileRef, ...]:
    files = snapshot.files
    return tuple(FileRef(d.id, file_name(name), files[d.id].sha256, files[d.id].size, d.remote) for d in mine)


def _other_papers(dossier: Dossier, components: Sequence[SentComponent]) -> tuple[OtherPaper, ...]:
    """Brought on paper, and no file of it is up: one that comes later takes its place."""
    with_file = {c.name for c in components if c.files}
    return tuple(
        OtherPaper(p.component.name, p.count)
        for p in dossier.papers
        if p.state in BROUGHT and p.component.name not in with_file and not p.component.secret
    )


def _databases(dossier: Dossier) -> tuple[str, ...]:
    """Names of the national databases that gave a paper, each once."""
    given = (p.component.database for p in dossier.papers if p.state is PaperState.FROM_DATABASE)
    return tuple(dict.fromkeys(name for name in given if name))


def _is_paid_online(moves: Sequence[Move]) -> bool:
    """Some of the fee came by a portal's or bank's gateway, and was not given back. A transfer to the office's own
    account by VietQR is not counted: no gateway knows of it."""
    return sum(m.amount for m in moves if m.method is PayMethod.ONLINE) > 0


def _fees(snapshot: Snapshot) -> tuple[FeeLine, ...]:
    """As they were worked out, under the catalogue's codes where a line has the catalogue's name; without lines, as of
    earlier versions, the one sum that was asked."""
    dossier = snapshot.dossier
    if dossier.fee is None:
        return ()
    option = snapshot.procedure.option(dossier.channel, dossier.case)
    codes = {fee.name: fee.code for fee in (option.fees if option else ())}
    worked_out = [(line.name, line.amount or 0) for line in dossier.fee_lines] or [("Phí, lệ phí", dossier.fee)]
    collected, is_paid = _collected(snapshot), dossier.money is MoneyState.PAID
    return tuple(FeeLine(name, amount, codes.get(name, ""), collected, is_paid) for name, amount in worked_out)


def _collected(snapshot: Snapshot) -> Collected:
    """When the money came, or would come: at reception unless the ledger says otherwise."""
    taken = next((m for m in snapshot.moves if m.kind is MoveKind.TAKEN), None)
    if taken is None:
        return Collected.AT_RECEPTION
    result, asked = snapshot.dossier.result, _time_of(snapshot.events, Status.SUPPLEMENT_ASKED)
    if result is not None and taken.at >= result.at:
        return Collected.AT_RETURN
    return Collected.AT_SUPPLEMENT if asked is not None and taken.at >= asked else Collected.AT_RECEPTION


def _result(dossier: Dossier, procedure: Procedure, file: FileRef | None) -> SentResult | None:
    if dossier.result is None:
        return None
    # With several kinds of result the record does not say which one it is, so no code is claimed.
    kind = procedure.results[0] if len(procedure.results) == 1 else None
    return SentResult(
        number=dossier.result.number,
        name=dossier.result.name or (kind.name if kind else dossier.result.number),
        at=dossier.result.at,
        type_code=kind.code if kind else "",
        file=file,
    )


def _time_of_end(events: Sequence[Event]) -> datetime | None:
    return next((e.at for e in events if STATUS_OF_EVENT.get(e.kind) in _ENDS), None)


def _time_of(events: Sequence[Event], status: Status) -> datetime | None:
    return next((e.at for e in events if STATUS_OF_EVENT.get(e.kind) is status), None)
