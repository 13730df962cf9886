from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from fakes import FakeOffice
from samples import NOON

from kiosk.domain.job import Job, JobState, Wing
from kiosk.errors import KioskError, OutOfPaperError, RejectedSyncError, StaleError, TransientSyncError
from kiosk.services.jobs import BUG_ATTEMPTS, Effect, PostponedError, drain, pause
from kiosk.services.ports import UnitOfWork


class Bench:
    """A worker with a clock of its own, and a list of what it did."""

    def __init__(self, *outcomes: Exception | None) -> None:
        self.office, self.now, self.done = FakeOffice(), NOON, list[str]()
        self.outcomes = list(outcomes)
        self.problems: list[str] = []

    def add(self, key: str, lane: str | None = None) -> None:
        with self.office.units() as uow:
            uow.jobs.add(Job(Wing.PRINT, key, lane=lane, due_at=NOON))
            uow.commit()

    def clock(self) -> datetime:
        return self.now

    def handle(self, job: Job) -> Effect | None:
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if outcome is not None:
            raise outcome
        self.done.append(job.key)
        return None

    def note(self, uow: UnitOfWork, job: Job, problem: KioskError) -> None:
        self.problems.append(problem.code)

    def drain(self) -> int:
        return drain(self.office.units, Wing.PRINT, "worker", self.handle, self.clock, on_problem=self.note)

    def state(self, n: int = 0) -> JobState:
        return self.office.shelf.jobs[n].state


def test_due_jobs_are_done_once() -> None:
    bench = Bench()
    bench.add("a")
    bench.add("a")
    bench.add("b")
    assert bench.drain() == 2
    assert bench.drain() == 0
    assert bench.done == ["a", "b"]


@pytest.mark.parametrize("trouble", [TransientSyncError(), OutOfPaperError(device="máy in")])
def test_trouble_that_passes_makes_the_job_wait_and_come_again(trouble: KioskError) -> None:
    bench = Bench(trouble)
    bench.add("a")
    assert bench.drain() == 0
    assert bench.state() is JobState.WAITING
    assert bench.problems == [trouble.code]
    bench.now += timedelta(minutes=1)
    assert bench.drain() == 1


def test_what_an_officer_must_mend_is_put_aside_with_its_reason() -> None:
    bench = Bench(RejectedSyncError(reason="thiếu MaTTHC"))
    bench.add("a")
    bench.drain()
    assert bench.state() is JobState.REJECTED
    assert bench.office.shelf.jobs[0].error == "sync.rejected: thiếu MaTTHC"


def test_a_lane_keeps_its_order_and_one_lane_never_stops_another() -> None:
    bench = Bench(TransientSyncError())
    bench.add("a1", "dossier-a")
    bench.add("a2", "dossier-a")
    bench.add("b1", "dossier-b")
    bench.drain()
    assert bench.done == ["b1"]
    bench.now += timedelta(minutes=1)
    bench.drain()
    assert bench.done == ["b1", "a1", "a2"]


def test_a_bug_is_tried_a_few_times_and_then_put_before_a_person() -> None:
    bench = Bench(*[ZeroDivisionError()] * BUG_ATTEMPTS)
    bench.add("a")
    for _ in range(BUG_ATTEMPTS):
        bench.drain()
        bench.now += timedelta(hours=1)
    assert bench.state() is JobState.REJECTED


def test_a_worker_that_lost_its_lease_changes_nothing() -> None:
    bench = Bench()
    bench.add("a")

    def slow(job: Job) -> Effect:
        bench.now += timedelta(minutes=5)
        other = drain(bench.office.units, Wing.PRINT, "other", bench.handle, bench.clock)
        assert other == 1

        def effect(uow: UnitOfWork) -> None:
            bench.done.append("late effect")

        return effect

    assert drain(bench.office.units, Wing.PRINT, "worker", slow, bench.clock) == 0
    assert bench.office.shelf.jobs[0].owner == "other"


def test_a_restarted_worker_takes_back_at_once_what_it_held() -> None:
    bench = Bench()
    bench.add("a")
    with bench.office.units() as uow:
        assert uow.jobs.lease(Wing.PRINT, "worker", NOON, timedelta(minutes=5)) is not None
        uow.commit()
    assert bench.drain() == 0
    with bench.office.units() as uow:
        assert (uow.jobs.reclaim("other", NOON), uow.jobs.reclaim("worker", NOON)) == (0, 1)
        uow.commit()
    assert bench.drain() == 1


def test_effect_and_end_of_the_job_are_one_commit() -> None:
    bench = Bench()
    bench.add("a")

    def handle(job: Job) -> Effect:
        def effect(uow: UnitOfWork) -> None:
            uow.exchange.set_cursor("done", job.key)
            raise StaleError

        return effect

    drain(bench.office.units, Wing.PRINT, "worker", handle, bench.clock)
    assert bench.office.shelf.cursors == {}
    assert bench.state() is JobState.LEASED


def test_pauses_grow_and_stay_bounded() -> None:
    assert pause(1, PostponedError(0.5)) == timedelta(seconds=0.5)
    assert all(pause(n, TransientSyncError()) <= timedelta(minutes=10) for n in range(40))
    assert all(pause(n, OutOfPaperError()) <= timedelta(seconds=30) for n in range(40))
