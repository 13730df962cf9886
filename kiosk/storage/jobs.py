"""The job table: leases that run out, lanes that keep their order, keys that make adding twice adding once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, text, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.job import BULK, EXPIRED, Job, JobState, Wing, files_lane
from kiosk.errors import NotFoundError, StaleError
from kiosk.storage.models import JobRow, table_of
from kiosk.storage.prepared import Prepared

J = table_of(JobRow)
OLDER = J.alias("older")
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC).astimezone(OFFICE_ZONE)
# Word for word the condition of ix_jobs_due, so that every engine sees that this index serves.
STILL_TO_DO = text("jobs.state IN ('waiting', 'leased')")
NEW = {c.name: bindparam(c.name, type_=c.type) for c in J.c if c.name != "id"}
ADD = Prepared(
    sqlite.insert(J).values(NEW).on_conflict_do_nothing().returning(J.c.id),
    postgresql.insert(J).values(NEW).on_conflict_do_nothing().returning(J.c.id),
)


class SqlJobs:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, job: Job) -> bool:
        values = {f.name: getattr(job, f.name) for f in fields(job) if f.name != "id"}
        values |= {"created_at": job.created_at or job.due_at, "payload": dict(job.payload), "leased_until": None}
        values["due_at"] = job.due_at or job.created_at or AT_ONCE
        return ADD.first(self._session, **values) is not None

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
        mine = true() if station is None else or_(J.c.station.is_(None), J.c.station == station)
        if bulk is not None:
            mine = and_(mine, J.c.priority >= BULK if bulk else J.c.priority < BULK)
        due = _is_due(now)
        self._session.execute(
            update(J)
            .where(J.c.wing == wing, STILL_TO_DO, due, J.c.expires_at <= now)
            .values(state=JobState.REJECTED, error=EXPIRED, done_at=now, owner=None, leased_until=None)
        )
        chosen = (
            select(J.c.id)
            .where(J.c.wing == wing, STILL_TO_DO, due, mine, ~_lane_is_held())
            .order_by(J.c.priority, J.c.due_at, J.c.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=J)
        )
        if (job_id := self._session.execute(chosen).scalar()) is None:
            return None
        return self._take(job_id, owner, now + lease_for)

    def lease_these(self, ids: Sequence[int], owner: str, now: datetime, lease_for: timedelta) -> list[Job]:
        free = (
            select(J.c.id)
            .where(J.c.id.in_(ids), STILL_TO_DO, _is_due(now), ~_lane_is_held())
            .order_by(J.c.id)
            .with_for_update(skip_locked=True, of=J)
        )
        return [self._take(job_id, owner, now + lease_for) for job_id in self._session.execute(free).scalars().all()]

    def finish(self, ids: Sequence[int], now: datetime) -> None:
        waiting = and_(J.c.id.in_(ids), J.c.state == JobState.WAITING)
        self._session.execute(update(J).where(waiting).values(state=JobState.DONE, done_at=now, error=""))

    def _take(self, job_id: int, owner: str, until: datetime) -> Job:
        values = {"state": JobState.LEASED, "owner": owner, "leased_until": until}
        statement = update(J).where(J.c.id == job_id).values(attempts=J.c.attempts + 1, **values).returning(*J.c)
        return _job(self._session.execute(statement).mappings().one())

    def complete(self, job: Job, now: datetime) -> None:
        self._end_lease(job, state=JobState.DONE, done_at=now, error="")

    def retry(self, job: Job, due_at: datetime, error: str) -> None:
        self._end_lease(job, state=JobState.WAITING, due_at=due_at, error=error)

    def reject(self, job: Job, now: datetime, error: str) -> None:
        self._end_lease(job, state=JobState.REJECTED, done_at=now, error=error)

    def release(self, job_id: int, now: datetime) -> None:
        """It no longer expires: an officer wants it. Raises: NotFoundError, StaleError when it is not rejected."""
        self._wait_again(job_id, J.c.state == JobState.REJECTED, now, expires_at=None)

    def confirm(self, job_id: int, now: datetime) -> bool:
        return self._settled(job_id, state=JobState.DONE, done_at=now, error="")

    def refuse(self, job_id: int, now: datetime, error: str) -> bool:
        return self._settled(job_id, state=JobState.REJECTED, done_at=now, error=error)

    def _settled(self, job_id: int, **values: Any) -> bool:
        mine = and_(J.c.id == job_id, J.c.state != JobState.DONE)
        statement = update(J).where(mine).values(owner=None, leased_until=None, **values)
        return self._session.execute(statement.returning(J.c.id)).first() is not None

    def hurry(self, job_id: int, now: datetime) -> None:
        waiting = and_(J.c.id == job_id, J.c.state == JobState.WAITING, J.c.due_at > now)
        self._session.execute(update(J).where(waiting).values(due_at=now))

    def get(self, job_id: int) -> Job:
        row = self._session.execute(select(J).where(J.c.id == job_id)).mappings().first()
        if row is None:
            raise NotFoundError(what="việc", key=str(job_id))
        return _job(row)

    def move(self, job_id: int, station: str, now: datetime, expires_at: datetime) -> None:
        nobody_does_it = or_(
            J.c.state.in_((JobState.WAITING, JobState.REJECTED)),
            and_(J.c.state == JobState.LEASED, J.c.leased_until <= now),
        )
        lying = {"owner": None, "leased_until": None}
        self._wait_again(job_id, nobody_does_it, now, station=station, expires_at=expires_at, **lying)

    def _wait_again(self, job_id: int, only: ColumnElement[bool], now: datetime, **values: Any) -> None:
        values |= {"state": JobState.WAITING, "due_at": now, "done_at": None}
        statement = update(J).where(J.c.id == job_id, only).values(**values)
        if self._session.execute(statement.returning(J.c.id)).first() is None:
            if self._session.execute(select(J.c.id).where(J.c.id == job_id)).first() is None:
                raise NotFoundError(what="việc", key=str(job_id))
            raise StaleError

    def reclaim(self, owner: str, now: datetime) -> int:
        held = and_(J.c.state == JobState.LEASED, J.c.owner == owner)
        values = {"state": JobState.WAITING, "owner": None, "leased_until": None, "due_at": now}
        return len(self._session.execute(update(J).where(held).values(**values).returning(J.c.id)).all())

    def listed(
        self,
        wing: Wing,
        states: Sequence[JobState] = (),
        limit: int = 200,
        *,
        since: datetime | None = None,
        prefix: str = "",
    ) -> list[Job]:
        statement = select(J).where(J.c.wing == wing)
        if since is not None:
            statement = statement.where(J.c.created_at >= since)
        if prefix:
            statement = statement.where(J.c.key.startswith(prefix, autoescape=True))
        if states:
            statement = statement.where(J.c.state.in_(states))
            if JobState.DONE not in states:
                statement = statement.where(J.c.state != JobState.DONE)  # so that the partial index serves
        return [_job(row) for row in self._session.execute(statement.order_by(J.c.id).limit(limit)).mappings()]

    def by_key(self, wing: Wing, key: str) -> Job | None:
        row = self._session.execute(select(J).where(J.c.wing == wing, J.c.key == key)).mappings().first()
        return None if row is None else _job(row)

    def of_lanes(self, wing: Wing, lanes: Sequence[str]) -> list[Job]:
        beside = [files_lane(lane) for lane in lanes]
        mine = select(J).where(J.c.wing == wing, J.c.lane.in_([*lanes, *beside]), J.c.state != JobState.DONE)
        return [_job(row) for row in self._session.execute(mine.order_by(J.c.id)).mappings()]

    def counts(self, wing: Wing) -> Mapping[JobState, int]:
        """Every state, also the empty ones."""
        statement = select(J.c.state, func.count()).where(J.c.wing == wing).group_by(J.c.state)
        return dict.fromkeys(JobState, 0) | {row[0]: row[1] for row in self._session.execute(statement)}

    def done_since(self, wing: Wing, since: datetime) -> int:
        done = and_(J.c.wing == wing, J.c.state == JobState.DONE, J.c.done_at >= since)
        return int(self._session.execute(select(func.count()).select_from(J).where(done)).scalar() or 0)

    def next_due(self, wing: Wing) -> datetime | None:
        """Jobs behind an unfinished one of their lane do not count: no waiting will make them due."""
        statement = select(func.min(J.c.due_at)).where(
            J.c.wing == wing, J.c.state == JobState.WAITING, ~_lane_is_held()
        )
        found: datetime | None = self._session.execute(statement.where(STILL_TO_DO)).scalar()
        return found

    def _end_lease(self, job: Job, **values: Any) -> None:
        """`attempts` tells one lease from the next, even of the same worker. Raises: StaleError."""
        mine = and_(
            J.c.id == job.id, J.c.state == JobState.LEASED, J.c.owner == job.owner, J.c.attempts == job.attempts
        )
        statement = update(J).where(mine).values(owner=None, leased_until=None, **values).returning(J.c.id)
        if self._session.execute(statement).first() is None:
            raise StaleError


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(J.c.state == JobState.WAITING, J.c.due_at <= now),
        and_(J.c.state == JobState.LEASED, J.c.leased_until <= now),
    )


def _lane_is_held() -> ColumnElement[bool]:
    """An older job of the same lane is unfinished; a rejected one counts until an officer mends it."""
    return (
        select(OLDER.c.id)
        .where(OLDER.c.wing == J.c.wing, OLDER.c.lane == J.c.lane, OLDER.c.id < J.c.id, OLDER.c.state != JobState.DONE)
        .exists()
    )


def _job(row: Any) -> Job:
    job = Job(**{f.name: row[f.name] for f in fields(Job)})
    return replace(job, due_at=None) if job.due_at == AT_ONCE else job
