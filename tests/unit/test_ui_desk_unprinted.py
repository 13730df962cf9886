"""Slips that are not out are told once, listed by key, and printed here when the officer says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from fakes import FakeOffice
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake
from ui_fakes import FakeClock, Remember

from kiosk.config import Config, PrinterConfig, StationConfig
from kiosk.domain.job import EXPIRED, JobState
from kiosk.domain.station import Station, StationKind
from kiosk.errors import StaleError
from kiosk.services.reception import receive_dossier
from kiosk.services.unprinted import Unprinted, unprinted_slips
from ui.desk.unprinted_presenter import UnprintedPresenter, place_of
from ui.tasks import run_now
from ui.workers import lasting_owner


def a_slip(minutes_ago: int = 5, station: str = "quay-2", **job: object) -> Unprinted:
    office, made = FakeOffice(), NOON - timedelta(minutes=minutes_ago)
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    receive_dossier(office.units(), replace(a_desk(), paper_at=station), an_intake(), actor=OFFICER, now=made)
    with office.units() as look:
        (found,) = unprinted_slips(look, NOON)
    return replace(found, job=replace(found.job, **job))  # type: ignore[arg-type]


def a_station(**changes: object) -> Station:
    known = Station("quay-2", StationKind.DESK, "may-2", "L0", NOON, seen_at=NOON)
    return replace(known, **changes)  # type: ignore[arg-type]


@dataclass
class FakeUnprinted:
    found: list[Unprinted] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    station: str = "quay-1"
    taken: bool = False

    def unprinted(self) -> Sequence[Unprinted]:
        return self.found

    def print_here(self, key: str) -> str:
        if self.taken:
            raise StaleError
        self.asked.append(key)
        return "quay-1"


def a_desk_that_hears(*found: Unprinted) -> tuple[UnprintedPresenter, FakeUnprinted, FakeClock, Remember]:
    office, clock, view = FakeUnprinted(list(found)), FakeClock(), Remember()
    return UnprintedPresenter(view, office, run_now, clock), office, clock, view


def test_a_slip_that_did_not_come_out_is_told_once_with_the_key_to_press() -> None:
    slip = a_slip()
    presenter, _office, clock, view = a_desk_that_hears(slip)
    for _ in range(3):
        presenter.on_news(7)
        clock.pass_s(40)
    ((tone, message, fix),) = view.all("say")
    assert (tone, fix) == ("warn", "Bấm Ctrl+P để in ở máy này.")
    assert slip.whose in message
    assert "quay-2" in message


def test_a_slip_that_is_only_being_printed_is_not_told() -> None:
    presenter, _office, _clock, view = a_desk_that_hears(a_slip(minutes_ago=1))
    presenter.on_news(7)
    assert view.all("say") == []


def test_heartbeats_do_not_read_the_list_each_second() -> None:
    presenter, office, clock, view = a_desk_that_hears()
    presenter.on_news(7)
    office.found = [a_slip()]
    clock.pass_s(1)
    presenter.on_news(7)
    assert view.all("say") == []
    clock.pass_s(30)
    presenter.on_news(7)
    assert len(view.all("say")) == 1


def test_the_list_says_whose_paper_it_is_and_the_choice_prints_it_here() -> None:
    slip = a_slip()
    presenter, office, _clock, view = a_desk_that_hears(slip)
    presenter.on_list()
    act, _title, (choice,), *_ = view.last("ask")
    assert choice.words.startswith(slip.whose)
    presenter.on_chosen(act, choice.id, "")
    assert office.asked == [slip.job.key]
    assert view.last("say")[:2] == ("good", "Giấy sẽ in ở máy này.")


def test_a_choice_of_another_list_prints_nothing() -> None:
    presenter, office, _clock, _view = a_desk_that_hears(a_slip())
    presenter.on_chosen("return", "k7", "end")
    assert office.asked == []


def test_when_another_desk_was_faster_that_is_said() -> None:
    presenter, office, _clock, view = a_desk_that_hears(a_slip())
    office.taken = True
    presenter.on_chosen("unprinted", "slip:x:1", "")
    assert view.last("show_problem").code == "stale"


def test_where_everything_is_out_no_empty_list_stands() -> None:
    presenter, _office, _clock, view = a_desk_that_hears()
    presenter.on_list()
    assert view.all("ask") == []
    assert view.last("say")[1] == "Mọi giấy đã in xong."


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (replace(a_slip(), station=a_station(revoked_at=NOON)), "quay-2 đã ngắt"),
        (replace(a_slip(), station=a_station(seen_at=NOON - timedelta(minutes=2))), "quay-2 im lặng"),
        (replace(a_slip(error="device.paper"), station=a_station()), "quay-2 lỗi máy in"),
        (a_slip(state=JobState.REJECTED, error=EXPIRED), "quay-2 đã thôi thử"),
        (a_slip(station="quay-1", error="device.paper"), "máy này lỗi máy in"),
        (a_slip(station=""), "máy nào rảnh"),
    ],
)
def test_the_place_says_why_it_does_not_come_out(one: Unprinted, words: str) -> None:
    assert place_of(one, "quay-1", NOON) == words


def test_a_desk_without_a_printer_has_its_slips_made_by_the_machine_that_its_settings_name() -> None:
    station = StationConfig(name="quay-2")
    receipts = PrinterConfig(kind="escpos-tcp", address="192.168.1.5:9100")
    elsewhere = PrinterConfig(papers=("slip",), kind="station", address="quay-1")
    assert Config(station=station).prints_at("slip") == "quay-2"
    assert Config(station=station, printers=(receipts, elsewhere)).prints_at("slip") == "quay-1"
    assert Config(station=station, printers=(receipts, elsewhere)).prints_at("ticket") == "quay-2"


def test_two_data_folders_on_one_computer_are_two_owners_and_each_keeps_its_name(tmp_path: Path) -> None:
    first, second = (lasting_owner(tmp_path / name, "print") for name in ("a", "b"))
    assert first != second
    assert first == lasting_owner(tmp_path / "b" / ".." / "a", "print")
