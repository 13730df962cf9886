"""Files that the province has for the office: fetched over the line, compared with what was announced, then kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.clock import Clock
from kiosk.domain.incoming import SentFile
from kiosk.domain.job import Job
from kiosk.domain.scan import StoredFile
from kiosk.errors import InputError, RejectedSyncError
from kiosk.services import online_inbox, results_back
from kiosk.services.jobs import Effect
from kiosk.services.ports import Units, Vault
from sync.connection import Connection
from sync.errors import CorruptedDownloadError, WrongHashError
from sync.province import ProvinceClient

LARGEST = 100 * 1024 * 1024
HASH_ATTEMPTS = 3

# A result's bytes and name -> what it is signed with, in words. Raises: InputError for what is no PDF of ours.
Check = Callable[[bytes, str], str]


def unchecked(content: bytes, name: str) -> str:  # noqa: ARG001 - as `Check`
    """For an office that opens the files itself, as tests do."""
    return ""


@dataclass(frozen=True)
class Fetching:
    """Over one connection."""

    units: Units
    vault: Vault
    connection: Connection
    client: ProvinceClient
    clock: Clock
    check: Check

    def result(self, job: Job) -> Effect | None:
        """A result's electronic copy. A file that cannot be opened is put before an officer, never attached."""
        awaited = results_back.awaited_of(job)
        content, stored = self._bytes(awaited.outcome.file, job)
        signature = self.check(content, awaited.outcome.file.name or awaited.outcome.number)
        kept = stored or self.vault.put(content, "application/pdf")
        name, now = self.connection.name, self.clock()
        return lambda uow: results_back.arrived(uow, awaited, kept, signature, name, now)

    def online_file(self, job: Job) -> Effect | None:
        """A paper of an online dossier. One that is not to be had is marked so on the dossier: the rest goes on."""
        key, file_id = str(job.payload["online"]), str(job.payload["file"])
        with self.units() as uow:
            file = next((f for f in uow.online.get(key).awaited if f.id == file_id), None)
        if file is None:
            return None
        try:
            content, _stored = self._bytes(file, job)
        except (RejectedSyncError, InputError) as problem:
            code = problem.code
            return lambda uow: online_inbox.file_missed(uow, key, file_id, code)
        kept = self.vault.put(content, file.media_type)
        return lambda uow: online_inbox.file_came(uow, key, file_id, kept)

    def _bytes(self, file: SentFile, job: Job) -> tuple[bytes, StoredFile | None]:
        """As announced, or not at all. Raises: WrongHashError, CorruptedDownloadError; as `ProvinceClient.fetch`."""
        stored = None
        if file.file_id:
            with self.units() as uow:
                stored = uow.papers.file(file.file_id)
            content = self.vault.get(stored)
        else:
            content = self.client.fetch(file.url, LARGEST)
        is_whole = not file.size or len(content) == file.size
        if is_whole and (not file.sha256 or hashlib.sha256(content).hexdigest() == file.sha256):
            return content, stored
        last = stored is not None or job.attempts >= HASH_ATTEMPTS
        raise (CorruptedDownloadError if last else WrongHashError)(reason=file.name or file.id)
