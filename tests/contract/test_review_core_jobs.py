from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from samples import NOON
from sqlalchemy import text

from kiosk.domain.job import Job, JobState, Wing
from kiosk.services.ports import Units
from kiosk.storage import Store

if TYPE_CHECKING:
    from sqlalchemy import Connection

MINUTE = timedelta(minutes=1)


def test_a_job_is_found_by_its_key_in_any_state(units: Units) -> None:
    with units() as uow:
        uow.jobs.add(Job(Wing.PRINT, "slip:1", {"n": 1}, due_at=NOON))
        uow.commit()
    with units() as uow:
        job = uow.jobs.lease(Wing.PRINT, "w", NOON, MINUTE)
        assert job is not None
        uow.jobs.complete(job, NOON)
        uow.commit()
    with units() as uow:
        done = uow.jobs.by_key(Wing.PRINT, "slip:1")
        assert done is not None
        assert (done.state, done.payload) == (JobState.DONE, {"n": 1})
        assert uow.jobs.by_key(Wing.SYNC, "slip:1") is None


def test_the_unfinished_jobs_of_some_lanes_are_found_among_many(units: Units) -> None:
    with units() as uow:
        for n in range(250):
            uow.jobs.add(Job(Wing.SYNC, f"k{n}", lane=f"d{n}", due_at=NOON))
        uow.commit()
    with units() as uow:
        assert [j.key for j in uow.jobs.of_lanes(Wing.SYNC, ["d249", "d3"])] == ["k3", "k249"]
        assert uow.jobs.of_lanes(Wing.SYNC, []) == []


def _fill(connection: Connection) -> None:
    """A year of tickets that nobody could print, and of dossiers that were sent."""
    series = (
        "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 3000) SELECT i FROM n)"
        if connection.dialect.name == "sqlite"
        else "generate_series(1, 3000) AS n(i)"
    )
    for wing, state in (("print", "rejected"), ("sync", "done")):
        connection.execute(
            text(
                "INSERT INTO jobs (wing, key, payload, priority, due_at, state, attempts, error, expires_at)"
                f" SELECT '{wing}', 'k' || i, '{{}}', 1, '2026-01-01', '{state}', 1, '', '2026-01-01' FROM {series}"
            )
        )


def test_jobs_that_are_over_cost_a_worker_nothing(store: Store) -> None:
    """By the plan, not the clock: the index that a lease walks holds neither done nor rejected jobs."""
    with store.engine.begin() as connection:
        _fill(connection)
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE jobs"))
    seen: list[str] = []
    explain = "EXPLAIN QUERY PLAN " if store.engine.dialect.name == "sqlite" else "EXPLAIN "

    from sqlalchemy import event

    @event.listens_for(store.engine, "before_cursor_execute")
    def look(_c: object, cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if "FROM jobs" in statement and not statement.startswith("EXPLAIN"):
            cursor.execute(explain + statement, parameters)  # type: ignore[attr-defined]
            seen.append(str(cursor.fetchall()))  # type: ignore[attr-defined]

    with store.units() as uow:
        assert uow.jobs.lease(Wing.PRINT, "w", NOON, MINUTE) is None
    assert any("ix_jobs_due" in plan for plan in seen), seen


@pytest.mark.parametrize("wing", [Wing.PRINT, Wing.SYNC])
def test_counts_are_read_from_an_index(store: Store, wing: Wing) -> None:
    with store.engine.begin() as connection:
        _fill(connection)
        if connection.dialect.name == "sqlite":
            plan = connection.execute(
                text("EXPLAIN QUERY PLAN SELECT state, count(*) FROM jobs WHERE wing = 'sync' GROUP BY state")
            ).all()
            assert "COVERING INDEX ix_jobs_state" in str(plan)
    with store.units() as uow:
        assert sum(uow.jobs.counts(wing).values()) == 3000
