"""What the desk watches: the printer, the province, calls for help."""

from __future__ import annotations

import pytest
from ui_fakes import FakeWatch, Remember

from ui.desk.model import Exchange, Recent, Saved
from ui.desk.watch_presenter import WatchPresenter, exchange_words
from ui.tasks import run_now


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        (Exchange(0, 12, 0), "good"),
        (Exchange(3, 12, 0), "info"),
        (Exchange(3, 12, 0, 90, "down"), "warn"),
        (Exchange(0, 12, 0, 0, "down"), "warn"),
        (Exchange(3, 12, 0, 200, "up"), "warn"),
        (Exchange(0, 12, 1), "bad"),
    ],
)
def test_the_indicator_has_words_for_every_state_of_the_line(state: Exchange, tone: str) -> None:
    assert exchange_words(state)[0] == tone
    assert exchange_words(state)[1].startswith("Tỉnh: ")


def test_in_training_the_indicator_says_that_nothing_is_sent() -> None:
    for state in (Exchange(0, 0, 0, is_training=True), Exchange(2, 0, 1, 900, "down", is_training=True)):
        assert exchange_words(state) == ("", "Tập huấn: không gửi gì lên tỉnh")


def test_where_another_machine_prints_the_desk_says_at_which_the_paper_lies() -> None:
    view, office = Remember(), FakeWatch()
    presenter = WatchPresenter(view, office, run_now, paper_at="tram-1")
    presenter.on_saved(Saved("", "k", "", "", "", "slip-1"))
    assert view.last("show_printing") == ("info", "Đang in 2 bản ở tram-1")
    office.paper = "failed"
    presenter.on_news(2)
    assert view.last("show_printing") == ("bad", "Chưa in được. Xem lại giấy và tram-1.")


def test_the_slip_is_followed_until_it_is_printed() -> None:
    view, office = Remember(), FakeWatch()
    presenter = WatchPresenter(view, office, run_now)
    presenter.open()
    presenter.on_saved(Saved("", "k", "", "", "", "slip-1"))
    presenter.on_news(1)
    assert view.last("show_printing")[0] == "info"
    office.paper = "failed"
    presenter.on_news(1)
    assert view.last("show_printing")[0] == "bad"
    office.paper = "printed"
    presenter.on_news(1)
    office.paper = "failed"
    presenter.on_news(2)
    assert view.last("show_printing")[0] == "good"


def test_an_entry_that_arrived_at_the_province_changes_its_line_and_the_code_without_any_news() -> None:
    view, office = Remember(), FakeWatch(state=Exchange(1, 0, 0))
    presenter = WatchPresenter(view, office, run_now)
    presenter.open()
    presenter.on_saved(Saved("", "261123100010", "", "", "", ""))
    presenter.on_news(4)
    shown = len(view.all("show_recent"))
    presenter.on_news(4)
    assert len(view.all("show_recent")) == shown
    office.state = Exchange(0, 1, 0)
    office.list = (Recent("261123100010", "H26.107-261123-0001", "", "", "", "good", "Tỉnh đã nhận"),)
    presenter.on_news(4)
    assert view.last("show_recent") == office.list
    assert view.last("show_code") == ("261123100010", "H26.107-261123-0001")


def test_a_store_that_does_not_answer_is_told_once_and_its_return_too() -> None:
    view = Remember()
    watch = WatchPresenter(view, FakeWatch(), run_now)
    watch.open()
    for _second in range(5):
        watch.on_lost()
    assert [said[0] for said in view.all("say")] == ["bad"]
    watch.on_news(1)
    watch.on_news(1)
    assert [said[0] for said in view.all("say")] == ["bad", "good"]


def test_the_whole_reason_of_a_refusal_is_read_on_its_line() -> None:
    view = Remember()
    watch = WatchPresenter(view, FakeWatch(), run_now)
    watch.on_looked_at(Recent("k", "", "Trần Thị Nụ", "", "", "bad", "Tỉnh từ chối", "Thiếu mã lĩnh vực.", 7))
    assert "Thiếu mã lĩnh vực." in view.last("say")[1]


def test_paper_that_does_not_come_is_told() -> None:
    view, office = Remember(), FakeWatch()
    presenter = WatchPresenter(view, office, run_now)
    presenter.on_saved(Saved("", "k", "", "", "", "slip-1"))
    for _heartbeat in range(25):
        presenter.on_news(1)
    assert view.last("show_printing")[0] == "warn"


def test_a_call_for_help_reaches_the_desk() -> None:
    view, office = Remember(), FakeWatch()
    presenter = WatchPresenter(view, office, run_now)
    presenter.open()
    office.asked = (9, "kiosk-1")
    presenter.on_news(9)
    assert "kiosk-1" in view.last("say")[1]
