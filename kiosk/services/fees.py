"""What a dossier costs: worked out at reception, and again when copies, pages or a relief are known."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.clock import business_day
from kiosk.domain.dossier import Dossier
from kiosk.domain.fees import FeeAnswer, FeeKind, FeeLine, Quantity, Tariff, work_out
from kiosk.domain.procedure import Procedure
from kiosk.domain.tracks import MoneyState, money_of
from kiosk.services.ports import UnitOfWork

if TYPE_CHECKING:
    from kiosk.services.reception import Intake

TYPED = "Mức do cán bộ ghi"


def fee_at_reception(
    tariff: Tariff, procedure: Procedure, intake: Intake, now: datetime, known: Dossier | None = None
) -> FeeAnswer:
    """One copy, nobody exempt: what else there is, the counter says afterwards. known: the dossier as it was before its
    supplement, whose counts and relief stay, the relief while it is in force.

    Raises: as `domain.fees.work_out`.
    """
    day, quantity = business_day(now), known.quantity if known else Quantity()
    answer = work_out(procedure, tariff, intake.channel, day, case=intake.case, quantity=quantity)
    if known is not None and any(relief.code == known.relief for relief in answer.reliefs):
        channel, relief = intake.channel, known.relief
        answer = work_out(procedure, tariff, channel, day, case=intake.case, quantity=quantity, relief=relief)
    return answer if intake.fee is None else typed(answer, intake.fee)


def is_typed_for(known: Dossier | None, intake: Intake) -> bool:
    """Whether an officer's own amount stands, of the same case and channel, and the intake names no other."""
    if known is None or intake.fee is not None or known.money is not MoneyState.OWED:
        return False
    same = (known.channel, known.case) == (intake.channel, intake.case)
    return same and any(line.how == TYPED for line in known.fee_lines)


def typed(answer: FeeAnswer, amount: int, basis: str = "") -> FeeAnswer:
    """An officer's own amount in place of what could be worked out; the kind stays where there is only one."""
    kinds = {line.kind for line in answer.lines}
    kind = kinds.pop() if len(kinds) == 1 else FeeKind.UNTOLD
    name = answer.lines[0].name if len(answer.lines) == 1 and kind is not FeeKind.UNTOLD else "Phí, lệ phí"
    return FeeAnswer((FeeLine(name, kind, amount, TYPED, basis),), (), None, answer.reliefs)


def settle_fee(dossier: Dossier, answer: FeeAnswer) -> None:
    """As it was worked out. What an officer has typed before stays where the tariff says nothing."""
    if answer.total is None and dossier.money is MoneyState.OWED:
        return
    dossier.relief = answer.relief.code if answer.relief else ""
    dossier.fee, dossier.fee_lines, dossier.money = answer.total, answer.lines, money_of(answer.total)
    dossier.fee_note = "" if answer.total is not None else "; ".join(x.how for x in answer.lines if x.amount is None)


def fee_of(
    look: UnitOfWork, tariff: Tariff, dossier: Dossier, now: datetime, quantity: Quantity, relief: str = ""
) -> FeeAnswer:
    """What a dossier would cost, by the tariff of the day on which it was received. Reads only; inside a `with`.

    Raises: as `domain.fees.work_out`.
    """
    procedure = look.procedures.get(dossier.procedure_code, dossier.procedure_version)
    day = business_day(dossier.received_at or now)
    return work_out(procedure, tariff, dossier.channel, day, case=dossier.case, quantity=quantity, relief=relief)
