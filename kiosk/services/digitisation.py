"""Papers into the store: a page is safe before the next is asked for; reading and documents follow in a worker."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from kiosk.domain.confirmed import shows
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.keeping import KEY as KEPT
from kiosk.domain.keeping import KeptAs
from kiosk.domain.life import DossierState
from kiosk.domain.procedure import Component, Procedure
from kiosk.domain.scan import Document, Finding, ScannedPage
from kiosk.domain.separator import USED, Separator
from kiosk.errors import NotFoundError, RuleError
from kiosk.services.file_jobs import queue_file
from kiosk.services.jobs import Effect, PostponedError
from kiosk.services.ports import UnitOfWork, Units, Vault
from kiosk.services.reception import queue_documents
from kiosk.services.state_secret import refuse_secret

PAGE_NOT_READ_YET_S = 1.0
# Of the jobs: a citizen waits for pages of a desk; papers of the archive fill the time between.
AT_THE_DESK, FROM_THE_ARCHIVE = 4, 8
AS_IT_IS = "as_it_is"  # mark of a page that an officer keeps as a picture


class UnreadablePageError(RuleError):
    """A page's picture cannot be read, so its document would miss it: to be scanned again. details: pages."""

    code = "page.unreadable"


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
    findings: Sequence[Finding] = (),
    in_place_of: str = "",
    priority: int = AT_THE_DESK,
    left_out: bool = False,
    separator: Separator | None = None,
) -> ScannedPage:
    """Keep one captured side and queue its reading; durable when it returns. owner: dossier key or draft key.

    A draft that became a dossier meanwhile gives its page to it. page_id: given by a caller that may repeat itself
    after a crash; the same id is kept once. findings: what the quality gate saw. in_place_of: id of a page of the same
    owner that this one replaces, number and paper; the former goes to the end and is left out, never deleted.
    priority: smaller is read first. left_out: kept, but in no document until somebody takes it back. separator: the
    sheet that this side is; it is then used.

    Raises: StateSecretError for a secret dossier or paper; DiskFullError: earlier pages are safe and nothing of this
    one remains.
    """
    page_id = page_id or uuid4().hex
    with units() as uow:
        if (known := _known_page(uow, page_id)) is not None:
            return known
        refuse_secret(uow, owner, component)  # before a byte of it is on a disk
    stored = vault.put(content, media_type)
    with units() as uow:
        uow.lock()
        if (known := _known_page(uow, page_id)) is not None:
            return known
        refuse_secret(uow, owner, component)
        dossier = home_of(uow, owner)
        owner = dossier.key if dossier is not None else owner
        twin = uow.papers.file_by_content(owner, stored.sha256)
        uow.papers.add_file(stored, owner)
        number = max((p.number for p in uow.papers.pages(owner)), default=0) + 1
        meta = _seen(findings, separator, is_twin=twin is not None)
        data: dict[str, Any] = {}
        if (former := _of_owner(uow, owner, in_place_of)) is not None:
            uow.papers.save_page(replace(former, number=number, discarded=True))
            number, component, data = former.number, former.component, {"in_place_of": former.id}
        if separator is not None:
            used = {"number": separator.number, "page": page_id, "owner": owner}
            uow.events.append(Event(USED, separator.nonce, now, actor, used))
        page = ScannedPage(
            page_id, owner, number, stored.id, source, now, component, dpi, discarded=left_out, meta=meta
        )
        uow.papers.add_page(page)
        data |= {"page": page_id, "number": number, "sha256": stored.sha256}
        event = uow.events.append(Event("page.kept", owner, now, actor, data))
        payload = {"step": "page", "page": page_id}
        uow.jobs.add(Job(Wing.DIGITISE, f"page:{page_id}", payload, priority=priority, due_at=now))
        make_again(uow, dossier, [component], event, now)
        uow.commit()
    return page


def assign_pages(
    uow: UnitOfWork, owner: str, numbers: Sequence[int], component: str, *, actor: Actor, now: datetime
) -> None:
    """Say which component pages belong to. numbers: page numbers within the owner; unknown ones are ignored.

    Raises: StateSecretError for a paper that is never scanned.
    """
    with uow:
        uow.lock()
        refuse_secret(uow, owner, component)
        dossier = home_of(uow, owner)
        owner = dossier.key if dossier else owner
        for page in uow.papers.pages(owner):
            if page.number in numbers and page.component != component:
                uow.papers.save_page(replace(page, component=component))
                data = {"page": page.id, "component": component}
                event = uow.events.append(Event("page.assigned", owner, now, actor, data))
                make_again(uow, dossier, [page.component, component], event, now)
        uow.commit()


def discard_page(uow: UnitOfWork, page_id: str, discarded: bool, *, actor: Actor, now: datetime) -> None:
    """Leave a page out of its document, or take it back; the image itself is never deleted.

    What a person takes back is no blank side, whatever a reading says, then or later.
    """
    with uow:
        uow.lock()
        page = uow.papers.page(page_id)
        meta = page.meta if discarded else {**page.meta, "taken_back": True}
        uow.papers.save_page(replace(page, discarded=discarded, blank=page.blank and discarded, meta=meta))
        kind = "page.discarded" if discarded else "page.restored"
        event = uow.events.append(Event(kind, page.owner, now, actor, {"page": page_id}))
        make_again(uow, home_of(uow, page.owner), [page.component], event, now)
        uow.commit()


def accept_page(uow: UnitOfWork, page_id: str, *, actor: Actor, now: datetime) -> None:
    """The officer takes a page as it is, whatever the quality gate said; who did so, and about what, stays."""
    with uow:
        uow.lock()
        page = uow.papers.page(page_id)
        told = [f.code for f in open_findings(page)]
        if told:
            uow.papers.save_page(replace(page, meta={**page.meta, "accepted": True}))
            uow.events.append(Event("page.accepted", page.owner, now, actor, {"page": page_id, "findings": told}))
            uow.commit()


def open_findings(page: ScannedPage) -> tuple[Finding, ...]:
    """What the quality gate saw and nobody has accepted yet; nothing for a page that is left out."""
    if page.discarded or page.meta.get("accepted"):
        return ()
    return tuple(Finding.of(data) for data in page.meta.get("findings", ()))


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
        blank = bool(reading.meta.get("blank")) and not page.meta.get("taken_back")
        uow.papers.save_page(replace(page, meta=meta, blank=blank))

    return effect


def document_work(units: Units, vault: Vault, job: Job) -> DocumentWork | None:
    """The pages of one component, all read; None when no page is left, or when its document shows just these already.

    Raises: PostponedError while a page is still being read, UnreadablePageError when one never will be.
    """
    key, code = str(job.payload["owner"]), str(job.payload["component"])
    with units() as uow:
        dossier = uow.dossiers.get(key)
        procedure = uow.procedures.get(dossier.procedure_code, dossier.procedure_version)
        pages = [p for p in uow.papers.pages(dossier.key) if p.component == code and not p.discarded]
        if unread := [p for p in pages if not is_read(p)]:
            _refuse_unreadable(uow, unread)
            raise PostponedError(PAGE_NOT_READ_YET_S)
        pages = [p for p in pages if not p.blank]
        made = next((d for d in uow.papers.documents(dossier.key) if d.component == code), None)
        if made is not None and made.page_ids == tuple(p.id for p in pages) and shows(made, pages):
            return None
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
    kept: Sequence[tuple[KeptAs, str]] = (),
) -> Effect:
    """Attach a component's searchable PDF to its dossier and send it after the dossier to the province.

    kept: of each page how it stands in the PDF, and what of the office's rule asked for it ("" for nothing); officers
    see it with the page.
    """
    stored = vault.put(pdf, "application/pdf")

    def effect(uow: UnitOfWork) -> None:
        dossier = uow.dossiers.get(work.dossier.key)
        uow.papers.add_file(stored, dossier.key)
        ids = tuple(r.page.id for r in work.pages)
        document = Document(
            uuid4().hex, dossier.key, work.component_code, stored.id, ids, text, now, confidence, type_code, fields
        )
        uow.papers.add_document(document)
        _note_ways(uow, ids, kept)
        data = {"component": work.component_code, "pages": len(ids), "sha256": stored.sha256}
        uow.events.append(Event("document.attached", dossier.key, now, actor, data))
        queue_file(uow, dossier, document.id, stored, now)

    return effect


def _note_ways(uow: UnitOfWork, ids: Sequence[str], kept: Sequence[tuple[KeptAs, str]]) -> None:
    for page_id, (way, why) in zip(ids, kept, strict=False):
        page = uow.papers.page(page_id)
        uow.papers.save_page(replace(page, meta={**page.meta, KEPT: {"way": way.value, "why": why}}))


def all_attached(uow: UnitOfWork, key: str) -> bool:
    """True when every component with a page to show has its document; then one picture of the dossier is enough. What
    is still unread brings another one, or never comes: the others do not wait for it."""
    pages = [p for p in uow.papers.pages(key) if not p.discarded and not p.blank]
    unread = {p.component for p in pages if not is_read(p)}
    return {p.component for p in pages} - unread <= {d.component for d in uow.papers.documents(key)}


def is_read(page: ScannedPage) -> bool:
    """Whether a worker has kept its reading."""
    return "words_file" in page.meta


def _refuse_unreadable(uow: UnitOfWork, unread: Sequence[ScannedPage]) -> None:
    jobs = [(page, uow.jobs.by_key(Wing.DIGITISE, f"page:{page.id}")) for page in unread]
    if numbers := [str(page.number) for page, job in jobs if job is not None and job.state is JobState.REJECTED]:
        raise UnreadablePageError(pages=", ".join(numbers), reason=", ".join(numbers))


def _seen(findings: Sequence[Finding], separator: Separator | None, *, is_twin: bool) -> dict[str, Any]:
    """What is known of a page before it is read."""
    meta: dict[str, Any] = {"same_as_earlier": True} if is_twin else {}
    if findings:
        meta["findings"] = [f.data() for f in findings]
    if separator is not None:
        meta["separator"] = [separator.nonce, separator.number, separator.count]
    return meta


def _of_owner(uow: UnitOfWork, owner: str, page_id: str) -> ScannedPage | None:
    return next((p for p in uow.papers.pages(owner) if p.id == page_id), None)


def _known_page(uow: UnitOfWork, page_id: str) -> ScannedPage | None:
    """By its id alone: it may have gone from the draft to its dossier meanwhile."""
    try:
        return uow.papers.page(page_id)
    except NotFoundError:
        return None


def home_of(uow: UnitOfWork, owner: str) -> Dossier | None:
    """The dossier that a page of `owner` belongs to; None for a draft, whose pages go where it goes."""
    waiting = uow.dossiers.by_draft(owner)
    if waiting is not None:
        return None if waiting.state is DossierState.WAITING_SUPPLEMENT else waiting
    try:
        return uow.dossiers.get(owner)
    except NotFoundError:
        return None


def make_again(
    uow: UnitOfWork, dossier: Dossier | None, components: Collection[str], event: Event, now: datetime
) -> None:
    """The pages of a received dossier changed, so its documents do; before that, reception queues them."""
    if dossier is None or dossier.received_at is None or dossier.state is DossierState.WAITING_SUPPLEMENT:
        return
    queue_documents(uow, dossier.key, f"{event.seq}", now, components)
