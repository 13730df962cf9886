"""An appointment's code at the kiosk: typed or read on the look-up page, its number; what is wrong is told plainly."""

from __future__ import annotations

import pytest
from ui_fakes import FakeClock, FakeTicketing, Remember

from kiosk.domain.appointment import AppointmentEndedError, code_of
from kiosk.domain.opening import Opening
from kiosk.errors import KioskError
from kiosk.services.appointments import UnknownAppointmentError
from ui.tasks import run_now
from ui.ticketing.lookup import SEARCH, TRIES
from ui.ticketing.presenter import TicketingPresenter
from ui.ticketing.words import VI

CODE = code_of(4711)


def a_kiosk(office: FakeTicketing | None = None) -> tuple[Remember, FakeTicketing, FakeClock, TicketingPresenter]:
    view, clock, door = Remember(), FakeClock(), office or FakeTicketing()
    presenter = TicketingPresenter(view, door, run_now, clock)
    presenter.open()
    return view, door, clock, presenter


def type_in(presenter: TicketingPresenter, code: str = CODE) -> None:
    presenter.on_lookup()
    for key in (*code, SEARCH):
        presenter.lookup_key(key)


def test_the_six_digits_give_the_number_and_look_up_no_dossier() -> None:
    view, door, _clock, presenter = a_kiosk()
    type_in(presenter)
    assert list(door.touches) == [f"appointment/{CODE}"]
    assert view.last("show_number").label == "A001"
    assert door.looked_up == []
    assert vars(presenter.lookup)["_digits"] == ""


def test_the_code_may_be_read_on_the_look_up_page() -> None:
    view, door, _clock, presenter = a_kiosk()
    presenter.on_lookup()
    presenter.on_scanned(f"{CODE}\r")
    assert list(door.touches) == [f"appointment/{CODE}"]
    assert view.all("show_number")


def test_six_digits_with_a_typing_error_are_no_appointment() -> None:
    _view, door, _clock, presenter = a_kiosk()
    type_in(presenter, CODE[:-1] + str((int(CODE[-1]) + 1) % 10))
    assert door.touches == {}


@pytest.mark.parametrize("failure", [UnknownAppointmentError(), AppointmentEndedError(code=CODE, number="")])
def test_a_code_that_gives_nothing_is_told_in_the_citizens_words(failure: KioskError) -> None:
    view, _door, _clock, presenter = a_kiosk(FakeTicketing(failing=failure))
    type_in(presenter)
    assert view.last("show_note") == ("warn", VI.booked_bad, VI.booked_bad_fix)
    assert view.all("set_busy")[-1] == (False,)


def test_nobody_walks_through_the_codes() -> None:
    view, door, _clock, presenter = a_kiosk(FakeTicketing(failing=UnknownAppointmentError()))
    for n in range(TRIES + 3):
        type_in(presenter, code_of(n))
    assert door.asked == TRIES
    assert view.last("show_note")[1] == VI.too_often


def test_out_of_hours_a_code_gives_no_number() -> None:
    view, door, _clock, presenter = a_kiosk(FakeTicketing(hours=Opening(False)))
    type_in(presenter)
    assert door.touches == {}
    assert view.all("show_closed")
