"""What the acts need of the office's money: demands, ledger, receipts, counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.money import Ask, CashCount, MoneyReceipt, Move, ReceiptBook


class Money(Protocol):
    def add_ask(self, ask: Ask) -> None: ...

    def save_ask(self, ask: Ask) -> None:
        """Compare-and-set on `version`, which is raised by one. Raises: StaleError when somebody was faster."""

    def ask(self, key: str) -> Ask:
        """Raises: NotFoundError."""

    def asks_of(self, dossier_key: str) -> list[Ask]:
        """Oldest first."""

    def add_move(self, move: Move) -> None:
        """The ledger only grows."""

    def move(self, key: str) -> Move:
        """Raises: NotFoundError."""

    def moves_of(self, dossier_key: str) -> list[Move]:
        """Oldest first."""

    def move_of_receipt(self, receipt_key: str) -> Move | None:
        """The line by which the money came in."""

    def standing_by_reference(self, reference: str) -> Move | None:
        """The line by which a transfer came in, unless it was entered by mistake. What was given back did come in."""

    def moves_between(self, first: date, last: date, officer: str = "") -> list[Move]:
        """Of the days from first to last, both included, in the ledger's order; of one officer, or of all."""

    def last_number(self, book: ReceiptBook, year: int) -> int | None:
        """The highest number used of a book in a year. Inside `lock`: the next one is nobody else's."""

    def add_receipt(self, receipt: MoneyReceipt) -> None: ...

    def receipt(self, key: str) -> MoneyReceipt:
        """Raises: NotFoundError."""

    def receipts_of(self, keys: Collection[str]) -> dict[str, MoneyReceipt]:
        """By key; what is not there is left out."""

    def receipt_by_number(self, series: str, number: int, year: int) -> MoneyReceipt:
        """Raises: NotFoundError."""

    def receipts(self, year: int) -> list[MoneyReceipt]:
        """Of a year, by series and number; cancelled ones included."""

    def cancel_receipt(self, key: str, at: datetime, by: str, reason: str) -> None: ...

    def count_print(self, key: str) -> int:
        """One more print of a receipt; returns how many there have been, this one included."""

    def add_count(self, count: CashCount) -> None: ...

    def counts(self, day: date) -> list[CashCount]:
        """Of a day, oldest first."""
