"""An office's worker and the stand-in's own process: whatever happens in between, everything arrives exactly once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sync_fakes import AGENCY, Bench, Hands, HurriedHands
from sync_stand_in import StandIn

from kiosk.clock import office_now
from kiosk.domain.job import JobState
from kiosk.storage import Store, open_store
from sync.connection import Connection, Timeouts
from sync.http_province import HttpProvince
from sync.messages.codes import provisional_code
from sync.reference.faults import LOST_OR_ODD

PATIENCE_S = 300.0  # a hang, not a slow machine, is what this is for
TIMES = Timeouts(2, 2, 4)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "office" / "office.db", tmp_path / "office")
    yield store
    store.close()


def a_bench(office: Store, province: StandIn) -> Bench:
    """Time runs sixty times as fast, so that back-off and leases are short."""
    return Bench(
        store=(office.units, office.vault),
        clock=HurriedHands(),
        connection=Connection(province.url, AGENCY, timeouts=TIMES),
        connect=HttpProvince,
    )


def work_until_nothing_waits(bench: Bench) -> None:
    end = time.monotonic() + PATIENCE_S
    try:
        while bench.jobs(JobState.WAITING, JobState.LEASED):
            bench.worker.once()
            time.sleep(0.01)
            assert time.monotonic() < end, [(j.lane, j.error, j.attempts) for j in bench.jobs(JobState.WAITING)]
    finally:
        bench.worker.close()


def send_all(bench: Bench, count: int) -> list[str]:
    """`count` dossiers with one paper each; returns their codes."""
    keys = [bench.receive(f"draft-{n}").key for n in range(count)]
    for n, key in enumerate(keys):
        bench.attach(key, "tp-1", f"%PDF {n}".encode() * 500)
    return [provisional_code(AGENCY, key) for key in keys]


def test_a_reply_lost_after_commit_leaves_one_dossier(office: Store, tmp_path: Path) -> None:
    with StandIn(tmp_path / "province", "--naive") as province:
        bench = a_bench(office, province)
        codes = send_all(bench, 1)
        province.misbehave(drop_reply_after_commit=1)
        work_until_nothing_waits(bench)
        report = province.report()
    assert (report["codes"], report["progress"], report["files"]) == (codes, 1, 1)
    assert report["progress_repeated"] == 0
    assert report["requests"]["lookup"] == 1


def test_a_line_that_is_away_makes_the_dossier_wait_and_then_arrive_within_seconds(
    office: Store, tmp_path: Path
) -> None:
    with StandIn(tmp_path / "province") as province:
        bench = a_bench(office, province)
        codes = send_all(bench, 3)
        province.stop()
        for _ in range(20):
            done = bench.worker.once()
            assert (done.sent, done.is_up) == (0, False)
            time.sleep(0.02)
        assert len(bench.jobs(JobState.WAITING)) == 12
        province.start()
        back = time.monotonic()
        work_until_nothing_waits(bench)
        assert time.monotonic() - back < 5
        assert province.report()["codes"] == codes


def test_a_refusal_reaches_the_officer_and_the_mended_entry_arrives(office: Store, tmp_path: Path) -> None:
    with StandIn(tmp_path / "province") as province:
        bench = a_bench(office, province)
        dossier = bench.receive()
        province.misbehave(reject={"1.001193": "Thủ tục chưa được công bố tại xã"})
        bench.worker.once()
        refused = bench.jobs(JobState.REJECTED)
        assert [j.error for j in refused] == ["sync.refused: Thủ tục chưa được công bố tại xã"]
        province.misbehave()
        with bench.units() as uow:
            uow.jobs.release(refused[0].id, bench.clock())
            uow.commit()
        work_until_nothing_waits(bench)
        assert province.report()["codes"] == [provisional_code(AGENCY, dossier.key)]


def test_the_official_code_and_the_status_come_back(office: Store, tmp_path: Path) -> None:
    with StandIn(tmp_path / "province", "--allocate") as province:
        bench = a_bench(office, province)
        dossier = bench.receive()
        work_until_nothing_waits(bench)
        official = province.report()["official"][provisional_code(AGENCY, dossier.key)]
        province.decide(official, "4", note="Đang thẩm định")
        bench.worker = bench.a_worker()
        bench.worker.once()
        bench.worker.close()
    now = bench.dossier(dossier.key)
    assert (now.code, now.province_state) == (official, "Đang xử lý")


def test_killing_the_province_again_and_again_loses_and_doubles_nothing(office: Store, tmp_path: Path) -> None:
    dice = random.Random(20261123)
    stop = threading.Event()

    def kill_now_and_then() -> None:
        for _ in range(8):
            time.sleep(dice.uniform(0.02, 0.25))
            province.kill()
            province.start()
        stop.set()

    with StandIn(tmp_path / "province", "--naive") as province:
        bench = a_bench(office, province)
        codes = send_all(bench, 25)
        killer = threading.Thread(target=kill_now_and_then)
        killer.start()
        while not stop.is_set():
            bench.worker.once()
            time.sleep(0.005)
        killer.join()
        work_until_nothing_waits(bench)
        report = province.report()
    assert sorted(report["codes"]) == sorted(codes)
    assert report["doubled"] == []
    assert report["requests"].get("inserted again", 0) == 0
    assert (report["progress"], report["progress_repeated"]) == (25, 0)
    assert report["files"] == 25
    assert not bench.jobs(JobState.REJECTED)


def test_killing_the_worker_again_and_again_loses_and_doubles_nothing(office: Store, tmp_path: Path) -> None:
    dice = random.Random(20261124)
    with StandIn(tmp_path / "province", "--naive") as province:
        bench = Bench(store=(office.units, office.vault), clock=Hands(office_now()))
        codes = send_all(bench, 25)
        kills, longest = 0, 0.3
        end = time.monotonic() + PATIENCE_S
        while bench.jobs(JobState.WAITING, JobState.LEASED):
            assert time.monotonic() < end
            worker = start_worker(tmp_path / "office", province.url)
            longest *= 1.2  # a machine that gets nothing done in a third of a second gets its turn later
            while worker.poll() is None and province.report()["requests"].get("changes", 0) <= kills:
                time.sleep(0.005)
            time.sleep(dice.uniform(0.0, longest))
            worker.kill()
            worker.wait()
            kills = province.report()["requests"]["changes"]
        report = province.report()
    assert sorted(report["codes"]) == sorted(codes)
    assert (report["doubled"], report["progress"], report["progress_repeated"]) == ([], 25, 0)
    assert (report["files"], report["requests"].get("inserted again", 0)) == (25, 0)
    assert office.first_broken() is None


def start_worker(folder: Path, url: str) -> subprocess.Popen[bytes]:
    tests = Path(__file__).resolve().parents[1]
    command = [sys.executable, str(tests / "sync_worker_process.py"), str(folder), url]
    return subprocess.Popen(
        command, cwd=tests.parent, env={**os.environ, "PYTHONPATH": str(tests.parent)}, stdout=subprocess.DEVNULL
    )


@pytest.mark.parametrize("seed", range(2))
def test_a_province_that_misbehaves_at_random_gets_everything_exactly_once(
    office: Store, tmp_path: Path, seed: int
) -> None:
    with StandIn(tmp_path / "province", "--naive") as province:
        bench = a_bench(office, province)
        codes = send_all(bench, 15)
        province.misbehave(rate=0.3, seed=seed, kinds=list(LOST_OR_ODD))
        work_until_nothing_waits(bench)
        province.misbehave()
        report = province.report()
        for code in codes:
            shown = province.shown(code)
            assert len(shown["TaiLieuNop"]) == 1
    assert sorted(report["codes"]) == sorted(codes)
    assert (report["doubled"], report["progress"], report["progress_repeated"]) == ([], 15, 0)
    assert report["files"] == 15
    assert not bench.jobs(JobState.REJECTED)
