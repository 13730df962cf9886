"""The money of the fake office (`fakes.FakeOffice`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from kiosk.domain.money import Ask, CashCount, MoneyReceipt, Move, MoveKind, ReceiptBook
from kiosk.errors import NotFoundError, StaleError

T = TypeVar("T")


@dataclass
class MoneyShelf:
    """What is committed of it."""

    asks: dict[str, Ask] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    receipts: dict[str, MoneyReceipt] = field(default_factory=dict)
    prints: dict[str, int] = field(default_factory=dict)
    counts: list[CashCount] = field(default_factory=list)

    def copy(self) -> MoneyShelf:
        return MoneyShelf(dict(self.asks), list(self.moves), dict(self.receipts), dict(self.prints), list(self.counts))


class FakeMoney:
    def __init__(self, shelf: MoneyShelf) -> None:
        self._shelf = shelf

    def add_ask(self, ask: Ask) -> None:
        self._shelf.asks[ask.key] = copy(ask)

    def save_ask(self, ask: Ask) -> None:
        if self._shelf.asks[ask.key].version != ask.version:
            raise StaleError
        ask.version += 1
        self._shelf.asks[ask.key] = copy(ask)

    def ask(self, key: str) -> Ask:
        if key not in self._shelf.asks:
            raise NotFoundError(what="yêu cầu nộp tiền", key=key)
        return copy(self._shelf.asks[key])

    def asks_of(self, dossier_key: str) -> list[Ask]:
        mine = (a for a in self._shelf.asks.values() if a.dossier_key == dossier_key)
        return [copy(a) for a in sorted(mine, key=lambda a: (a.asked_at, a.key))]

    def add_move(self, move: Move) -> None:
        cancelled = [m.reverses for m in self._shelf.moves if m.kind is MoveKind.CANCELLED]
        if move.kind is MoveKind.CANCELLED and move.reverses in cancelled:
            raise StaleError
        self._shelf.moves.append(move)

    def move(self, key: str) -> Move:
        return self._one((m for m in self._shelf.moves if m.key == key), "dòng sổ thu", key)

    def moves_of(self, dossier_key: str) -> list[Move]:
        return [m for m in self._shelf.moves if m.dossier_key == dossier_key]

    def move_of_receipt(self, receipt_key: str) -> Move | None:
        return next((m for m in self._shelf.moves if m.receipt == receipt_key and not m.reverses), None)

    def standing_by_reference(self, reference: str) -> Move | None:
        righted = {m.reverses for m in self._shelf.moves if m.kind is MoveKind.CANCELLED}
        mine = (m for m in self._shelf.moves if m.reference == reference and m.reference and m.key not in righted)
        return next(mine, None)

    def moves_between(self, first: date, last: date, officer: str = "") -> list[Move]:
        return [m for m in self._shelf.moves if first <= m.day <= last and officer in ("", m.officer)]

    def last_number(self, book: ReceiptBook, year: int) -> int | None:
        mine = (r for r in self._shelf.receipts.values() if (r.series, r.year) == (book.series, year))
        return max((r.number for r in mine if book.first <= r.number <= book.last), default=None)

    def add_receipt(self, receipt: MoneyReceipt) -> None:
        self._shelf.receipts[receipt.key] = receipt

    def receipt(self, key: str) -> MoneyReceipt:
        return self._one((r for r in self._shelf.receipts.values() if r.key == key), "biên lai", key)

    def receipts_of(self, keys: Collection[str]) -> dict[str, MoneyReceipt]:
        return {key: self._shelf.receipts[key] for key in keys if key in self._shelf.receipts}

    def receipt_by_number(self, series: str, number: int, year: int) -> MoneyReceipt:
        wanted = (series, number, year)
        mine = (r for r in self._shelf.receipts.values() if (r.series, r.number, r.year) == wanted)
        return self._one(mine, "biên lai", f"{series} {number}/{year}")

    def receipts(self, year: int) -> list[MoneyReceipt]:
        mine = [r for r in self._shelf.receipts.values() if r.year == year]
        return sorted(mine, key=lambda r: (r.series, r.number))

    def cancel_receipt(self, key: str, at: datetime, by: str, reason: str) -> None:
        receipt = self._shelf.receipts[key]
        self._shelf.receipts[key] = replace(receipt, cancelled_at=at, cancelled_by=by, cancel_reason=reason)

    def count_print(self, key: str) -> int:
        self.receipt(key)
        self._shelf.prints[key] = self._shelf.prints.get(key, 0) + 1
        return self._shelf.prints[key]

    def add_count(self, count: CashCount) -> None:
        self._shelf.counts.append(count)

    def counts(self, day: date) -> list[CashCount]:
        return [c for c in self._shelf.counts if c.day == day]

    @staticmethod
    def _one(found: Iterable[T], what: str, key: str) -> T:
        for one in found:
            return one
        raise NotFoundError(what=what, key=key)
