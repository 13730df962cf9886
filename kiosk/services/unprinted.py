"""Slips that are not out yet, wherever they were asked for, and the act that has one printed at another machine.

A machine that was shut out, or is switched off, prints nothing; its slips wait for an officer at another desk.
Nobody else takes them, so that no slip comes out twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.event import Actor, Event
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.money import MoneyReceipt
from kiosk.domain.slip import Slip
from kiosk.domain.station import Station
from kiosk.errors import NotFoundError
from kiosk.services.groups import PAPER as GROUP
from kiosk.services.groups import GroupSheet, sheet_of
from kiosk.services.paper_jobs import RECEIPT, RECEIPT_KEY, SLIP_KEY, SLIP_PAPER_LIFE
from kiosk.services.ports import UnitOfWork

LOOK_BACK = timedelta(days=7)
MOST = 2000  # more than an office makes in a week without a printer
KINDS = (SLIP_KEY, RECEIPT_KEY, f"{GROUP}:")  # how the keys of their jobs begin
NOT_OUT = (JobState.WAITING, JobState.LEASED, JobState.REJECTED)
MOVED = "slip.print_moved"


Paper = Slip | MoneyReceipt | GroupSheet


@dataclass(frozen=True)
class Unprinted:
    """slip: a statutory one, a receipt of money, or the sheet of a group; station: the machine that should print it,
    None where it names none or one that was never paired."""

    job: Job
    slip: Paper
    station: Station | None

    @property
    def whose(self) -> str:
        return self.slip.payer if isinstance(self.slip, MoneyReceipt) else self.slip.applicant

    @property
    def called(self) -> str:
        """What an officer calls it: "mẫu 01", "biên lai AA-26 0000012/2026", "phiếu chung 2 hồ sơ"."""
        if isinstance(self.slip, GroupSheet):
            return f"phiếu chung {self.slip.count} hồ sơ"
        return f"mẫu {self.slip.kind.value}" if isinstance(self.slip, Slip) else f"biên lai {self.slip.name}"


def unprinted_slips(look: UnitOfWork, now: datetime) -> list[Unprinted]:
    """Of the last week, the newest first. Reads only; inside a `with`."""
    since = now - LOOK_BACK
    jobs = [job for kind in KINDS for job in look.jobs.listed(Wing.PRINT, NOT_OUT, MOST, since=since, prefix=kind)]
    if not jobs:
        return []
    paired = {station.name: station for station in look.stations.all()}
    newest = sorted(jobs, key=lambda job: job.id, reverse=True)
    return [Unprinted(job, _slip(look, job), paired.get(job.station or "")) for job in newest]


def _slip(look: UnitOfWork, job: Job) -> Paper:
    if job.payload["paper"] == GROUP:
        return sheet_of(look, job)
    if job.payload["paper"] == RECEIPT:
        return look.money.receipt(str(job.payload["receipt"]))
    return look.slips.get(str(job.payload["slip"]))


def print_here(uow: UnitOfWork, key: str, station: str, *, actor: Actor, now: datetime) -> Paper:
    """Have a slip made by this machine's printer. key: of its job.

    Once: who prints it now, or has, keeps it. A sheet that may be out already comes out marked as a re-print.
    Raises: NotFoundError, StaleError.
    """
    with uow:
        uow.lock()
        job = uow.jobs.by_key(Wing.PRINT, key)
        if job is None:
            raise NotFoundError(what="giấy chưa in", key=key)
        slip = _slip(uow, job)
        uow.jobs.move(job.id, station, now, now + SLIP_PAPER_LIFE)
        paper = slip.id if isinstance(slip, Slip) else slip.key
        told = {"slip": paper, "from": job.station or "", "to": station}
        uow.events.append(Event(MOVED, slip.dossier_key, now, actor, told))
        uow.commit()
        return slip
