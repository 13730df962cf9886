"""Sending one thing of one dossier to one province, so that doing it twice does it once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.clock import Clock
from kiosk.domain.dossier import Dossier, StateSecretError
from kiosk.domain.event import Actor
from kiosk.domain.job import Job
from kiosk.domain.scan import StoredFile
from kiosk.services import exchange
from kiosk.services.allotment import keep_allotted
from kiosk.services.jobs import Effect
from kiosk.services.ports import UnitOfWork, Units, Vault
from sync.connection import Connection
from sync.errors import CorruptedUploadError, LineDownError, RefusedByProvinceError, ReplyLostError, WrongHashError
from sync.messages.build import canonical_dossier, codes_of, file_name, progress_entry
from sync.messages.canonical import CanonicalDossier, FileRef, ProgressEntry
from sync.messages.forms import Form
from sync.messages.preflight import require_complete
from sync.messages.wire import wire_time
from sync.outcome import Outcome, Verdict
from sync.province import FileReceipt, Found, ProvinceClient
from sync.talk import problem_of

INSERT = "insert"
# Notes on an insert beside the outcomes of its answer.
SENDING, NOT_SENT = "sending", "not_sent"
REPLY_KEPT = 20_000
HASH_ATTEMPTS = 3


@dataclass(frozen=True)
class Sender:
    """Sends over one connection. unit: name of the office, as the handling unit on the wire."""

    units: Units
    vault: Vault
    connection: Connection
    client: ProvinceClient
    unit: str
    clock: Clock

    def dossier(self, job: Job) -> Effect:
        """The dossier as it is now: inserted if the province does not have it, else replaced whole."""
        snapshot = exchange.snapshot(self.units, str(job.payload["dossier"]))
        dossier = snapshot.dossier
        _guard(dossier)
        result = self._result_file(dossier, job.attempts)
        canonical = canonical_dossier(snapshot, self.connection.agency_code, self.unit, result)
        self._check(canonical)
        if self._form.allots and not dossier.code:
            dossier.code = self._allot(job, dossier)
            canonical = canonical_dossier(snapshot, self.connection.agency_code, self.unit, result)
        is_there = bool(dossier.external_codes) or self._is_there(job, canonical)
        code = self._replace(job, canonical) if is_there else self._insert(job, canonical)
        return _then_known_as(dossier.key, code)

    def progress(self, job: Job) -> Effect | None:
        """One step. A province that tells which steps it has is asked first when in doubt."""
        snapshot = exchange.snapshot(self.units, str(job.payload["dossier"]))
        _guard(snapshot.dossier)
        event = next((e for e in snapshot.events if e.seq == int(job.payload["event"])), None)
        entry = progress_entry(snapshot.dossier, event, self.connection.agency_code, self.unit) if event else None
        if entry is None:
            return None
        message = self._form.progress(entry)
        if job.attempts > 1 and self._has_step(snapshot.dossier, entry):
            return None
        effect = None
        verdict = self._tell(job, "progress", lambda: self.client.progress([message]))
        if verdict.outcome is Outcome.ABSENT:
            # The province lost the dossier (restored from an old copy, say): give it again, then the step.
            effect = self.dossier(job)
            verdict = self._tell(job, "progress", lambda: self.client.progress([message]))
        self._settle(verdict, Outcome.EXISTS)
        return effect

    def file(self, job: Job) -> Effect | None:
        """A document's bytes, once per content; a document replaced meanwhile is not sent."""
        key, document_id = str(job.payload["dossier"]), str(job.payload["document"])
        with self.units() as uow:
            _guard(uow.dossiers.get(key))
        found = exchange.document_file(self.units, self.vault, key, document_id)
        if found is None or found[0].remote:
            return None
        document, stored, content = found
        url = self._upload(document.id, stored, content, job.attempts)
        return lambda uow: exchange.uploaded(uow, key, document_id, url)

    def _is_there(self, job: Job, canonical: CanonicalDossier) -> bool:
        """Asks only when an earlier try may have arrived. Raises: ReplyLostError while a "no" is not to be believed."""
        doubt = self._last_doubt(canonical.key)
        if doubt is None and job.attempts <= 1:
            return False
        if self._find(canonical.codes) is not None:
            return True
        if doubt is not None:
            settle = timedelta(seconds=self.connection.timeouts.settle_s)
            if doubt <= self.clock() < doubt + settle:
                # A slow server may still be storing what we gave up waiting for.
                raise ReplyLostError(connection=self.connection.name)
        return False

    @property
    def _form(self) -> Form:
        return self.connection.form

    def _check(self, canonical: CanonicalDossier) -> None:
        """Raises: IncompleteMessageError naming everything that an officer must mend first."""
        require_complete(self._form.insertion(canonical, self.connection.profile), self.connection.profile)

    def _allot(self, job: Job, dossier: Dossier) -> str:
        """The official code, asked for and kept before the dossier is sent: a number that is lost on the way leaves a
        gap in the province's numbers, but no dossier is ever sent under two."""
        code = self.client.allot(dossier.procedure_code)
        self._note(job, "allot", Outcome.DONE.value, code)
        actor = Actor("", self.connection.name)
        return keep_allotted(self.units, dossier.key, code, actor=actor, now=self.clock())

    def _insert(self, job: Job, canonical: CanonicalDossier) -> str:
        """Returns the code under which it is known."""
        message = self._form.insertion(canonical, self.connection.profile)
        # Noted before it leaves: should this process be killed now, the next one knows that it may have arrived.
        self._note(job, INSERT, SENDING)
        try:
            verdict = self._tell(job, INSERT, lambda: self.client.insert([message]))
        except LineDownError:
            self._note(job, INSERT, NOT_SENT)
            raise
        if verdict.outcome is Outcome.EXISTS:
            return self._replace(job, canonical, insert_if_absent=False)
        self._settle(verdict)
        return canonical.code

    def _replace(self, job: Job, canonical: CanonicalDossier, *, insert_if_absent: bool = True) -> str:
        """A full replace is harmless when repeated, so it needs no asking. Tries every code that may be known."""
        messages = self._form.replacements(canonical, self.connection.profile)
        for code in canonical.codes:
            renamed = [{**message, "MaHoSo": code} for message in messages]
            verdict = self._tell(job, "update", lambda sent=renamed: self.client.update(sent))  # type: ignore[misc]
            if verdict.outcome is Outcome.ABSENT:
                continue
            self._settle(verdict)
            return code
        if insert_if_absent:
            return self._insert(job, canonical)
        raise RefusedByProvinceError(reason=verdict.reason)

    def _has_step(self, dossier: Dossier, entry: ProgressEntry) -> bool:
        found = self._find(codes_of(dossier, self.connection.agency_code))
        step = (wire_time(entry.at), entry.status.value)
        return found is not None and found.steps is not None and step in found.steps

    def _find(self, codes: tuple[str, ...] | list[str]) -> Found | None:
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
            receipt = self.client.upload_file(file_id, content, stored.sha256, stored.media_type)
        if receipt.sha256 != stored.sha256:
            raise (WrongHashError if attempts < HASH_ATTEMPTS else CorruptedUploadError)(reason=file_id)
        return receipt.url

    def _tell(self, job: Job, operation: str, send: Callable[[], Verdict]) -> Verdict:
        """Send, and keep the raw answer, whatever it is."""
        verdict = send()
        self._note(job, operation, verdict.outcome.value, verdict.body[:REPLY_KEPT])
        return verdict

    def _note(self, job: Job, operation: str, outcome: str, body: str = "") -> None:
        exchange.keep_reply(self.units, job, operation, outcome, body, self.clock())

    def _settle(self, verdict: Verdict, *also: Outcome) -> None:
        """Raises: the failure that the verdict stands for, unless it is done or one of `also`."""
        if verdict.outcome not in (Outcome.DONE, *also):
            raise problem_of(verdict, self.connection.name)

    def _last_doubt(self, key: str) -> datetime | None:
        """When the last insert was sent, if nobody knows what became of it."""
        with self.units() as uow:
            last = next((r for r in reversed(uow.exchange.replies(key)) if r.operation == INSERT), None)
        return last.at if last is not None and last.outcome in (SENDING, Outcome.UNKNOWN) else None


def _guard(dossier: Dossier) -> None:
    if dossier.state_secret:
        raise StateSecretError


def _then_known_as(key: str, code: str) -> Effect:
    def effect(uow: UnitOfWork) -> None:
        exchange.known_as(uow, key, code)

    return effect
