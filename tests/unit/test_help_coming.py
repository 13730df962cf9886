"""A call for help at a kiosk, the officer's answer at the desk, and the word on the kiosk's screen."""

from __future__ import annotations

from datetime import timedelta

from fakes import FakeOffice, FakeUnitOfWork
from samples import NOON
from ui_fakes import FakeClock, FakeTicketing, FakeWatch, Remember

from kiosk.domain.event import Actor
from kiosk.services.help import answer_help, ask_help, is_help_coming
from ui.desk.watch_presenter import WatchPresenter
from ui.tasks import run_now
from ui.ticketing.helping import WAIT_FOR
from ui.ticketing.presenter import TicketingPresenter
from ui.ticketing.words import VI

KIOSK, DESK = Actor("", "kiosk-1"), Actor("lan", "quay-1", "1")


def test_an_answer_counts_for_the_kiosk_that_asked_and_only_after_it_asked() -> None:
    office = FakeOffice()
    answer_help(FakeUnitOfWork(office), "kiosk-1", actor=DESK, now=NOON - timedelta(minutes=3))
    ask_help(FakeUnitOfWork(office), actor=KIOSK, now=NOON)
    later = NOON + timedelta(seconds=30)
    assert not is_help_coming(FakeUnitOfWork(office), "kiosk-1", NOON)
    answer_help(FakeUnitOfWork(office), "kiosk-1", actor=DESK, now=later)
    assert is_help_coming(FakeUnitOfWork(office), "kiosk-1", NOON)
    assert not is_help_coming(FakeUnitOfWork(office), "kiosk-2", NOON)


def a_kiosk() -> tuple[TicketingPresenter, Remember, FakeClock, FakeTicketing]:
    view, clock, door = Remember(), FakeClock(), FakeTicketing()
    presenter = TicketingPresenter(view, door, run_now, clock)
    presenter.open()
    return presenter, view, clock, door


def pass_s(presenter: TicketingPresenter, clock: FakeClock, seconds: int) -> None:
    for _second in range(seconds):
        clock.pass_s(1)
        presenter.on_tick()


def test_the_screen_says_once_that_an_officer_is_coming() -> None:
    presenter, view, clock, door = a_kiosk()
    presenter.on_help()
    pass_s(presenter, clock, 12)
    assert ("good", VI.coming, VI.coming_fix) not in view.all("show_note")
    door.coming = True
    pass_s(presenter, clock, 20)
    assert view.all("show_note").count(("good", VI.coming, VI.coming_fix)) == 1


def test_nobody_is_told_who_did_not_call_or_who_has_gone() -> None:
    presenter, view, clock, door = a_kiosk()
    door.coming = True
    pass_s(presenter, clock, 10)
    presenter.on_help()
    presenter.on_done()
    pass_s(presenter, clock, 10)
    assert ("good", VI.coming, VI.coming_fix) not in view.all("show_note")


def test_the_kiosk_asks_no_more_after_five_minutes() -> None:
    presenter, view, clock, door = a_kiosk()
    presenter.on_help()
    pass_s(presenter, clock, int(WAIT_FOR.total_seconds()) + 5)
    door.coming = True
    pass_s(presenter, clock, 10)
    assert ("good", VI.coming, VI.coming_fix) not in view.all("show_note")


def test_the_desk_answers_the_kiosk_that_asked_last_and_once() -> None:
    view, office = Remember(), FakeWatch(asked=(7, "kiosk-1"))
    watch = WatchPresenter(view, office, run_now)
    watch.open()
    watch.on_coming()
    office.asked = (7, "")
    watch.on_coming()
    assert office.answered == ["kiosk-1"]
    assert view.last("say")[1] == "Không có ai đang gọi ở máy lấy số."
