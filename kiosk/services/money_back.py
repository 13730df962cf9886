"""Money goes out again: a receipt made by mistake is cancelled, what was paid is given back, whole or in part.

Both need a reason; each line of the ledger that was written stays, and is put right by another one. Never more goes
back than the office holds of that dossier. Source: docs/legal.md#fees
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from kiosk.clock import business_day
from kiosk.domain.dossier import Dossier, ReasonRequiredError
from kiosk.domain.event import Actor
from kiosk.domain.fees import dong
from kiosk.domain.money import (
    BadAmountError,
    Move,
    MoveKind,
    PartGoesOnError,
    PayMethod,
    ReceiptCancelledError,
    ReceiptRefundedError,
    RefundTooMuchError,
    lines_for,
)
from kiosk.domain.tracks import IllegalStepError, MoneyAct, MoneyState
from kiosk.services.fee_acts import BY_ACT
from kiosk.services.money import Taken, is_over, keep, new_move, trust
from kiosk.services.ports import UnitOfWork


def cancel_receipt(uow: UnitOfWork, receipt_key: str, reason: str, *, actor: Actor, now: datetime) -> Taken:
    """A receipt made by mistake: it is kept, marked, and the money goes out of the ledger by a line of its own.

    Raises: ReasonRequiredError, ReceiptCancelledError, ReceiptRefundedError, IllegalStepError, NotFoundError,
    NotYourActError.
    """
    trust(MoneyAct.CANCEL, actor)
    if not reason.strip():
        raise ReasonRequiredError
    with uow:
        uow.lock()
        receipt, move = uow.money.receipt(receipt_key), uow.money.move_of_receipt(receipt_key)
        if receipt.cancelled_at is not None or move is None:
            raise ReceiptCancelledError(receipt=receipt.name)
        dossier = uow.dossiers.get(receipt.dossier_key)
        back_before = [m for m in uow.money.moves_of(dossier.key) if m.kind is MoveKind.REFUNDED]
        if dossier.money is not MoneyState.REFUNDED and back_before:
            raise ReceiptRefundedError(receipt=receipt.name)
        if dossier.money is not MoneyState.OWED:  # a part of a fee leaves the rest owed anyway
            dossier.note_money(MoneyAct.CANCEL, reason)
        back = _reversed(move, MoveKind.CANCELLED, move.method, move.amount, reason, actor, now)
        uow.money.add_move(back)
        uow.money.cancel_receipt(receipt_key, now, actor.officer, reason.strip())
        keep(uow, dossier, BY_ACT[MoneyAct.CANCEL].event, back, actor, now, None)
        receipt = uow.money.receipt(receipt_key)
        uow.commit()
    return Taken(dossier, back, receipt)


def refund(
    uow: UnitOfWork,
    key: str,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
    amount: int | None = None,
    method: PayMethod | None = None,
) -> list[Taken]:
    """Give money back; the receipts stay valid, each gets its line. amount: đồng, None for all that the office holds;
    method: None for the way it came. Of a fee that is paid in part only when the dossier ended without a result; while
    it goes on, that part's receipt is cancelled instead.

    What was paid before there was a ledger goes out by a line of its own, in cash where nothing else is said.
    Raises: MissingWordsError without a reason, BadAmountError, RefundTooMuchError, PartGoesOnError, IllegalStepError,
    NotYourActError.
    """
    trust(MoneyAct.REFUND, actor)
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        moves = uow.money.moves_of(dossier.key)
        held, paper = held_of(dossier, moves), dossier.money_paper
        back = held if amount is None else amount
        act = check_refund(dossier, held, back)
        dossier.note_money(act, reason)
        out = []
        for line in _lines(dossier, moves, back, paper, method, reason, actor, now):
            uow.money.add_move(line)
            receipt = uow.money.receipt(line.receipt) if line.receipt else None
            keep(uow, dossier, BY_ACT[act].event, line, actor, now, None)
            out.append(Taken(dossier, line, receipt))
        uow.commit()
    return out


def held_of(dossier: Dossier, moves: Sequence[Move]) -> int:
    """đồng that the office holds of a dossier's fee. Without a line that brought it in, it was paid before there was a
    ledger."""
    was_before = dossier.money is MoneyState.PAID and not any(m.kind is MoveKind.TAKEN for m in moves)
    return sum(m.amount for m in moves) + (dossier.fee or 0 if was_before else 0)


def check_refund(dossier: Dossier, held: int, back: int) -> MoneyAct:
    """Whether it is all that is held, or a part. Raises: as `refund`."""
    act = MoneyAct.REFUND if back >= held else MoneyAct.REFUND_PART
    if held <= 0:
        raise IllegalStepError(MoneyAct.REFUND, dossier.money)
    if back <= 0:
        raise BadAmountError(amount=back)
    if back > held:
        raise RefundTooMuchError(amount=dong(back), held=dong(held))
    if dossier.money is MoneyState.OWED and not is_over(dossier):
        raise PartGoesOnError(taken=dong(held))
    return act


def _lines(
    dossier: Dossier,
    moves: Sequence[Move],
    back: int,
    paper: str,
    method: PayMethod | None,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Iterator[Move]:
    """Out of the newest payments first. paper: number of the receipt that was written down before the ledger."""
    for move in reversed(moves):
        left = move.amount + sum(m.amount for m in moves if m.reverses == move.key)
        if move.kind is MoveKind.TAKEN and left > 0 and back > 0:
            part = min(left, back)
            back -= part
            yield _reversed(move, MoveKind.REFUNDED, method or move.method, part, reason, actor, now)
    if back > 0:
        paid = new_move(dossier, back, method or PayMethod.CASH, actor, now, "", paper)
        yield replace(paid, kind=MoveKind.REFUNDED, amount=-back, receipt="", reason=reason.strip())


def _reversed(
    move: Move, kind: MoveKind, method: PayMethod, amount: int, reason: str, actor: Actor, now: datetime
) -> Move:
    """The line that takes another one back, or a part of it. Whose drawer it goes out of: of who does it."""
    return replace(
        move,
        key=uuid4().hex,
        at=now,
        day=business_day(now),
        kind=kind,
        method=method,
        amount=-amount,
        lines=lines_for(move.lines, amount),
        reference="",
        reverses=move.key,
        reason=reason.strip(),
        officer=actor.officer,
        station=actor.station,
        counter=actor.counter or "",
    )
