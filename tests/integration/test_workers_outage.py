"""The background work of a PC while the office's server is away: it waits, comes back, and does not fill the disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from kiosk.domain.event import Actor
from kiosk.services.queueing import issue_ticket
from kiosk.storage.errors import StoreOfflineError
from kiosk.storage.private_cluster import PrivateCluster, server_programs
from ui.app import open_office, open_waiting
from ui.workers import Trouble, run_workers

LATEST_S = 30.0
ACTOR = Actor("", "ban-1")


@pytest.fixture(scope="module")
def server() -> Iterator[PrivateCluster]:
    if server_programs() is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    with PrivateCluster(on_loopback=True) as cluster:
        yield cluster


@pytest.fixture
def root(server: PrivateCluster, tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(f'database = "{server.new_database()}"\n', encoding="utf-8")
    open_office(tmp_path).close()
    return tmp_path


def test_work_that_starts_before_the_server_begins_when_it_answers(server: PrivateCluster, root: Path) -> None:
    server.stop_at_once()
    stop = threading.Event()
    with open_waiting(root) as office:
        work = threading.Thread(target=run_workers, args=(office, stop))
        work.start()
        time.sleep(1.5)  # long enough to meet the silence
        assert work.is_alive()
        server.start_again()
        try:
            with open_office(root) as desk:
                group = desk.facts.groups[0].code
                issue_ticket(desk.units(), desk.facts, group, actor=ACTOR, now=desk.now(), touch="a")
            assert _is_printed(root)
        finally:
            stop.set()
            work.join()


def _is_printed(root: Path) -> bool:
    until = time.monotonic() + LATEST_S
    while time.monotonic() < until:
        if any((root / "papers").iterdir()):
            return True
        time.sleep(0.1)
    return False


def test_work_can_be_stopped_while_it_waits_for_the_server(server: PrivateCluster, root: Path) -> None:
    server.stop_at_once()
    stop = threading.Event()
    with open_waiting(root) as office:
        work = threading.Thread(target=run_workers, args=(office, stop))
        work.start()
        time.sleep(0.5)
        stop.set()
        work.join(LATEST_S)
        assert not work.is_alive()
    server.start_again()


def test_a_trouble_is_written_down_once_until_it_is_over() -> None:
    trouble = Trouble("round failed")
    with structlog.testing.capture_logs() as lines:
        for _second in range(100):
            trouble.note(StoreOfflineError())
        trouble.note(ValueError("a bug"))
        trouble.note(StoreOfflineError())
        trouble.over()
        trouble.over()
        trouble.note(StoreOfflineError())
    told = [(line["event"], line.get("why", ""), "exc_info" in line) for line in lines]
    assert told == [
        ("round failed", "storage.offline", False),
        ("round failed", "ValueError", True),
        ("round failed", "storage.offline", False),
        ("well again", "", False),
        ("round failed", "storage.offline", False),
    ]
