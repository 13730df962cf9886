"""The end of a money day: what the ledger says should be in a drawer, and what was counted in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
from kiosk.services.ports import UnitOfWork

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
) -> CashCount:
    """Keep a count against the ledger. officer: whose drawer, "" for the whole office; opening: what lay in it before.

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
        uow.commit()
    return count
