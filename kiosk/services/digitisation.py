"""Papers into the store: a page is safe before the next is asked for; reading and documents follow in a worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, Wing
from kiosk.domain.procedure import Component, Procedure
from kiosk.domain.scan import Document, ScannedPage
from kiosk.services.jobs import Effect, PostponedError
from kiosk.services.ports import UnitOfWork, Units, Vault
from kiosk.services.reception import queue_snapshot

PAGE_NOT_READ_YET_S = 1.0


@dataclass(frozen=True)
class PageWork:
    """A page to read: the row and the bytes of its image."""

    page: ScannedPage
    content: bytes


@dataclass(frozen=True)
class Reading:
    """What the pipeline made of a page. image: the cleaned colour page (`media_type`); words: the recognised words in
    the pipeline's own form; meta: JSON values for screens (blank, skew_deg, rotation_deg, text, confidence, warnings,
    codes, dpi)."""

    image: bytes
    media_type: str
    words: bytes
    meta: Mapping[str, Any]


@dataclass(frozen=True)
class ReadPage:
    """A page that was read, as a document is made from it."""

    page: ScannedPage
    image: bytes
    words: bytes


@dataclass(frozen=True)
class DocumentWork:
    """A component whose pages are all read; component is None for pages that nobody assigned."""

    dossier: Dossier
    procedure: Procedure
    component_code: str
    component: Component | None
    pages: tuple[ReadPage, ...]


def keep_page(
    units: Units,
    vault: Vault,
    owner: str,
    content: bytes,
    media_type: str,
    *,
    source: str,
    actor: Actor,
    now: datetime,
    component: str = "",
    dpi: int = 0,
    page_id: str = "",
) -> ScannedPage:
    """Keep one captured side and queue its reading; durable when it returns. owner: dossier key or draft key.

    page_id: given by a caller that may repeat itself after a crash; the same id is kept once.
    Raises: DiskFullError; earlier pages are safe and nothing of this one remains.
    """
    page_id = page_id or uuid4().hex
    with units() as uow:
        if (known := _known_page(uow, owner, page_id)) is not None:
            return known
    stored = vault.put(content, media_type)
    with units() as uow:
        if (known := _known_page(uow, owner, page_id)) is not None:
            return known
        twin = uow.papers.file_by_content(owner, stored.sha256)
        uow.papers.add_file(stored, owner)
        number = max((p.number for p in uow.papers.pages(owner)), default=0) + 1
        meta = {"same_as_earlier": True} if twin is not None else {}
        page = ScannedPage(page_id, owner, number, stored.id, source, now, component, dpi, meta=meta)
        uow.papers.add_page(page)
        uow.events.append(
            Event("page.kept", owner, now, actor, {"page": page_id, "number": number, "sha256": stored.sha256})
        )
        uow.jobs.add(Job(Wing.DIGITISE, f"page:{page_id}", {"step": "page", "page": page_id}, priority=4, due_at=now))
        uow.commit()
    return page


def assign_pages(
    uow: UnitOfWork, owner: str, numbers: Sequence[int], component: str, *, actor: Actor, now: datetime
) -> None:
    """Say which component pages belong to. numbers: page numbers within the owner; unknown ones are ignored."""
    with uow:
        for page in uow.papers.pages(owner):
            if page.number in numbers and page.component != component:
                uow.papers.save_page(replace(page, component=component))
                data = {"page": page.id, "component": component}
                uow.events.append(Event("page.assigned", owner, now, actor, data))
        uow.commit()


def discard_page(uow: UnitOfWork, page_id: str, discarded: bool, *, actor: Actor, now: datetime) -> None:
    """Leave a page out of its document, or take it back; the image itself is never deleted."""
    with uow:
        page = uow.papers.page(page_id)
        uow.papers.save_page(replace(page, discarded=discarded))
        kind = "page.discarded" if discarded else "page.restored"
        uow.events.append(Event(kind, page.owner, now, actor, {"page": page_id}))
        uow.commit()


def page_work(units: Units, vault: Vault, job: Job) -> PageWork:
    """What a worker needs to read the page of a job. Raises: NotFoundError, DamagedFileError."""
    with units() as uow:
        page = uow.papers.page(str(job.payload["page"]))
        file = uow.papers.file(page.file_id)
    return PageWork(page, vault.get(file))


def keep_reading(vault: Vault, work: PageWork, reading: Reading) -> Effect:
    """Store what was read; the rows follow in the effect, together with the end of the job."""
    image = vault.put(reading.image, reading.media_type)
    words = vault.put(reading.words, "application/json")

    def effect(uow: UnitOfWork) -> None:
        page = uow.papers.page(work.page.id)  # it may have moved from the draft to its dossier meanwhile
        uow.papers.add_file(image, page.owner)
        uow.papers.add_file(words, page.owner)
        meta = {**page.meta, **reading.meta, "image_file": image.id, "words_file": words.id}
        uow.papers.save_page(replace(page, meta=meta, blank=bool(reading.meta.get("blank"))))

    return effect


def document_work(units: Units, vault: Vault, job: Job) -> DocumentWork | None:
    """The pages of one component, all read; None when no page is left to put into a document.

    Raises: PostponedError while a page is still being read.
    """
    key, code = str(job.payload["owner"]), str(job.payload["component"])
    with units() as uow:
        dossier = uow.dossiers.get(key)
        procedure = uow.procedures.get(dossier.procedure_code, dossier.procedure_version)
        pages = [p for p in uow.papers.pages(dossier.key) if p.component == code and not p.discarded]
        if any("words_file" not in p.meta for p in pages):
            raise PostponedError(PAGE_NOT_READ_YET_S)
        pages = [p for p in pages if not p.blank]
        files = [(p, uow.papers.file(p.meta["image_file"]), uow.papers.file(p.meta["words_file"])) for p in pages]
    if not files:
        return None
    read = tuple(ReadPage(page, vault.get(image), vault.get(words)) for page, image, words in files)
    component = next((c for c in procedure.components if c.code == code), None)
    return DocumentWork(dossier, procedure, code, component, read)


def attach(
    vault: Vault,
    work: DocumentWork,
    pdf: bytes,
    *,
    text: str,
    confidence: float,
    type_code: str,
    fields: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Effect:
    """Attach a component's searchable PDF to its dossier and send it after the dossier to the province."""
    stored = vault.put(pdf, "application/pdf")

    def effect(uow: UnitOfWork) -> None:
        dossier = uow.dossiers.get(work.dossier.key)
        uow.papers.add_file(stored, dossier.key)
        ids = tuple(r.page.id for r in work.pages)
        document = Document(
            uuid4().hex, dossier.key, work.component_code, stored.id, ids, text, now, confidence, type_code, fields
        )
        uow.papers.add_document(document)
        data = {"component": work.component_code, "pages": len(ids), "sha256": stored.sha256}
        event = uow.events.append(Event("document.attached", dossier.key, now, actor, data))
        if not dossier.state_secret:
            payload = {"stream": "file", "dossier": dossier.key, "document": document.id}
            key = f"{dossier.key}:file:{document.id}"
            uow.jobs.add(Job(Wing.SYNC, key, payload, lane=dossier.key, priority=6, due_at=now))
            if _all_attached(uow, dossier.key):
                queue_snapshot(uow, dossier.key, f"{event.seq}", now)

    return effect


def _all_attached(uow: UnitOfWork, key: str) -> bool:
    """True when every component with a page to show has its document; then one picture of the dossier is enough."""
    wanted = {p.component for p in uow.papers.pages(key) if not p.discarded and not p.blank}
    return wanted <= {d.component for d in uow.papers.documents(key)}


def _known_page(uow: UnitOfWork, owner: str, page_id: str) -> ScannedPage | None:
    return next((p for p in uow.papers.pages(owner) if p.id == page_id), None)
