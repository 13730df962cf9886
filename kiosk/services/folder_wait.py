"""What waits for the stick: how much, how old, and what lies on a stick that nobody has signed for yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.bundle import BundleState
from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, JobState, Wing
from kiosk.services.ports import UnitOfWork

EPOCH = "bundle.epoch"
EPOCH_RAISED = "bundle.epoch_raised"
OPEN_STATES = (JobState.WAITING, JobState.LEASED, JobState.REJECTED)
ALL_OPEN = 1_000_000
OUTGOING = ("dossier", "progress", "file")


@dataclass(frozen=True)
class FolderWait:
    """For the desk's hint and `motcua sync status`. on_sticks: dossiers in written bundles that no receipt came for;
    oldest_seconds: age of the oldest entry that waits, 0 for none; size: bytes of the files that would travel."""

    dossiers: int = 0
    entries: int = 0
    size: int = 0
    oldest_seconds: int = 0
    on_sticks: int = 0


def epoch(look: UnitOfWork) -> int:
    """1, until somebody restored the office from a copy. Inside a `with`."""
    return int(look.exchange.cursor(EPOCH) or 1)


def raise_epoch(uow: UnitOfWork, *, actor: Actor, now: datetime) -> int:
    """After a restore: numbers of bundles begin anew, and the province no longer takes those of before."""
    with uow:
        uow.lock()
        new = epoch(uow) + 1
        uow.exchange.set_cursor(EPOCH, str(new))
        uow.events.append(Event(EPOCH_RAISED, "bundle", now, actor, {"epoch": new}))
        uow.commit()
    return new


def open_jobs(look: UnitOfWork, key: str) -> list[Job]:
    """What of a dossier the province has not confirmed, oldest first. Inside a `with`."""
    return [j for j in look.jobs.of_lanes(Wing.SYNC, [key]) if j.payload.get("stream") in OUTGOING]


def waiting_keys(look: UnitOfWork) -> list[str]:
    """Dossiers with something that the province has not confirmed, oldest first. Inside a `with`."""
    return list(dict.fromkeys(str(j.payload["dossier"]) for j in _outgoing(look)))


def on_the_way(look: UnitOfWork) -> frozenset[int]:
    """Entries of the outbox that lie in bundles without a receipt. Inside a `with`."""
    unanswered = (b for b in look.bundles.all() if b.state is not BundleState.RECEIVED)
    return frozenset(job for b in unanswered for p in b.packed for job in p.jobs)


def waiting(look: UnitOfWork, by_folder: Callable[[str], bool], now: datetime) -> FolderWait:
    """by_folder: whether a procedure's dossiers are carried. Reads only; inside a `with`."""
    on_sticks = {p.key for b in look.bundles.all() if b.state is BundleState.WRITTEN for p in b.packed}
    jobs = _outgoing(look)
    keys = dict.fromkeys(str(j.payload["dossier"]) for j in jobs)
    mine = {key for key in keys if by_folder(look.dossiers.get(key).procedure_code)}
    entries = [j for j in jobs if str(j.payload["dossier"]) in mine]
    made = [j.created_at for j in entries if j.created_at is not None]
    age = int((now - min(made)).total_seconds()) if made else 0
    return FolderWait(len(mine), len(entries), _size(look, mine), max(age, 0), len(on_sticks & mine))


def _outgoing(look: UnitOfWork) -> list[Job]:
    jobs = look.jobs.listed(Wing.SYNC, OPEN_STATES, limit=ALL_OPEN)
    return [j for j in jobs if j.payload.get("stream") in OUTGOING]


def _size(look: UnitOfWork, keys: set[str]) -> int:
    documents = (d for key in keys for d in look.papers.documents(key) if not d.remote)
    return sum(look.papers.file(d.file_id).size for d in documents)
