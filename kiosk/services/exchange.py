"""The office's side of the exchange: what to send of a dossier, what is sent again, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.domain.dossier import Dossier, ReasonRequiredError, StateSecretError
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.money import Move
from kiosk.domain.procedure import Procedure
from kiosk.domain.scan import Document, StoredFile
from kiosk.services.exchange_ports import Reply
from kiosk.services.ports import UnitOfWork, Units, Vault
from kiosk.services.reception import queue_snapshot
from kiosk.services.state_secret import may_be_sent

RESENT, SENT_AGAIN = "exchange.resent", "exchange.sent_again"


@dataclass(frozen=True)
class Snapshot:
    """Everything of a dossier that a message may need. files: document id -> stored file. moves: its lines of the
    ledger; held: component code -> the document of an earlier dossier that is used again."""

    dossier: Dossier
    procedure: Procedure
    documents: tuple[Document, ...]
    files: dict[str, StoredFile]
    events: tuple[Event, ...]
    moves: tuple[Move, ...] = ()
    held: dict[str, Document] = field(default_factory=dict)


@dataclass(frozen=True)
class Status:
    """Counts of the exchange for `motcua sync status` and the desk's indicator."""

    waiting: int
    sent: int
    rejected: int
    oldest_waiting_seconds: int


def snapshot(units: Units, key: str) -> Snapshot:
    """The dossier as another system may see it now: without secret papers. Raises: NotFoundError."""
    with units() as uow:
        dossier = uow.dossiers.get(key)
        documents = may_be_sent(dossier, uow.papers.documents(dossier.key))
        held = _held(uow, dossier)
        files = {d.id: uow.papers.file(d.file_id) for d in (*documents, *held.values())}
        procedure = uow.procedures.get(dossier.procedure_code, dossier.procedure_version)
        events, moves = tuple(uow.events.of(dossier.key)), tuple(uow.money.moves_of(dossier.key))
        return Snapshot(dossier, procedure, tuple(documents), files, events, moves, held)


def _held(uow: UnitOfWork, dossier: Dossier) -> dict[str, Document]:
    """Documents of earlier dossiers that stand for papers of this one, as far as they may be sent."""
    found: dict[str, Document] = {}
    for paper in dossier.papers:
        if paper.held is None or not paper.held.file_id:
            continue
        earlier = uow.dossiers.get(paper.held.dossier)
        sendable = may_be_sent(earlier, uow.papers.documents(earlier.key))
        document = next((d for d in sendable if d.file_id == paper.held.file_id), None)
        if document is not None:
            found[paper.component.code] = document
    return found


def document_file(units: Units, vault: Vault, key: str, document_id: str) -> tuple[Document, StoredFile, bytes] | None:
    """A document with its bytes; None when a newer one has replaced it, or it is a state secret: nothing is sent."""
    with units() as uow:
        sendable = may_be_sent(uow.dossiers.get(key), uow.papers.documents(key))
        document = next((d for d in sendable if d.id == document_id), None)
        if document is None:
            return None
        file = uow.papers.file(document.file_id)
    return document, file, vault.get(file)


def uploaded(uow: UnitOfWork, key: str, document_id: str, url: str) -> None:
    """Remember where the province keeps a document; part of the worker's own transaction."""
    document = next((d for d in uow.papers.documents(key) if d.id == document_id), None)
    if document is not None:
        uow.papers.add_document(replace(document, remote=url))


def known_as(uow: UnitOfWork, key: str, code: str) -> None:
    """Keep a code by which another system knows the dossier; part of the worker's own transaction."""
    dossier = uow.dossiers.get(key)
    if code and code not in dossier.external_codes:
        dossier.external_codes.append(code)
        uow.dossiers.save(dossier)


def keep_reply(units: Units, job: Job, operation: str, outcome: str, body: str, now: datetime) -> None:
    """Keep a raw answer for the officer and for disputes, at once and on its own."""
    with units() as uow:
        uow.exchange.keep_reply(Reply(job.id, str(job.payload.get("dossier", "")), now, operation, outcome, body))
        uow.commit()


def resend(uow: UnitOfWork, job_id: int, *, actor: Actor, now: datetime) -> Job:
    """An officer sends an entry again: a rejected one waits again, one that waits is due at once; one that is being
    sent or was sent stays as it is, however often this is pressed. Returns it as it was. Raises: NotFoundError."""
    with uow:
        uow.lock()
        job = uow.jobs.get(job_id)
        if job.state is JobState.REJECTED:
            uow.jobs.release(job_id, now)
            uow.events.append(Event(RESENT, str(job.payload.get("dossier", job_id)), now, actor, {"job": job_id}))
        elif job.state is JobState.WAITING:
            uow.jobs.hurry(job_id, now)
        uow.commit()
    return job


def send_again(uow: UnitOfWork, key: str, reason: str, *, actor: Actor, now: datetime) -> bool:
    """Send a dossier that was sent: the same message under the same code, so the province replaces it. reason: kept.

    False, and nothing queued, while its picture still waits. Raises: ReasonRequiredError, NotFoundError,
    StateSecretError.
    """
    if not reason.strip():
        raise ReasonRequiredError
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        if dossier.state_secret:
            raise StateSecretError
        waiting = uow.jobs.of_lanes(Wing.SYNC, [dossier.key])
        if any(job.payload.get("stream") == "dossier" for job in waiting):
            return False
        uow.exchange.keep_reply(Reply(0, dossier.key, now, "again", "asked", f"{actor.officer}: {reason.strip()}"))
        event = uow.events.append(Event(SENT_AGAIN, dossier.key, now, actor))
        queue_snapshot(uow, dossier.key, f"{event.seq}", now)
        uow.commit()
    return True


# The cursors that keep what the worker saw last, and since when.
LINE, LINE_SINCE = "line", "line_since"


def note_line(units: Units, is_up: bool, now: datetime) -> None:
    """Keep what a round saw of the lines, and since when, for the screens; writes only when it changed."""
    seen = "up" if is_up else "down"
    with units() as uow:
        if uow.exchange.cursor(LINE) == seen:
            return
        uow.exchange.set_cursor(LINE, seen)
        uow.exchange.set_cursor(LINE_SINCE, now.isoformat())
        uow.commit()


def line(uow: UnitOfWork) -> str:
    """ "up" or "down" as the worker saw it last, "" before its first round. Reads only; inside a `with`."""
    return uow.exchange.cursor(LINE)


def status(uow: UnitOfWork, now: datetime) -> Status:
    """How the exchange stands. Reads only; inside a `with`."""
    counts = uow.jobs.counts(Wing.SYNC)
    open_jobs = uow.jobs.listed(Wing.SYNC, (JobState.WAITING, JobState.LEASED), limit=1)
    oldest = open_jobs[0].created_at if open_jobs else None
    age = int((now - oldest).total_seconds()) if oldest else 0
    waiting = counts.get(JobState.WAITING, 0) + counts.get(JobState.LEASED, 0)
    return Status(waiting, counts.get(JobState.DONE, 0), counts.get(JobState.REJECTED, 0), max(age, 0))
