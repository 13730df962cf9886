"""Money is taken, with its line in the ledger, its event and its receipt, in one commit; `services.money_back` undoes.

Only an officer's key, or word from outside (`confirm`), makes money paid; a code that is shown never does. A second
press with the same command answers with what the first one did. Source: docs/legal.md#fees
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from kiosk.clock import business_day
from kiosk.domain import life
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor, Event
from kiosk.domain.fees import FeeKind, FeeLine
from kiosk.domain.life import CLOSED_STATES, DossierState
from kiosk.domain.money import (
    OWN_BOOK,
    Ask,
    AskState,
    DossierClosedError,
    FeeUnknownError,
    MoneyReceipt,
    Move,
    MoveKind,
    NoBookError,
    PayMethod,
    ReferenceNeededError,
    ReferenceTakenError,
    check_amount,
    lines_for,
    still_owed,
)
from kiosk.domain.tracks import MONEY, STEP_WORDS, MoneyAct, MoneyState, step_from
from kiosk.services.fee_acts import BY_ACT
from kiosk.services.paper_jobs import ask_receipt_paper
from kiosk.services.payment_wait import go_on_when_paid
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk, queue_snapshot
from kiosk.services.slips import office_head

OPEN = (AskState.SHOWN, AskState.WAITING)
PART_TAKEN = "money.part_taken"


@dataclass(frozen=True)
class Taken:
    """What an act on money did. receipt: None where another system gave one (`move.external`)."""

    dossier: Dossier
    move: Move
    receipt: MoneyReceipt | None


def take_payment(
    uow: UnitOfWork,
    desk: Desk,
    key: str,
    amount: int,
    method: PayMethod,
    *,
    command: str,
    actor: Actor,
    now: datetime,
    reference: str = "",
    external: str = "",
) -> Taken:
    """The officer has the money, or has seen it arrive. command: of one press, so that it counts once; reference: the
    bank's or the portal's; external: number of the receipt that another system gave, instead of one of ours.

    Raises: BadAmountError, PartPaymentError, OverpaymentError, FeeUnknownError, ReferenceNeededError,
    ReferenceTakenError, NoBookError, DossierClosedError, IllegalStepError, NotYourActError.
    """
    trust(MoneyAct.PAY, actor)
    with uow:
        uow.lock()
        if (before := _done(uow, command)) is not None:
            return before
        dossier = uow.dossiers.get(key)
        check_goes_on(dossier)
        taken = _take(uow, desk, dossier, amount, method, command, actor, now, reference.strip(), external.strip())
        uow.commit()
    return taken


def confirm(uow: UnitOfWork, desk: Desk, ask_key: str, amount: int, reference: str, *, now: datetime) -> Taken:
    """Word from outside that a demand was paid: of the bank or the portal, by its reference. Heard twice, it counts
    once; for another dossier it is refused. What arrived for a dossier that is closed is taken too, to be given back.

    Raises: as `take_payment`; NotFoundError for no such demand."""
    outside = Actor("", "ngoai")  # nobody of the office holds this money in hand
    told = _told(reference)
    with uow:
        uow.lock()
        ask = uow.money.ask(ask_key)
        known = uow.money.standing_by_reference(told)
        if known is not None and known.dossier_key == ask.dossier_key:
            return _taken(uow, known)
        dossier = uow.dossiers.get(ask.dossier_key)
        taken = _take(uow, desk, dossier, amount, ask.method, "", outside, now, told, "")
        uow.commit()
    return taken


def _take(
    uow: UnitOfWork,
    desk: Desk,
    dossier: Dossier,
    amount: int,
    method: PayMethod,
    command: str,
    actor: Actor,
    now: datetime,
    reference: str,
    external: str,
) -> Taken:
    owed = owed_of(uow, dossier)
    check_amount(amount, owed, desk.office.money.parts)
    if method is PayMethod.ONLINE and not reference:
        raise ReferenceNeededError
    if reference and (known := uow.money.standing_by_reference(reference)) is not None:
        raise ReferenceTakenError(reference=reference, dossier=known.dossier_key)
    move = new_move(dossier, amount, method, actor, now, reference, external)
    receipt = None if external else _receipt(uow, desk, dossier, move, actor, now)
    paper = external or (receipt.name if receipt else "")
    if amount == owed:
        dossier.note_money(MoneyAct.PAY, paper)
    uow.money.add_move(move)
    if receipt is not None:
        uow.money.add_receipt(receipt)
        ask_receipt_paper(uow, receipt.key, desk.paper_at, now)
    end_asks(uow, [a for a in uow.money.asks_of(dossier.key) if a.state in OPEN], method, now, reference)
    keep(uow, dossier, BY_ACT[MoneyAct.PAY].event if amount == owed else PART_TAKEN, move, actor, now, command)
    go_on_when_paid(uow, desk, dossier, actor, now)
    return Taken(dossier, move, receipt)


def owed_of(uow: UnitOfWork, dossier: Dossier) -> int:
    """What is still to be paid. Inside a `with`. Raises: FeeUnknownError, IllegalStepError."""
    if dossier.money is MoneyState.UNKNOWN:
        raise FeeUnknownError(asks=dossier.fee_note or "mức thu")
    step_from(MONEY, MoneyAct.PAY, dossier.money)
    return still_owed(dossier.fee or 0, uow.money.moves_of(dossier.key))


def new_move(
    dossier: Dossier, amount: int, method: PayMethod, actor: Actor, now: datetime, reference: str, external: str
) -> Move:
    person = dossier.submitter or dossier.owner
    lines = dossier.fee_lines or (FeeLine("Phí, lệ phí", FeeKind.UNTOLD, dossier.fee),)
    key = uuid4().hex
    return Move(
        key=key,
        at=now,
        day=business_day(now),
        kind=MoveKind.TAKEN,
        method=method,
        amount=amount,
        dossier_key=dossier.key,
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
        payer=person.full_name,
        officer=actor.officer,
        station=actor.station,
        counter=actor.counter or "",
        lines=lines_for(lines, amount),
        receipt="" if external else key,  # the line and its receipt are two sides of one thing
        external=external,
        reference=reference,
    )


def _receipt(uow: UnitOfWork, desk: Desk, dossier: Dossier, move: Move, actor: Actor, now: datetime) -> MoneyReceipt:
    """The next number of the first book that has one. Raises: NoBookError."""
    year = business_day(now).year
    for book in desk.office.money.books or (OWN_BOOK,):
        last = uow.money.last_number(book, year)
        number = book.first if last is None else last + 1
        if book.year in (0, year) and number <= book.last:
            break
    else:
        raise NoBookError(year=year)
    person = dossier.submitter or dossier.owner
    return MoneyReceipt(
        key=move.receipt,
        series=book.series,
        number=number,
        year=year,
        issued_at=now,
        office=office_head(desk.office),
        dossier_key=dossier.key,
        dossier_code=dossier.code,
        payer=person.full_name,
        address=person.address,
        procedure_name=dossier.procedure_name,
        amount=move.amount,
        method=move.method,
        officer=desk.officer_names.get(actor.officer, actor.officer),
        lines=move.lines,
        reference=move.reference,
    )


def keep(
    uow: UnitOfWork, dossier: Dossier, event: str, move: Move, actor: Actor, now: datetime, command: str | None
) -> None:
    """Dossier, event and picture for the province. The log knows the line, and no name."""
    uow.dossiers.save(dossier)
    data = {
        "money": dossier.money.value,
        "fee": dossier.fee,
        "handed": dossier.handed.value,
        "move": move.key,
        "amount": move.amount,
        "method": move.method.value,
        "receipt": move.receipt,
        "reverses": move.reverses,
    }
    said = uow.events.append(Event(event, dossier.key, now, actor, data, f"money:{command}" if command else None))
    if dossier.received_at is not None and not dossier.state_secret:
        queue_snapshot(uow, dossier.key, f"{said.seq}", now)


def _done(uow: UnitOfWork, command: str) -> Taken | None:
    """What this very command has done before."""
    known = uow.events.by_command(f"money:{command}") if command else None
    if known is None:
        return None
    return _taken(uow, uow.money.move(str(known.data["move"])))


def _taken(uow: UnitOfWork, move: Move) -> Taken:
    receipt = uow.money.receipt(move.receipt) if move.receipt else None
    return Taken(uow.dossiers.get(move.dossier_key), move, receipt)


def end_asks(uow: UnitOfWork, asks: list[Ask], paid: PayMethod | None, now: datetime, reference: str = "") -> None:
    """Demands stand no longer. paid: the way in which the money came, None for none."""
    for ask in asks:
        ask.state = AskState.PAID if ask.method is paid else AskState.ENDED
        ask.ended_at, ask.reference = now, reference if ask.method is paid else ask.reference
        uow.money.save_ask(ask)


def _told(reference: str) -> str:
    """Raises: ReferenceNeededError."""
    if not reference.strip():
        raise ReferenceNeededError
    return reference.strip()


def is_over(dossier: Dossier) -> bool:
    """It ended without a result: nothing is asked of the citizen any more."""
    return dossier.state in CLOSED_STATES - {DossierState.RETURNED}


def check_goes_on(dossier: Dossier) -> None:
    """Raises: DossierClosedError."""
    if is_over(dossier):
        raise DossierClosedError(dossier=dossier.key)


def trust(act: MoneyAct, actor: Actor) -> None:
    life.check_trust(STEP_WORDS[act], BY_ACT[act].by, actor.roles)
