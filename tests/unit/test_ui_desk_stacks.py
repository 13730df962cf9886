"""Separator sheets and scanned cards, as the desk tells of them."""

from __future__ import annotations

from dataclasses import replace

from samples import BIRTH, MOTHER
from ui_fakes import LANES, FakeClock, FakeIntakes, Remember

from kiosk.domain.dossier import PaperState
from kiosk.domain.scan import Finding
from kiosk.domain.separator import MIXED
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import CardRead, PageThumb
from ui.desk.page_doubts import doubtful_pages
from ui.desk.page_strip import spoken

CARD = "001195047382||Trần Thị Bích Ngọc|05031995|Nữ|Xã Mẫu Sơn|01012021"
FIRST, SECOND = (c.code for c in BIRTH.papers()[:2])


def a_desk(*, person: bool = True, procedure: bool = True) -> tuple[IntakePresenter, Remember, FakeIntakes]:
    view, office = Remember(), FakeIntakes()
    desk = IntakePresenter(view, office, LANES, FakeClock())
    desk.open()
    if person:
        desk.on_card("card")
    if procedure:
        desk.on_procedure(BIRTH.code)
    return desk, view, office


def sheet(number: int, of: int = 3, nonce: str = "1") -> PageThumb:
    return PageThumb(f"s{nonce}-{number}", number, 0, discarded=True, sheet=(nonce, number, of))


def test_sheets_are_printed_for_the_papers_that_are_here_else_for_the_required_ones() -> None:
    desk, view, office = a_desk()
    desk.pages.stacks.on_print()
    assert office.printed[-1] == tuple(c.code for c in BIRTH.papers() if c.required)
    desk.on_state(SECOND, PaperState.COPY)
    desk.on_state(FIRST, PaperState.FROM_DATABASE)
    desk.pages.stacks.on_print()
    assert office.printed[-1] == (SECOND,)
    assert view.last("say")[1] == "Đang in 1 tờ ngăn, bộ 7392."


def test_without_a_procedure_no_sheet_is_printed() -> None:
    desk, view, office = a_desk(procedure=False)
    desk.pages.stacks.on_print()
    assert office.printed == []
    assert view.last("say")[0] == "bad"


def test_papers_whose_pages_came_behind_sheets_count_as_brought() -> None:
    desk, _view, office = a_desk()
    office.stack = 0
    office.kept = [(sheet(1), ""), (PageThumb("a", 2, 0), FIRST), (PageThumb("b", 3, 0), FIRST)]
    desk.pages.on_scan()
    assert desk.work.mark(FIRST).state.is_settled
    assert not desk.work.mark(SECOND).state.is_settled
    assert [row.pages for row in desk.work.rows()][:2] == [2, 0]


def test_a_sheet_that_did_not_come_is_told_after_the_scan_and_asked_about_before_receiving() -> None:
    desk, view, office = a_desk()
    office.kept = [(sheet(1), ""), (PageThumb("a", 2, 0), FIRST), (sheet(3), ""), (PageThumb("b", 4, 0), SECOND)]
    desk.pages.load()
    assert view.last("say")[1] == "Chưa thấy tờ ngăn số 2."
    told = view.all("say")
    desk.pages.on_news()
    assert view.all("say") == told
    doubt = doubtful_pages(desk.work)
    assert doubt is not None
    assert "Thiếu tờ ngăn số 2" in doubt[0]
    office.kept.append((sheet(2), ""))
    desk.pages.load()
    assert desk.work.lost_sheets() == []


def test_only_the_last_set_counts() -> None:
    desk, _view, office = a_desk()
    office.kept = [(sheet(1), ""), (sheet(1, 1, "2"), ""), (PageThumb("a", 3, 0), FIRST)]
    desk.pages.load()
    assert desk.work.lost_sheets() == []


def test_pages_that_the_store_took_back_are_loose_on_the_screen_too() -> None:
    desk, _view, office = a_desk()
    page, why = PageThumb("a", 1, 0), Finding(MIXED, "Thiếu tờ ngăn số 2.", again=False)
    office.kept = [(page, FIRST)]
    desk.pages.load()
    assert desk.work.loose() == []
    office.kept = [(replace(page, findings=(why,)), "")]
    desk.pages.load()
    assert desk.work.loose() == [0]
    desk.pages.on_assign(2)
    desk.pages.on_news()
    assert desk.work.pages[0][1] == SECOND


def test_a_card_among_the_pages_is_offered_once_and_taken_by_one_key() -> None:
    desk, view, office = a_desk(person=False)
    office.kept = [(PageThumb("a", 1, 0, codes=("54 số", CARD)), "")]
    desk.pages.load()
    assert view.last("say")[1] == f"Trang 1 là thẻ căn cước của {MOTHER.full_name}."
    assert desk.work.person is None
    told = view.all("say")
    desk.pages.load()
    assert view.all("say") == told
    desk.on_take()
    assert desk.work.person == MOTHER


def test_the_applicants_own_card_is_not_offered_and_another_is_named_as_such() -> None:
    desk, view, office = a_desk()
    office.kept = [(PageThumb("a", 1, 0, codes=(CARD,)), "")]
    desk.pages.load()
    assert view.all("say") == []
    office.card = CardRead(replace(MOTHER, full_name="Lê Hữu Phước", id_number="001090000001"))
    office.kept.append((PageThumb("b", 2, 0, codes=("x",)), ""))
    desk.pages.load()
    assert view.last("say")[1] == "Trang 2 là thẻ của người khác: Lê Hữu Phước."


def test_the_side_of_a_card_with_marks_is_offered_over_the_one_without() -> None:
    desk, view, office = a_desk(person=False)
    back, front = replace(MOTHER, full_name="TRAN THI BICH NGOC", source="mrz"), replace(MOTHER, source="cccd-qr")
    office.card = CardRead(back)
    office.kept = [(PageThumb("b", 1, 0, codes=("IDVNM",)), "")]
    desk.pages.load()
    assert desk.pages.stacks.offered == "IDVNM"
    office.card = CardRead(front)
    office.kept.append((PageThumb("f", 2, 0, codes=(CARD,)), ""))
    desk.pages.load()
    assert desk.pages.stacks.offered == CARD
    told = view.all("say")
    office.card = CardRead(back)
    office.kept.append((PageThumb("b2", 3, 0, codes=("IDVNM again",)), ""))
    desk.pages.load()
    assert view.all("say") == told
    assert desk.pages.stacks.offered == CARD


def test_a_receipt_among_the_pages_leads_to_its_dossier() -> None:
    desk, view, office = a_desk(person=False)
    office.card = CardRead(MOTHER, dossier_key="261123100010")
    office.kept = [(PageThumb("a", 1, 0, codes=("261123100010",)), "")]
    desk.pages.load()
    assert "261123100010" in view.last("say")[1]


def test_without_a_card_the_key_says_so() -> None:
    desk, view, _office = a_desk()
    desk.on_take()
    assert view.last("say")[1] == "Chưa thấy thẻ hay giấy hẹn nào trong các trang."


def test_a_sheet_is_spoken_as_one() -> None:
    assert spoken(sheet(2)) == "Trang 2, tờ ngăn 2/3"
    assert spoken(replace(sheet(2), discarded=False)) == "Trang 2, tờ ngăn 2/3, đã lấy lại"
