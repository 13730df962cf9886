"""The jobs of the fake office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from fake_shelf import Shelf

from kiosk.domain.job import BULK, EXPIRED, Job, JobState, Wing, files_lane
from kiosk.errors import NotFoundError, StaleError


class FakeJobs:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._leases: dict[int, datetime] = {}

    def add(self, job: Job) -> bool:
        if any((j.wing, j.key) == (job.wing, job.key) for j in self._shelf.jobs):
            return False
        self._shelf.jobs.append(replace(job, id=len(self._shelf.jobs) + 1, created_at=job.created_at or job.due_at))
        return True

    def lease(
        self,
        wing: Wing,
        owner: str,
        now: datetime,
        lease_for: timedelta,
        station: str | None = None,
        *,
        bulk: bool | None = None,
    ) -> Job | None:
        for job in sorted(self._shelf.jobs, key=lambda j: (j.priority, j.id)):
            if job.wing is not wing or not self._is_free(job, now):
                continue
            if job.expires_at is not None and job.expires_at <= now:
                self._put(replace(job, state=JobState.REJECTED, error=EXPIRED))
                continue
            if station is not None and job.station not in (None, station):
                continue
            if bulk is not None and (job.priority >= BULK) != bulk:
                continue
            return self._take(job, owner, now + lease_for)
        return None

    def lease_these(self, ids: Sequence[int], owner: str, now: datetime, lease_for: timedelta) -> list[Job]:
        free = [j for j in self._shelf.jobs if j.id in ids and self._is_free(j, now)]
        return [self._take(j, owner, now + lease_for) for j in free]

    def finish(self, ids: Sequence[int], now: datetime) -> None:
        for job in [j for j in self._shelf.jobs if j.id in ids and j.state is JobState.WAITING]:
            self._put(replace(job, state=JobState.DONE, done_at=now, error=""))

    def _take(self, job: Job, owner: str, until: datetime) -> Job:
        taken = replace(job, state=JobState.LEASED, owner=owner, attempts=job.attempts + 1, due_at=until)
        self._put(taken)
        return taken

    def _is_free(self, job: Job, now: datetime) -> bool:
        if job.state not in (JobState.WAITING, JobState.LEASED) or (job.due_at is not None and job.due_at > now):
            return False
        older = (j for j in self._shelf.jobs if j.wing is job.wing and j.lane == job.lane and j.id < job.id)
        return job.lane is None or all(j.state is JobState.DONE for j in older)

    def complete(self, job: Job, now: datetime) -> None:
        self._held(job)
        self._put(replace(job, state=JobState.DONE, done_at=now, error=""))

    def retry(self, job: Job, due_at: datetime, error: str) -> None:
        self._held(job)
        self._put(replace(job, state=JobState.WAITING, due_at=due_at, error=error))

    def reject(self, job: Job, now: datetime, error: str) -> None:
        self._held(job)
        self._put(replace(job, state=JobState.REJECTED, done_at=now, error=error))

    def release(self, job_id: int, now: datetime) -> None:
        self._put(replace(self._shelf.jobs[job_id - 1], state=JobState.WAITING, due_at=now))

    def confirm(self, job_id: int, now: datetime) -> bool:
        return self._settled(job_id, JobState.DONE, now, "")

    def refuse(self, job_id: int, now: datetime, error: str) -> bool:
        return self._settled(job_id, JobState.REJECTED, now, error)

    def _settled(self, job_id: int, state: JobState, now: datetime, error: str) -> bool:
        if not 0 < job_id <= len(self._shelf.jobs) or self._shelf.jobs[job_id - 1].state is JobState.DONE:
            return False
        self._put(replace(self._shelf.jobs[job_id - 1], state=state, done_at=now, owner=None, error=error))
        return True

    def hurry(self, job_id: int, now: datetime) -> None:
        if (job := self.get(job_id)).state is JobState.WAITING:
            self._put(replace(job, due_at=now))

    def get(self, job_id: int) -> Job:
        if not 0 < job_id <= len(self._shelf.jobs):
            raise NotFoundError(what="việc", key=job_id)
        return self._shelf.jobs[job_id - 1]

    def move(self, job_id: int, station: str, now: datetime, expires_at: datetime) -> None:
        if not 0 < job_id <= len(self._shelf.jobs):
            raise NotFoundError(what="việc", key=str(job_id))
        job = self._shelf.jobs[job_id - 1]
        is_held = job.state is JobState.LEASED and job.due_at is not None and job.due_at > now
        if job.state is JobState.DONE or is_held:
            raise StaleError
        mine = replace(job, station=station, state=JobState.WAITING, owner=None, due_at=now, expires_at=expires_at)
        self._put(mine)

    def reclaim(self, owner: str, now: datetime) -> int:
        held = [j for j in self._shelf.jobs if j.state is JobState.LEASED and j.owner == owner]
        for job in held:
            self._put(replace(job, state=JobState.WAITING, owner=None, due_at=now))
        return len(held)

    def listed(
        self,
        wing: Wing,
        states: Sequence[JobState] = (),
        limit: int = 200,
        *,
        since: datetime | None = None,
        prefix: str = "",
    ) -> list[Job]:
        found = (j for j in self._shelf.jobs if j.wing is wing and (not states or j.state in states))
        recent = (j for j in found if since is None or (j.created_at is not None and j.created_at >= since))
        return [j for j in recent if j.key.startswith(prefix)][:limit]

    def by_key(self, wing: Wing, key: str) -> Job | None:
        return next((j for j in self._shelf.jobs if (j.wing, j.key) == (wing, key)), None)

    def of_lanes(self, wing: Wing, lanes: Sequence[str]) -> list[Job]:
        both = {*lanes, *(files_lane(lane) for lane in lanes)}
        return [j for j in self._shelf.jobs if j.wing is wing and j.lane in both and j.state is not JobState.DONE]

    def counts(self, wing: Wing) -> Mapping[JobState, int]:
        mine = self.listed(wing, limit=100_000)
        return {state: sum(j.state is state for j in mine) for state in JobState}

    def done_since(self, wing: Wing, since: datetime) -> int:
        done = self.listed(wing, (JobState.DONE,), 100_000)
        return sum(1 for j in done if j.done_at is not None and j.done_at >= since)

    def next_due(self, wing: Wing) -> datetime | None:
        return min((j.due_at for j in self.listed(wing, (JobState.WAITING,), 100_000) if j.due_at), default=None)

    def _held(self, job: Job) -> None:
        now_held = self._shelf.jobs[job.id - 1]
        if (now_held.owner, now_held.attempts, now_held.state) != (job.owner, job.attempts, JobState.LEASED):
            raise StaleError

    def _put(self, job: Job) -> None:
        self._shelf.jobs[job.id - 1] = job
