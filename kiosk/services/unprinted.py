"""Slips that are not out yet, wherever they were asked for, and the act that has one printed at another machine.

A machine that was shut out, or is switched off, prints nothing; its slips wait for an officer at another desk.
Nobody else takes them, so that no slip comes out twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.slip import Slip
from kiosk.domain.station import Station
from kiosk.errors import NotFoundError
from kiosk.services.paper_jobs import SLIP_KEY, SLIP_PAPER_LIFE
from kiosk.services.ports import UnitOfWork

LOOK_BACK = timedelta(days=7)
MOST = 2000  # more than an office makes in a week without a printer
NOT_OUT = (JobState.WAITING, JobState.LEASED, JobState.REJECTED)
MOVED = "slip.print_moved"


@dataclass(frozen=True)
class Unprinted:
    """station: the machine that should print it, None where it names none or one that was never paired."""

    job: Job
    slip: Slip
    station: Station | None


def unprinted_slips(look: UnitOfWork, now: datetime) -> list[Unprinted]:
    """Of the last week, the newest first. Reads only; inside a `with`."""
    jobs = look.jobs.listed(Wing.PRINT, NOT_OUT, MOST, since=now - LOOK_BACK, prefix=SLIP_KEY)
    if not jobs:
        return []
    paired = {station.name: station for station in look.stations.all()}
    found = [Unprinted(job, look.slips.get(str(job.payload["slip"])), paired.get(job.station or "")) for job in jobs]
    return found[::-1]


def print_here(uow: UnitOfWork, key: str, station: str, *, actor: Actor, now: datetime) -> Slip:
    """Have a slip made by this machine's printer. key: of its job.

    Once: who prints it now, or has, keeps it. A sheet that may be out already comes out marked as a re-print.
    Raises: NotFoundError, StaleError.
    """
    with uow:
        uow.lock()
        job = uow.jobs.by_key(Wing.PRINT, key)
        if job is None:
            raise NotFoundError(what="giấy chưa in", key=key)
        slip = uow.slips.get(str(job.payload["slip"]))
        uow.jobs.move(job.id, station, now, now + SLIP_PAPER_LIFE)
        told = {"slip": slip.id, "from": job.station or "", "to": station}
        uow.events.append(Event(MOVED, slip.dossier_key, now, actor, told))
        uow.commit()
        return slip
