"""Ask for money, by a code or by paper, and print a receipt again: nothing here makes anything paid."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from kiosk.domain.event import Actor, Event
from kiosk.domain.money import Ask, AskState, MoneyReceipt, NoBankAccountError, PayMethod, transfer_code
from kiosk.domain.tracks import MoneyAct
from kiosk.services.money import OPEN, check_goes_on, end_asks, owed_of, trust
from kiosk.services.paper_jobs import ask_demand_paper, ask_receipt_paper
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk


def ask_payment(uow: UnitOfWork, desk: Desk, key: str, method: PayMethod, *, actor: Actor, now: datetime) -> Ask:
    """Ask for what is still owed: a VietQR to be shown, or word of the portal to be waited for. Nothing is paid by it.

    The same demand again is the one that stands; another one ends those before. Raises: NoBankAccountError,
    FeeUnknownError, DossierClosedError, IllegalStepError, NotYourActError.
    """
    trust(MoneyAct.PAY, actor)
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        check_goes_on(dossier)
        owed = owed_of(uow, dossier)
        standing = [ask for ask in uow.money.asks_of(dossier.key) if ask.state in OPEN]
        same = next((ask for ask in standing if (ask.method, ask.amount) == (method, owed)), None)
        if same is not None:
            return same
        payload = ""
        if method is PayMethod.VIETQR:
            if desk.office.money.bank is None:
                raise NoBankAccountError
            payload = transfer_code(desk.office.money.bank, dossier.key, owed)
        state = AskState.WAITING if method is PayMethod.ONLINE else AskState.SHOWN
        ask = Ask(uuid4().hex, dossier.key, method, owed, state, now, actor.officer, payload)
        end_asks(uow, standing, None, now)
        uow.money.add_ask(ask)
        data = {"ask": ask.key, "method": method.value, "amount": owed, "state": state.value}
        uow.events.append(Event("money.asked", dossier.key, now, actor, data))
        uow.commit()
    return ask


def reprint_receipt(
    uow: UnitOfWork, receipt_key: str, *, actor: Actor, now: datetime, paper_at: str = ""
) -> MoneyReceipt:
    """Ask for a marked re-print. paper_at: the machine whose printer makes it, "" for any. Raises: NotFoundError."""
    with uow:
        uow.lock()
        receipt = uow.money.receipt(receipt_key)
        event = uow.events.append(
            Event("receipt.reprint_asked", receipt.dossier_key, now, actor, {"receipt": receipt_key})
        )
        asked = [
            e for e in uow.events.of(receipt.dossier_key) if e.kind == event.kind and e.data["receipt"] == receipt_key
        ]
        ask_receipt_paper(uow, receipt_key, paper_at, now, print_no=len(asked) + 1)
        uow.commit()
    return receipt


def print_demand(uow: UnitOfWork, key: str, *, actor: Actor, now: datetime, paper_at: str = "") -> Ask:
    """Have the paper printed that asks for a transfer. paper_at: the machine whose printer makes it, "" for any.

    Raises: NoBankAccountError when no code stands for what is owed now; FeeUnknownError, IllegalStepError.
    """
    with uow:
        uow.lock()
        dossier = uow.dossiers.get(key)
        check_goes_on(dossier)
        owed = owed_of(uow, dossier)
        of_dossier = uow.money.asks_of(dossier.key)
        standing = [ask for ask in of_dossier if ask.state in OPEN and ask.payload and ask.amount == owed]
        if not standing:
            raise NoBankAccountError
        ask = standing[-1]
        event = uow.events.append(Event("money.demand_printed", ask.dossier_key, now, actor, {"ask": ask.key}))
        ask_demand_paper(uow, ask.key, paper_at, now, f"{event.seq}")
        uow.commit()
    return ask
