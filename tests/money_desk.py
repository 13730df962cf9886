"""A desk that takes money, for tests on the fake and on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from samples import BIRTH, NOON, OFFICE, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor
from kiosk.domain.money import BankAccount, MoneyRules, PayMethod, ReceiptBook
from kiosk.services import money
from kiosk.services.money import Taken
from kiosk.services.ports import Units
from kiosk.services.reception import Desk, receive_dossier

TODAY = NOON.date()
CASH, QR, ONLINE = PayMethod.CASH, PayMethod.VIETQR, PayMethod.ONLINE
BANK = BankAccount("970436", "0011012345678", "UBND XÃ MẪU", "Vietcombank")
BOOK = ReceiptBook("AA-26", 101, 103)
NEIGHBOUR = replace(OFFICER, officer="hoa", station="ban-2", counter="2")


def desk_with(**rules: object) -> Desk:
    return replace(a_desk(), office=replace(OFFICE, money=MoneyRules(**rules)))  # type: ignore[arg-type]


DESK = desk_with(bank=BANK)


def received(units: Units, n: int = 1, fee: int | None = 8000, desk: Desk = DESK) -> Dossier:
    with units() as uow:
        if uow.procedures.current(BIRTH.code, TODAY) is None:
            uow.procedures.add(BIRTH)
            uow.commit()
    intake = an_intake(draft=f"d-{n}", fee=fee)
    return receive_dossier(units(), desk, intake, actor=OFFICER, now=NOON).dossier


def pay(
    units: Units,
    dossier: Dossier,
    amount: int = 8000,
    method: PayMethod = CASH,
    *,
    desk: Desk = DESK,
    command: str = "",
    actor: Actor = OFFICER,
    now: datetime = NOON,
    reference: str = "",
    external: str = "",
) -> Taken:
    press = command or f"press-{dossier.key}-{amount}"
    more = {"reference": reference, "external": external}
    return money.take_payment(units(), desk, dossier.key, amount, method, command=press, actor=actor, now=now, **more)
