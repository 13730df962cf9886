"""The desk's decisions on another agency's dossier, papers outside the catalogue, and what is solved at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples import BIRTH, MOTHER, NOON
from ui_fakes import LANES, FakeClock, FakeIntakes, Remember

from kiosk.domain.dossier import PaperState
from kiosk.domain.person import Person
from kiosk.errors import StorageError
from kiosk.services.extra_papers import ExtraPaper
from ui.desk.drafts import draft_of, state_of
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import CardRead, PageThumb

COPIES = replace(BIRTH, code="2.000815", name="Chứng thực bản sao từ bản chính", needs_receipt=False)
MARRIAGE = replace(BIRTH, code="1.000894", name="Đăng ký kết hôn")
LEASE = {"name": "Hợp đồng thuê nhà", "basis": "khoản 2 Điều 7 Nghị định 123/2015/NĐ-CP"}
EXTRA = ExtraPaper(LEASE["name"], LEASE["basis"])
LEASE_WORDS = "Hợp đồng thuê nhà (căn cứ: khoản 2 Điều 7 Nghị định 123/2015/NĐ-CP)"
AGENCY = {"agency": "UBND  xã Phú Xuân "}


@pytest.fixture
def view() -> Remember:
    return Remember()


@pytest.fixture
def office() -> FakeIntakes:
    return FakeIntakes(catalogue=[BIRTH, COPIES, MARRIAGE])


@pytest.fixture
def desk(view: Remember, office: FakeIntakes) -> IntakePresenter:
    made = IntakePresenter(view, office, LANES, FakeClock())
    made.open()
    made.on_card("001195000007")
    made.on_procedure(BIRTH.code)
    return made


def rows(view: Remember) -> dict[str, str]:
    return {row.code: row.name for row in view.last("show_papers")}


# --- another agency ----------------------------------------------------------------------------------------------


def test_another_agency_is_named_on_the_screen_and_moves_the_promise(desk: IntakePresenter, view: Remember) -> None:
    desk.beyond.on_agency()
    desk.beyond.on_given(AGENCY)
    assert view.last("show_agency") == "UBND xã Phú Xuân"
    assert view.last("show_promise").day == "Thứ Sáu, 27/11/2026"
    assert view.all("close_beyond") == [()]


def test_the_other_agency_is_in_the_dossier_that_is_received(desk: IntakePresenter, office: FakeIntakes) -> None:
    desk.beyond.on_agency()
    desk.beyond.on_given(AGENCY)
    desk.on_all_present()
    desk.on_receive()
    assert office.received[0].competent_agency == "UBND xã Phú Xuân"
    assert desk.work.competent_agency == ""  # the next one is this office's own


def test_an_empty_name_makes_the_dossier_this_office_s_own_again(desk: IntakePresenter, view: Remember) -> None:
    desk.work.competent_agency = "UBND xã Phú Xuân"
    desk.beyond.on_agency()
    assert view.last("ask_beyond").asks[0].value == "UBND xã Phú Xuân"
    desk.beyond.on_given({"agency": ""})
    assert view.last("show_agency") == ""
    assert view.last("show_promise").day == "Thứ Năm, 26/11/2026"


def test_before_a_procedure_is_chosen_there_is_nothing_to_add(view: Remember, office: FakeIntakes) -> None:
    desk = IntakePresenter(view, office, LANES, FakeClock())
    desk.beyond.on_agency()
    desk.beyond.on_extra()
    assert view.all("ask_beyond") == []
    assert "Ctrl+F" in view.last("say")[2]


# --- papers outside the catalogue --------------------------------------------------------------------------------


def test_a_paper_outside_the_catalogue_is_a_paper_like_the_others(
    desk: IntakePresenter, view: Remember, office: FakeIntakes
) -> None:
    desk.beyond.on_extra()
    desk.beyond.on_given(LEASE)
    assert rows(view)["ngoai-1"] == LEASE_WORDS
    desk.on_all_present()
    desk.on_receive()
    assert office.received[0].extra_papers == (EXTRA,)
    assert office.received[0].papers["ngoai-1"].state is PaperState.ORIGINAL


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (LEASE | {"basis": ""}, "basis"),
        (LEASE | {"name": BIRTH.components[0].name}, "name"),
        (LEASE | {"name": ""}, "name"),
    ],
)
def test_without_a_basis_or_when_the_catalogue_names_it_nothing_is_added(
    desk: IntakePresenter, view: Remember, given: dict[str, str], field: str
) -> None:
    desk.beyond.on_extra()
    desk.beyond.on_given(given)
    assert list(view.last("show_beyond_errors")[0]) == [field]
    assert desk.work.extra_papers == ()
    assert view.all("close_beyond") == []


def test_the_same_paper_is_not_asked_for_twice(desk: IntakePresenter, view: Remember) -> None:
    for _time in range(2):
        desk.beyond.on_extra()
        desk.beyond.on_given(LEASE)
    assert desk.work.extra_papers == (EXTRA,)
    assert view.last("show_beyond_errors")[0] == {"name": "Giấy tờ này đã được thêm."}


def test_the_last_one_is_taken_back_with_an_empty_name(desk: IntakePresenter, view: Remember) -> None:
    desk.beyond.on_extra()
    desk.beyond.on_given(LEASE)
    desk.on_state("ngoai-1", PaperState.COPY)
    desk.beyond.on_extra()
    assert LEASE["name"] in view.last("ask_beyond").told
    desk.beyond.on_given({"name": "", "basis": ""})
    assert "ngoai-1" not in rows(view)
    assert "ngoai-1" not in desk.work.marks


def test_a_paper_with_pages_stays_until_they_are_moved(desk: IntakePresenter, view: Remember) -> None:
    desk.beyond.on_extra()
    desk.beyond.on_given(LEASE)
    desk.work.pages = [(PageThumb("p1", 1, 0), "ngoai-1")]
    desk.beyond.on_extra()
    desk.beyond.on_given({"name": "", "basis": ""})
    assert desk.work.extra_papers == (EXTRA,)
    assert "trang" in view.last("show_beyond_errors")[1]


def test_another_procedure_needs_neither_the_paper_nor_the_agency(desk: IntakePresenter, view: Remember) -> None:
    desk.beyond.on_extra()
    desk.beyond.on_given(LEASE)
    desk.beyond.on_agency()
    desk.beyond.on_given(AGENCY)
    desk.on_procedure(MARRIAGE.code)
    assert (desk.work.extra_papers, desk.work.competent_agency) == ((), "")
    assert view.last("show_agency") == ""


def test_both_are_there_again_after_a_power_cut(desk: IntakePresenter, office: FakeIntakes) -> None:
    desk.beyond.on_extra()
    desk.beyond.on_given(LEASE)
    desk.beyond.on_agency()
    desk.beyond.on_given(AGENCY)
    desk.save()
    kept = state_of(draft_of(office.drafts[-1], "lan", "1", NOON))
    again = Remember()
    after = IntakePresenter(again, FakeIntakes(catalogue=[BIRTH], drafts=[kept]), LANES, FakeClock())
    after.open()
    assert (after.work.extra_papers, after.work.competent_agency) == ((EXTRA,), "UBND xã Phú Xuân")
    assert again.last("show_agency") == "UBND xã Phú Xuân"
    assert rows(again)["ngoai-1"] == LEASE_WORDS


# --- on the spot -------------------------------------------------------------------------------------------------


@pytest.fixture
def at_once(desk: IntakePresenter) -> IntakePresenter:
    desk.on_procedure(COPIES.code)
    desk.on_all_present()
    return desk


def test_choosing_what_needs_no_receipt_names_its_key(at_once: IntakePresenter, view: Remember) -> None:
    assert "Ctrl+Shift+N" in view.last("say")[2]


def test_what_is_solved_at_once_goes_to_who_came(at_once: IntakePresenter, view: Remember, office: FakeIntakes) -> None:
    at_once.beyond.on_spot()
    asks = {ask.name: ask.value for ask in view.last("ask_beyond").asks}
    assert asks == {"number": "", "to": MOTHER.full_name}
    at_once.beyond.on_given({"number": " 12/CT ", "to": MOTHER.full_name})
    assert [(act, said) for act, _intake, said in office.ended] == [("solve", f"12/CT|{MOTHER.full_name}")]
    assert at_once.work.person is None  # clear for the next citizen
    assert view.last("show_saved") is not None


def test_nobody_to_hand_it_to_is_told_on_the_form(
    at_once: IntakePresenter, view: Remember, office: FakeIntakes
) -> None:
    at_once.beyond.on_spot()
    at_once.beyond.on_given({"number": "", "to": " "})
    assert list(view.last("show_beyond_errors")[0]) == ["to"]
    assert office.ended == []


def test_what_has_a_receipt_is_not_solved_at_once(desk: IntakePresenter, view: Remember) -> None:
    desk.on_all_present()
    desk.beyond.on_spot()
    assert view.all("ask_beyond") == []
    assert "giấy hẹn" in view.last("say")[1]


def test_missing_papers_stand_in_the_way_as_at_the_reception(desk: IntakePresenter, view: Remember) -> None:
    desk.on_procedure(COPIES.code)
    desk.beyond.on_spot()
    assert view.all("ask_beyond") == []
    assert "Còn thiếu" in view.last("say")[1]


def test_a_card_read_meanwhile_makes_it_another_s_and_nothing_is_done(
    at_once: IntakePresenter, view: Remember, office: FakeIntakes
) -> None:
    at_once.beyond.on_spot()
    office.card = CardRead(Person("001099000012", "Nguyễn Văn Em", "001099000012"))
    at_once.on_card("001099000012")
    at_once.beyond.on_given({"number": "", "to": MOTHER.full_name})
    assert office.ended == []
    assert view.all("close_beyond") == [()]
    assert "đã khác" in view.last("say")[1]


def test_a_failure_leaves_the_intake_on_the_screen(
    at_once: IntakePresenter, view: Remember, office: FakeIntakes
) -> None:
    office.failing = StorageError()
    at_once.beyond.on_spot()
    at_once.beyond.on_given({"number": "", "to": MOTHER.full_name})
    assert view.last("show_problem").code == StorageError.code
    assert at_once.work.person is not None
    assert not at_once.is_ending
