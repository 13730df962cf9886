"""The hall screen: every call shown, in order, whatever happens to the link."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from ui_fakes import FakeClock, FakeDisplay, FakeSeen, Remember

from kiosk.errors import TransientSyncError
from ui.display.office import SeenFile
from ui.display.presenter import Board, Call, DisplayPresenter, Ended
from ui.tasks import run_now


def a_call(seq: int, clock: FakeClock, label: str = "", counter: str = "Quầy 1") -> Call:
    return Call(seq, label or f"A{seq:03d}", counter, clock())


def a_display(office: FakeDisplay, seen: FakeSeen, clock: FakeClock) -> tuple[DisplayPresenter, Remember]:
    view = Remember()
    presenter = DisplayPresenter(view, office, seen, run_now, clock)
    presenter.open()
    return presenter, view


def called(view: Remember) -> list[str]:
    return [args[0].label for args in view.all("call")]


def tick_through(presenter: DisplayPresenter, clock: FakeClock, seconds: float) -> None:
    for _half in range(round(seconds * 2)):
        clock.pass_s(0.5)
        presenter.on_tick()


def test_a_display_that_was_cut_pulls_the_gap() -> None:
    clock, office, seen = FakeClock(), FakeDisplay(), FakeSeen()
    presenter, view = a_display(office, seen, clock)
    office.items = [a_call(n, clock) for n in range(1, 6)]
    presenter.on_news(5)  # hints 1..4 never arrived
    tick_through(presenter, clock, 10)
    assert called(view) == ["A001", "A002", "A003", "A004", "A005"]
    assert seen.seq == 5


def test_a_restart_shows_what_was_called_meanwhile_and_nothing_twice() -> None:
    clock, office, seen = FakeClock(), FakeDisplay(), FakeSeen()
    office.items = [a_call(1, clock)]
    presenter, _view = a_display(office, seen, clock)
    presenter.on_news(1)
    office.items.append(a_call(2, clock))
    again, view = a_display(office, seen, clock)
    again.on_news(2)
    tick_through(again, clock, 3)
    assert called(view) == ["A002"]


def test_a_recall_is_shown_again() -> None:
    clock, office = FakeClock(), FakeDisplay()
    presenter, view = a_display(office, FakeSeen(0), clock)
    office.items = [a_call(1, clock, "A007"), a_call(2, clock, "A007")]
    presenter.on_news(2)
    tick_through(presenter, clock, 4)
    assert called(view) == ["A007", "A007"]


def test_the_news_is_old_after_five_seconds_and_the_banner_tells_since_when() -> None:
    clock, office = FakeClock(), FakeDisplay()
    presenter, view = a_display(office, FakeSeen(), clock)
    presenter.on_news(0)
    since = clock()
    tick_through(presenter, clock, 5)
    assert view.all("show_stale") == []
    tick_through(presenter, clock, 1)
    assert view.all("show_stale") == [(since,)]
    presenter.on_news(0)
    assert view.last("show_stale") is None


def test_a_failed_pull_is_no_news_and_the_next_heartbeat_pulls_again() -> None:
    clock, office = FakeClock(), FakeDisplay()
    presenter, view = a_display(office, FakeSeen(0), clock)
    office.items = [a_call(1, clock)]
    office.failing = TransientSyncError()
    presenter.on_news(1)
    tick_through(presenter, clock, 6)
    assert view.all("show_stale")
    office.failing = None
    presenter.on_news(1)
    assert called(view) == ["A001"]


def test_a_display_that_opens_before_the_store_answers_starts_later() -> None:
    clock, office = FakeClock(), FakeDisplay(failing=TransientSyncError())
    presenter, view = a_display(office, FakeSeen(0), clock)
    office.failing = None
    office.items = [a_call(1, clock)]
    presenter.on_news(1)
    assert called(view) == ["A001"]


def test_a_burst_is_shown_one_by_one_and_none_is_dropped() -> None:
    clock, office = FakeClock(), FakeDisplay()
    presenter, view = a_display(office, FakeSeen(0), clock)
    office.items = [a_call(n, clock, counter=f"Quầy {n}") for n in range(1, 13)]
    presenter.on_news(12)
    assert called(view) == ["A001"]
    tick_through(presenter, clock, 20)
    assert called(view) == [f"A{n:03d}" for n in range(1, 13)]


def test_calls_older_than_a_minute_are_listed_without_calling_anybody() -> None:
    clock, office = FakeClock(), FakeDisplay()
    presenter, view = a_display(office, FakeSeen(0), clock)
    office.items = [a_call(1, clock)]
    clock.pass_s(120)
    presenter.on_news(1)
    assert called(view) == []
    assert view.last("show_calls")[0][0].label == "A001"


def test_a_number_that_was_served_leaves_the_large_rows_and_stays_in_the_list() -> None:
    clock, office = FakeClock(), FakeDisplay()
    presenter, view = a_display(office, FakeSeen(0), clock)
    office.items = [a_call(1, clock), Ended(2, "A001")]
    presenter.on_news(2)
    tick_through(presenter, clock, 2)
    current, recent = view.last("show_calls")
    assert current == ()
    assert [c.label for c in recent] == ["A001"]


def test_a_new_day_empties_the_board() -> None:
    clock, office = FakeClock(), FakeDisplay()
    office.start = Board(3, (a_call(1, clock),), (a_call(1, clock),))
    presenter, view = a_display(office, FakeSeen(), clock)
    assert view.last("show_calls")[0]
    clock.pass_s(86400)
    presenter.on_tick()
    assert view.last("show_calls") == ((), ())


def test_the_last_number_seen_survives_and_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    seen = SeenFile(tmp_path / "display-1.seen")
    assert seen.load() is None
    seen.save(41)
    assert SeenFile(seen.path).load() == 41
    seen.path.write_text("4\x00", encoding="ascii")
    assert seen.load() is None


@given(cuts=st.lists(st.booleans(), min_size=30, max_size=30), page=st.integers(1, 7))
def test_no_call_is_lost_or_repeated_with_hints_lost_at_random(cuts: list[bool], page: int) -> None:
    clock, office, seen = FakeClock(), FakeDisplay(page=page), FakeSeen(0)
    presenter, view = a_display(office, seen, clock)
    shown: list[Any] = []
    for n, heard in enumerate(cuts, 1):
        office.items.append(a_call(n, clock))
        if heard:
            presenter.on_news(n)
        if n == 15:  # the screen is switched off and on
            tick_through(presenter, clock, 30)
            shown = called(view)
            presenter, view = a_display(office, seen, clock)
    presenter.on_news(len(cuts))
    tick_through(presenter, clock, 60)
    assert shown + called(view) == [f"A{n:03d}" for n in range(1, len(cuts) + 1)]
