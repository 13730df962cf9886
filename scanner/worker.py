"""Drains the digitise jobs: pages are read, components become searchable PDFs. A bad page harms only its own job."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from kiosk.clock import Clock
from kiosk.domain.event import Actor
from kiosk.domain.job import Job, Wing
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
from scanner.apart import LostReaderError, Reader, ReaderApart
from scanner.classify import propose_type
from scanner.errors import DamagedInputError, HeavyFileError, MissingEngineError, MissingLanguageError, OcrError
from scanner.extract import propose_fields
from scanner.pipeline import MEDIA_TYPE, ReadPage, assemble, document_confidence, document_text
from scanner.reader import Way

# Longer than the slowest page, or a second worker would read it beside the first.
LEASE = timedelta(minutes=3)
OCR_ATTEMPTS = 3
LOST_ATTEMPTS = 2  # a reading process may have been in somebody else's way once; twice, it is the page


@dataclass(frozen=True)
class DigitiseWorker:
    """units, vault: of the office; owner: this process or thread; reader: one for each worker."""

    units: Units
    vault: Vault
    actor: Actor
    clock: Clock
    owner: str
    reader: Reader = field(default_factory=ReaderApart)

    def drain(self, limit: int | None = None) -> int:
        """Do what is due; returns how many jobs were completed. A page that cannot be read is rejected with its code,
        a missing engine waits until it is there."""
        done = drain(self.units, Wing.DIGITISE, self.owner, self._do, self.clock, limit=limit, lease_for=LEASE)
        self.reader.rest()
        return done

    def _do(self, job: Job) -> Effect | None:
        if job.payload["step"] == "page":
            return self._read(job)
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
        return keep_reading(self.vault, work, Reading(read.image, MEDIA_TYPE, read.words_json(), read.meta()))

    def _read_page(self, work: PageWork, way: Way) -> ReadPage:
        return self.reader.read(work.content, work.page.source, work.page.dpi, way)

    def _document(self, job: Job) -> Effect | None:
        work = document_work(self.units, self.vault, job)
        if work is None:
            return None
        pages = [_again(p.image, p.words, p.page.source) for p in work.pages]
        text = document_text(pages)
        kind = propose_type(text)
        now = self.clock()
        return attach(
            self.vault,
            work,
            # The day of the scan, not of this run: making the document again gives the same bytes.
            assemble(pages, title=_title(work), at=max(p.page.at for p in work.pages)),
            text=text,
            confidence=round(document_confidence(pages), 3),
            type_code=kind.code if kind else "",
            fields={f.name: f.value for f in propose_fields([p.words for p in pages])},
            actor=self.actor,
            now=now,
        )


def _again(image: bytes, words: bytes, source: str) -> ReadPage:
    try:
        return ReadPage.of(image, words)
    except (ValueError, KeyError, IndexError, TypeError) as e:
        raise DamagedInputError(file=source) from e


def _title(work: DocumentWork) -> str:
    name = work.component.name if work.component is not None else "Giấy tờ khác"
    return f"{name} - hồ sơ {work.dossier.key}"
