from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pikepdf
import pypdfium2
import pytest
from fakes import FakeOffice, FakeVault
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake
from scanner_samples import DECLARATION, PreparedEngine, drawn, empty_sheet, scanned

from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.keeping import KEY as KEPT
from kiosk.domain.keeping import Keeping
from kiosk.domain.scan import Document, ScannedPage
from kiosk.services.digitisation import keep_page
from kiosk.services.reception import receive_dossier
from scanner.errors import MissingLanguageError, OcrTimeoutError
from scanner.ocr import OcrEngine
from scanner.page import Page, png_bytes
from scanner.reader import PageReader
from scanner.worker import DigitiseWorker


@dataclass
class Desk:
    """An office in memory with one worker, and a clock that the test turns."""

    office: FakeOffice = field(default_factory=FakeOffice)
    vault: FakeVault = field(default_factory=FakeVault)
    now: datetime = NOON
    keeping: Keeping = Keeping()  # noqa: RUF009 - frozen

    def __post_init__(self) -> None:
        self.office.shelf.procedures[BIRTH.code, 1] = BIRTH

    def keep(self, content: bytes, component: str = "tp-1") -> ScannedPage:
        return keep_page(
            self.office.units,
            self.vault,
            "draft-1",
            content,
            "image/png",
            source="máy quét",
            actor=OFFICER,
            now=NOON,
            component=component,
            dpi=200,
        )

    def receive(self) -> str:
        return receive_dossier(self.office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier.key

    def work(self, engine: OcrEngine | None = None) -> int:
        reader = PageReader(engine or PreparedEngine())
        known = (self.office.units, self.vault, OFFICER, lambda: self.now, "w", reader)
        return DigitiseWorker(*known, keeping=self.keeping).drain()

    def page(self, page_id: str) -> ScannedPage:
        return self.office.shelf.pages[page_id]

    def jobs(self, step: str) -> list[Job]:
        return [j for j in self.office.shelf.jobs if j.wing is Wing.DIGITISE and j.payload["step"] == step]

    def documents(self) -> list[Document]:
        return list(self.office.shelf.documents.values())


@pytest.fixture
def desk() -> Desk:
    return Desk()


def side(page: Page | None = None) -> bytes:
    return png_bytes(page or scanned(drawn(), 1.0))


def test_a_kept_page_is_read_and_its_findings_are_on_the_row(desk: Desk) -> None:
    page = desk.keep(side())
    assert desk.work() == 1
    meta = desk.page(page.id).meta
    assert meta["text"] == "\n".join(DECLARATION)
    assert meta["skew_deg"] == pytest.approx(1.0, abs=0.05)
    assert (meta["blank"], meta["rotation_deg"], meta["dpi"]) == (False, 0, 200)


def test_a_component_becomes_one_searchable_document_with_proposals(desk: Desk) -> None:
    desk.keep(side())
    desk.keep(side(scanned(drawn(), -2.0)))
    desk.receive()
    desk.work()
    (document,) = desk.documents()
    assert (document.component, len(document.page_ids)) == ("tp-1", 2)
    assert document.type_code == "birth-declaration"
    assert document.fields["full_name"] == "Nguyễn Thị Ánh Tuyết"
    assert document.confidence == pytest.approx(0.9)
    file, _ = desk.office.shelf.files[document.file_id]
    pdf = pypdfium2.PdfDocument(desk.vault.get(file))
    assert len(pdf) == 2
    assert "Nguyễn Thị Ánh Tuyết" in pdf[1].get_textpage().get_text_range()
    pdf.close()


def test_a_bad_page_is_rejected_and_the_others_are_read(desk: Desk) -> None:
    bad, good = desk.keep(b"\x89PNG\r\n\x1a\n" + b"not a picture" * 9), desk.keep(side())
    assert desk.work() == 1
    states = {j.payload["page"]: (j.state, j.error) for j in desk.jobs("page")}
    assert states[bad.id] == (JobState.REJECTED, "scan.damaged")
    assert states[good.id][0] is JobState.DONE


def test_an_empty_side_is_flagged_and_never_thrown_away(desk: Desk) -> None:
    page = desk.keep(side(empty_sheet()))
    desk.work()
    assert desk.page(page.id).blank
    assert not desk.page(page.id).discarded


def test_without_the_language_data_pages_wait_for_it(desk: Desk) -> None:
    desk.keep(side())
    for _ in range(5):
        assert desk.work(PreparedEngine(error=MissingLanguageError(lang="vie", package="tesseract-ocr-vie"))) == 0
        desk.now += timedelta(minutes=2)
    (job,) = desk.jobs("page")
    assert (job.state, job.error) == (JobState.WAITING, "ocr.language")
    assert desk.work() == 1


def test_a_page_that_no_engine_can_read_is_kept_as_a_picture_with_a_warning(desk: Desk) -> None:
    page = desk.keep(side())
    done = 0
    for _ in range(3):
        done += desk.work(PreparedEngine(error=OcrTimeoutError(seconds=60)))
        desk.now += timedelta(minutes=2)
    assert done == 1
    assert any("Không đọc được chữ nào" in w for w in desk.page(page.id).meta["warnings"])


def test_a_document_made_twice_has_the_same_bytes(desk: Desk) -> None:
    desk.keep(side())
    first, second = Desk(), Desk(now=NOON + timedelta(days=3))
    content = side()
    for one in (first, second):
        one.keep(content)
        one.receive()
        one.work()
    sums = [one.office.shelf.files[one.documents()[0].file_id][0].sha256 for one in (first, second)]
    assert first.documents()[0].text == second.documents()[0].text
    assert sums[0] == sums[1]


def test_a_paper_that_the_office_keeps_whole_stands_whole_in_its_document_and_its_page_says_so(desk: Desk) -> None:
    page, other = desk.keep(side()), desk.keep(side(), "tp-2")
    desk.keeping = Keeping(kinds=(), words=tuple(c.name for c in BIRTH.components if c.code == "tp-1"))
    desk.work()
    desk.receive()
    desk.work()
    assert desk.page(page.id).meta[KEPT] == {"way": "whole", "why": desk.keeping.words[0]}
    assert desk.page(other.id).meta[KEPT] == {"way": "layers", "why": ""}
    files = {d.component: desk.vault.get(desk.office.shelf.files[d.file_id][0]) for d in desk.documents()}
    assert {code: pictures(pdf) for code, pdf in files.items()} == {"tp-1": 1, "tp-2": 2}


def pictures(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages[0].get_images())
