"""News that came on a stick, into the same hands as news that were polled; nothing is asked of any line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from kiosk.clock import Clock
from kiosk.domain.job import Job, JobState, Wing
from kiosk.errors import KioskError
from kiosk.services.ports import Units, Vault
from sync.connection import Connection
from sync.fetching import Check, Fetching
from sync.hearing import Hearing
from sync.http_province import HttpProvince
from sync.reading import changes_of

# Files that the worker would fetch; here they came along, or are to be had by no line.
FETCHED = ("result", "online_file")
AT_ONCE = 10_000


@dataclass(frozen=True)
class Home:
    """check: as in `sync.fetching`."""

    units: Units
    vault: Vault
    clock: Clock
    check: Check

    def hear(self, connection: Connection, items: Sequence[Mapping[str, Any]], cursor: str) -> int:
        """Returns how many changed something. Raises: StorageError, DiskFullError."""
        news = changes_of({"result": list(items), "contro": cursor}, cursor)
        with closing(HttpProvince(connection)) as client:
            hearing = Hearing(self.units, self.vault, connection, client, self.clock)
            applied = hearing.take(news.items, news.cursor)
            fetching = Fetching(self.units, self.vault, connection, client, self.clock, self.check)
            for job in self._files(connection.name):
                self._attach(fetching, job)
        return applied

    def _files(self, connection: str) -> list[Job]:
        with self.units() as uow:
            jobs = uow.jobs.listed(Wing.SYNC, (JobState.WAITING,), AT_ONCE)
        return [j for j in jobs if j.payload.get("stream") in FETCHED and j.payload.get("connection") == connection]

    def _attach(self, fetching: Fetching, job: Job) -> None:
        """What cannot be opened is put before an officer, as the worker does it."""
        try:
            effect = fetching.result(job) if job.payload["stream"] == "result" else fetching.online_file(job)
        except KioskError as problem:
            with self.units() as uow:
                uow.jobs.refuse(job.id, self.clock(), problem.code)
                uow.commit()
            return
        with self.units() as uow:
            uow.lock()
            if effect is not None:
                effect(uow)
            uow.jobs.confirm(job.id, self.clock())
            uow.commit()
