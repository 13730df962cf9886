"""Processes that are killed, or crowd each other: what was told to a person is there, once, and the chain is whole."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from samples import NOON

from kiosk.storage import Store, open_store
from kiosk.storage.vault import FolderVault

TESTS = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"}
ROUNDS = 10


def start(address: str, root: Path, act: str, count: int, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(TESTS / "storage_worker.py"), address, str(root), act, str(count), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)


def finish(worker: subprocess.Popen[str]) -> list[str]:
    """What the worker told after it was ready; it must end by itself."""
    told, complaint = worker.communicate(timeout=120)
    assert worker.returncode == 0, complaint
    return told.split()[1:]


def kill_in_the_middle(worker: subprocess.Popen[str], chance: random.Random) -> list[str]:
    """Everything that was told up to a random moment of its work; on half the runs it may have told nothing yet."""
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    first = (
        worker.stdout.readline() if chance.random() < 0.5 else ""
    )  # waited for, so that no slow machine tells nothing
    time.sleep(chance.uniform(0.0, 0.08))
    worker.kill()
    told, _ = worker.communicate(timeout=30)
    lines = (first + told).split("\n")
    return lines[:-1]  # the last one may be half a line; it was not acknowledged


def check_tickets(store: Store, acknowledged: list[str]) -> None:
    with store.reads() as uow:
        tickets = uow.tickets.of_day(NOON.date())
        issued = [e.data["label"] for e in uow.events.all() if e.kind == "ticket.issued"]
        jobs = {j.payload["ticket"] for j in uow.jobs.listed("print", limit=100_000)}  # type: ignore[arg-type]
    labels = Counter(t.label for t in tickets)
    assert set(acknowledged) <= set(labels)
    assert max(labels.values()) == 1
    for series in "AB":
        numbers = sorted(t.n for t in tickets if t.series == series)
        assert numbers == list(range(1, len(numbers) + 1))
    assert Counter(issued) == labels
    assert jobs == {t.key for t in tickets}
    assert store.first_broken() is None


def test_eight_processes_issue_tickets_without_duplicates_or_gaps(address: str, tmp_path: Path) -> None:
    root = tmp_path / "office"
    workers = [start(address, root, "tickets", 100, f"kiosk-{n}") for n in range(8)]
    acknowledged = [label for worker in workers for label in finish(worker)]
    assert len(acknowledged) == 800
    store = open_store(address, root)
    check_tickets(store, acknowledged)
    store.close()


def test_what_was_acknowledged_survives_kill_9(address: str, tmp_path: Path) -> None:
    root, chance, acknowledged = tmp_path / "office", random.Random(7), []
    rounds = ROUNDS if address.endswith(".db") else ROUNDS // 2
    for number in range(rounds):
        pair = [start(address, root, "tickets", 10_000, f"{number}-{twin}") for twin in "ab"]
        for worker in pair:
            acknowledged += kill_in_the_middle(worker, chance)
    assert len(acknowledged) >= rounds // 2
    store = open_store(address, root)
    check_tickets(store, acknowledged)
    store.close()


def test_no_row_ever_points_to_a_page_that_is_not_whole(sqlite_office: Path) -> None:
    address, chance, acknowledged = str(sqlite_office / "office.db"), random.Random(8), []
    for number in range(ROUNDS // 2):
        pair = [start(address, sqlite_office, "pages", 10_000, f"{number}-{twin}") for twin in "ab"]
        for worker in pair:
            acknowledged += kill_in_the_middle(worker, chance)
    store = open_store(address, sqlite_office)
    with store.reads() as uow:
        pages = uow.papers.pages("draft-1")
        files = [uow.papers.file(p.file_id) for p in pages]
    assert set(acknowledged) <= {p.id for p in pages}
    assert acknowledged
    for file in files:
        assert len(store.vault.get(file)) == file.size
    assert store.first_broken() is None
    assert isinstance(store.vault, FolderVault)
    assert store.vault.sweep(older_than_s=-1) <= ROUNDS
    store.close()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_several_processes_may_open_a_new_office_at_the_same_moment(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    root = tmp_path / "new"
    root.mkdir()
    address = str(root / "office.db")
    if engine == "postgresql":
        address = request.getfixturevalue("cluster").new_database()
    workers = [start(address, root, "tickets", 3, f"kiosk-{n}") for n in range(4)]
    assert sorted(label for worker in workers for label in finish(worker)) == sorted(
        [f"A{n:03d}" for n in range(1, 9)] + [f"B{n:03d}" for n in range(1, 5)]
    )
    assert {p.name for p in root.iterdir()} <= {"office.db", "office.db.lock", "office.db.turn", "office.key"}
    if engine == "postgresql":
        request.getfixturevalue("cluster").drop(address)
