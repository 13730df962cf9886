from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pikepdf
import pytest
from fakes import FakeOffice, FakeVault
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake
from scanner_samples import DECLARATION, PreparedEngine, drawn

from kiosk.domain.confirmed import GUESS, Confirmed
from kiosk.domain.event import Actor
from kiosk.domain.job import JobState, Wing
from kiosk.domain.scan import Document, ScannedPage
from kiosk.services.digitisation import keep_page
from kiosk.services.reception import receive_dossier
from kiosk.services.understanding import FORGOTTEN, LEARNED, LessonLog, Taught, confirm_paper, forget, take_back
from scanner.page import png_bytes
from scanner.papers.guess import PageGuess
from scanner.papers.office import OfficeModel
from scanner.papers.traits import Sheet, traits_of
from scanner.reader import PageReader
from scanner.worker import DigitiseWorker

DPI = 80  # a small picture: the engine's words are prepared
VOUCHER = (
    "PHIẾU GHI NHẬN CỦA TỔ TỰ QUẢN",
    "chủ nhân của thửa vườn: Lê Thị Hoa",
    "có ý kiến đồng tình với phương án mở rộng lối đi chung của tổ",
    "kèm theo bản vẽ và chữ ký của các hộ liền kề trong ngõ",
)
OTHER_OFFICER = Actor("tran.b", "quay-2")


@dataclass
class Desk:
    """An office in memory with a worker."""

    office: FakeOffice = field(default_factory=FakeOffice)
    vault: FakeVault = field(default_factory=FakeVault)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.office.shelf.procedures[BIRTH.code, 1] = BIRTH

    def scan(self, lines: tuple[str, ...] = DECLARATION, name: str = "") -> ScannedPage:
        page = keep_page(
            self.office.units,
            self.vault,
            "draft-1",
            png_bytes(drawn(lines, DPI)),
            "image/png",
            source="máy quét",
            actor=OFFICER,
            now=NOON,
            dpi=DPI,
            page_id=name,
        )
        self.work(lines)
        return self.page(page.id)

    def work(self, lines: tuple[str, ...] = DECLARATION) -> None:
        reader = PageReader(PreparedEngine(lines))
        DigitiseWorker(self.office.units, self.vault, OFFICER, lambda: self.now, "w", reader).drain()
        assert all(j.state is JobState.DONE for j in self.office.shelf.jobs if j.wing is Wing.DIGITISE)

    def confirm(
        self, page: ScannedPage, kind: str, fields: Mapping[str, str], component: str = "tp-1", actor: Actor = OFFICER
    ) -> None:
        said = Confirmed(kind, fields, (page.id,))
        self.now += timedelta(minutes=1)
        confirm_paper(self.office.units(), "draft-1", said, component, actor=actor, now=self.now)

    def receive(self) -> None:
        receive_dossier(self.office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON)

    def page(self, page_id: str) -> ScannedPage:
        return self.office.shelf.pages[page_id]

    def document(self) -> Document:
        (document,) = self.office.shelf.documents.values()
        return document

    def lessons(self) -> dict[str, Taught]:
        log = LessonLog()
        with self.office.units() as look:
            log.read(look)
        return log.lessons

    def pdf(self) -> pikepdf.Pdf:
        file, _ = self.office.shelf.files[self.document().file_id]
        return pikepdf.open(io.BytesIO(self.vault.get(file)))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def guess_of(page: ScannedPage) -> PageGuess:
    return PageGuess.of(page.meta[GUESS], page.id)


def test_a_read_page_carries_its_kind_its_fields_and_where_they_stand(desk: Desk) -> None:
    guess = guess_of(desk.scan())
    assert guess.kind is not None
    assert guess.kind.code == "birth-declaration"
    assert guess.begins
    name = next(f for f in guess.fields if f.name == "full_name")
    assert name.value == "Nguyễn Thị Ánh Tuyết"
    assert name.box is not None
    assert all(0 < share < 1 for share in name.box)


def test_confirming_gives_the_page_to_its_component_and_stays_with_it(desk: Desk) -> None:
    page = desk.scan()
    desk.confirm(page, "birth-declaration", {"full_name": "Nguyễn Thị Ánh Tuyết"})
    kept = desk.page(page.id)
    assert kept.component == "tp-1"
    assert Confirmed.of(kept) == Confirmed("birth-declaration", {"full_name": "Nguyễn Thị Ánh Tuyết"}, (page.id,))


def test_the_log_holds_no_value_and_no_name(desk: Desk) -> None:
    page = desk.scan()
    desk.confirm(page, "birth-declaration", {"full_name": "Nguyễn Thị Ánh Tuyết", "phone": "0912345678"})
    desk.work()
    told = "\n".join(str(e.data) for e in desk.office.shelf.events)
    assert "Tuyết" not in told
    assert "0912345678" not in told
    assert "tuyet" not in told


def test_confirmed_fields_stand_in_the_document_and_in_the_pdf(desk: Desk) -> None:
    page = desk.scan()
    said = {"document_number": "12/QĐ-UBND", "issuer": "UBND xã Mẫu Sơn", "issued_on": "2026-11-02", "signer": "Lê Ba"}
    desk.confirm(page, "decision", said)
    desk.receive()
    desk.work()
    document = desk.document()
    assert document.type_code == "decision"
    assert {k: document.fields[k] for k in said} == said
    with desk.pdf() as pdf:
        xmp = bytes(pdf.Root.Metadata.read_bytes()).decode()
    for words in ("<vb:number>12<", "<vb:symbol>QĐ-UBND<", "<vb:issued>2026-11-02<", "UBND xã Mẫu Sơn", "Lê Ba"):
        assert words in xmp


def test_what_nobody_confirmed_is_not_said_inside_the_pdf(desk: Desk) -> None:
    desk.scan()
    desk.receive()
    desk.work()
    with desk.pdf() as pdf:
        assert "vb:" not in bytes(pdf.Root.Metadata.read_bytes()).decode()


def test_a_paper_confirmed_after_reception_makes_its_document_again(desk: Desk) -> None:
    page = desk.scan()
    desk.receive()
    desk.work()
    first = desk.document()
    desk.confirm(page, first.type_code, {"full_name": "Nguyễn Thị Ánh Tuyết A"}, component="")
    desk.work()
    again = desk.document()
    assert (again.component, again.fields["full_name"]) == (first.component, "Nguyễn Thị Ánh Tuyết A")
    assert again.file_id != first.file_id


def test_what_was_confirmed_is_learned_in_the_background_and_known_next_time(desk: Desk) -> None:
    before = guess_of(desk.scan(VOUCHER, "p0"))
    assert before.kind is None or before.kind.code != "minutes"
    for n in range(3):
        page = desk.scan(VOUCHER, f"p{n}")
        desk.confirm(page, "minutes", {"full_name": "Lê Thị Hoa"})
        desk.work(VOUCHER)
    after = guess_of(desk.scan((*VOUCHER[:1], "chủ nhân của thửa vườn: Vũ Văn Nam", *VOUCHER[2:]), "p9"))
    assert after.kind is not None
    assert after.kind.code == "minutes"
    assert [f.value for f in after.fields if f.name == "full_name"] == ["Vũ Văn Nam"]


def test_a_second_confirmation_replaces_the_lesson_of_the_first(desk: Desk) -> None:
    page = desk.scan(VOUCHER, "p0")
    for kind in ("contract", "minutes"):
        desk.confirm(page, kind, {})
        desk.work(VOUCHER)
    assert [t.code for t in desk.lessons().values()] == ["minutes"]


def test_a_mistaken_confirmation_is_taken_back_with_what_it_taught(desk: Desk) -> None:
    known = OfficeModel(units=desk.office.units)
    clean = known.refresh().model.ranked
    page = desk.scan(VOUCHER, "p0")
    paper = traits_of([Sheet(PreparedEngine(VOUCHER).recognise(drawn(VOUCHER, DPI).grey(), DPI), 1654, 2339)])
    first = clean(paper)
    desk.confirm(page, "land-certificate", {})
    desk.work(VOUCHER)
    assert known.refresh().model.ranked(paper) != first
    take_back(desk.office.units(), page.id, actor=OFFICER, now=desk.now)
    assert known.refresh().model.ranked(paper) == first
    assert OfficeModel(units=desk.office.units).refresh().model.ranked(paper) == first
    assert Confirmed.of(desk.page(page.id)) is None


def test_taking_back_before_the_worker_came_leaves_nothing_to_learn(desk: Desk) -> None:
    page = desk.scan(VOUCHER, "p0")
    desk.confirm(page, "land-certificate", {})
    take_back(desk.office.units(), page.id, actor=OFFICER, now=desk.now)
    desk.work(VOUCHER)
    assert desk.lessons() == {}


def test_all_lessons_of_one_officer_can_be_forgotten_at_once(desk: Desk) -> None:
    for n, actor in enumerate((OFFICER, OTHER_OFFICER, OTHER_OFFICER)):
        desk.confirm(desk.scan(VOUCHER, f"p{n}"), "minutes", {}, actor=actor)
        desk.work(VOUCHER)
    gone = forget(desk.office.units(), lambda t: t.officer == OTHER_OFFICER.officer, actor=OFFICER, now=desk.now)
    assert sorted(t.page for t in gone) == ["p1", "p2"]
    assert set(desk.lessons()) == {"p0"}
    assert forget(desk.office.units(), lambda t: False, actor=OFFICER, now=desk.now) == ()


def test_reading_the_log_bit_by_bit_or_at_once_gives_the_same_lessons(desk: Desk) -> None:
    log = LessonLog()
    for n in range(3):
        desk.confirm(desk.scan(VOUCHER, f"p{n}"), "minutes", {})
        desk.work(VOUCHER)
        with desk.office.units() as look:
            log.read(look)
    take_back(desk.office.units(), "p1", actor=OFFICER, now=desk.now)
    with desk.office.units() as look:
        came, went = log.read(look)
    assert (came, [t.page for t in went]) == ([], ["p1"])
    assert log.lessons == desk.lessons()
    kinds = [e.kind for e in desk.office.shelf.events if e.kind in (LEARNED, FORGOTTEN)]
    assert kinds == [LEARNED] * 3 + [FORGOTTEN]
