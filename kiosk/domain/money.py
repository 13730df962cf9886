"""Money at the desk: what was asked for, what came in and went out, receipts (biên lai) and the count of a drawer.

A code that is shown is no payment: money is taken by an officer's key, or by word from outside. What was written into
the ledger stays; it is put right by another line. Source: docs/money.md
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.fees import FeeKind, FeeLine, dong, sum_of
from kiosk.domain.slip import OfficeHead
from kiosk.domain.vietqr import Service, VietQr, encode, transfer_words
from kiosk.errors import InputError, RuleError

# Notes in circulation, đồng (Ngân hàng Nhà nước); the largest first, as they are counted.
NOTES = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200)


class PayMethod(StrEnum):
    """ONLINE: by the portal's or a bank's own way, known here by its reference."""

    CASH = "cash"
    VIETQR = "vietqr"
    ONLINE = "online"


class MoveKind(StrEnum):
    """CANCELLED: a receipt made by mistake, taken back whole; the dossier then owes again."""

    TAKEN = "taken"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


class AskState(StrEnum):
    """SHOWN: the code stands on a screen or a paper; WAITING: asked for elsewhere, no word yet; ENDED: by another way,
    or not at all."""

    SHOWN = "shown"
    WAITING = "waiting"
    PAID = "paid"
    ENDED = "ended"


class PartRule(StrEnum):
    """Less than what is owed: REFUSE it, or COMPLETE it with later payments, each with a receipt of its own."""

    REFUSE = "refuse"
    COMPLETE = "complete"


METHOD_WORDS = {
    PayMethod.CASH: "tiền mặt",
    PayMethod.VIETQR: "chuyển khoản VietQR",
    PayMethod.ONLINE: "trực tuyến",
}
MOVE_WORDS = {MoveKind.TAKEN: "thu", MoveKind.REFUNDED: "hoàn", MoveKind.CANCELLED: "hủy"}
ASK_WORDS = {
    AskState.SHOWN: "đã đưa mã, chưa có tiền",
    AskState.WAITING: "chờ xác nhận",
    AskState.PAID: "đã thu",
    AskState.ENDED: "đã thôi",
}


class PartPaymentError(RuleError):
    """Less than what is owed, where the office takes no parts. details: amount, owed, in words."""

    code = "money.part"


class OverpaymentError(RuleError):
    """More than what is owed. details: amount, owed, in words."""

    code = "money.over"


class BadAmountError(InputError):
    """Not a whole number of đồng above nothing. details: amount."""

    code = "money.bad_amount"


class FeeUnknownError(RuleError):
    """Nobody has settled what is to be paid. details: asks."""

    code = "money.fee_unknown"


class DossierClosedError(RuleError):
    """The dossier was refused, withdrawn, stopped or transferred: nothing is to be paid any more. details: dossier."""

    code = "money.closed"


class PartStandsError(RuleError):
    """The fee would be no more than what was already paid of it. details: taken, in words."""

    code = "money.part_stands"


class RefundTooMuchError(RuleError):
    """More would go back than the office holds of this dossier. details: amount, held, in words."""

    code = "money.refund_over"


class PartGoesOnError(RuleError):
    """Only a part of the fee was paid, and the dossier goes on: that part's receipt is cancelled. details: taken."""

    code = "money.part_goes_on"


class ReceiptRefundedError(RuleError):
    """Money of the dossier went back already, so its receipts stand; the rest is given back too. details: receipt."""

    code = "money.receipt_refunded"


class NoBankAccountError(RuleError):
    """The office has no account to transfer to."""

    code = "money.no_bank"


class ReferenceNeededError(RuleError):
    """Money that no officer held in hand needs the number by which the bank or the portal knows it."""

    code = "money.reference_needed"


class ReferenceTakenError(RuleError):
    """The transfer was entered before. details: reference, dossier."""

    code = "money.reference_taken"


class NoBookError(RuleError):
    """Every book of receipts is full, or none is for this year. details: year."""

    code = "money.no_book"


class ReceiptCancelledError(RuleError):
    """The receipt is cancelled already. details: receipt."""

    code = "money.receipt_cancelled"


class DifferenceUnexplainedError(RuleError):
    """Drawer and ledger differ, and nobody says why. details: difference, in words."""

    code = "money.unexplained"


class BadNoteError(InputError):
    """Not a note in circulation, or not a number of them. details: note."""

    code = "money.bad_note"


@dataclass(frozen=True)
class BankAccount:
    """Where transfers go. bin: six digits; bank: its name in words."""

    bin: str
    account: str
    holder: str
    bank: str = ""
    service: Service = Service.ACCOUNT


@dataclass(frozen=True)
class ReceiptBook:
    """A book of receipts (quyển biên lai): its series and its numbers, both included. year: 0 for every year, each of
    which then begins at `first` again."""

    series: str
    first: int = 1
    last: int = 9_999_999
    year: int = 0


@dataclass(frozen=True)
class MoneyRules:
    """The office's own: where transfers go (None: nowhere), its books of receipts in order of use, parts of a fee."""

    bank: BankAccount | None = None
    books: tuple[ReceiptBook, ...] = ()
    parts: PartRule = PartRule.REFUSE


# Where an office names no book: numbers of its own, which no tax office has given out (docs/money.md#biên-lai).
OWN_BOOK = ReceiptBook("NB")


@dataclass
class Ask:
    """One demand for money. payload: text of the VietQR, "" for none; version: compare-and-set counter."""

    key: str
    dossier_key: str
    method: PayMethod
    amount: int
    state: AskState
    asked_at: datetime
    officer: str
    payload: str = ""
    reference: str = ""
    ended_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True)
class Move:
    """One line of the ledger. amount: đồng, below zero when it went out; lines: what it was for; receipt: key of ours,
    external: number of a receipt that another system gave; reverses: key of the line that this one puts right."""

    key: str
    at: datetime
    day: date
    kind: MoveKind
    method: PayMethod
    amount: int
    dossier_key: str
    procedure_code: str
    procedure_name: str
    payer: str
    officer: str
    station: str
    counter: str
    lines: tuple[FeeLine, ...] = ()
    receipt: str = ""
    external: str = ""
    reference: str = ""
    reverses: str = ""
    reason: str = ""

    def of(self, kind: FeeKind) -> int:
        """đồng of one kind of fee, with the sign of the line."""
        return sum_of(self.lines, kind) * (1 if self.amount >= 0 else -1)


@dataclass(frozen=True)
class MoneyReceipt:
    """A receipt, complete: a re-print needs nothing else. cancelled_at: it is kept, and says so on paper."""

    key: str
    series: str
    number: int
    year: int
    issued_at: datetime
    office: OfficeHead
    dossier_key: str
    dossier_code: str | None
    payer: str
    address: str
    procedure_name: str
    amount: int
    method: PayMethod
    officer: str
    lines: tuple[FeeLine, ...] = ()
    reference: str = ""
    note: str = ""
    cancelled_at: datetime | None = None
    cancelled_by: str = ""
    cancel_reason: str = ""

    @property
    def name(self) -> str:
        """What an officer calls it: "NB 0000012/2026"."""
        return f"{self.series} {self.number:07d}/{self.year}"


@dataclass(frozen=True)
class CashCount:
    """A drawer counted at the end of a day. officer: whose, "" for the whole office; opening: what was in it before;
    expected: opening and the ledger's cash; notes: value -> how many; reason: of a difference."""

    key: str
    day: date
    officer: str
    at: datetime
    by: str
    station: str
    opening: int
    expected: int
    notes: Mapping[int, int]
    reason: str = ""

    @property
    def counted(self) -> int:
        return sum(value * many for value, many in self.notes.items())

    @property
    def difference(self) -> int:
        """Above zero when there is more in the drawer than the ledger says."""
        return self.counted - self.expected


@dataclass(frozen=True)
class Totals:
    """Sums of ledger lines, đồng. by_method: what came in less what went out."""

    moves: int
    taken: int
    refunded: int
    cancelled: int
    by_method: Mapping[PayMethod, int]
    by_kind: Mapping[FeeKind, int] = field(default_factory=dict)

    @property
    def net(self) -> int:
        return self.taken + self.refunded + self.cancelled


def totals_of(moves: Sequence[Move]) -> Totals:
    """refunded and cancelled are below zero, so that the parts add up to `net`."""
    by = {kind: sum(m.amount for m in moves if m.kind is kind) for kind in MoveKind}
    methods = {method: sum(m.amount for m in moves if m.method is method) for method in PayMethod}
    kinds = {kind: sum(m.of(kind) for m in moves) for kind in FeeKind}
    taken, refunded, cancelled = (by[kind] for kind in MoveKind)
    return Totals(len(moves), taken, refunded, cancelled, methods, kinds)


def still_owed(fee: int, moves: Iterable[Move]) -> int:
    """What is left to pay of a dossier's fee, after its ledger lines."""
    return fee - sum(move.amount for move in moves)


def check_fee(fee: int, moves: Iterable[Move]) -> None:
    """A fee that is settled anew leaves something to pay beside the parts that were paid. Raises: PartStandsError."""
    taken = sum(move.amount for move in moves)
    if taken > 0 and fee <= taken:
        raise PartStandsError(taken=dong(taken))


def check_amount(amount: int, owed: int, rule: PartRule) -> None:
    """Raises: BadAmountError, PartPaymentError, OverpaymentError."""
    if amount <= 0:
        raise BadAmountError(amount=amount)
    if amount > owed:
        raise OverpaymentError(amount=dong(amount), owed=dong(owed))
    if amount < owed and rule is PartRule.REFUSE:
        raise PartPaymentError(amount=dong(amount), owed=dong(owed))


def check_notes(notes: Mapping[int, int]) -> None:
    """Raises: BadNoteError."""
    for value, many in notes.items():
        if value not in NOTES or not 0 <= many <= 100_000:
            raise BadNoteError(note=f"{value}={many}")


def lines_for(lines: Sequence[FeeLine], amount: int) -> tuple[FeeLine, ...]:
    """The lines behind an amount: all of them when it is their sum; a part of it is one line that says so."""
    if sum(line.amount or 0 for line in lines) == amount:
        return tuple(lines)
    kinds = {line.kind for line in lines if line.amount}
    kind = kinds.pop() if len(kinds) == 1 else FeeKind.UNTOLD
    return (FeeLine("Một phần phí, lệ phí", kind, amount, "", "; ".join(dict.fromkeys(x.basis for x in lines))),)


def transfer_code(bank: BankAccount, dossier_key: str, amount: int) -> str:
    """The VietQR of one payment; its words hold the dossier's key, by which a statement is matched.

    Raises: BadVietQrError.
    """
    words = transfer_words(f"HS {dossier_key}")
    return encode(VietQr(bank.bin, bank.account, amount, dossier_key, words, bank.service))
