"""The worker killed with kill -9 after its message left and before it could note what became of it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sync_fakes import AGENCY, Bench, Hands
from sync_stand_in import ROOT, StandIn

from kiosk.clock import office_now
from kiosk.domain.job import JobState
from kiosk.storage import open_store
from sync.messages.codes import provisional_code

PATIENCE_S = 120.0


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def a_worker(folder: Path, url: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "tests" / "sync_worker_process.py"), str(folder), url]
    return subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT), "PATH": ""}, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("dossiers", [1, 3])
def test_what_left_before_the_kill_is_asked_for_and_not_sent_twice(tmp_path: Path, dossiers: int) -> None:
    """One goes alone, three go in a batch; the province takes the same code twice if it is offered twice."""
    folder = tmp_path / "office"
    store = open_store(folder / "office.db", folder)
    try:
        bench = Bench(store=(store.units, store.vault), clock=Hands(office_now()))
        keys = [bench.receive(f"d-{n}").key for n in range(dossiers)]
        with StandIn(tmp_path / "province", "--naive") as province:
            province.misbehave(hang_after_commit=1, hang_s=4.0)
            worker = a_worker(folder, province.url)
            until(lambda: province.report()["dossiers"] == dossiers)  # stored there; here nobody knows
            worker.kill()
            worker.wait()
            assert not any(bench.dossier(key).external_codes for key in keys)
            province.misbehave()
            worker = a_worker(folder, province.url)
            try:
                until(lambda: not bench.jobs(JobState.WAITING, JobState.LEASED))
            finally:
                worker.kill()
                worker.wait()
            report = province.report()
        assert sorted(report["codes"]) == sorted(provisional_code(AGENCY, key) for key in keys)
        assert (report["doubled"], report["progress"], report["progress_repeated"]) == ([], dossiers, 0)
        assert report["requests"].get("inserted again", 0) == 0
    finally:
        store.close()
