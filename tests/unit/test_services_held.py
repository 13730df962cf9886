"""Papers that the office holds already: offered, used again with the same file, and never asked for without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from fakes import FakeOffice
from samples import BIRTH, MOTHER, NOON, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import Dossier, PaperState, ResultRecord
from kiosk.domain.held import HeldPaperError, NotHeldError, PaperKind, PeopleRules, valid_until
from kiosk.domain.job import Wing
from kiosk.domain.procedure import Component, ComponentKind, Procedure, ResultType
from kiosk.domain.scan import Document, StoredFile
from kiosk.services.handover import record_result
from kiosk.services.intake_papers import REUSED, held_papers
from kiosk.services.reception import Desk, Intake, PaperMark, receive_dossier, request_supplement
from kiosk.services.reuse import reuse_between

KINDS = (
    PaperKind("ket-hon", "Giấy chứng nhận kết hôn", ("giay chung nhan ket hon",)),
    PaperKind("hon-nhan", "Giấy xác nhận tình trạng hôn nhân", (), ("KQ.38",), months=6),
)
STATUS = replace(
    BIRTH,
    code="1.004873",
    name="Cấp Giấy xác nhận tình trạng hôn nhân",
    components=(Component("to-khai", "Tờ khai"), Component("ket-hon", "Giấy chứng nhận kết hôn")),
    results=(ResultType("KQ.38", "Giấy xác nhận tình trạng hôn nhân"),),
)
WEDDING = replace(
    BIRTH,
    code="1.000894",
    name="Đăng ký kết hôn",
    components=(
        Component("to-khai", "Tờ khai"),
        Component("hon-nhan", "Tình trạng hôn nhân", replaced_by="KQ.38"),
        Component("xuat-trinh", "Giấy chứng nhận kết hôn", required=False, kind=ComponentKind.PRESENT),
        Component("dan-cu", "Thông tin cư trú", database="CSDL quốc gia về dân cư"),
    ),
)


@pytest.fixture
def office() -> FakeOffice:
    made = FakeOffice()
    with made.units() as uow:
        for procedure in (BIRTH, STATUS, WEDDING):
            uow.procedures.add(procedure)
        uow.commit()
    return made


def desk() -> Desk:
    return replace(a_desk(), people=PeopleRules(kinds=KINDS))


def brought(office: FakeOffice) -> Dossier:
    """A birth registration whose third paper, the marriage certificate, was scanned."""
    dossier = receive_dossier(office.units(), desk(), an_intake(), actor=OFFICER, now=NOON).dossier
    with office.units() as uow:
        uow.papers.add_file(StoredFile("f-3", "ab" * 32, 10, "application/pdf", b"k"), dossier.key)
        uow.papers.add_document(Document("d-3", dossier.key, "tp-3", "f-3", ("p",), "hôn thú", NOON))
        uow.commit()
    return dossier


def intake_of(procedure: Procedure, draft: str = "second", **states: PaperMark) -> Intake:
    marks = {"to-khai": PaperMark(PaperState.ORIGINAL), **{code.replace("_", "-"): m for code, m in states.items()}}
    return Intake(draft, procedure.code, MOTHER, marks)


def test_a_paper_of_an_earlier_dossier_is_offered_to_its_owner_alone(office: FakeOffice) -> None:
    first = brought(office)
    stranger = replace(MOTHER, key="p-2", id_number="001195000008")
    with office.units() as look:
        mine = held_papers(look, desk().people, MOTHER, STATUS.components, NOON.date())
        theirs = held_papers(look, desk().people, stranger, STATUS.components, NOON.date())
        itself = held_papers(look, desk().people, MOTHER, STATUS.components, NOON.date(), besides=first.key)
    assert mine["ket-hon"].dossier == first.key
    assert (mine["ket-hon"].component, mine["ket-hon"].file_id, mine["ket-hon"].until) == ("tp-3", "f-3", None)
    assert theirs == itself == {}


def test_a_paper_that_had_to_be_mended_is_not_offered(office: FakeOffice) -> None:
    first = brought(office)
    with office.units() as uow:
        kept = uow.dossiers.get(first.key)
        kept.papers = [replace(p, note="mất một góc" if p.component.code == "tp-3" else "") for p in kept.papers]
        uow.dossiers.save(kept)
        uow.commit()
    with office.units() as look:
        assert held_papers(look, desk().people, MOTHER, STATUS.components, NOON.date()) == {}


def test_what_is_used_again_is_the_same_file_and_is_counted(office: FakeOffice) -> None:
    first = brought(office)
    intake = intake_of(STATUS, ket_hon=PaperMark(PaperState.HELD))
    outcome = receive_dossier(office.units(), desk(), intake, actor=OFFICER, now=NOON + timedelta(days=1))
    key = outcome.dossier.key
    assert [p.held.dossier for p in outcome.dossier.papers if p.held] == [first.key]
    assert outcome.slip is not None
    assert outcome.slip.papers[1].kind == "Đã có tại cơ quan"
    assert first.key in outcome.slip.papers[1].note
    with office.units() as look:
        [document] = look.papers.documents(key)
        told = {e.kind: e.data for e in look.events.of(key)}
        sent = [j.payload for j in look.jobs.of_lanes(Wing.SYNC, [key]) if j.payload["stream"] == "file"]
    assert (document.file_id, document.text) == ("f-3", "hôn thú")
    assert told[REUSED]["from"] == first.key
    assert told["dossier.received"]["held"] == ["ket-hon"]
    assert sent == [{"stream": "file", "dossier": key, "document": document.id}]


def test_asking_for_a_held_paper_needs_a_reason(office: FakeOffice) -> None:
    brought(office)
    asked = intake_of(STATUS, ket_hon=PaperMark(PaperState.ORIGINAL))
    with pytest.raises(HeldPaperError) as caught:
        receive_dossier(office.units(), desk(), asked, actor=OFFICER, now=NOON)
    assert caught.value.details["papers"] == "Giấy chứng nhận kết hôn"
    asked = intake_of(STATUS, ket_hon=PaperMark(PaperState.ORIGINAL, asked="Bản đang giữ bị mờ"))
    dossier = receive_dossier(office.units(), desk(), asked, actor=OFFICER, now=NOON).dossier
    with office.units() as look:
        told = next(e.data for e in look.events.of(dossier.key) if e.kind == "dossier.received")
    assert told["asked_anyway"] == {"ket-hon": "Bản đang giữ bị mờ"}


def test_a_supplement_does_not_ask_for_what_is_held(office: FakeOffice) -> None:
    brought(office)
    with pytest.raises(HeldPaperError):
        request_supplement(office.units(), desk(), intake_of(STATUS), "Thiếu giấy", actor=OFFICER, now=NOON)
    with office.units() as look:
        assert len(look.dossiers.recent(9)) == 1


def test_what_nobody_holds_cannot_be_used_again(office: FakeOffice) -> None:
    intake = intake_of(STATUS, ket_hon=PaperMark(PaperState.HELD))
    with pytest.raises(NotHeldError):
        receive_dossier(office.units(), desk(), intake, actor=OFFICER, now=NOON)


def test_a_result_of_this_office_is_offered_while_it_is_valid(office: FakeOffice) -> None:
    intake = intake_of(STATUS, "first", ket_hon=PaperMark(PaperState.ORIGINAL))
    first = receive_dossier(office.units(), desk(), intake, actor=OFFICER, now=NOON).dossier
    with office.units() as uow:
        uow.papers.add_file(StoredFile("r-1", "cd" * 32, 10, "application/pdf", b"k"), first.key)
        uow.commit()
    record_result(office.units(), first.key, ResultRecord("12/XN", NOON, "r-1"), actor=OFFICER, now=NOON)
    last = valid_until(NOON.date(), 6)
    assert last == date(2027, 5, 23)
    with office.units() as look:
        offered = held_papers(look, desk().people, MOTHER, WEDDING.components, last)
        late = held_papers(look, desk().people, MOTHER, WEDDING.components, last + timedelta(days=1))
    assert (offered["hon-nhan"].number, offered["hon-nhan"].file_id, offered["hon-nhan"].component) == (
        "12/XN",
        "r-1",
        "",
    )
    assert late == {}


def test_what_a_database_gives_is_not_asked_for(office: FakeOffice) -> None:
    brought_one = PaperMark(PaperState.ORIGINAL)
    intake = intake_of(WEDDING, hon_nhan=brought_one)
    dossier = receive_dossier(office.units(), desk(), intake, actor=OFFICER, now=NOON).dossier
    assert dossier.papers[3].state is PaperState.FROM_DATABASE
    taken = intake_of(WEDDING, "third", dan_cu=PaperMark(PaperState.COPY), hon_nhan=brought_one)
    with pytest.raises(HeldPaperError):
        receive_dossier(office.units(), desk(), taken, actor=OFFICER, now=NOON)


def test_the_counter_tells_what_nobody_had_to_bring(office: FakeOffice) -> None:
    brought(office)
    held = intake_of(STATUS, "a", ket_hon=PaperMark(PaperState.HELD))
    asked = intake_of(STATUS, "b", ket_hon=PaperMark(PaperState.COPY, asked="Bản đang giữ bị mờ"))
    given = intake_of(WEDDING, "c", hon_nhan=PaperMark(PaperState.ORIGINAL))
    for intake in (held, asked, given):
        receive_dossier(office.units(), desk(), intake, actor=OFFICER, now=NOON)
    with office.units() as look:
        figures = reuse_between(look, NOON.date(), NOON.date())
        before = reuse_between(look, NOON.date() - timedelta(days=1), NOON.date() - timedelta(days=1))
    assert (figures.dossiers, figures.spared, figures.held, figures.database) == (4, 2, 1, 1)
    assert (figures.not_asked, figures.share) == (2, 0.5)
    assert dict(figures.asked) == {"Bản đang giữ bị mờ": 1}
    assert before.share is None


@pytest.mark.parametrize(
    ("since", "months", "last"),
    [
        (date(2026, 11, 23), None, None),
        (date(2026, 11, 23), 6, date(2027, 5, 23)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_validity_is_counted_in_months(since: date, months: int | None, last: date | None) -> None:
    assert valid_until(since, months) == last
