"""The looks that every act begins with go by an index: an office keeps its dossiers and tickets for years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from samples import NOON
from sqlalchemy import event

from kiosk.domain.job import JobState, Wing
from kiosk.services.ports import UnitOfWork
from kiosk.storage import Store

LOOKS: dict[str, Callable[[UnitOfWork], Any]] = {
    "draft": lambda uow: uow.dossiers.by_draft("d"),
    "person": lambda uow: (uow.dossiers.of_person("1"), uow.people.by_id_number("1")),
    "touch": lambda uow: uow.tickets.by_touch("t"),
    "counter": lambda uow: uow.tickets.active_at("1"),
    "line": lambda uow: uow.tickets.waiting(NOON.date(), ["a"]),
    "command": lambda uow: uow.events.by_command("c"),
    "lanes": lambda uow: uow.jobs.of_lanes(Wing.SYNC, ["d"]),
    "job": lambda uow: (uow.jobs.by_key(Wing.PRINT, "k"), uow.jobs.listed(Wing.SYNC, (JobState.WAITING,))),
    "due": lambda uow: (uow.jobs.next_due(Wing.SYNC), uow.jobs.lease(Wing.SYNC, "w", NOON, timedelta(seconds=1))),
    "papers": lambda uow: (uow.papers.pages("d"), uow.papers.documents("d"), uow.slips.of_dossier("d")),
    "history": lambda uow: (uow.events.of("d"), uow.exchange.replies("d")),
}


@pytest.mark.parametrize("look", LOOKS)
def test_no_look_reads_a_whole_table(store: Store, look: str) -> None:
    if store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by the size of a table")
    plans: list[str] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def explain(_c: object, cursor: Any, statement: str, parameters: Any, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            cursor.execute("EXPLAIN QUERY PLAN " + statement, parameters)
            plans.extend(row[3] for row in cursor.fetchall())

    with store.units() as uow:
        LOOKS[look](uow)
    assert plans
    assert [p for p in plans if p.startswith("SCAN")] == []
