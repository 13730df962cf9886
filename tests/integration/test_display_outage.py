"""The hall's screen while its database server breaks connections, stops, refuses, and comes back."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from ui_fakes import FakeClock, FakeSeen, Remember

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.services.queueing import call_next, finish, issue_ticket
from kiosk.storage.errors import StoreOfflineError
from kiosk.storage.private_cluster import PrivateCluster, server_programs
from ui.app import OpenedOffice, open_office, open_waiting
from ui.display.office import LiveDisplay
from ui.display.presenter import Call, DisplayPresenter
from ui.display.station import display_station
from ui.feed import FeedThread
from ui.run import QtRun
from ui.theme.apply import dress

WAIT_MS = 20_000
RECONNECTS = 200
ACTOR = Actor("lan", "ban-1", "1")
CONNECTED = "FROM pg_stat_activity WHERE datname = 'office'"
BREAK_ALL = f"SELECT pg_terminate_backend(pid) {CONNECTED}"
LISTENING = f"SELECT count(*) {CONNECTED} AND application_name = 'motcua feed'"


@pytest.fixture(scope="module")
def server() -> Iterator[PrivateCluster]:
    if server_programs() is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    with PrivateCluster(on_loopback=True) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def root(server: PrivateCluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hall")
    server.run_sql("CREATE DATABASE office")
    (made / "config.toml").write_text(f'database = "{server.url("office")}"\n', encoding="utf-8")
    open_office(made).close()
    return made


@dataclass
class Ear:
    """A voice that remembers what it was given to say."""

    said: list[str] = field(default_factory=list)
    mark: int | None = None
    is_speaking: bool = False

    def upto(self) -> int | None:
        return self.mark

    def start(self, seq: int) -> None:
        self.mark = seq

    def offer(self, call: Call) -> None:
        self.said.append(call.label)
        self.mark = max(self.mark or 0, call.seq)

    def skip(self, seq: int) -> None:
        self.mark = max(self.mark or 0, seq)

    def forget(self, label: str) -> None:
        """Nothing waits here."""


@dataclass
class Hall:
    """A hall's screen with the real feed and lane, a view and a voice that remember."""

    office: OpenedOffice
    clock: Callable[[], datetime] = office_now

    def __post_init__(self) -> None:
        self.view, self.ear, self.parent = Remember(), Ear(), QObject()
        self.run = QtRun(self.parent)
        door = LiveDisplay(self.office, self.clock)
        self.presenter = DisplayPresenter(self.view, door, FakeSeen(), self.run, self.clock, voice=self.ear)
        self.feed = FeedThread(self.office.feed, parent=self.parent)
        self.ticks = QTimer(self.parent)
        self.ticks.timeout.connect(lambda: self.presenter.on_tick())
        self.feed.news.connect(lambda seq: self.presenter.on_news(seq))

    def start(self) -> None:
        self.presenter.open()
        self.feed.start()
        self.ticks.start(100)

    def shown(self) -> list[str]:
        return list(
            dict.fromkeys(c.label for current, recent in self.view.all("show_calls") for c in (*current, *recent))
        )

    def is_stale(self) -> bool:
        return self.view.last("show_stale") is not None

    def close(self) -> None:
        self.ticks.stop()
        self.feed.close()
        self.run.close()


@pytest.fixture
def hall(root: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Hall]:
    with open_office(root) as office:
        made = Hall(office)
        made.start()
        qtbot.waitUntil(lambda: bool(made.view.all("show_calls")), timeout=WAIT_MS)
        yield made
        made.close()


@pytest.fixture
def desk(root: Path) -> Iterator[OpenedOffice]:
    with open_office(root) as office:
        yield office


def call(desk: OpenedOffice, touch: str) -> str:
    now = office_now()
    with desk.reads() as look:
        at = look.tickets.active_at("1")
    if at is not None:
        finish(desk.units(), at.key, actor=ACTOR, now=now)
    issue_ticket(desk.units(), desk.facts, "ho-tich", actor=ACTOR, now=now, touch=touch)
    return call_next(desk.units(), desk.facts, "1", actor=ACTOR, now=now).label


def test_calls_made_around_a_broken_connection_are_shown_and_spoken_once(
    hall: Hall, desk: OpenedOffice, server: PrivateCluster, qtbot: QtBot
) -> None:
    made = []
    for n in range(4):
        made.append(call(desk, f"broken-{n}"))
        server.run_sql(BREAK_ALL)
        made.append(call(desk, f"after-{n}"))
    qtbot.waitUntil(lambda: set(made) <= set(hall.shown()), timeout=WAIT_MS)
    said = [label for label in hall.ear.said if label in made]
    assert said == [label for label in made if label in said], "in order, each once"
    assert said[-1] == made[-1], "whoever stands at a counter now is called aloud"


def test_a_stopped_server_turns_the_screen_grey_and_a_started_one_back(
    hall: Hall, desk: OpenedOffice, server: PrivateCluster, qtbot: QtBot
) -> None:
    before = call(desk, "before")
    qtbot.waitUntil(lambda: before in hall.shown(), timeout=WAIT_MS)
    server.stop_at_once()
    qtbot.waitUntil(hall.is_stale, timeout=WAIT_MS)
    last = hall.view.last("show_calls")
    assert before in {c.label for part in last for c in part}, "the last known state stays"
    server.start_again()
    after = call(desk, "after")
    qtbot.waitUntil(lambda: not hall.is_stale() and after in hall.shown(), timeout=WAIT_MS)
    assert hall.ear.said.count(before) == hall.ear.said.count(after) == 1


def test_calls_of_an_outage_that_are_old_by_then_are_shown_and_not_spoken(
    root: Path, server: PrivateCluster, desk: OpenedOffice, qtbot: QtBot, qapp: QApplication
) -> None:
    """Another desk reaches the server, the screen does not: its network is cut, not the server."""
    clock = FakeClock(office_now())
    with open_office(root) as office:
        hall = Hall(office, clock)
        hall.start()
        qtbot.waitUntil(lambda: bool(hall.view.all("show_calls")), timeout=WAIT_MS)
        hall.feed.close()
        server.run_sql(BREAK_ALL)
        old = call(desk, "old")

        def is_stale_later() -> bool:
            clock.pass_s(90)
            return hall.is_stale()

        qtbot.waitUntil(is_stale_later, timeout=WAIT_MS)
        again = FeedThread(office.feed, parent=hall.parent)
        again.news.connect(lambda seq: hall.presenter.on_news(seq))
        again.start()
        qtbot.waitUntil(lambda: old in hall.shown() and not hall.is_stale(), timeout=WAIT_MS)
        assert old not in hall.ear.said
        again.close()
        hall.close()


def test_two_hundred_reconnects_leave_one_thread_one_connection_and_no_timer(
    hall: Hall, desk: OpenedOffice, server: PrivateCluster, qtbot: QtBot
) -> None:
    heard = threading.Event()
    hall.feed.news.connect(lambda _seq: heard.set())
    qtbot.waitUntil(heard.is_set, timeout=WAIT_MS)
    threads, children = set(threading.enumerate()), len(hall.parent.findChildren(QObject))
    feed = desk.feed
    seq = feed.wait(0, 0.01)
    with psycopg.connect(server.url("postgres"), autocommit=True) as chief:
        for _ in range(RECONNECTS):
            chief.execute(BREAK_ALL)
            with pytest.raises(StoreOfflineError):
                feed.wait(seq, 5)
            assert feed.wait(0, 0.01) == seq, "connected again, and the log is read"
        heard.clear()
        qtbot.waitUntil(heard.is_set, timeout=WAIT_MS)
        assert chief.execute(LISTENING).fetchone() == (2,)  # this thread's, and the screen's
    waiter = threading.Thread(target=lambda: heard.set() if feed.wait(seq, 30) > seq else None)
    heard.clear()
    waiter.start()
    label = call(desk, "last")
    waiter.join()
    assert heard.is_set(), "LISTEN stands again"
    qtbot.waitUntil(lambda: label in hall.shown(), timeout=WAIT_MS)
    assert not set(threading.enumerate()) - threads
    assert len(hall.parent.findChildren(QObject)) == children


def test_a_screen_that_is_started_without_the_server_fills_when_it_comes(
    root: Path, server: PrivateCluster, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    dress(qapp)
    with open_office(root) as desk:
        label = call(desk, "early")
    own = shutil.copytree(root, tmp_path / "screen")
    server.stop_at_once()
    with open_waiting(own) as office:
        station = display_station(office, height=540)
        station.show(windowed=True)
        try:
            server.start_again()
            qtbot.waitUntil(lambda: label in _texts(station.window), timeout=WAIT_MS)
        finally:
            station.close()


def _texts(window: QWidget) -> list[str]:
    return [part.text() for part in window.findChildren(QLabel)]
