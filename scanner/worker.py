"""Drains the digitise jobs: pages are read, components become searchable PDFs. A bad page harms only its own job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from kiosk.clock import Clock
from kiosk.domain.confirmed import GUESS, confirmed_of
from kiosk.domain.event import Actor
from kiosk.domain.job import Job, Wing
from kiosk.domain.keeping import Keeping, KeptAs
from kiosk.services.digitisation import (
    AS_IT_IS,
    DocumentWork,
    PageWork,
    Reading,
    attach,
    document_work,
    keep_reading,
    page_work,
)
from kiosk.services.jobs import Effect, drain
from kiosk.services.ports import Units, Vault
from kiosk.services.understanding import Taught, corrected, keep_lesson, learn_work
from scanner.apart import LostReaderError, Reader, ReaderApart
from scanner.errors import DamagedInputError, HeavyFileError, MissingEngineError, MissingLanguageError, OcrError
from scanner.papers.anchors import learned_anchor
from scanner.papers.facts import facts_of
from scanner.papers.guess import FEW_WORDS, PageGuess, guess_page
from scanner.papers.office import OfficeModel
from scanner.papers.photos import looks_like_photo
from scanner.papers.reading import paper_fields, sheet_of
from scanner.papers.traits import traits_of
from scanner.pipeline import MEDIA_TYPE, ReadPage, assemble, document_confidence, document_text
from scanner.reader import Way

# Longer than the slowest page, or a second worker would read it beside the first.
LEASE = timedelta(minutes=3)
OCR_ATTEMPTS = 3
BELIEVED = 0.5  # a field below it stays out of the document until an officer confirms it
LOST_ATTEMPTS = 2  # a reading process may have been in somebody else's way once; twice, it is the page


@dataclass
class DigitiseWorker:
    """units, vault: of the office; owner: this process or thread; reader: one for each worker; keeping: which papers
    the office keeps whole."""

    units: Units
    vault: Vault
    actor: Actor
    clock: Clock
    owner: str
    reader: Reader = field(default_factory=ReaderApart)
    keeping: Keeping = field(default_factory=Keeping)
    known: OfficeModel = field(init=False)

    def __post_init__(self) -> None:
        self.known = OfficeModel(units=self.units)

    def drain(self, limit: int | None = None) -> int:
        """Do what is due; returns how many jobs were completed. A page that cannot be read is rejected with its code,
        a missing engine waits until it is there."""
        done = drain(self.units, Wing.DIGITISE, self.owner, self._do, self.clock, limit=limit, lease_for=LEASE)
        self.reader.rest()
        return done

    def _do(self, job: Job) -> Effect | None:
        if job.payload["step"] == "page":
            return self._read(job)
        if job.payload["step"] == "learn":
            return self._learn(job)
        return self._document(job)

    def _read(self, job: Job) -> Effect:
        work = page_work(self.units, self.vault, job)
        way = Way.AS_IT_IS if work.page.meta.get(AS_IT_IS) else Way.WHOLE
        try:
            read = self._read_page(work, way)
        except (MissingEngineError, MissingLanguageError):
            raise
        except LostReaderError as e:
            if job.attempts < LOST_ATTEMPTS:
                raise
            raise HeavyFileError(file=work.page.source) from e
        except OcrError:
            if job.attempts < OCR_ATTEMPTS:
                raise
            read = self._read_page(work, Way.UNREAD)  # it still becomes a document; the page's warning says so
        meta = read.meta() | {GUESS: self._guess(read)}
        return keep_reading(self.vault, work, Reading(read.image, MEDIA_TYPE, read.words_json(), meta))

    def _guess(self, read: ReadPage) -> dict[str, Any]:
        known = self.known.refresh()
        photo = len(read.words) < FEW_WORDS and not read.blank and looks_like_photo(read.image)
        codes = [c.text for c in read.codes if c.kind in ("qr", "mrz")]
        return guess_page(known.model, sheet_of(read), known.anchors, photo=photo, codes=codes).data()

    def _read_page(self, work: PageWork, way: Way) -> ReadPage:
        return self.reader.read(work.content, work.page.source, work.page.dpi, way)

    def _document(self, job: Job) -> Effect | None:
        work = document_work(self.units, self.vault, job)
        if work is None:
            return None
        pages = [_again(p.image, p.words, p.page.source) for p in work.pages]
        confirmed = confirmed_of([p.page for p in work.pages])
        known, sheets = self.known.refresh(), [sheet_of(p) for p in pages]
        kind = None if confirmed else known.model.propose(traits_of(sheets))
        code = confirmed.type if confirmed else (kind.code if kind else "")
        proposed = paper_fields(sheets, code, known.anchors.get(code, ()))
        fields = {f.name: f.value for f in proposed if f.confidence >= BELIEVED}
        said = dict(confirmed.fields) if confirmed else {}
        now = self.clock()
        reasons = [self._why_whole(work, code, p.page.meta) for p in work.pages]
        kept: list[KeptAs] = []
        pdf = assemble(
            pages,
            title=_title(work),
            # The day of the scan, not of this run: making the document again gives the same bytes.
            at=max(p.page.at for p in work.pages),
            # Only what an officer confirmed is said of the paper inside the file.
            facts=facts_of(said),
            whole=[n for n, why in enumerate(reasons) if why],
            kept=kept,
        )
        return attach(
            self.vault,
            work,
            pdf,
            kept=list(zip(kept, reasons, strict=True)),
            text=document_text(pages),
            confidence=round(document_confidence(pages), 3),
            type_code=code,
            fields=fields | said,
            actor=self.actor,
            now=now,
        )

    def _why_whole(self, work: DocumentWork, code: str, meta: Mapping[str, Any]) -> str:
        """By the rule of the office: for the kind of the paper or of the page, the component, the procedure."""
        said = PageGuess.of(meta[GUESS]).kind if GUESS in meta else None
        kinds = [code, *([said.code] if said else [])]
        return self.keeping.why(kinds, work.component.name if work.component else "", work.procedure.code)

    def _learn(self, job: Job) -> Effect | None:
        """From a confirmed paper: its words as hashes, and where corrected fields stood."""
        work = learn_work(self.units, self.vault, job)
        if work is None:
            return None
        sheets = [sheet_of(_again(b"", words, page.source)) for page, words in work.pages]
        proposed = [f for page, _ in work.pages for f in page.meta.get(GUESS, {}).get("fields", ())]
        anchors = (learned_anchor(sheets, name, value) for name, value in corrected(work, proposed).items())
        taught = Taught(
            work.pages[0][0].id,
            work.confirmed.type,
            # Of the first page: pages are asked about one by one.
            tuple(int(b) for b in traits_of(sheets[:1])),
            tuple(a.data() for a in anchors if a is not None),
        )
        return keep_lesson(work, taught, self.clock())


def _again(image: bytes, words: bytes, source: str) -> ReadPage:
    try:
        return ReadPage.of(image, words)
    except (ValueError, KeyError, IndexError, TypeError) as e:
        raise DamagedInputError(file=source) from e


def _title(work: DocumentWork) -> str:
    name = work.component.name if work.component is not None else "Giấy tờ khác"
    return f"{name} - hồ sơ {work.dossier.key}"
