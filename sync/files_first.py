"""Files before the dossier that names them: where a dossier is created once, and for papers of earlier dossiers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from kiosk.clock import Clock
from kiosk.domain.scan import Document, StoredFile
from kiosk.services import exchange
from kiosk.services.exchange import Snapshot
from kiosk.services.jobs import PostponedError
from kiosk.services.ports import Units, Vault

# How long a creation waits for pages that are still being read: a damaged one must not keep a dossier for ever.
PATIENCE = timedelta(minutes=15)
LOOK_AGAIN_S = 10.0

Upload = Callable[[str, StoredFile, bytes, int], str]


@dataclass(frozen=True)
class FilesFirst:
    """upload: sends one file and answers with its place (address or id) at the province."""

    units: Units
    vault: Vault
    upload: Upload
    clock: Clock

    def all_up(self, snapshot: Snapshot, attempts: int) -> Snapshot:
        """Every document of the dossier is at the province. Raises: PostponedError while pages are being read; as
        uploads do."""
        self._wait_for_pages(snapshot)
        documents = tuple(self._up(document, snapshot, attempts) for document in snapshot.documents)
        return replace(snapshot, documents=documents)

    def held_up(self, snapshot: Snapshot, attempts: int) -> Snapshot:
        """The documents of earlier dossiers that are used again are there. Raises: as uploads do."""
        if all(document.remote for document in snapshot.held.values()):
            return snapshot
        held = {code: self._up(document, snapshot, attempts) for code, document in snapshot.held.items()}
        return replace(snapshot, held=held)

    def _up(self, document: Document, snapshot: Snapshot, attempts: int) -> Document:
        """Its place is kept at once: should the next one fail, this one is not sent again."""
        if document.remote:
            return document
        stored = snapshot.files[document.id]
        place = self.upload(document.id, stored, self.vault.get(stored), attempts)
        with self.units() as uow:
            exchange.uploaded(uow, document.owner, document.id, place)
            uow.commit()
        return replace(document, remote=place)

    def _wait_for_pages(self, snapshot: Snapshot) -> None:
        with self.units() as uow:
            pages = uow.papers.pages(snapshot.dossier.key)
        read = {page_id for document in snapshot.documents for page_id in document.page_ids}
        open_pages = [p for p in pages if p.id not in read and not (p.blank or p.discarded)]
        if any(self.clock() - page.at < PATIENCE for page in open_pages):
            raise PostponedError(LOOK_AGAIN_S)
