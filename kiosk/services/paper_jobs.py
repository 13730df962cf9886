"""The print jobs of an office: each names the machine on which its paper was asked for, and comes out there.

Only that machine's worker takes it (`Jobs.lease`). A job that names no machine is anybody's: in a kiosk's own store,
and from programs that belong to no desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.domain.job import Job, Wing

if TYPE_CHECKING:
    from kiosk.services.ports import UnitOfWork

TICKET_PAPER_LIFE = timedelta(minutes=2)  # a number printed later than this finds nobody at the kiosk
SLIP_PAPER_LIFE = timedelta(days=1)
SLIP_KEY = "slip:"
RECEIPT, DEMAND, COUNT = "receipt", "demand", "count"
RECEIPT_KEY = "receipt:"


def ask_ticket_paper(uow: UnitOfWork, ticket: str, at: str, now: datetime) -> None:
    """at: the machine's name, "" for any. Part of the act that gives the number."""
    paper, ends = {"paper": "ticket", "ticket": ticket}, now + TICKET_PAPER_LIFE
    uow.jobs.add(
        Job(Wing.PRINT, f"ticket:{ticket}", paper, priority=1, due_at=now, expires_at=ends, station=at or None)
    )


def ask_slip_paper(uow: UnitOfWork, slip: str, copies: int, at: str, now: datetime, *, print_no: int = 1) -> None:
    """print_no: 1 for the original, 2.. for marked re-prints. Part of the act that issues the slip."""
    paper = {"paper": "slip", "slip": slip, "copies": copies, "print_no": print_no}
    key, ends = f"{SLIP_KEY}{slip}:{print_no}", now + SLIP_PAPER_LIFE
    uow.jobs.add(Job(Wing.PRINT, key, paper, priority=2, due_at=now, expires_at=ends, station=at or None))


def ask_receipt_paper(uow: UnitOfWork, receipt: str, at: str, now: datetime, *, print_no: int = 1) -> None:
    """A receipt of money. print_no: 1 for the original, 2.. for marked re-prints. Part of the act that takes the
    money."""
    paper = {"paper": RECEIPT, "receipt": receipt, "print_no": print_no}
    key, ends = f"{RECEIPT_KEY}{receipt}:{print_no}", now + SLIP_PAPER_LIFE
    uow.jobs.add(Job(Wing.PRINT, key, paper, priority=2, due_at=now, expires_at=ends, station=at or None))


def ask_demand_paper(uow: UnitOfWork, ask: str, at: str, now: datetime, mark: str) -> None:
    """The paper that asks for a transfer, with its VietQR. mark: tells one print from another."""
    paper, ends = {"paper": DEMAND, "ask": ask}, now + SLIP_PAPER_LIFE
    uow.jobs.add(
        Job(Wing.PRINT, f"{DEMAND}:{ask}:{mark}", paper, priority=2, due_at=now, expires_at=ends, station=at or None)
    )


def ask_count_paper(uow: UnitOfWork, count: str, day: date, names: Mapping[str, str], at: str, now: datetime) -> None:
    """The sheet of a counted drawer, to be signed. names: of the officers on it, by login. Part of the count itself."""
    paper, ends = {"paper": COUNT, "count": count, "day": day.isoformat(), "names": dict(names)}, now + SLIP_PAPER_LIFE
    uow.jobs.add(
        Job(Wing.PRINT, f"{COUNT}:{count}", paper, priority=2, due_at=now, expires_at=ends, station=at or None)
    )
