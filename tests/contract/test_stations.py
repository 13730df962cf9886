"""Stations on every store: one letter, one holder; a copied disk is found out; what was shut out stays out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from samples import NOON, OFFICE, OFFICER

from kiosk.domain.station import (
    DESK_LETTER,
    DoubtfulStationError,
    Grant,
    NoLetterLeftError,
    RevokedStationError,
    Station,
    StationKind,
    UnknownStationError,
    free_letter,
)
from kiosk.errors import StaleError
from kiosk.services.ports import Units
from kiosk.services.stations import StationNameError, desk_series, enrol, renew, revoke


def pair(
    units: Units, name: str, kind: StationKind = StationKind.KIOSK, lease: str = "L0", minutes: int = 0
) -> Station:
    now = NOON + timedelta(minutes=minutes)
    return enrol(units(), OFFICE, name, kind, "may-1", lease, actor=OFFICER, now=now)


def beat(units: Units, name: str, lease: str, following: str, off_s: int = 0) -> Station:
    clock = NOON + timedelta(seconds=off_s)
    return renew(units(), name, lease, following, now=NOON, station_clock=clock)


def test_the_first_kiosk_has_no_letter_and_every_other_one_its_own(units: Units) -> None:
    kiosks = [pair(units, f"kiosk-{n}") for n in range(1, 5)]
    assert kiosks[0].letter == ""
    assert len({k.letter for k in kiosks}) == len({k.epoch for k in kiosks}) == 4
    assert 1 not in {k.epoch for k in kiosks}


def test_a_display_gets_no_series(units: Units) -> None:
    assert (pair(units, "man-hinh", StationKind.DISPLAY).epoch, desk_letter(units)) == (0, "")


def desk_letter(units: Units) -> str:
    with units() as uow:
        return desk_series(uow, NOON).letter


def test_the_desk_gives_way_to_a_kiosk_without_a_letter(units: Units) -> None:
    assert desk_letter(units) == ""
    pair(units, "kiosk-1")
    assert desk_letter(units) == DESK_LETTER


def test_a_kiosk_paired_again_never_numbers_under_its_former_letter_that_day(units: Units) -> None:
    first = pair(units, "kiosk-1")
    again = pair(units, "kiosk-1", minutes=5)
    assert again.letter != first.letter
    assert again.epoch > first.epoch


def test_a_letter_is_free_again_when_nobody_can_hold_a_paper_with_it(units: Units) -> None:
    pair(units, "kiosk-1")
    revoke(units(), "kiosk-1", actor=OFFICER, now=NOON)
    assert pair(units, "kiosk-2", minutes=1).letter != ""
    assert pair(units, "kiosk-3", minutes=3 * 24 * 60).letter == ""


def test_the_store_itself_refuses_one_letter_for_two(units: Units) -> None:
    with units() as uow:
        uow.stations.grant(Grant(2, "K", "kiosk-1", NOON))
        uow.commit()
    with units() as uow, pytest.raises(StaleError):
        uow.stations.grant(Grant(3, "K", "kiosk-2", NOON))


def test_a_lost_answer_does_no_harm(units: Units) -> None:
    pair(units, "kiosk-1", lease="L0")
    beat(units, "kiosk-1", "L0", "L1")
    beat(units, "kiosk-1", "L0", "L1")  # the answer was lost: the station asks again with the same words
    assert beat(units, "kiosk-1", "L1", "L2").seen_at == NOON


def test_a_copied_disk_is_found_out_and_stays_doubtful(units: Units) -> None:
    pair(units, "kiosk-1", lease="L0")
    beat(units, "kiosk-1", "L0", "L1")
    beat(units, "kiosk-1", "L1", "L2")
    with pytest.raises(DoubtfulStationError):
        beat(units, "kiosk-1", "L0", "X1")  # the copy still holds the lease of the day it was made
    with pytest.raises(DoubtfulStationError):
        beat(units, "kiosk-1", "L2", "L3")  # nobody knows any more which of the two is the kiosk
    with units() as uow:
        assert [e.kind for e in uow.events.of("kiosk-1")] == ["station.enrolled", "station.doubtful"]
    assert not pair(units, "kiosk-1", minutes=9).is_doubtful


def test_who_was_shut_out_is_not_heard(units: Units) -> None:
    pair(units, "tv", StationKind.DISPLAY)
    revoke(units(), "tv", actor=OFFICER, now=NOON)
    with pytest.raises(RevokedStationError):
        beat(units, "tv", "L0", "L1")
    with pytest.raises(UnknownStationError):
        beat(units, "ai-do", "L0", "L1")


def test_a_clock_far_off_is_told_once(units: Units) -> None:
    pair(units, "kiosk-1")
    beat(units, "kiosk-1", "L0", "L1", off_s=3600)
    assert beat(units, "kiosk-1", "L1", "L2", off_s=3601).clock_off_s == 3601
    with units() as uow:
        assert [e.kind for e in uow.events.of("kiosk-1")] == ["station.enrolled", "station.clock_off"]


def test_a_station_is_silent_after_three_missed_beats(units: Units) -> None:
    station = pair(units, "kiosk-1")
    assert station.is_silent(NOON)
    station = beat(units, "kiosk-1", "L0", "L1")
    assert not station.is_silent(NOON + timedelta(seconds=29))
    assert station.is_silent(NOON + timedelta(seconds=31))


@pytest.mark.parametrize("name", ["", "Kiosk 1", "kiosk_1", "-kiosk", "k" * 31, "ki-ốt"])
def test_a_name_that_no_file_or_role_could_bear_is_refused(units: Units, name: str) -> None:
    with pytest.raises(StationNameError):
        pair(units, name)


def test_letters_that_look_like_a_line_of_the_office_come_last() -> None:
    assert free_letter({""}, ["K", "L"]) == "M"
    with pytest.raises(NoLetterLeftError):
        free_letter({"", *"KLMNPRSTVXYABCDEFGH"}, [])
