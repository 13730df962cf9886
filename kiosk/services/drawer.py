"""The end of a money day: what the ledger says should be in a drawer, and what was counted in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from kiosk.domain import life
from kiosk.domain.event import Actor, Event
from kiosk.domain.fees import dong
from kiosk.domain.life import Role
from kiosk.domain.money import (
    CashCount,
    DifferenceUnexplainedError,
    MoneyReceipt,
    Move,
    PayMethod,
    Totals,
    check_notes,
    totals_of,
)
from kiosk.domain.office import Office
from kiosk.domain.slip import OfficeHead
from kiosk.errors import NotFoundError
from kiosk.services.paper_jobs import ask_count_paper
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk
from kiosk.services.slips import office_head

COUNTED_BY = frozenset({Role.CASHIER, Role.RECEPTION, Role.HEAD})


@dataclass(frozen=True)
class MoneyDays:
    """Ledger lines from first to last, of one officer or of all (""). receipts: theirs, by key."""

    first: date
    last: date
    officer: str
    moves: Sequence[Move]
    totals: Totals
    receipts: Mapping[str, MoneyReceipt]

    @property
    def cash(self) -> int:
        return self.totals.by_method[PayMethod.CASH]


def money_days(look: UnitOfWork, first: date, last: date, officer: str = "") -> MoneyDays:
    """Reads only; inside a `with`."""
    moves = look.money.moves_between(first, last, officer)
    receipts = look.money.receipts_of({move.receipt for move in moves if move.receipt})
    return MoneyDays(first, last, officer, moves, totals_of(moves), receipts)


def count_drawer(
    uow: UnitOfWork,
    day: date,
    officer: str,
    notes: Mapping[int, int],
    *,
    opening: int = 0,
    reason: str = "",
    actor: Actor,
    now: datetime,
    desk: Desk | None = None,
) -> CashCount:
    """Keep a count against the ledger. officer: whose drawer, "" for the whole office; opening: what lay in it before;
    desk: has the sheet printed that is signed, None to print none.

    A drawer may be counted again; every count is kept. Raises: BadNoteError, DifferenceUnexplainedError,
    NotYourActError.
    """
    life.check_trust("kiểm quỹ cuối ngày", COUNTED_BY, actor.roles)
    check_notes(notes)
    with uow:
        uow.lock()
        expected = opening + money_days(uow, day, day, officer).cash
        kept = {value: many for value, many in sorted(notes.items(), reverse=True) if many}
        by, station = actor.officer, actor.station
        count = CashCount(uuid4().hex, day, officer, now, by, station, opening, expected, kept, reason.strip())
        if count.difference and not count.reason:
            raise DifferenceUnexplainedError(difference=dong(count.difference))
        uow.money.add_count(count)
        data = {
            "count": count.key,
            "of": officer,
            "day": day.isoformat(),
            "expected": expected,
            "counted": count.counted,
        }
        uow.events.append(Event("money.counted", f"money:{day.isoformat()}", now, actor, data))
        if desk is not None:
            names = {login: desk.officer_names.get(login, login) for login in (officer, by) if login}
            ask_count_paper(uow, count.key, day, names, desk.paper_at, now)
        uow.commit()
    return count


@dataclass(frozen=True)
class CountToPrint:
    """The sheet of a count: what stood in the ledger when it was counted. names: login -> name."""

    office: OfficeHead
    count: CashCount
    days: MoneyDays
    names: Mapping[str, str]


def count_to_print(look: UnitOfWork, office: Office, payload: Mapping[str, Any]) -> CountToPrint:
    """Inside a `with`. Raises: NotFoundError."""
    day, key = date.fromisoformat(str(payload["day"])), str(payload["count"])
    count = next((one for one in look.money.counts(day) if one.key == key), None)
    if count is None:
        raise NotFoundError(what="lần kiểm quỹ", key=key)
    days = money_days(look, day, day, count.officer)
    before = [move for move in days.moves if move.at <= count.at]
    then = replace(days, moves=before, totals=totals_of(before))
    return CountToPrint(office_head(office), count, then, payload["names"])
