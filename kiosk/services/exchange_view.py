"""How the exchange stands, for who has to do something about it: what waits and why, what was refused, what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.conflict import Conflict
from kiosk.domain.dossier import Dossier
from kiosk.domain.job import Job, JobState, Wing
from kiosk.errors import NotFoundError
from kiosk.services import exchange
from kiosk.services.ports import UnitOfWork

OPEN = (JobState.WAITING, JobState.LEASED, JobState.REJECTED)
RATE_OVER = timedelta(minutes=10)
LISTED = 300


@dataclass(frozen=True)
class Lane:
    """What waits of one dossier: the entry that is next, and how many stand behind it. dossier: None for an online one
    that is not a dossier yet. next_try: None while it is being sent, or for an officer to send."""

    key: str
    job: Job
    behind: int
    dossier: Dossier | None
    next_try: datetime | None

    @property
    def is_rejected(self) -> bool:
        return self.job.state is JobState.REJECTED


@dataclass(frozen=True)
class Overview:
    """line: "up", "down", "" before the worker's first look; line_since: None where it was not noted.

    waiting, rejected: entries; oldest_s: age of the oldest that is unsent; empty_in_s: until all is sent at the pace
    of the last ten minutes, None while nothing moves.
    """

    line: str
    line_since: datetime | None
    waiting: int
    rejected: int
    oldest_s: int
    empty_in_s: int | None
    lanes: tuple[Lane, ...]
    conflicts: tuple[Conflict, ...]


def overview(look: UnitOfWork, now: datetime) -> Overview:
    """The refused first, then the oldest. Reads only; inside a `with`."""
    status = exchange.status(look, now)
    lanes = sorted(_lanes(look), key=lambda lane: (not lane.is_rejected, lane.job.id))
    since = look.exchange.cursor(exchange.LINE_SINCE)
    return Overview(
        exchange.line(look),
        datetime.fromisoformat(since) if since else None,
        status.waiting,
        status.rejected,
        status.oldest_waiting_seconds,
        empty_in_s(look, status.waiting, now),
        tuple(lanes),
        tuple(look.exchange.conflicts(unseen=True)),
    )


def empty_in_s(look: UnitOfWork, waiting: int, now: datetime) -> int | None:
    """0 when nothing waits; None while nothing moves. Reads only; inside a `with`."""
    if not waiting:
        return 0
    if exchange.line(look) == "down" or not (done := look.jobs.done_since(Wing.SYNC, now - RATE_OVER)):
        return None
    return round(waiting * RATE_OVER.total_seconds() / done)


def _lanes(look: UnitOfWork) -> list[Lane]:
    jobs = look.jobs.listed(Wing.SYNC, OPEN, LISTED)
    by_lane: dict[str, list[Job]] = {}
    for job in jobs:
        by_lane.setdefault(job.lane or job.key, []).append(job)
    return [_lane(look, of_lane) for of_lane in by_lane.values()]


def _lane(look: UnitOfWork, jobs: Sequence[Job]) -> Lane:
    job = jobs[0]
    key = str(job.payload.get("dossier", ""))
    try:
        dossier = look.dossiers.get(key)
    except NotFoundError:
        dossier = None
    next_try = job.due_at if job.state is JobState.WAITING else None
    return Lane(key, job, len(jobs) - 1, dossier, next_try)
