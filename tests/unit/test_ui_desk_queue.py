"""The desk's queue: calling, and what is done with the number at the counter."""

from __future__ import annotations

from desk_presenters import a_counter
from ui_fakes import FakeQueue, Later, Remember

from kiosk.errors import StorageError
from ui.desk.model import Queue
from ui.desk.queue_presenter import QueuePresenter


def test_opening_and_refreshing_a_desk_calls_nobody() -> None:
    presenter, _view, office = a_counter()
    for _news in range(5):
        presenter.refresh()
    assert office.done == []


def test_pressing_next_calls_one_citizen_even_while_the_answer_is_on_its_way() -> None:
    view, office, later = Remember(), FakeQueue(), Later()
    presenter = QueuePresenter(view, office, later)
    for _press in range(4):
        presenter.on_next()
    later.answer()
    later.answer()
    assert office.done == ["call A001"]


def test_a_counter_that_holds_a_number_says_what_to_do_instead_of_calling() -> None:
    presenter, view, office = a_counter()
    presenter.on_next()
    presenter.on_next()
    assert office.done == ["call A001"]
    assert "A001" in view.last("say")[1]


def test_after_a_dossier_was_settled_next_finishes_and_calls_with_one_key() -> None:
    presenter, _view, office = a_counter()
    presenter.on_next()
    presenter.done_with_current = True
    presenter.on_next()
    assert office.done == ["call A001", "finish A001", "call A002"]
    assert not presenter.done_with_current


def test_an_empty_queue_is_told_and_the_desk_stays_usable() -> None:
    presenter, view, office = a_counter(FakeQueue(waiting=[]))
    presenter.on_next()
    assert view.last("show_problem").code == "ticket.queue_empty"
    office.waiting = ["B001"]
    presenter.on_next()
    assert office.done == ["call B001"]


def test_the_other_acts_go_to_the_number_at_the_counter() -> None:
    presenter, view, office = a_counter()
    presenter.on_recall()
    assert view.last("say")[0] == "info"
    presenter.on_next()
    presenter.on_recall()
    presenter.citizen_is_here()
    presenter.citizen_is_here()
    presenter.on_park()
    presenter.on_call_back("A001")
    presenter.on_miss()
    assert office.done == ["call A001", "recall A001", "serve A001", "park A001", "back A001", "miss A001"]


def test_a_queue_that_cannot_be_read_is_no_empty_counter() -> None:
    class Unread(FakeQueue):
        def queue(self) -> Queue:
            raise StorageError

    presenter, view, _office = a_counter(Unread())
    presenter.refresh()
    assert len(view.all("show_problem")) == 1
    assert view.all("show_queue") == []
