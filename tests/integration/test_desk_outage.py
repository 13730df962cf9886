"""A desk of an office on PostgreSQL whose server is stopped in the middle of its work, and started again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from samples import an_intake
from ui_fakes import Remember

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.person import Person
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.services.label_journal import last_line
from kiosk.services.queueing import issue_ticket
from kiosk.storage.private_cluster import PrivateCluster, server_programs
from ui.app import OpenedOffice, open_office, open_waiting
from ui.desk.kept_intake import KeptIntake, ReceivingWaitsError
from ui.desk.model import DraftState
from ui.desk.outage_presenter import OutagePresenter
from ui.desk.outage_wiring import doors
from ui.desk.queue_presenter import QueuePresenter
from ui.desk.station import desk_station
from ui.desk.switched import SwitchedQueue
from ui.desk.view import DeskWindow
from ui.tasks import run_now
from ui.theme.apply import dress

WAIT_MS = 20_000
KIOSK = Actor("", "kiosk-1")


@pytest.fixture(scope="module")
def server() -> Iterator[PrivateCluster]:
    """One that may be stopped, so not the other tests'."""
    if server_programs() is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    with PrivateCluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def furnished(server: PrivateCluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory and a database to be copied: the catalogue and the tables take longer than most tests."""
    root = tmp_path_factory.mktemp("furnished")
    server.run_sql("CREATE DATABASE furnished")
    (root / "config.toml").write_text(f'database = "{server.url("furnished")}"\n', encoding="utf-8")
    with open_office(root) as office:
        assert office.own.feed is not None
    return root


@dataclass
class Site:
    """A desk's machine: its folder, and the server that it works with."""

    root: Path
    server: PrivateCluster
    opened: list[OpenedOffice] = field(default_factory=list)

    def open(self, *, waiting: bool = False) -> OpenedOffice:
        self.opened.append(open_waiting(self.root) if waiting else open_office(self.root))
        return self.opened[-1]

    def tickets(self) -> dict[str, Ticket]:
        with self.opened[0].reads() as look:
            return {t.label: t for t in look.tickets.of_day(office_now().date())}


@pytest.fixture
def site(server: PrivateCluster, furnished: Path, tmp_path: Path) -> Iterator[Site]:
    root = shutil.copytree(furnished, tmp_path / "desk")
    url = server.new_database(template="furnished")
    (root / "config.toml").write_text(f'database = "{url}"\n', encoding="utf-8")
    made = Site(root, server)
    yield made
    for office in made.opened:
        office.close()


def give_numbers(office: OpenedOffice, count: int) -> None:
    for n in range(count):
        issue_ticket(office.units(), office.facts, "ho-tich", actor=KIOSK, now=office_now(), touch=f"t{n}")


@dataclass
class Desk:
    """The desk's decisions, without a window."""

    office: OpenedOffice
    view: Remember = field(default_factory=Remember)

    def __post_init__(self) -> None:
        made = doors(self.office, "1", self.office.at_counter("1", "lan"), lambda: [], office_now)
        assert made.switch is not None
        assert isinstance(made.intake, KeptIntake)
        self.switch: SwitchedQueue = made.switch
        self.intake = made.intake
        self.queue = QueuePresenter(self.view, made.queue, run_now)
        self.outage = OutagePresenter(self.view, made.switch, self.queue, run_now, office_now)
        self.queue.ask_number = self.outage.ask
        self.queue.refresh()

    @property
    def number(self) -> str:
        return self.queue.current.label if self.queue.current else ""

    @property
    def banner(self) -> str:
        return str(self.view.last("show_outage") or "")


def test_the_counter_goes_on_by_label_and_everything_is_in_the_log_afterwards(site: Site) -> None:
    office = site.open()
    give_numbers(office, 5)
    desk = Desk(office)
    desk.queue.on_next()
    desk.queue.citizen_is_here()
    assert desk.number == "A001"

    site.server.stop_at_once()
    desk.outage.on_lost()
    assert desk.banner.startswith("Mất máy chủ từ ")
    assert desk.number == "A001", "who stood at the counter stands there still"
    desk.queue.on_finish()
    assert desk.number == ""
    desk.queue.on_next()
    proposals, as_of = desk.view.last("ask_number")
    assert [p.label for p in proposals] == ["A002", "A003", "A004", "A005"]
    assert as_of
    desk.queue.on_number("A002")
    desk.queue.on_recall()
    desk.queue.on_miss()
    desk.queue.on_number("3")
    desk.queue.citizen_is_here()
    desk.queue.on_park()
    desk.queue.on_number("a 4")
    desk.queue.on_number("A005")
    assert desk.number == "A004", "a counter holds one number by label too"
    desk.queue.on_transfer()
    assert desk.view.last("show_problem").code == "desk.waits_for_server"

    again = Desk(site.open(waiting=True))  # the desk's machine is switched off and on again meanwhile
    again.outage.on_lost()
    assert again.number == "A004"
    again.queue.citizen_is_here()

    site.server.start_again()
    again.outage.on_news()
    assert again.banner == ""
    assert again.number == "A004"
    assert again.queue.current is not None
    assert again.queue.current.key == site.tickets()["A004"].key
    states = {label: t.state for label, t in site.tickets().items()}
    assert states == {
        "A001": TicketState.FINISHED,
        "A002": TicketState.NO_SHOW,
        "A003": TicketState.PARKED,
        "A004": TicketState.SERVING,
        "A005": TicketState.WAITING,
    }
    assert site.tickets()["A002"].calls == 2
    again.queue.on_finish()
    again.queue.on_next()
    assert again.number == "A005"
    assert office.store.first_broken() is None


def test_a_number_that_the_kiosk_has_not_brought_stays_at_the_counter_until_it_has(site: Site) -> None:
    office = site.open()
    give_numbers(office, 1)
    desk = Desk(office)
    site.server.stop_at_once()
    desk.outage.on_lost()
    desk.queue.on_number("A002")
    site.server.start_again()
    desk.outage.on_news()
    assert (desk.banner, desk.number) == ("", "A002")
    assert "A002" in desk.view.last("say")[2]
    desk.queue.citizen_is_here()
    desk.queue.on_finish()
    assert desk.number == ""
    give_numbers(office, 2)
    desk.switch.come_back()
    assert site.tickets()["A002"].state is TicketState.FINISHED


def test_what_is_typed_stays_on_this_machine_and_receiving_says_that_it_waits(site: Site) -> None:
    desk = Desk(site.open())
    draft = DraftState("draft-1", Person("p", "Nguyễn Thị Ánh"))
    site.server.stop_at_once()
    desk.intake.save_draft(draft)
    again = Desk(site.open(waiting=True)).intake
    kept = again.last_draft()
    assert kept is not None
    assert kept.person == draft.person
    assert b"Nguy" not in (site.root / "desk.db").read_bytes()
    with pytest.raises(ReceivingWaitsError):
        again.receive(an_intake())
    site.server.start_again()
    again.hand_over_drafts()
    with site.opened[0].reads() as look:
        there = look.drafts.get("draft-1")
    assert there is not None
    with site.opened[1].own.reads() as own:
        assert own.drafts.of_officer("lan") == []


# --- the real window --------------------------------------------------------------------------------------------------


def press(window: DeskWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.focusWidget() or window, key)


def shown(window: DeskWindow, qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so, timeout=WAIT_MS)


def test_the_window_tells_asks_and_comes_back(site: Site, qtbot: QtBot, qapp: QApplication) -> None:
    dress(qapp)
    office = site.open()
    give_numbers(office, 3)
    station = desk_station(office, counter="1", officer="lan", capture=lambda: [])
    window = station.window
    assert isinstance(window, DeskWindow)
    station.show(windowed=True)
    window.activateWindow()
    try:
        shown(window, qtbot, lambda: QApplication.focusWidget() is window.person.card)
        press(window, Qt.Key.Key_F2)
        shown(window, qtbot, lambda: window.rail.number.text() == "A001")
        site.server.stop_at_once()
        shown(window, qtbot, window.head.outage.isVisible)
        assert "vẫn phục vụ theo số trên phiếu" in window.head.outage.message.text()
        assert window.rail.number.text() == "A001"
        press(window, Qt.Key.Key_F7)
        shown(window, qtbot, lambda: window.rail.number.text() == "")
        press(window, Qt.Key.Key_F2)
        shown(window, qtbot, window.numbers.isVisible)
        QTest.keyClicks(window.numbers.edit, "a3")
        press(window, Qt.Key.Key_F7)  # no key works behind the panel
        press(window, Qt.Key.Key_Return)
        shown(window, qtbot, lambda: window.rail.number.text() == "A003")
        press(window, Qt.Key.Key_F7)
        shown(window, qtbot, lambda: window.rail.number.text() == "")
        site.server.start_again()
        shown(window, qtbot, lambda: not window.head.outage.isVisible())
        press(window, Qt.Key.Key_F2)
        shown(window, qtbot, lambda: window.rail.number.text() == "A002")
        states = {label: t.state for label, t in site.tickets().items()}
        finished, called = TicketState.FINISHED, TicketState.CALLED
        assert states == {"A001": finished, "A002": called, "A003": finished}
    finally:
        station.close()


def test_a_desk_that_is_started_without_the_server_tells_so_from_the_beginning(
    site: Site, qtbot: QtBot, qapp: QApplication
) -> None:
    dress(qapp)
    give_numbers(site.open(), 2)
    Desk(site.opened[0])
    site.server.stop_at_once()
    station = desk_station(site.open(waiting=True), counter="1", officer="lan", capture=lambda: [])
    window = station.window
    assert isinstance(window, DeskWindow)
    station.show(windowed=True)
    try:
        shown(window, qtbot, window.head.outage.isVisible)
        window.acted.emit("next")
        shown(window, qtbot, window.numbers.isVisible)
        assert "A001" in [b.text()[:4] for b in window.numbers.findChildren(QPushButton)]
        known = last_line(site.opened[0].own.reads(), "1")
        assert known is not None
        window.scanned.emit(f"A001 {office_now():%d/%m/%Y} {known.waiting[0].key}")  # the code on the paper
        shown(window, qtbot, lambda: not window.numbers.isVisible())
        shown(window, qtbot, lambda: window.rail.number.text() == "A001")
        site.server.start_again()
        shown(window, qtbot, lambda: not window.head.outage.isVisible())
        shown(window, qtbot, lambda: window.rail.number.text() == "A001")
        assert site.tickets()["A001"].state is TicketState.CALLED
    finally:
        station.close()
