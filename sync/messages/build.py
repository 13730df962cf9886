"""From the office's own objects to the canonical dossier: nothing added, nothing made better than it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.domain import life
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Event
from kiosk.domain.life import DossierState
from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from kiosk.domain.proxy import STANDING_WORDS
from kiosk.services.exchange import Snapshot
from sync.messages.canonical import (
    STATUS_NAMES,
    CanonicalDossier,
    FileRef,
    Owner,
    ProgressEntry,
    SentResult,
    Status,
)
from sync.messages.charges import fees_of, is_paid_online
from sync.messages.codes import provisional_code
from sync.messages.papers import components_of, databases_of, other_papers
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
VNEID = "vneid"  # source of a person's data, for whoever signed in to the portal with a VNeID account


def canonical_dossier(
    snapshot: Snapshot, agency: str, unit: str, result_file: FileRef | None = None
) -> CanonicalDossier:
    """agency: mã định danh; unit: name of the office. Files that the province does not have yet are left for later."""
    dossier, procedure = snapshot.dossier, snapshot.procedure
    code, *others = codes_of(dossier, agency)
    components = components_of(snapshot)
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
        is_paid_online=is_paid_online(snapshot.moves),
        databases=databases_of(dossier),
        other_papers=other_papers(dossier, components),
        supplements=supplements_of(snapshot, components),
        components=components,
        fees=fees_of(snapshot),
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
