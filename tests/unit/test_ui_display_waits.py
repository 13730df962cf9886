"""The hall reads what a number taken now would wait: in its turn among the notices, steady, and never stale."""

from __future__ import annotations

from datetime import timedelta

from samples import NOON
from ui_fakes import FakeClock, FakeDisplay, FakeSeen, Later, Remember

from ui.display.notices import Notice
from ui.display.presenter import Bearing, DisplayPresenter
from ui.display.waits import LineWait, SteadyWaits
from ui.tasks import run_now

MINUTE = timedelta(minutes=1)


class Texts:
    def __init__(self, *titles: str) -> None:
        self.titles = titles

    def all(self) -> tuple[Notice, ...]:
        return tuple(Notice(title) for title in self.titles)


def hall(*titles: str) -> tuple[DisplayPresenter, FakeDisplay, FakeClock, Remember]:
    clock, office, view = FakeClock(), FakeDisplay(), Remember()
    bearing = Bearing(notice_each=timedelta(seconds=10))
    presenter = DisplayPresenter(view, office, FakeSeen(0), run_now, clock, notices=Texts(*titles), bearing=bearing)
    presenter.open()
    return presenter, office, clock, view


def shown(presenter: DisplayPresenter, clock: FakeClock, view: Remember, seconds: int) -> list[str]:
    before = len(view.all("show_notice"))
    for _ in range(seconds):
        clock.pass_s(1)
        presenter.on_tick()
    return [args[0].title.split()[0] if args[0] else "" for args in view.all("show_notice")[before:]]


def test_the_waits_have_their_turn_after_the_notices() -> None:
    presenter, office, clock, view = hall("Một", "Hai")
    office.told = [LineWait("Hộ tịch", (10, 20)), LineWait("Chứng thực", (0, 5))]
    assert shown(presenter, clock, view, 55) == ["Một", "Hai", "Nếu", "Một", "Hai", "Nếu"]
    assert view.last("show_notice").body == "Hộ tịch: 10–20 phút\nChứng thực: dưới 5 phút"


def test_without_notices_the_waits_stand_alone_and_go_when_nothing_is_known() -> None:
    presenter, office, clock, view = hall()
    office.told = [LineWait("Hộ tịch", (60, 80))]
    assert set(shown(presenter, clock, view, 60)) == {"Nếu"}
    assert view.last("show_notice").body == "Hộ tịch: trên 60 phút"
    office.told = []
    assert shown(presenter, clock, view, 60)[-1] == ""


def test_nothing_is_told_while_too_little_is_known() -> None:
    presenter, _office, clock, view = hall()
    assert shown(presenter, clock, view, 60) == []


def test_an_estimate_rises_by_a_step_each_two_minutes_and_falls_at_once() -> None:
    waits = SteadyWaits()
    bodies = []
    for half_minutes in range(17):
        fresh = (20, 40) if half_minutes else (10, 20)
        waits.take([LineWait("Hộ tịch", fresh)], NOON + half_minutes * MINUTE / 2)
        made = waits.notice(NOON + half_minutes * MINUTE / 2)
        bodies.append(made.body.removeprefix("Hộ tịch: ") if made else "")
    assert bodies[3] == "10–20 phút"
    assert bodies[4] == "15–25 phút"
    assert bodies[7] == "15–25 phút"
    assert bodies[16] == "20–40 phút"
    waits.take([LineWait("Hộ tịch", (0, 5))], NOON + 9 * MINUTE)
    made = waits.notice(NOON + 9 * MINUTE)
    assert made is not None
    assert made.body == "Hộ tịch: dưới 5 phút"


def test_an_estimate_that_nobody_renews_is_taken_down() -> None:
    waits = SteadyWaits()
    waits.take([LineWait("Hộ tịch", (10, 20))], NOON)
    assert waits.notice(NOON + 3 * MINUTE) is not None
    assert waits.notice(NOON + 4 * MINUTE) is None


def test_a_slow_estimate_holds_up_no_call() -> None:
    clock, office, slow = FakeClock(), FakeDisplay(), Later()
    presenter = DisplayPresenter(Remember(), office, FakeSeen(0), run_now, clock, slow=slow)
    presenter.open()
    presenter.on_tick()
    assert len(slow.waiting) == 1
