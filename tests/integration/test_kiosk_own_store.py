"""A kiosk of an office on PostgreSQL: numbers, papers and its window while the server is killed and comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from time import monotonic, sleep

import pytest
from pytestqt.qtbot import QtBot

from kiosk.catalogue.office_pack import load_office
from kiosk.clock import OFFICE_ZONE, business_day
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.event import Actor
from kiosk.domain.membership import Membership, Stop, StoppedError
from kiosk.domain.station import StationKind
from kiosk.domain.ticket import PrintState
from kiosk.machine import this_machine
from kiosk.services.lookup import UnknownReceiptError
from kiosk.services.membership import keep, membership_of
from kiosk.services.quota import GroupFullError
from kiosk.services.stations import enrol
from kiosk.storage import Store, open_store
from kiosk.storage.private_cluster import PrivateCluster, server_programs
from ui.app import OpenedOffice, end_login, keep_membership, new_login, open_kiosk, open_office
from ui.ticketing.link import OfficeSilentError
from ui.ticketing.local import LocalTicketing, NobodyHeardError
from ui.ticketing.mark import StoreMark
from ui.ticketing.model import Stopped
from ui.ticketing.own_store import OwnStoreKiosk

BOSS = Actor("lan", "ban-1", "1")
HERE = "may-1"
A_RECEIPT = "261123100016"
ALL_DAY = WorkingCalendar(dict.fromkeys(range(7), ((time(0), time(23, 59, 59)),)))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateCluster]:
    """One of this module's own, for it is killed."""
    if server_programs() is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    with PrivateCluster(durable=False) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def first_desk(server: PrivateCluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office's data directory, and its database to be copied, with the catalogue in it."""
    server.run_sql("CREATE DATABASE first_office")
    root = tmp_path_factory.mktemp("desk")
    configure(root, server.url("first_office"))
    open_office(root).close()
    return root


def configure(root: Path, url: str) -> None:
    (root / "config.toml").write_text(f'database = "{url}"\n', encoding="utf-8")


@pytest.fixture
def url(server: PrivateCluster, first_desk: Path) -> Iterator[str]:
    made = server.new_database("first_office")
    yield made
    server.drop(made)


@pytest.fixture
def root(url: str, first_desk: Path, tmp_path: Path) -> Path:
    """The data directory of a paired kiosk; the office's own is beside it."""
    desk = shutil.copytree(first_desk, tmp_path / "desk")
    configure(desk, url)
    kiosk = tmp_path / "kiosk"
    kiosk.mkdir()
    with open_office(desk) as office:
        now = datetime.now(OFFICE_ZONE)
        station = enrol(office.units(), office.facts, "kiosk-1", StationKind.KIOSK, HERE, "L0", actor=BOSS, now=now)
    (kiosk / "office.key").write_bytes((desk / "office.key").read_bytes())
    settings = f'database = "{url}"\n[station]\nkind = "kiosk"\nname = "kiosk-1"\nkeeps_hours = false\n'
    (kiosk / "config.toml").write_text(settings, encoding="utf-8")
    keep_membership(kiosk, Membership("kiosk-1", StationKind.KIOSK, station.series, "L0", machine=HERE))
    return kiosk


@pytest.fixture
def office(url: str, root: Path) -> Iterator[Store]:
    """The office as a desk sees it."""
    store = open_store(url, root.parent / "desk")
    yield store
    store.close()


def running(root: Path, machine: str = HERE) -> tuple[OpenedOffice, OwnStoreKiosk]:
    opened = open_kiosk(root)
    kiosk = OwnStoreKiosk(opened, machine=machine, mark=StoreMark(root.parent / "kiosk.mark"))
    kiosk.door.tell_s = 10.0  # this machine may be busy with other things
    kiosk.start()
    return opened, kiosk


@pytest.fixture
def kiosk(root: Path) -> Iterator[OwnStoreKiosk]:
    opened, kiosk = running(root)
    wait_for(lambda: kiosk.link.is_up)
    yield kiosk
    kiosk.close()
    opened.close()


def wait_for(done: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = monotonic() + seconds
    while not done():
        assert monotonic() < deadline
        sleep(0.02)


def admitted(office: Store) -> list[str]:
    with office.reads() as look:
        return [e.data["label"] for e in look.events.after(0, kinds=("ticket.issued",))]


def take(door: LocalTicketing, n: int, what: str) -> list[str]:
    return [door.issue("ho-tich", "", f"{what}-{i}").label for i in range(n)]


def test_a_dead_server_changes_nothing_for_twenty_citizens(
    server: PrivateCluster, office: Store, kiosk: OwnStoreKiosk
) -> None:
    before = kiosk.door.issue("ho-tich", "", "t-0")
    assert (before.label, before.ahead) == ("A001", 0)
    server.kill()
    wait_for(lambda: not kiosk.link.is_up)
    given = take(kiosk.door, 20, "dark")
    assert given == [f"A{n:03d}" for n in range(2, 22)]
    assert kiosk.door.issue("ho-tich", "", "dark-3").label == given[3]  # the same touch
    wait_for(lambda: kiosk.door.paper(kiosk.door.issue("ho-tich", "", "dark-19").key) is PrintState.PRINTED)
    server.start_again()
    wait_for(lambda: len(admitted(office)) == 21)
    sleep(0.3)
    assert admitted(office) == ["A001", *given]
    with office.reads() as look:
        line = look.tickets.waiting(business_day(datetime.now(OFFICE_ZONE)))
    assert [t.label for t in line] == ["A001", *given]
    assert office.first_broken() is None


def test_what_only_the_office_knows_is_told_while_it_answers_and_never_made_up(
    server: PrivateCluster, kiosk: OwnStoreKiosk
) -> None:
    first, second = kiosk.door.issue("ho-tich", "", "a"), kiosk.door.issue("ho-tich", "", "b")
    assert (first.ahead, second.ahead) == (0, 1)
    with pytest.raises(UnknownReceiptError):
        kiosk.door.look_up(A_RECEIPT)
    kiosk.door.ask_help()
    wait_for(lambda: next(t.waiting for t in kiosk.door.tiles() if t.code == "ho-tich") == 2)
    kiosk.door.__dict__["_calendars"] = (ALL_DAY,)  # also when the test runs at night

    def told() -> tuple[int, int] | None:
        kiosk.link.comers.keep("ho-tich", (10, 25))
        return next(t.wait for t in kiosk.door.tiles() if t.code == "ho-tich")

    wait_for(lambda: told() == (10, 25))
    server.kill()
    try:
        wait_for(lambda: not kiosk.link.is_up)
        assert told() is None
        third = kiosk.door.issue("ho-tich", "", "c")
        assert third.ahead is None
        assert third.many_at is not None
        assert third.many_at[0] == 2
        assert {(t.waiting, t.wait) for t in kiosk.door.tiles()} == {(None, None)}
        with pytest.raises(OfficeSilentError):
            kiosk.door.look_up(A_RECEIPT)
        with pytest.raises(NobodyHeardError):
            kiosk.door.ask_help()
        assert kiosk.door.line_of_code(A_RECEIPT) == kiosk.door.office.facts.groups[0].code
        assert kiosk.door.procedures("ho-tich")  # its own copy of the catalogue
    finally:
        server.start_again()


def test_a_kiosk_that_starts_in_the_dark_gives_numbers(server: PrivateCluster, office: Store, root: Path) -> None:
    server.kill()
    opened, kiosk = running(root)
    try:
        assert take(kiosk.door, 2, "dark") == ["A001", "A002"]
        server.start_again()
        wait_for(lambda: admitted(office) == ["A001", "A002"])
    finally:
        kiosk.close()
        opened.close()


def test_a_quota_holds_without_the_office(server: PrivateCluster, kiosk: OwnStoreKiosk) -> None:
    facts = kiosk.door.office.facts
    kiosk.door.office.facts = replace(facts, groups=(replace(facts.groups[0], daily_quota=2), *facts.groups[1:]))
    group = facts.groups[0].code
    server.kill()
    try:
        kiosk.door.issue(group, "", "a")
        kiosk.door.issue(group, "", "b")
        with pytest.raises(GroupFullError):
            kiosk.door.issue(group, "", "c")
        assert kiosk.door.issue(group, "", "a").label == f"{facts.groups[0].series}001"
    finally:
        server.start_again()


def test_a_copied_disk_gives_no_number_and_stays_silent(office: Store, root: Path) -> None:
    opened, copy = running(root, machine="may-2")
    try:
        with pytest.raises(StoppedError) as stopped:
            copy.door.issue("ho-tich", "", "a")
        assert stopped.value.why is Stop.MOVED
        sleep(0.5)
        with office.reads() as look:
            assert look.stations.all()[0].seen_at is None
        copy.door.use_spare("Z")
        assert copy.door.issue("ho-tich", "", "a").label == "AZ001"
        wait_for(lambda: admitted(office) == ["AZ001"])
    finally:
        copy.close()
        opened.close()


def test_a_store_that_was_set_back_is_found_by_its_mark(root: Path) -> None:
    (root.parent / "kiosk.mark").write_text("2 999\n")
    opened, kiosk = running(root)
    try:
        assert kiosk.door.stop() is Stop.SET_BACK
        assert kiosk.door.stopped() == Stopped("set-back", ("Z", "W", "U"))
        with pytest.raises(StoppedError):
            kiosk.door.issue("ho-tich", "", "a")
    finally:
        kiosk.close()
        opened.close()


def test_nothing_personal_lies_in_a_kiosks_store(kiosk: OwnStoreKiosk) -> None:
    kiosk.door.issue("ho-tich", kiosk.door.office.facts.priorities[0].code, "a")
    from sqlalchemy import text

    with kiosk.door.office.store.engine.connect() as connection:
        for table in ("people", "dossiers", "drafts", "files", "pages", "documents", "slips", "replies"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0


def test_the_window_works_while_the_office_is_down(server: PrivateCluster, root: Path, qtbot: QtBot) -> None:
    from ui.ticketing.station import ticketing_station
    from ui.ticketing.view import TicketingWindow

    with open_kiosk(root) as opened, opened.units() as uow:
        known = membership_of(uow)
        assert known is not None
        keep(uow, replace(known, machine=this_machine()))
        uow.commit()
    server.kill()
    try:
        with open_kiosk(root) as opened:
            station = ticketing_station(opened, portrait=True)
            window = station.window
            assert isinstance(window, TicketingWindow)
            station.show(windowed=True)
            try:
                window.group_touched.emit("ho-tich")
                qtbot.waitUntil(lambda: window.number.number.text() == "A001", timeout=30_000)
            finally:
                station.close()
    finally:
        server.start_again()


def test_a_kiosk_that_the_office_shut_out_stops_until_it_is_paired_again(url: str, root: Path, office: Store) -> None:
    def pair() -> None:
        now = datetime.now(OFFICE_ZONE)
        given = enrol(office.units(), load_office(None), "kiosk-1", StationKind.KIOSK, HERE, "L", actor=BOSS, now=now)
        login = new_login(url, "kiosk-1", StationKind.KIOSK)
        keep_membership(root, Membership("kiosk-1", StationKind.KIOSK, given.series, "L", login, HERE))

    (root / "office.key").unlink()
    pair()
    opened, kiosk = running(root)
    try:
        first = kiosk.door.issue("ho-tich", "", "a").label
        wait_for(lambda: admitted(office) == [first])
        end_login(url, "kiosk-1")
        wait_for(lambda: kiosk.door.stop() is Stop.REVOKED)
        assert kiosk.door.stopped() == Stopped("revoked")
        pair()
        assert kiosk.door.stop() is None
        second = kiosk.door.issue("ho-tich", "", "b").label
        wait_for(lambda: admitted(office) == [first, second])
        assert first != second
    finally:
        kiosk.close()
        opened.close()
        end_login(url, "kiosk-1")
