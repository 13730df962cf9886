"""The office's money: demands by compare-and-set, a ledger that only grows, receipts, counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, select, text, update
from sqlalchemy.orm import Session

from kiosk.domain.money import Ask, CashCount, MoneyReceipt, Move, MoveKind, ReceiptBook
from kiosk.errors import NotFoundError
from kiosk.storage.models import CashCountRow, MoneyAskRow, MoneyMoveRow, MoneyReceiptRow, table_of
from kiosk.storage.rows import compare_and_set, found, lock_office, revived, values_of

ASKS, MOVES, RECEIPTS = table_of(MoneyAskRow), table_of(MoneyMoveRow), table_of(MoneyReceiptRow)
COUNTS = table_of(CashCountRow)
RECEIPT = "biên lai"
AT_ONCE = 500  # keys in one statement
# Word for word the condition of the partial index.
HAS_REFERENCE = text("money_moves.reference <> ''")
_COUNT = [f.name for f in fields(CashCount) if f.name != "notes"]


class SqlMoney:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add_ask(self, ask: Ask) -> None:
        lock_office(self._session)
        self._session.execute(insert(ASKS).values(values_of(ask)))

    def save_ask(self, ask: Ask) -> None:
        compare_and_set(self._session, ASKS, ask)

    def ask(self, key: str) -> Ask:
        row = self._session.execute(select(ASKS).where(ASKS.c.key == key)).mappings().first()
        return found(Ask, row, "yêu cầu nộp tiền", key)

    def asks_of(self, dossier_key: str) -> list[Ask]:
        statement = select(ASKS).where(ASKS.c.dossier_key == dossier_key).order_by(ASKS.c.asked_at, ASKS.c.key)
        return [revived(Ask, row) for row in self._session.execute(statement).mappings()]

    def add_move(self, move: Move) -> None:
        lock_office(self._session)
        self._session.execute(insert(MOVES).values(values_of(move)))

    def move(self, key: str) -> Move:
        row = self._session.execute(select(MOVES).where(MOVES.c.key == key)).mappings().first()
        return found(Move, row, "dòng sổ thu", key)

    def moves_of(self, dossier_key: str) -> list[Move]:
        return self._moves(MOVES.c.dossier_key == dossier_key)

    def move_of_receipt(self, receipt_key: str) -> Move | None:
        return next(iter(self._moves(MOVES.c.receipt == receipt_key, MOVES.c.reverses == "")), None)

    def standing_by_reference(self, reference: str) -> Move | None:
        back = MOVES.alias()
        mistaken = select(back.c.id).where(back.c.reverses == MOVES.c.key, back.c.kind == MoveKind.CANCELLED).exists()
        return next(iter(self._moves(MOVES.c.reference == reference, HAS_REFERENCE, ~mistaken)), None)

    def moves_between(self, first: date, last: date, officer: str = "") -> list[Move]:
        days = [MOVES.c.day >= first, MOVES.c.day <= last]
        return self._moves(*days, *([MOVES.c.officer == officer] if officer else []))

    def last_number(self, book: ReceiptBook, year: int) -> int | None:
        lock_office(self._session)
        mine = (RECEIPTS.c.series == book.series, RECEIPTS.c.year == year)
        of_book = RECEIPTS.c.number.between(book.first, book.last)
        last = self._session.execute(select(func.max(RECEIPTS.c.number)).where(*mine, of_book)).scalar()
        return None if last is None else int(last)

    def add_receipt(self, receipt: MoneyReceipt) -> None:
        names = ("key", "series", "year", "number", "dossier_key", "issued_at")
        values = {name: getattr(receipt, name) for name in names} | {"copies_printed": 0, "body": receipt}
        values |= {"cancelled_at": None, "cancelled_by": "", "cancel_reason": ""}
        self._session.execute(insert(RECEIPTS).values(values))

    def receipt(self, key: str) -> MoneyReceipt:
        return self._receipt(select(RECEIPTS).where(RECEIPTS.c.key == key), key)

    def receipts_of(self, keys: Collection[str]) -> dict[str, MoneyReceipt]:
        found: dict[str, MoneyReceipt] = {}
        wanted = sorted(keys)
        for start in range(0, len(wanted), AT_ONCE):
            some = select(RECEIPTS).where(RECEIPTS.c.key.in_(wanted[start : start + AT_ONCE]))
            found |= {row["key"]: _receipt(row) for row in self._session.execute(some).mappings()}
        return found

    def receipt_by_number(self, series: str, number: int, year: int) -> MoneyReceipt:
        mine = (RECEIPTS.c.series == series, RECEIPTS.c.number == number, RECEIPTS.c.year == year)
        return self._receipt(select(RECEIPTS).where(*mine), f"{series} {number}/{year}")

    def receipts(self, year: int) -> list[MoneyReceipt]:
        statement = select(RECEIPTS).where(RECEIPTS.c.year == year).order_by(RECEIPTS.c.series, RECEIPTS.c.number)
        return [_receipt(row) for row in self._session.execute(statement).mappings()]

    def cancel_receipt(self, key: str, at: datetime, by: str, reason: str) -> None:
        lock_office(self._session)
        values = {"cancelled_at": at, "cancelled_by": by, "cancel_reason": reason}
        self._session.execute(update(RECEIPTS).where(RECEIPTS.c.key == key).values(values))

    def count_print(self, key: str) -> int:
        """Raises: NotFoundError."""
        more = update(RECEIPTS).where(RECEIPTS.c.key == key).values(copies_printed=RECEIPTS.c.copies_printed + 1)
        times = self._session.execute(more.returning(RECEIPTS.c.copies_printed)).scalar()
        if times is None:
            raise NotFoundError(what=RECEIPT, key=key)
        return int(times)

    def add_count(self, count: CashCount) -> None:
        lock_office(self._session)
        notes = {str(value): many for value, many in count.notes.items()}
        self._session.execute(insert(COUNTS).values({n: getattr(count, n) for n in _COUNT} | {"notes": notes}))

    def counts(self, day: date) -> list[CashCount]:
        rows = self._session.execute(select(COUNTS).where(COUNTS.c.day == day).order_by(COUNTS.c.id)).mappings()
        return [_count(row) for row in rows]

    def _moves(self, *wanted: ColumnElement[bool] | Any) -> list[Move]:
        rows = self._session.execute(select(MOVES).where(*wanted).order_by(MOVES.c.id)).mappings()
        return [revived(Move, row) for row in rows]

    def _receipt(self, statement: Select[Any], key: str) -> MoneyReceipt:
        row = self._session.execute(statement).mappings().first()
        if row is None:
            raise NotFoundError(what=RECEIPT, key=key)
        return _receipt(row)


def _receipt(row: Any) -> MoneyReceipt:
    body: MoneyReceipt = row["body"]
    cancelled = {name: row[name] for name in ("cancelled_at", "cancelled_by", "cancel_reason")}
    return replace(body, **cancelled)


def _count(row: Any) -> CashCount:
    notes = {int(value): int(many) for value, many in row["notes"].items()}
    return CashCount(**{name: row[name] for name in _COUNT}, notes=notes)
