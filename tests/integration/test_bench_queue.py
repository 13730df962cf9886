"""The bench of numbers: it finds nothing wrong while kiosks are killed, and it would find it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from samples import KIOSK, NOON, OFFICE
from sqlalchemy import delete

from kiosk.services.queueing import issue_ticket
from kiosk.storage import Store
from kiosk.storage.models import JobRow, TicketRow, table_of
from ui.cli.bench_posts import LINE, acknowledged
from ui.cli.bench_queue import Found, examined
from ui.cli.bench_store import Times


def bench(*words: str) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-m", "kiosk", "bench", *words, "--json"], capture_output=True, text=True, timeout=300
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_kiosks_that_are_killed_lose_and_double_no_number(engine: str, request: pytest.FixtureRequest) -> None:
    if engine == "postgresql":
        request.getfixturevalue("cluster")
    words = ["--processes", "3", "--issues", "300", "--kill-every", "0.3", "--engine", engine]
    figures = bench("queue", *words)["engines"][engine]
    found = figures["found"]
    assert figures["kills"] > 0
    assert found["issued"] >= 300
    assert {found[name] for name in ("duplicates", "gaps", "lost", "no_event", "no_job")} == {0}
    assert found["unheard"] <= figures["kills"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "told").mkdir()
    return tmp_path / "told"


def issue(store: Store, folder: Path, count: int) -> None:
    """As a kiosk of the bench does: each number in the store, then in the file."""
    with (folder / "kiosk-1.0.acknowledged").open("ab") as told:
        for n in range(count):
            line = OFFICE.groups[0].code
            ticket = issue_ticket(store.units(), OFFICE, line, actor=KIOSK, now=NOON, touch=f"{n}")
            told.write(f"{ticket.series:>2} {ticket.n:09d} {ticket.key} {250:09d}\n".encode())


def test_what_was_told_is_compared_with_what_is_there(store: Store, folder: Path) -> None:
    issue(store, folder, 4)
    assert examined(store, folder) == Found(4, 0, 0, 0, 0, 0, 0, None)
    assert [told.seconds for told in acknowledged(folder)] == [0.00025] * 4


def test_a_lost_number_is_found(store: Store, folder: Path) -> None:
    issue(store, folder, 4)
    t = table_of(TicketRow)
    with store.engine.begin() as connection:
        connection.execute(delete(t).where(t.c.n == 2))
    found = examined(store, folder)
    assert (found.issued, found.lost, found.gaps, found.no_event, found.no_job) == (3, 1, 1, 1, 1)
    assert not found.is_right(kills=9)


def test_a_number_without_its_print_job_is_found(store: Store, folder: Path) -> None:
    issue(store, folder, 2)
    with store.engine.begin() as connection:
        connection.execute(delete(table_of(JobRow)))
    assert not examined(store, folder).is_right(kills=0)


def test_half_a_line_was_not_told_and_one_number_for_each_kill_may_be_unheard(store: Store, folder: Path) -> None:
    issue(store, folder, 2)
    file = folder / "kiosk-1.0.acknowledged"
    file.write_bytes(file.read_bytes()[: LINE + 10])
    found = examined(store, folder)
    assert (found.lost, found.unheard) == (0, 1)
    assert (found.is_right(kills=0), found.is_right(kills=1)) == (False, True)


def test_times_are_nearest_ranks_in_milliseconds() -> None:
    assert Times.of([n / 1000 for n in range(100, 0, -1)]) == Times(50.0, 95.0, 99.0, 100.0)
    assert Times.of([]) == Times(0.0, 0.0, 0.0, 0.0)
