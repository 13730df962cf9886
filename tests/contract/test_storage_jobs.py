from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from samples import NOON

from kiosk.domain.job import Job, JobState, Wing
from kiosk.errors import NotFoundError, StaleError
from kiosk.services.digitisation import AT_THE_DESK, FROM_THE_ARCHIVE
from kiosk.services.ports import Units

if TYPE_CHECKING:
    from kiosk.storage import Store

MINUTE = timedelta(minutes=1)


def a_job(key: str, lane: str | None = None, priority: int = 5, wing: Wing = Wing.SYNC) -> Job:
    return Job(wing, key, {"dossier": key}, lane, priority, due_at=NOON, created_at=NOON)


def add(units: Units, *jobs: Job) -> None:
    with units() as uow:
        for job in jobs:
            assert uow.jobs.add(job)
        uow.commit()


def lease(units: Units, owner: str = "w", after: timedelta = timedelta(0), wing: Wing = Wing.SYNC) -> Job | None:
    with units() as uow:
        job = uow.jobs.lease(wing, owner, NOON + after, MINUTE)
        uow.commit()
    return job


def must_lease(units: Units, owner: str = "w", after: timedelta = timedelta(0)) -> Job:
    return must(lease(units, owner, after))


def must(job: Job | None) -> Job:
    assert job is not None
    return job


def complete(units: Units, job: Job) -> None:
    with units() as uow:
        uow.jobs.complete(job, NOON)
        uow.commit()


def test_adding_a_job_twice_adds_it_once_even_when_it_is_done(units: Units) -> None:
    add(units, a_job("a"))
    with units() as uow:
        assert not uow.jobs.add(a_job("a"))
        assert uow.jobs.add(replace(a_job("a"), wing=Wing.PRINT))
        uow.commit()
    complete(units, must_lease(units))
    with units() as uow:
        assert not uow.jobs.add(a_job("a"))
        assert uow.jobs.counts(Wing.SYNC)[JobState.DONE] == 1


def test_a_leased_job_says_what_to_do_and_how_often_it_was_tried(units: Units) -> None:
    add(units, a_job("a", lane="d-1"))
    job = must_lease(units, "worker-1")
    assert (job.key, job.payload, job.lane, job.owner) == ("a", {"dossier": "a"}, "d-1", "worker-1")
    assert (job.state, job.attempts) == (JobState.LEASED, 1)
    assert lease(units, "worker-2") is None
    assert lease(units, "worker-2", wing=Wing.PRINT) is None


def test_smaller_priority_goes_first_then_the_older(units: Units) -> None:
    add(units, a_job("late", priority=9), a_job("a"), a_job("b"), a_job("first", priority=1))
    assert [must_lease(units).key for _ in range(4)] == ["first", "a", "b", "late"]


def test_a_job_waits_until_it_is_due(units: Units) -> None:
    add(units, replace(a_job("a"), due_at=NOON + MINUTE))
    assert lease(units) is None
    with units() as uow:
        assert uow.jobs.next_due(Wing.SYNC) == NOON + MINUTE
        assert uow.jobs.next_due(Wing.PRINT) is None
    assert must_lease(units, after=MINUTE).key == "a"


def test_a_job_without_a_time_is_due_at_once(units: Units) -> None:
    add(units, Job(Wing.SYNC, "a"))
    assert must_lease(units).due_at != NOON


def test_work_of_a_dead_worker_is_taken_over_when_its_lease_runs_out(units: Units) -> None:
    add(units, a_job("a"))
    dead = must_lease(units, "dead")
    assert lease(units, "heir", after=MINUTE / 2) is None
    heir = must_lease(units, "heir", after=MINUTE)
    assert (heir.key, heir.attempts, heir.owner) == ("a", 2, "heir")
    for act in ("complete", "retry", "reject"):
        with pytest.raises(StaleError), units() as uow:
            getattr(uow.jobs, act)(dead, *([NOON] if act == "complete" else [NOON, "sync.transient"]))
    complete(units, heir)


def test_a_worker_that_starts_again_takes_back_what_it_held_and_nothing_else(units: Units) -> None:
    with units() as uow:
        uow.jobs.add(Job(Wing.PRINT, "a", due_at=NOON))
        uow.jobs.add(Job(Wing.PRINT, "b", due_at=NOON))
        mine, other = (uow.jobs.lease(Wing.PRINT, name, NOON, timedelta(hours=1)) for name in ("me", "other"))
        uow.commit()
    assert mine is not None
    assert other is not None
    with units() as uow:
        assert uow.jobs.reclaim("me", NOON) == 1
        again = uow.jobs.lease(Wing.PRINT, "me", NOON, timedelta(hours=1))
        assert again is not None
        assert (again.key, again.attempts) == (mine.key, 2)
        with pytest.raises(StaleError):
            uow.jobs.complete(mine, NOON)
        uow.commit()


def test_the_same_worker_cannot_end_its_own_lost_lease(units: Units) -> None:
    add(units, a_job("a"))
    lost = must_lease(units, "w")
    again = must_lease(units, "w", after=MINUTE)
    with pytest.raises(StaleError), units() as uow:
        uow.jobs.complete(lost, NOON)
    complete(units, again)


def test_a_failed_job_comes_again_later_with_its_reason(units: Units) -> None:
    add(units, a_job("a"))
    job = must_lease(units)
    with units() as uow:
        uow.jobs.retry(job, NOON + MINUTE, "sync.transient")
        uow.commit()
    assert lease(units) is None
    with units() as uow:
        (waiting,) = uow.jobs.listed(Wing.SYNC, [JobState.WAITING])
        assert waiting.error == "sync.transient"
    assert must_lease(units, after=MINUTE).attempts == 2


def test_jobs_of_one_lane_go_one_at_a_time_in_order(units: Units) -> None:
    add(units, a_job("d1/1", "d1"), a_job("d1/2", "d1", priority=1), a_job("d2/1", "d2"), a_job("free"))
    first = must_lease(units)
    assert first.key == "d1/1"
    assert [must_lease(units).key, must_lease(units).key] == ["d2/1", "free"]
    assert lease(units) is None
    complete(units, first)
    assert must_lease(units).key == "d1/2"


def test_lanes_of_different_wings_do_not_hold_each_other(units: Units) -> None:
    add(units, a_job("a", "d1", wing=Wing.PRINT), a_job("b", "d1"))
    assert must_lease(units).key == "b"


def test_a_rejected_job_keeps_its_lane_closed_until_an_officer_sends_it_again(units: Units) -> None:
    add(units, a_job("d1/1", "d1"), a_job("d1/2", "d1"))
    with units() as uow:
        uow.jobs.reject(first := uow.jobs.lease(Wing.SYNC, "w", NOON, MINUTE), NOON, "sync.rejected: thiếu mã")  # type: ignore[arg-type]
        uow.commit()
    assert first is not None
    assert lease(units) is None
    with units() as uow:
        (rejected,) = uow.jobs.listed(Wing.SYNC, [JobState.REJECTED])
        assert rejected.error == "sync.rejected: thiếu mã"
        uow.jobs.release(rejected.id, NOON)
        uow.commit()
    complete(units, must_lease(units))
    assert must_lease(units).key == "d1/2"


def test_an_expired_job_is_rejected_in_passing(units: Units) -> None:
    add(units, replace(a_job("old"), expires_at=NOON + MINUTE), a_job("new"))
    assert must_lease(units, after=MINUTE).key == "new"
    with units() as uow:
        (expired,) = uow.jobs.listed(Wing.SYNC, [JobState.REJECTED])
        assert (expired.key, expired.error) == ("old", "expired")


def test_jobs_are_listed_oldest_first_and_counted_by_state(units: Units) -> None:
    add(units, a_job("a"), a_job("b"), a_job("c"))
    complete(units, must_lease(units))
    with units() as uow:
        assert [j.key for j in uow.jobs.listed(Wing.SYNC)] == ["a", "b", "c"]
        assert [j.key for j in uow.jobs.listed(Wing.SYNC, [JobState.WAITING], limit=1)] == ["b"]
        counts = uow.jobs.counts(Wing.SYNC)
    assert {state: counts.get(state, 0) for state in JobState} == {
        JobState.WAITING: 2,
        JobState.LEASED: 0,
        JobState.DONE: 1,
        JobState.REJECTED: 0,
    }


def test_a_job_sent_again_by_an_officer_no_longer_expires(store: Store) -> None:
    add(store.units, replace(a_job("a"), expires_at=NOON))
    assert lease(store.units) is None
    with store.units() as uow:
        (expired,) = uow.jobs.listed(Wing.SYNC, [JobState.REJECTED])
        uow.jobs.release(expired.id, NOON)
        uow.commit()
    complete(store.units, must_lease(store.units))
    for job_id, error in ((expired.id, StaleError), (999, NotFoundError)):
        with pytest.raises(error), store.units() as uow:
            uow.jobs.release(job_id, NOON)


def test_a_job_that_cannot_become_due_does_not_wake_its_worker(store: Store) -> None:
    add(store.units, a_job("d1/1", "d1"), replace(a_job("d1/2", "d1"), due_at=NOON - MINUTE))
    with store.units() as uow:
        assert uow.jobs.next_due(Wing.SYNC) == NOON
    must_lease(store.units)
    with store.units() as uow:
        assert uow.jobs.next_due(Wing.SYNC) is None


def test_two_workers_never_get_the_same_job(store: Store) -> None:
    add(store.units, *(a_job(f"j{n}") for n in range(40)))
    got: list[str] = []

    def worker(name: str) -> None:
        while (job := lease(store.units, name)) is not None:
            got.append(job.key)
            complete(store.units, job)

    threads = [threading.Thread(target=worker, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(f"j{n}" for n in range(40))


def test_a_page_of_the_desk_is_next_whatever_waits_of_the_archive(units: Units) -> None:
    archive = [
        Job(Wing.DIGITISE, f"page:a{n}", {"step": "page"}, priority=FROM_THE_ARCHIVE, due_at=NOON) for n in range(5000)
    ]
    add(units, *archive)
    assert must(lease(units, wing=Wing.DIGITISE)).key == "page:a0"
    add(units, Job(Wing.DIGITISE, "page:desk", {"step": "page"}, priority=AT_THE_DESK, due_at=NOON))
    assert must(lease(units, wing=Wing.DIGITISE)).key == "page:desk"
    assert must(lease(units, wing=Wing.DIGITISE)).key == "page:a1"
