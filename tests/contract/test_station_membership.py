"""A station's own knowledge of its place: kept before it is said, blocked where it must be, on every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from samples import NOON, OFFICE, OFFICER

from kiosk.domain.membership import Membership, SpareLetterError, Stop
from kiosk.domain.station import LETTERS, Series, StationKind, lease_mark
from kiosk.machine import this_machine
from kiosk.services.membership import (
    PUSHED,
    approve_spare,
    heard,
    join,
    membership_of,
    next_lease,
    refused,
)
from kiosk.services.ports import Units
from kiosk.services.queueing import issue_ticket
from kiosk.services.stations import enrol, renew
from ui.app import keep_membership

GIVEN = Membership("kiosk-1", StationKind.KIOSK, Series("K", 2), "L0", machine="may-1")


def kept(units: Units) -> Membership:
    with units() as look:
        known = membership_of(look)
    assert known is not None
    return known


def number(units: Units, touch: str, under: Series) -> str:
    group = OFFICE.groups[0].code
    return issue_ticket(units(), OFFICE, group, actor=OFFICER, now=NOON, touch=touch, under=under).label


def test_nobody_is_a_member_before_pairing(units: Units) -> None:
    with units() as look:
        assert membership_of(look) is None


def test_the_next_lease_is_kept_before_it_is_said(units: Units) -> None:
    join(units(), GIVEN, now=NOON)
    going = next_lease(units(), kept(units))
    assert going.following
    assert kept(units) == going
    assert next_lease(units(), kept(units)) == going  # no answer came: the same words again
    heard(units(), going)
    assert (kept(units).lease, kept(units).following) == (going.following, "")


def test_the_office_and_the_station_agree_whatever_answer_is_lost(units: Units) -> None:
    station = enrol(units(), OFFICE, "kiosk-1", StationKind.KIOSK, "m", "L0", actor=OFFICER, now=NOON)
    join(units(), replace(GIVEN, series=station.series), now=NOON)
    for answer_arrives in (True, False, False, True, False, True):
        said = next_lease(units(), kept(units))
        renew(units(), "kiosk-1", said.lease, said.following, now=NOON, station_clock=NOON)
        if answer_arrives:
            heard(units(), said)
    mine = kept(units)
    with units() as uow:
        assert uow.stations.take("kiosk-1").lease == lease_mark(mine.lease)


def test_a_word_about_a_former_pairing_changes_nothing(units: Units) -> None:
    join(units(), GIVEN, now=NOON)
    former = next_lease(units(), kept(units))
    again = replace(GIVEN, series=Series("L", 3), lease="M0")
    join(units(), again, now=NOON)
    refused(units(), former, Stop.DOUBTFUL)
    heard(units(), former)
    assert kept(units) == again


@pytest.mark.parametrize(
    ("machine", "set_back", "told", "why"),
    [
        ("may-1", False, None, None),
        ("may-2", False, None, Stop.MOVED),
        ("may-1", True, None, Stop.SET_BACK),
        ("may-1", False, Stop.REVOKED, Stop.REVOKED),
        ("may-2", True, Stop.DOUBTFUL, Stop.DOUBTFUL),
    ],
)
def test_why_a_kiosk_stops(machine: str, set_back: bool, told: Stop | None, why: Stop | None) -> None:
    assert replace(GIVEN, told=told).stop(machine, set_back=set_back) is why


def test_an_officer_lets_a_moved_kiosk_go_on_under_a_spare_letter(units: Units) -> None:
    join(units(), GIVEN, now=NOON)
    chosen = approve_spare(units(), "Z", "may-2", stop=Stop.MOVED, actor=OFFICER, now=NOON)
    assert chosen.stop("may-2") is None
    assert number(units, "t1", chosen.series) == f"{OFFICE.groups[0].series}Z001"
    with pytest.raises(SpareLetterError):  # Z stands on a paper of today
        approve_spare(units(), "Z", "may-2", stop=Stop.SET_BACK, actor=OFFICER, now=NOON + timedelta(seconds=5))
    again = approve_spare(units(), "W", "may-2", stop=Stop.SET_BACK, actor=OFFICER, now=NOON + timedelta(seconds=5))
    assert again.series.epoch > chosen.series.epoch


@pytest.mark.parametrize("stop", [None, Stop.REVOKED, Stop.UNPAIRED])
def test_a_spare_letter_is_for_a_doubt_only(units: Units, stop: Stop | None) -> None:
    join(units(), GIVEN, now=NOON)
    with pytest.raises(SpareLetterError):
        approve_spare(units(), "Z", "may-1", stop=stop, actor=OFFICER, now=NOON)


def test_the_office_never_grants_a_spare_letter() -> None:
    assert not {"Z", "W", "U"} & {*LETTERS, "Q"}


def test_pairing_again_tells_the_last_day_once_more(units: Units) -> None:
    join(units(), GIVEN, now=NOON)
    for hours, touch in ((-50, "a"), (-26, "b"), (-2, "c")):
        now = NOON + timedelta(hours=hours)
        issue_ticket(units(), OFFICE, OFFICE.groups[0].code, actor=OFFICER, now=now, touch=touch)
    with units() as uow:
        uow.exchange.set_cursor(PUSHED, "999")
        uow.commit()
    join(units(), GIVEN, now=NOON)
    with units() as look:
        told = look.events.after(int(look.exchange.cursor(PUSHED)))
        assert [look.tickets.get(e.subject).touch for e in told if e.kind == "ticket.issued"] == ["c"]


def test_a_membership_is_kept_in_a_store_of_the_stations_own(tmp_path: Path) -> None:
    from kiosk.storage import open_local

    keep_membership(tmp_path, replace(GIVEN, machine=""))
    store = open_local(tmp_path)
    try:
        known = kept(store.reads)
    finally:
        store.close()
    assert known == replace(GIVEN, machine=this_machine())
    assert b"kiosk-1" not in (tmp_path / "kiosk.db").read_bytes()
    assert not (tmp_path / "office.db").exists()


def test_a_disk_in_another_computer_is_another_machine(tmp_path: Path) -> None:
    def computer(name: str, address: str) -> str:
        root = tmp_path / name
        (root / "etc").mkdir(parents=True)
        (root / "etc/machine-id").write_text("0123\n")
        card = root / "sys/class/net/eth0"
        (card / "device").mkdir(parents=True)
        (card / "type").write_text("1\n")
        (card / "address").write_text(f"{address}\n")
        return this_machine(root)

    assert computer("one", "aa:bb") != computer("two", "aa:cc")
    assert computer("three", "aa:bb") == computer("four", "aa:bb")
