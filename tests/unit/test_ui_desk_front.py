"""Who was not called: back after a miss, with an appointment, with several dossiers; by key and list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from samples import NOON
from ui_fakes import Remember

from kiosk.config import Config, PrinterConfig
from kiosk.domain.appointment import MOST_TIMES, Arrival, arrival, bookable
from kiosk.domain.ticket import TicketState
from kiosk.services.moving import TooManyReturnsError
from ui.desk.front_office import ticket_paper
from ui.desk.front_presenter import BACK_PLACES, COUNTS, Bookings, FrontPresenter
from ui.desk.model import AtCounter, Choice
from ui.tasks import run_now

MINUTE = timedelta(minutes=1)
AT = AtCounter("k1", "A001", "ho-tich", "Hộ tịch", TicketState.CALLED, 1)


@dataclass
class FakeFront:
    absent: list[Choice] = field(default_factory=lambda: [Choice("k7", "A007 · Hộ tịch · gọi lúc 09:12")])
    done: list[tuple[str, ...]] = field(default_factory=list)

    def missed(self) -> Sequence[Choice]:
        return self.absent

    def bring_back(self, key: str, place: str) -> str:
        if key == "often":
            raise TooManyReturnsError(number="A009", returns=1)
        self.done.append(("back", key, place))
        return "A007"

    def bookings(self) -> Bookings:
        return Bookings((Choice("ho-tich", "Hộ tịch"),), (Choice("2026-11-23T10:00:00+07:00", "10:00"),))

    def check_in(self, line: str, booked_at: str, touch: str) -> str:
        self.done.append(("check in", line, booked_at, touch))
        return "A012"

    def set_dossiers(self, key: str, count: int) -> None:
        self.done.append(("dossiers", key, str(count)))


class Front:
    def __init__(self, current: AtCounter | None = AT) -> None:
        self.view, self.office, self.reads, self.touches = Remember(), FakeFront(), 0, 0
        self.presenter = FrontPresenter(self.view, self.office, run_now, lambda: current, self._read, self._touch)

    def _read(self) -> None:
        self.reads += 1

    def _touch(self) -> str:
        self.touches += 1
        return f"touch-{self.touches}"


def test_who_was_absent_is_chosen_from_a_list_and_goes_behind_everybody_by_default() -> None:
    front = Front()
    front.presenter.on_return()
    act, _title, choices, _setting, places = front.view.last("ask")
    assert (act, choices, places) == ("return", front.office.absent, BACK_PLACES)
    assert places[0].id == "end"
    front.presenter.on_chosen("return", "k7", "end")
    assert front.office.done == [("back", "k7", "end")]
    assert "A007" in front.view.last("say")[1]
    assert front.reads == 1


def test_where_nobody_may_come_back_that_is_said_and_what_to_do() -> None:
    front = Front()
    front.office.absent = []
    front.presenter.on_return()
    assert front.view.all("ask") == []
    assert "lấy số mới" in front.view.last("say")[2]


def test_a_refusal_is_told_in_words() -> None:
    front = Front()
    front.presenter.on_chosen("return", "often", "end")
    assert front.view.last("show_problem").code == "ticket.returns"
    assert front.reads == 0


def test_an_appointment_gives_one_number_for_one_choice() -> None:
    front = Front()
    front.presenter.on_appointment()
    act, _title, lines, _setting, times = front.view.last("ask")
    assert act == "appointment"
    for _press in range(2):  # pressed twice: the same touch, so the same number
        front.presenter.on_chosen("appointment", lines[0].id, times[0].id)
    assert set(front.office.done) == {("check in", "ho-tich", "2026-11-23T10:00:00+07:00", "touch-1")}
    front.presenter.on_appointment()
    front.presenter.on_chosen("appointment", lines[0].id, times[0].id)
    assert front.office.done[-1][-1] == "touch-2"


def test_the_number_at_the_counter_gets_its_count_of_dossiers() -> None:
    front = Front()
    front.presenter.on_dossiers()
    offered = front.view.last("ask")[2]
    assert [c.id for c in offered] == [c.id for c in COUNTS]
    assert [c.words for c in offered if c.usual] == ["1 hồ sơ"], "what is noted already is marked"
    assert COUNTS[2].words == "3 hồ sơ", "the key 3 chooses three"
    front.presenter.on_chosen("dossiers", "3", "")
    assert front.office.done == [("dossiers", "k1", "3")]
    empty = Front(None)
    empty.presenter.on_dossiers()
    empty.presenter.on_chosen("dossiers", "3", "")
    assert empty.office.done == []
    assert "F2" in empty.view.last("say")[2]


def test_choices_of_other_panels_are_left_alone() -> None:
    front = Front()
    front.presenter.on_chosen("transfer", "group:chung-thuc", "end")
    assert front.office.done == []


@pytest.mark.parametrize(("early", "late"), [(15, 15), (0, 10), (60, 60), (240, 240), (30, 5)])
@pytest.mark.parametrize("minute", [0, 7, 59])
def test_every_time_offered_is_one_for_which_the_citizen_is_on_time(early: int, late: int, minute: int) -> None:
    now = NOON.replace(minute=minute)
    times = bookable(now, early * MINUTE, late * MINUTE)
    assert 1 <= len(times) <= MOST_TIMES
    assert times == sorted(times)
    assert all(arrival(at, now, early * MINUTE, late * MINUTE) is Arrival.ON_TIME for at in times)


def test_the_times_of_a_quarter_of_an_hour_each_way() -> None:
    now = datetime(2026, 11, 23, 9, 4, tzinfo=NOON.tzinfo)
    times = [f"{at:%H:%M}" for at in bookable(now, 15 * MINUTE, 15 * MINUTE)]
    assert times == ["08:50", "08:55", "09:00", "09:05", "09:10", "09:15"]


@pytest.mark.parametrize(
    ("printers", "words"),
    [
        ((PrinterConfig(kind="escpos-tcp", address="192.168.1.5:9100"),), "Phiếu in ở máy in số thứ tự."),
        ((PrinterConfig(papers=("ticket",), kind="station", address="tram-9"),), "Phiếu ra ở tram-9."),
        ((), "Máy này không có máy in số: đọc số cho người dân ghi lại."),
    ],
)
def test_the_desk_says_where_the_paper_of_a_number_comes_out(printers: tuple[PrinterConfig, ...], words: str) -> None:
    assert ticket_paper(Config(printers=printers)) == words
