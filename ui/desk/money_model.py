"""What the money panel shows of one dossier, and what it needs of the office. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.money import PayMethod
from ui.desk.dossier_model import Form


@dataclass(frozen=True)
class Code:
    """A VietQR as it is shown. facts: account, holder, words of the transfer, as (name, words); state: in words."""

    payload: str
    facts: tuple[tuple[str, str], ...]
    state: str


@dataclass(frozen=True)
class MoneySheet:
    """One dossier's money. owed: what is left to pay, None while nobody knows; reasons: each line of the fee in words;
    asks: what must be settled first; why_not: why nothing can be taken, "" when it can; paid: receipts in words, the
    newest last; has_bank: the office has an account to transfer to."""

    key: str
    title: str
    payer: str
    state: str
    tone: str
    owed: int | None
    reasons: tuple[str, ...]
    asks: tuple[str, ...] = ()
    why_not: str = ""
    paid: tuple[str, ...] = ()
    has_bank: bool = False
    code: Code | None = None


class MoneyOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def sheet(self, key: str) -> MoneySheet: ...

    def show_code(self, key: str) -> MoneySheet:
        """Ask for what is owed by VietQR; nothing is paid by it."""

    def fee_form(self, key: str) -> Form: ...

    def settle(self, key: str, given: Mapping[str, str]) -> str:
        """What the fee form gave; returns what to tell the officer."""

    def take(self, key: str, amount: int, method: PayMethod, command: str, given: Mapping[str, str]) -> str:
        """The officer has the money. given: reference and external receipt, where the way needs them."""

    def print_again(self, key: str) -> str:
        """The newest receipt, marked."""

    def print_code(self, key: str) -> str:
        """The demand with its VietQR, for the citizen to take."""
