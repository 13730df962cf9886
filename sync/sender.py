"""Sending one thing of one dossier to one province, so that doing it twice does it once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.clock import Clock
from kiosk.domain.dossier import Dossier, StateSecretError
from kiosk.domain.event import Actor
from kiosk.domain.job import Job, Wing
from kiosk.domain.scan import StoredFile
from kiosk.services import exchange
from kiosk.services.allotment import keep_allotted
from kiosk.services.exchange import Snapshot
from kiosk.services.exchange_ports import Reply
from kiosk.services.file_jobs import is_urgent
from kiosk.services.files_up import is_up
from kiosk.services.jobs import Effect, PostponedError
from kiosk.services.ports import UnitOfWork, Units, Vault
from sync.connection import Connection
from sync.errors import CorruptedUploadError, LineDownError, RefusedByProvinceError, SettlingError, WrongHashError
from sync.files_first import FilesFirst
from sync.messages.build import canonical_dossier
from sync.messages.canonical import CanonicalDossier, FileRef
from sync.messages.forms import Form
from sync.messages.gone import told_of, with_gone
from sync.messages.papers import file_name
from sync.messages.preflight import require_complete
from sync.outcome import Outcome, Verdict
from sync.province import FileReceipt, Found, ProvinceClient
from sync.steps import DOSSIER, PROGRESS, along, steps_due
from sync.talk import problem_of
from sync.uploaders import Uploaders
from sync.uploads import Upload

INSERT, UPDATE = "insert", "update"
# Notes on a write beside the outcomes of its answer.
SENDING, NOT_SENT = "sending", "not_sent"
REPLY_KEPT = 20_000
HASH_ATTEMPTS = 3


@dataclass(frozen=True)
class Picture:
    """A dossier ready to be sent. covered: later jobs that ask for the same picture."""

    dossier: Dossier
    canonical: CanonicalDossier
    covered: tuple[int, ...]
    clock: Clock

    def arrived(self, code: str) -> Effect:
        """Under which code it is known there, and which jobs this spares; for the worker's own transaction."""

        def effect(uow: UnitOfWork) -> None:
            exchange.known_as(uow, self.dossier.key, code)
            uow.jobs.finish(self.covered, self.clock())

        return effect


@dataclass(frozen=True)
class Sender:
    """Sends over one connection. unit: name of the office, as the handling unit on the wire."""

    units: Units
    vault: Vault
    connection: Connection
    client: ProvinceClient
    unit: str
    clock: Clock
    uploaders: Uploaders

    def dossier(self, job: Job) -> Effect:
        """The dossier as it is now: inserted if the province does not have it, else replaced whole."""
        picture = self.picture(job)
        canonical = picture.canonical
        self.let_settle(canonical.key)
        is_there = bool(picture.dossier.external_codes) or self._is_there(job, canonical)
        return picture.arrived(self._replace(job, canonical) if is_there else self._insert(job, canonical))

    def picture(self, job: Job) -> Picture:
        """Of a dossier as it is now, complete and with its code. Raises: what an officer must mend first."""
        key = str(job.payload["dossier"])
        with self.units() as uow:
            # Before the dossier is read: a picture asked for after that is not this one.
            later = along(job, uow.jobs.of_lanes(Wing.SYNC, [key]), DOSSIER, (DOSSIER, PROGRESS))
        snapshot = exchange.snapshot(self.units, key)
        dossier = snapshot.dossier
        _guard(dossier)
        snapshot = self._with_files(snapshot, job.attempts)
        result = self._result_file(dossier, job.attempts)
        canonical = canonical_dossier(snapshot, self.connection.agency_code, self.unit, result)
        self._check(canonical)
        if self._form.allots and not dossier.code:
            dossier.code = self._allot(job, dossier)
            canonical = canonical_dossier(snapshot, self.connection.agency_code, self.unit, result)
        if not (self._form.allots and dossier.external_codes):  # what was created once takes no more files
            canonical = self._with_gone(canonical)
        return Picture(dossier, canonical, tuple(other.id for other in later), self.clock)

    def progress(self, job: Job) -> Effect | None:
        """The steps that are due, up to this one; see `sync.steps`."""
        with self.units() as uow:
            _guard(uow.dossiers.get(str(job.payload["dossier"])))
        return steps_due(self, job).send()

    def file(self, job: Job) -> Effect | None:
        """A document's bytes, once per content; a document replaced meanwhile is not sent."""
        key, document_id = str(job.payload["dossier"]), str(job.payload["document"])
        with self.units() as uow:
            dossier = uow.dossiers.get(key)
        _guard(dossier)
        wait_s = self.uploaders.wait_s(self.connection, self.clock(), urgent=is_urgent(dossier, self.clock()))
        if wait_s > 0:
            raise PostponedError(wait_s)
        found = exchange.document_file(self.units, self.vault, key, document_id)
        if found is None or found[0].remote:
            return None
        document, stored, content = found
        url = self._upload(document.id, stored, content, job.attempts)

        def effect(uow: UnitOfWork) -> None:
            exchange.uploaded(uow, key, document_id, url)
            is_up(uow, key, document_id, self.clock())

        return effect

    def _is_there(self, job: Job, canonical: CanonicalDossier) -> bool:
        """Asks only when an earlier try may have arrived. Raises: SettlingError while a "no" is not to be believed."""
        with self.units() as uow:
            doubt = last_doubt(uow.exchange.replies(canonical.key))
        if doubt is None and job.attempts <= 1:
            return False
        if self.find(canonical.codes) is not None:
            return True
        self._wait_since(doubt)
        return False

    def let_settle(self, key: str) -> None:
        """Before anything more is sent of a dossier: a picture or a step of which nobody knows what became may still
        arrive, and undo what was sent after it. Raises: SettlingError."""
        with self.units() as uow:
            self._wait_since(unsettled(uow.exchange.replies(key)))

    def _wait_since(self, doubt: datetime | None) -> None:
        """A slow server may still be storing what we gave up waiting for. Raises: SettlingError."""
        settle = timedelta(seconds=self.connection.timeouts.settle_s)
        if doubt is not None and doubt <= self.clock() < doubt + settle:
            raise SettlingError((doubt + settle - self.clock()).total_seconds())

    @property
    def _form(self) -> Form:
        return self.connection.form

    def _check(self, canonical: CanonicalDossier) -> None:
        """Raises: IncompleteMessageError naming everything that an officer must mend first."""
        message = self._form.insertion(canonical, self.connection.profile)
        require_complete(message, self.connection.profile, self._form.table)

    def _with_files(self, snapshot: Snapshot, attempts: int) -> Snapshot:
        """What must be at the province before the picture that names it."""
        files = FilesFirst(self.units, self.vault, self._upload, self.clock)
        if self._form.allots and not snapshot.dossier.external_codes:
            snapshot = files.all_up(snapshot, attempts)
        return files.held_up(snapshot, attempts)

    def _with_gone(self, canonical: CanonicalDossier) -> CanonicalDossier:
        """With the files that were taken away since. Noted before it leaves: what may have been told must one day be
        told as gone."""
        name = self.connection.name
        with self.units() as uow:
            told = uow.exchange.told_files(name, canonical.key)
            if fresh := [file for file in told_of(canonical) if file not in told]:
                uow.exchange.note_told(name, canonical.key, fresh)
                uow.commit()
        return with_gone(canonical, told)

    def _allot(self, job: Job, dossier: Dossier) -> str:
        """The official code, asked for and kept before the dossier is sent: a number that is lost on the way leaves a
        gap in the province's numbers, but no dossier is ever sent under two."""
        code = self.client.allot(dossier.procedure_code)
        self.note(job, "allot", Outcome.DONE.value, code)
        actor = Actor("", self.connection.name)
        return keep_allotted(self.units, dossier.key, code, actor=actor, now=self.clock())

    def _insert(self, job: Job, canonical: CanonicalDossier) -> str:
        """Returns the code under which it is known."""
        message = self._form.insertion(canonical, self.connection.profile)
        verdict = self.tell(job, INSERT, lambda: self.client.insert([message]))
        if verdict.outcome is Outcome.EXISTS:
            return self._replace(job, canonical, insert_if_absent=False)
        self.settle(verdict)
        if self._form.leaves_unsaid(canonical):
            return self._replace(job, canonical, insert_if_absent=False)
        return canonical.code

    def _replace(self, job: Job, canonical: CanonicalDossier, *, insert_if_absent: bool = True) -> str:
        """A full replace is harmless when repeated, so it needs no asking. Tries every code that may be known."""
        messages = self._form.replacements(canonical, self.connection.profile)
        for code in canonical.codes:
            renamed = [{**message, "MaHoSo": code} for message in messages]
            verdict = self.tell(job, UPDATE, lambda sent=renamed: self.client.update(sent))  # type: ignore[misc]
            if verdict.outcome is Outcome.ABSENT:
                continue
            self.settle(verdict)
            return code
        if insert_if_absent:
            return self._insert(job, canonical)
        raise RefusedByProvinceError(reason=verdict.reason)

    def find(self, codes: tuple[str, ...] | list[str]) -> Found | None:
        return next((found for code in codes if (found := self.client.lookup(code)) is not None), None)

    def _result_file(self, dossier: Dossier, attempts: int) -> FileRef | None:
        """The result goes up before the dossier that refers to it."""
        if dossier.result is None or not dossier.result.file_id:
            return None
        with self.units() as uow:
            stored = uow.papers.file(dossier.result.file_id)
        url = self._upload(stored.id, stored, self.vault.get(stored), attempts)
        return FileRef(stored.id, file_name(dossier.result.name or "Kết quả"), stored.sha256, stored.size, url)

    def _upload(self, file_id: str, stored: StoredFile, content: bytes, attempts: int) -> str:
        """Address at the province. Asks by content first: what is there is not sent again."""
        receipt: FileReceipt | None = self.client.find_file(stored.sha256)
        if receipt is None or receipt.sha256 != stored.sha256:
            upload = Upload(file_id, stored.sha256, stored.media_type, content)
            receipt = self.uploaders.send(self.connection, self.client, upload)
        if receipt.sha256 != stored.sha256:
            raise (WrongHashError if attempts < HASH_ATTEMPTS else CorruptedUploadError)(reason=file_id)
        return receipt.url

    def tell(self, job: Job, operation: str, send: Callable[[], Verdict]) -> Verdict:
        """Send, and keep the raw answer, whatever it is."""
        # Noted before it leaves: should this process be killed now, the next one knows that it may have arrived.
        self.note(job, operation, SENDING)
        try:
            verdict = send()
        except LineDownError:
            self.note(job, operation, NOT_SENT)
            raise
        self.note(job, operation, verdict.outcome.value, verdict.body[:REPLY_KEPT])
        return verdict

    def note(self, job: Job, operation: str, outcome: str, body: str = "") -> None:
        exchange.keep_reply(self.units, job, operation, outcome, body, self.clock())

    def settle(self, verdict: Verdict, *also: Outcome) -> None:
        """Raises: the failure that the verdict stands for, unless it is done or one of `also`."""
        if verdict.outcome not in (Outcome.DONE, *also):
            raise problem_of(verdict, self.connection.name)


def last_doubt(replies: Sequence[Reply]) -> datetime | None:
    """When the last insert was sent, if nobody knows what became of it. replies: of one dossier, oldest first."""
    last = next((r for r in reversed(replies) if r.operation == INSERT), None)
    return last.at if last is not None and last.outcome in (SENDING, Outcome.UNKNOWN) else None


def unsettled(replies: Sequence[Reply]) -> datetime | None:
    """When the last picture or step was sent, if nobody knows what became of it. An insert is asked for instead."""
    last = next((r for r in reversed(replies) if r.operation in (INSERT, UPDATE, PROGRESS)), None)
    in_doubt = last is not None and last.operation != INSERT and last.outcome in (SENDING, Outcome.UNKNOWN)
    return last.at if last is not None and in_doubt else None


def _guard(dossier: Dossier) -> None:
    if dossier.state_secret:
        raise StateSecretError
