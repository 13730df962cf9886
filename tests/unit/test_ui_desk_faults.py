"""Ctrl+Enter with things missing: all listed, each with a jump to its field; fields are framed until they are right."""

from __future__ import annotations

from samples import BIRTH
from ui_fakes import LANES, FakeClock, FakeIntakes, Remember

from kiosk.domain.dossier import PaperState
from ui.desk.intake_presenter import IntakePresenter


def a_desk() -> tuple[IntakePresenter, Remember, FakeIntakes]:
    view, office = Remember(), FakeIntakes()
    presenter = IntakePresenter(view, office, LANES, FakeClock())
    presenter.open()
    return presenter, view, office


def test_an_empty_intake_lists_everything_and_marks_the_same_fields() -> None:
    desk, view, office = a_desk()
    desk.on_receive()
    act, title, choices, *_ = view.last("ask")
    assert (act, title) == ("fault", "Còn 2 việc trước khi tiếp nhận")
    assert [c.words for c in choices] == ["Chưa có người nộp hồ sơ.", "Chưa chọn thủ tục."]
    assert view.last("show_faults") == {"card": "Chưa có người nộp hồ sơ.", "procedure": "Chưa chọn thủ tục."}
    assert office.received == []


def test_enter_on_a_line_goes_to_its_field_and_says_what_to_do() -> None:
    desk, view, _office = a_desk()
    desk.on_receive()
    desk.faults.on_chosen("fault", "1", "")
    assert view.last("focus") == "procedure"
    assert view.last("say") == (
        "bad",
        "Chưa chọn thủ tục.",
        "Gõ tên tắt hoặc vài chữ của thủ tục rồi bấm Enter.",
    )


def test_papers_are_lines_of_their_own_and_the_jump_goes_to_the_paper() -> None:
    desk, view, _office = a_desk()
    desk.on_procedure(BIRTH.code)
    desk.on_state("tp-1", PaperState.ORIGINAL)
    desk.on_receive()
    choices = view.last("ask")[2]
    assert [c.words for c in choices] == [
        "Chưa có người nộp hồ sơ.",
        "Còn thiếu: Giấy chứng sinh",
        "Còn thiếu: Giấy chứng nhận kết hôn của cha mẹ",
    ]
    desk.faults.on_chosen("fault", "2", "")
    assert view.last("focus_paper") == "tp-3"


def test_one_thing_missing_needs_no_list() -> None:
    desk, view, _office = a_desk()
    desk.on_card("card")
    desk.on_receive()
    assert view.all("ask") == []
    assert view.last("focus") == "procedure"


def test_missing_papers_alone_are_named_in_the_notice_and_the_first_has_the_focus() -> None:
    desk, view, _office = a_desk()
    desk.on_card("card")
    desk.on_procedure(BIRTH.code)
    desk.on_receive()
    assert view.all("ask") == []
    assert "Còn thiếu 3 giấy tờ" in view.last("say")[1]
    assert view.last("focus_paper") == "tp-1"


def test_a_paper_to_be_mended_stops_the_receipt_and_has_the_focus() -> None:
    desk, view, office = a_desk()
    desk.on_card("card")
    desk.on_procedure(BIRTH.code)
    desk.on_all_present()
    desk.on_flaw("tp-2")
    desk.on_receive()
    assert "Giấy chứng sinh" in view.last("say")[1]
    assert view.last("focus_paper") == "tp-2"
    assert office.received == []


def test_a_supplement_slip_does_not_ask_for_the_papers_that_it_is_about() -> None:
    desk, view, _office = a_desk()
    desk.on_card("card")
    desk.on_procedure(BIRTH.code)
    desk.on_supplement()
    assert view.last("show_reasons")[0] == "supplement"


def test_a_field_is_no_longer_framed_once_it_is_right() -> None:
    desk, view, _office = a_desk()
    desk.on_receive()
    desk.on_card("card")
    desk.faults.on_changed()
    assert set(view.last("show_faults")) == {"procedure"}
    desk.on_procedure(BIRTH.code)
    desk.faults.on_changed()
    assert view.last("show_faults") == {}
    told = len(view.all("show_faults"))
    desk.faults.on_changed()
    assert len(view.all("show_faults")) == told


def test_a_choice_of_another_list_is_not_taken_for_a_fault() -> None:
    desk, view, _office = a_desk()
    desk.on_receive()
    before = len(view.all("focus"))
    desk.faults.on_chosen("transfer", "1", "")
    assert len(view.all("focus")) == before
