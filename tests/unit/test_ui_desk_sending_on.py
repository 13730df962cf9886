"""The desk's newer acts: sending a number on, taking back, pausing the counter."""

from __future__ import annotations

from ui_fakes import FakeQueue, Remember

from ui.desk.queue_presenter import PLACES, REASONS, RETURNS, QueuePresenter
from ui.tasks import run_now


def a_counter() -> tuple[QueuePresenter, Remember, FakeQueue]:
    view, office = Remember(), FakeQueue()
    presenter = QueuePresenter(view, office, run_now)
    presenter.refresh()
    return presenter, view, office


def test_opening_and_looking_calls_nobody() -> None:
    presenter, _view, office = a_counter()
    presenter.refresh()
    assert office.done == []


def test_a_number_is_sent_where_the_officer_says_only_once_that_is_said() -> None:
    presenter, view, office = a_counter()
    presenter.on_transfer()
    assert view.all("ask") == []
    assert "F2" in view.last("say")[2]
    presenter.on_next()
    presenter.on_transfer()
    assert office.done == ["call A001"]
    act, title, targets, _setting, places = view.last("ask")
    assert (act, title, places) == ("transfer", "Chuyển số A001 đến", PLACES)
    presenter.on_chosen("transfer", targets[0].id, "next")
    assert office.done[-1] == "transfer group:chung-thuc next A001"
    assert presenter.current is None


def test_the_last_act_is_taken_back_and_said() -> None:
    presenter, view, office = a_counter()
    presenter.on_next()
    presenter.on_undo()
    assert office.done == []
    assert view.last("say")[1] == "Đã hoàn tác: số A001 đang chờ."
    presenter.on_undo()
    assert view.last("show_problem").code == "ticket.nothing_to_undo"


def test_a_counter_is_paused_with_reason_and_return_and_opened_by_the_same_key() -> None:
    presenter, view, office = a_counter()
    presenter.on_pause()
    assert view.last("ask")[2:] == (REASONS, "Dự kiến trở lại sau", RETURNS)
    presenter.on_chosen("pause", "Họp", "30")
    presenter.on_pause()
    assert office.done == ["pause Họp 30", "open"]


def test_a_counter_with_a_citizen_is_not_paused_but_a_settled_one_is_finished_on_the_way() -> None:
    presenter, view, office = a_counter()
    presenter.on_next()
    presenter.on_pause()
    assert view.all("ask") == []
    presenter.done_with_current = True
    presenter.on_pause()
    presenter.on_chosen("pause", "Họp", "0")
    assert office.done == ["call A001", "finish A001", "pause Họp 0"]
