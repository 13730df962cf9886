"""What the acts and the workers need of the job table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from kiosk.domain.job import Job, JobState, Wing


class Jobs(Protocol):
    def add(self, job: Job) -> bool:
        """False, and nothing added, when (wing, key) exists in any state."""

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
        """Take the first due job: waiting, or leased with the lease run out; none of a lane that has an older job
        unfinished. Expired jobs (`expires_at`) are rejected in passing. Raises attempts by one.

        station: only its own jobs and those that name no station; None: whatever they name. bulk: True for those of
        priority BULK and later only, False for the others only."""

    def lease_these(self, ids: Sequence[int], owner: str, now: datetime, lease_for: timedelta) -> list[Job]:
        """Those of these that `lease` could give now, each taken; a lane gives its oldest unfinished one only."""

    def finish(self, ids: Sequence[int], now: datetime) -> None:
        """Done along with a job of their own lane that the caller holds: whichever of these still wait are done."""

    def complete(self, job: Job, now: datetime) -> None:
        """Raises, as do retry and reject: StaleError when the lease was lost to another worker."""

    def retry(self, job: Job, due_at: datetime, error: str) -> None: ...

    def reject(self, job: Job, now: datetime, error: str) -> None: ...

    def release(self, job_id: int, now: datetime) -> None:
        """An officer sends a rejected job again: waiting, due now."""

    def confirm(self, job_id: int, now: datetime) -> bool:
        """Done by another way than a worker's, a stick say: whoever holds it loses the lease. False when it was done
        before, or is not there."""

    def refuse(self, job_id: int, now: datetime, error: str) -> bool:
        """Refused by that other way; an officer must mend it. False when it is done, or is not there."""

    def hurry(self, job_id: int, now: datetime) -> None:
        """A waiting job is due now; any other stays as it is."""

    def get(self, job_id: int) -> Job:
        """Raises: NotFoundError."""

    def move(self, job_id: int, station: str, now: datetime, expires_at: datetime) -> None:
        """An officer has a job done at another station: waiting there, due now. So may one that a dead worker left
        lying. Raises: StaleError when it is done, or being done; NotFoundError."""

    def reclaim(self, owner: str, now: datetime) -> int:
        """Make every job that `owner` holds due at once; returns how many. For a worker that was killed before."""

    def listed(
        self,
        wing: Wing,
        states: Sequence[JobState] = (),
        limit: int = 200,
        *,
        since: datetime | None = None,
        prefix: str = "",
    ) -> list[Job]:
        """Oldest first. since: made then or later; prefix: how their keys begin."""

    def by_key(self, wing: Wing, key: str) -> Job | None:
        """In whatever state."""

    def of_lanes(self, wing: Wing, lanes: Sequence[str]) -> list[Job]:
        """The unfinished ones of these lanes, rejected ones included; oldest first."""

    def counts(self, wing: Wing) -> Mapping[JobState, int]: ...

    def done_since(self, wing: Wing, since: datetime) -> int:
        """How many were completed at `since` or later."""

    def next_due(self, wing: Wing) -> datetime | None:
        """When the next job of a wing becomes due, None when none waits."""
