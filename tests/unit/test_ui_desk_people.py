"""The desk's decisions about submitters, papers already held, repeats, old numbers and groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from samples import BIRTH, MOTHER, NOON
from ui_fakes import LANES, FakeClock, FakeIntakes, Remember

from kiosk.domain.dossier import PaperState
from kiosk.domain.held import HeldPaper
from kiosk.domain.person import Person
from kiosk.domain.procedure import Component
from kiosk.domain.proxy import Proxy, Standing
from ui.desk.drafts import draft_of, state_of
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.known_presenter import HELD_REASONS
from ui.desk.model import CardRead, Known, Same
from ui.desk.standing_asks import paper_of

BROTHER = Person("001099000012", "Nguyễn Văn Em", "001099000012")
HELD = HeldPaper("261123100015", "tp-3", "Giấy chứng nhận kết hôn", NOON, "ket-hon", "f-3")
GIVEN = {
    "number": "001099000012",
    "name": "Nguyễn Văn Em",
    "standing": "Người được ủy quyền",
    "paper": "12 ngày 20/11/2026",
    "collects": "Có",
}


@pytest.fixture
def view() -> Remember:
    return Remember()


@pytest.fixture
def office() -> FakeIntakes:
    return FakeIntakes()


@pytest.fixture
def desk(view: Remember, office: FakeIntakes) -> IntakePresenter:
    made = IntakePresenter(view, office, LANES, FakeClock())
    made.open()
    made.on_card("001195000007")
    made.on_procedure(BIRTH.code)
    return made


def test_the_owner_submits_unless_a_key_says_otherwise(desk: IntakePresenter, office: FakeIntakes) -> None:
    desk.on_all_present()
    desk.on_receive()
    assert (office.received[0].submitter, office.received[0].proxy) == (None, None)


def test_the_second_card_is_the_submitters(desk: IntakePresenter, view: Remember, office: FakeIntakes) -> None:
    desk.submitter.on_open()
    office.card = CardRead(BROTHER)
    desk.on_card("001099000012")
    assert desk.work.person == MOTHER
    assert {a.name: a.value for a in view.last("ask_submitter").asks}["name"] == "Nguyễn Văn Em"
    desk.submitter.on_given(GIVEN)
    assert desk.work.submitter == BROTHER
    assert desk.work.proxy == Proxy(Standing.AUTHORISED, "12", date(2026, 11, 20))
    assert view.last("show_submitter") == "Nộp hộ: Nguyễn Văn Em (người được ủy quyền)"
    authority = next(row for row in view.last("show_papers") if row.code == "tp-4")
    assert authority.required
    desk.on_all_present()
    desk.on_receive()
    assert office.received[0].submitter == BROTHER
    assert office.received[0].papers["tp-4"].state is PaperState.ORIGINAL


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": MOTHER.id_number}, "number"),
        ({"standing": "Hàng xóm"}, "standing"),
        ({"paper": ""}, "paper"),
    ],
)
def test_what_is_wrong_with_a_submitter_is_told_in_the_panel(
    desk: IntakePresenter, view: Remember, change: dict[str, str], field: str
) -> None:
    desk.submitter.on_open()
    desk.submitter.on_given(GIVEN | change)
    assert list(view.last("show_submitter_errors")[0]) == [field]
    assert desk.work.submitter is None
    assert desk.submitter.is_open


def test_an_empty_name_takes_the_submitter_back(desk: IntakePresenter, view: Remember) -> None:
    desk.submitter.on_open()
    desk.submitter.on_given(GIVEN)
    desk.submitter.on_open()
    desk.submitter.on_given(GIVEN | {"name": " "})
    assert desk.work.submitter is None
    assert not next(row for row in view.last("show_papers") if row.code == "tp-4").required


def test_without_an_owner_nobody_submits_for_him(view: Remember, office: FakeIntakes) -> None:
    desk = IntakePresenter(view, office, LANES, FakeClock())
    desk.submitter.on_open()
    assert view.last("ask_submitter") is None
    assert "chủ hồ sơ" in view.last("say")[1]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("12 ngày 20/11/2026", ("12", date(2026, 11, 20))),
        ("số 12/UQ, 20-11-2026", ("12/UQ", date(2026, 11, 20))),
        ("20/11/2026", ("", date(2026, 11, 20))),
        ("12/UQ", ("12/UQ", None)),
        ("số 7", ("7", None)),
        ("12 ngày 31/02/2026", ("12 ngày 31/02/2026", None)),
        ("", ("", None)),
    ],
)
def test_an_authority_is_told_in_one_line(text: str, read: tuple[str, date | None]) -> None:
    assert paper_of(text) == read


def test_a_power_cut_keeps_the_submitter_and_the_group(desk: IntakePresenter) -> None:
    desk.submitter.on_open()
    desk.submitter.on_given(GIVEN)
    desk.work.group_key = "261123100015"
    kept = state_of(draft_of(desk.draft(), "lan", "1", NOON))
    assert kept == desk.draft()


# --- papers already held ---------------------------------------------------------------------------------------------


def test_all_there_means_held_where_the_office_has_it(view: Remember, office: FakeIntakes) -> None:
    office.there = Known({"tp-3": HELD})
    desk = IntakePresenter(view, office, LANES, FakeClock())
    desk.open()
    desk.on_card("001195000007")
    desk.on_procedure(BIRTH.code)
    rows = {row.code: row for row in view.last("show_papers")}
    assert "261123100015" in rows["tp-3"].source
    assert "23/11/2026" in rows["tp-3"].source
    desk.on_all_present()
    desk.on_receive()
    assert {code: mark.state for code, mark in office.received[0].papers.items()} == {
        "tp-1": PaperState.ORIGINAL,
        "tp-2": PaperState.ORIGINAL,
        "tp-3": PaperState.HELD,
        "tp-4": PaperState.MISSING,
    }


def test_one_key_uses_a_paper_again(desk: IntakePresenter, view: Remember, office: FakeIntakes) -> None:
    desk.on_state("tp-3", PaperState.HELD)
    assert "chưa có giấy này" in view.last("say")[1]
    office.there = Known({"tp-3": HELD})
    desk.on_case("")
    desk.on_state("tp-3", PaperState.HELD)
    assert desk.work.mark("tp-3").state is PaperState.HELD


def test_asking_for_a_held_paper_opens_the_reasons(desk: IntakePresenter, view: Remember, office: FakeIntakes) -> None:
    office.there = Known({"tp-3": HELD})
    desk.on_case("")
    desk.on_state("tp-3", PaperState.COPY)
    assert view.last("show_reasons") == ("held", HELD_REASONS)
    assert desk.work.mark("tp-3").state is PaperState.MISSING
    desk.on_reason(HELD_REASONS[1])
    assert (desk.work.mark("tp-3").state, desk.work.mark("tp-3").asked) == (PaperState.COPY, HELD_REASONS[1])
    desk.on_state("tp-3", PaperState.ORIGINAL)  # said once is enough
    assert desk.work.mark("tp-3").state is PaperState.ORIGINAL


def test_a_scanned_page_for_a_held_paper_asks_at_the_end(
    desk: IntakePresenter, view: Remember, office: FakeIntakes
) -> None:
    office.there = Known({"tp-3": HELD})
    desk.on_case("")
    desk.work.note_brought(BIRTH.components[2])  # a page was given to it
    desk.on_all_present()
    desk.on_receive()
    assert view.last("show_reasons") == ("held", HELD_REASONS)
    assert office.received == []


def test_what_a_database_gives_is_there_from_the_start(view: Remember, office: FakeIntakes) -> None:
    paper = Component("dan-cu", "Thông tin cư trú", database="CSDL quốc gia về dân cư")
    office.catalogue = [replace(BIRTH, components=(*BIRTH.components, paper))]
    desk = IntakePresenter(view, office, LANES, FakeClock())
    desk.open()
    desk.on_card("001195000007")
    desk.on_procedure(BIRTH.code)
    row = view.last("show_papers")[-1]
    assert (row.state, row.source) == (PaperState.FROM_DATABASE, "CSDL quốc gia về dân cư")
    desk.on_state("dan-cu", PaperState.ORIGINAL)
    assert view.last("show_reasons")[0] == "held"


def test_a_repeat_is_told_once_and_never_stops_the_work(
    desk: IntakePresenter, view: Remember, office: FakeIntakes
) -> None:
    office.there = Known(same=(Same("261123100015", "hồ sơ 261123100015 (Đăng ký khai sinh)"),))
    desk.on_case("")
    desk.on_case("")
    told = [args[1] for args in view.all("say") if "Có thể trùng" in args[1]]
    assert len(told) == 1
    assert "261123100015" in told[0]
    assert desk.known.pointed == "261123100015"
    desk.on_all_present()
    desk.on_receive()
    assert len(office.received) == 1


def test_files_that_are_in_another_dossier_are_told_when_they_come(
    desk: IntakePresenter, view: Remember, office: FakeIntakes
) -> None:
    office.there = Known(same=(Same("261123100015", "cùng tệp giấy tờ với hồ sơ 261123100015"),))
    desk.pages.on_files([Path("giay.pdf")])
    assert "cùng tệp giấy tờ" in view.last("say")[1]


def test_an_old_number_is_joined_when_the_officer_says_so(
    desk: IntakePresenter, view: Remember, office: FakeIntakes
) -> None:
    desk.work.person = replace(MOTHER, old_id_number="012345678")
    office.there = Known(older=2)
    desk.on_case("")
    assert view.last("show_older") == "Nối 2 hồ sơ mang số cũ 012345678"
    assert office.linked == []
    desk.known.on_link()
    assert desk.work.person is not None
    assert desk.work.person.linked_number == "012345678"
    assert view.last("show_older") == ""


# --- groups ----------------------------------------------------------------------------------------------------------


def test_the_next_dossier_keeps_the_person(desk: IntakePresenter, view: Remember, office: FakeIntakes) -> None:
    desk.submitter.on_open()
    desk.submitter.on_given(GIVEN)
    desk.on_all_present()
    desk.on_receive()
    sheet = desk.work
    assert sheet.person is None
    desk.group.on_key()
    after = desk.work
    assert (after.person, after.submitter, after.group_key) == (MOTHER, BROTHER, "261123100010")
    assert view.last("focus") == "procedure"
    desk.on_procedure(BIRTH.code)
    desk.on_all_present()
    desk.on_receive()
    assert [i.group_key for i in office.received] == ["", "261123100010"]
    assert office.received[0].draft_key != office.received[1].draft_key


def test_after_two_dossiers_one_sheet_names_them_all(
    desk: IntakePresenter, view: Remember, office: FakeIntakes
) -> None:
    desk.on_all_present()
    desk.on_receive()
    visit = desk.group.visit
    assert visit is not None
    desk.group.visit = replace(visit, keys=("261123100010", "261123100028"))
    desk.group.on_key()
    assert [c.id for c in view.last("ask")[2]] == ["next", "print"]
    desk.group.on_chosen("group", "print", "")
    assert office.sheets == ["261123100010"]


def test_a_group_ends_with_the_next_citizen(desk: IntakePresenter, view: Remember) -> None:
    desk.on_all_present()
    desk.on_receive()
    desk.group.forget()
    desk.group.on_key()
    assert "Chưa có hồ sơ nào" in view.last("say")[1]
