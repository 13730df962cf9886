"""Pages at the desk: scanned, and assigned to papers."""

from __future__ import annotations

from desk_presenters import filled
from samples import BIRTH
from ui_fakes import FakeClock, FakeIntakes, Later, Remember

from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import PageThumb
from ui.tasks import Lanes, run_now


def test_number_keys_assign_pages_one_after_another_and_note_the_paper_as_brought() -> None:
    presenter, _view, office = filled(FakeIntakes(stack=4))
    presenter.pages.on_scan()
    for key in (1, 1, 2, 3):
        presenter.pages.on_assign(key)
    assert [code for _page, code in office.kept] == ["tp-1", "tp-1", "tp-2", "tp-3"]
    assert [row.pages for row in presenter.work.rows()] == [2, 1, 1, 0]
    assert presenter.work.missing() == []


def test_a_key_beyond_the_list_assigns_nothing() -> None:
    presenter, _view, office = filled(FakeIntakes(stack=1))
    presenter.pages.on_scan()
    presenter.pages.on_assign(9)
    assert office.kept[0][1] == ""


def test_an_empty_feeder_is_a_sentence_and_the_next_try_works() -> None:
    presenter, view, office = filled()
    presenter.pages.on_scan()
    assert "không có giấy" in view.last("say")[1]
    office.stack = 2
    presenter.pages.on_scan()
    assert len(view.last("show_pages")[0]) == 2


def test_keys_go_on_while_the_stack_runs() -> None:
    view, office, slow = Remember(), FakeIntakes(stack=3), Later()
    presenter = IntakePresenter(view, office, Lanes(run_now, run_now, slow), FakeClock())
    presenter.open()
    presenter.on_card("card")
    presenter.pages.on_scan()
    presenter.on_procedure(BIRTH.code)
    presenter.on_all_present()
    assert presenter.work.missing() == []
    slow.answer()
    assert len(presenter.work.pages) == 3


def test_keys_that_come_before_their_pages_wait_for_them_and_overwrite_nothing() -> None:
    view, office, slow = Remember(), FakeIntakes(), Later()
    presenter = IntakePresenter(view, office, Lanes(run_now, run_now, slow), FakeClock())
    presenter.open()
    presenter.on_card("card")
    presenter.on_procedure(BIRTH.code)
    presenter.pages.on_scan()
    for number in (1, 2, 3):
        presenter.pages.on_assign(number)
    for count in (1, 2, 3, 4):
        office.kept = [*office.kept, (PageThumb(f"p{count}", count, 0), "")]
        presenter.pages.on_news()
    assert [code for _thumb, code in presenter.work.pages] == ["tp-1", "tp-2", "tp-3", ""]
    assert presenter.work.current_page == 3
    assert [code for _thumb, code in office.kept] == ["tp-1", "tp-2", "tp-3", ""]


def test_a_new_page_takes_the_mark_unless_the_officer_chose_another() -> None:
    office = FakeIntakes()
    presenter = IntakePresenter(Remember(), office, Lanes(run_now, run_now, Later()), FakeClock())
    presenter.open()
    presenter.on_procedure(BIRTH.code)
    presenter.pages.on_scan()
    office.kept = [(PageThumb("p1", 1, 0), "")]
    presenter.pages.on_news()
    presenter.pages.on_assign(1)
    office.kept = [*office.kept, (PageThumb("p2", 2, 0), "")]
    presenter.pages.on_news()
    assert presenter.work.current_page == 1
    presenter.pages.on_step(-1)
    office.kept = [*office.kept, (PageThumb("p3", 3, 0), "")]
    presenter.pages.on_news()
    assert presenter.work.current_page == 0


def test_pages_without_a_paper_are_told_once_before_the_dossier_is_received() -> None:
    presenter, view, office = filled(FakeIntakes(stack=2))
    presenter.on_all_present()
    presenter.pages.on_scan()
    presenter.pages.on_assign(1)
    presenter.on_receive()
    assert office.received == []
    assert "1 trang" in view.last("say")[1]
    presenter.on_receive()
    assert len(office.received) == 1


def test_what_the_officer_assigned_outlives_an_older_answer_of_the_store() -> None:
    presenter, _view, office = filled(FakeIntakes(stack=2))
    presenter.pages.on_scan()
    before = list(office.kept)
    presenter.pages.on_assign(2)
    office.kept = before
    presenter.pages.load()
    assert presenter.work.pages[0][1] == "tp-2"
