"""Results that the province sends: attached as the result's electronic copy, never over one of the office's own."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from kiosk.domain import life
from kiosk.domain.conflict import Conflict, ConflictKind
from kiosk.domain.dossier import Dossier, ResultRecord, StateSecretError
from kiosk.domain.event import Actor, Event
from kiosk.domain.incoming import SentFile, SentOutcome
from kiosk.domain.job import Job, Wing
from kiosk.domain.life import IllegalDossierActError
from kiosk.domain.linked import StepsOpenError
from kiosk.domain.scan import StoredFile
from kiosk.errors import NotFoundError
from kiosk.services.handover import record_result_within
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import queue_snapshot

STREAM = "result"
COPY_ATTACHED = "result.copy_attached"


@dataclass(frozen=True)
class Awaited:
    """A result that was announced and is still to be looked at."""

    dossier: str
    outcome: SentOutcome


def announced(
    uow: UnitOfWork, code: str, outcome: SentOutcome, stored: StoredFile | None, connection: str, now: datetime
) -> bool:
    """Queue it, once for each file. stored: its bytes, when they came along."""
    try:
        dossier = uow.dossiers.get(code)
    except NotFoundError:
        actor = Actor("", connection)
        uow.events.append(Event("province.unknown", code, now, actor, {"result": outcome.number}))
        return False
    file = outcome.file
    if stored is not None and not dossier.state_secret:
        uow.papers.add_file(stored, dossier.key)
        file = replace(file, file_id=stored.id, media_type=stored.media_type)
    told = {**asdict(outcome), "at": outcome.at.isoformat() if outcome.at else "", "file": asdict(file)}
    payload = {"stream": STREAM, "dossier": dossier.key, "connection": connection, "result": told}
    mark = file.sha256 or file.id
    # A lane of its own: a file that cannot be had must not hold up what goes the other way.
    lane = f"{STREAM}:{dossier.key}"
    return uow.jobs.add(Job(Wing.SYNC, f"{lane}:{mark}", payload, lane=lane, priority=6, due_at=now))


def awaited_of(job: Job) -> Awaited:
    """As `announced` queued it."""
    told = dict(job.payload["result"])
    at = datetime.fromisoformat(told["at"]) if told["at"] else None
    return Awaited(str(job.payload["dossier"]), SentOutcome(**{**told, "at": at, "file": SentFile(**told["file"])}))


def arrived(
    uow: UnitOfWork, awaited: Awaited, stored: StoredFile, signature: str, connection: str, now: datetime
) -> None:
    """Part of the worker's own locked transaction. The office's own result stays; one beside it is a conflict, with
    its file kept, for an officer to look at. Raises: StateSecretError."""
    dossier, outcome, actor = uow.dossiers.get(awaited.dossier), awaited.outcome, Actor("", connection)
    if dossier.state_secret:
        raise StateSecretError
    stored = _with_row(uow, dossier, stored)
    if dossier.result is None:
        # The known forms have no field for the document's number: then it is known by the province's own id of it.
        record = ResultRecord(outcome.number or outcome.file.id, now, stored.id, outcome.name, signature)
        try:
            life.check_state(life.RESULT, dossier.state)
            record_result_within(uow, dossier.key, record, actor=actor, now=now)
        except (IllegalDossierActError, StepsOpenError):
            _contradict(uow, dossier, outcome, stored, connection, now)
        return
    if _has_same_file(uow, dossier, stored):
        return
    is_its_copy = outcome.number in ("", dossier.result.number) and not dossier.result.file_id
    if not is_its_copy:
        _contradict(uow, dossier, outcome, stored, connection, now)
        return
    dossier.result = replace(dossier.result, file_id=stored.id, signature=signature)
    uow.dossiers.save(dossier)
    event = uow.events.append(Event(COPY_ATTACHED, dossier.key, now, actor, {"sha256": stored.sha256}))
    queue_snapshot(uow, dossier.key, f"{event.seq}", now)


def _with_row(uow: UnitOfWork, dossier: Dossier, stored: StoredFile) -> StoredFile:
    """The dossier's row of this content: bytes that came along have theirs since they were announced."""
    known = uow.papers.file_by_content(dossier.key, stored.sha256)
    if known is None:
        uow.papers.add_file(stored, dossier.key)
    return known or stored


def _has_same_file(uow: UnitOfWork, dossier: Dossier, stored: StoredFile) -> bool:
    file_id = dossier.result.file_id if dossier.result else ""
    return bool(file_id) and uow.papers.file(file_id).sha256 == stored.sha256


def _contradict(
    uow: UnitOfWork, dossier: Dossier, outcome: SentOutcome, stored: StoredFile, connection: str, now: datetime
) -> None:
    theirs = f"kết quả số {outcome.number}" if outcome.number else "kết quả không ghi số"
    kind = ConflictKind.RESULT if dossier.result else ConflictKind.RESULT_STATE
    ours = f"kết quả số {dossier.result.number}" if dossier.result else dossier.state.value
    told_at = outcome.at or now
    uow.exchange.add_conflict(Conflict(dossier.key, connection, kind, theirs, ours, told_at, now, stored.id))
