"""Money that takes a wrong turn: word for another dossier, a dossier that ended, a fee changed under a part of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from money_desk import CASH, DESK, QR, desk_with, pay, received
from samples import NOON, OFFICER, an_intake

from kiosk.domain.fees import FeeKind, Quantity, Rate, Relief, Tariff
from kiosk.domain.money import DossierClosedError, MoveKind, PartRule, PartStandsError, ReferenceTakenError
from kiosk.domain.tracks import IllegalStepError, MoneyAct, MoneyState
from kiosk.services import fee_acts, handover, money, money_asks, money_back, reception
from kiosk.services.ports import Units


def asked(units: Units, n: int) -> tuple[str, str]:
    """Key of a dossier, and of the demand that stands for it."""
    dossier = received(units, n)
    return dossier.key, money_asks.ask_payment(units(), DESK, dossier.key, QR, actor=OFFICER, now=NOON).key


def test_word_of_a_transfer_never_pays_two_dossiers(units: Units) -> None:
    (_first, ask), (other, other_ask) = asked(units, 1), asked(units, 2)
    money.confirm(units(), DESK, ask, 8000, "FT1", now=NOON)
    with pytest.raises(ReferenceTakenError):
        money.confirm(units(), DESK, other_ask, 8000, "FT1", now=NOON)
    with units() as look:
        assert look.dossiers.get(other).money is MoneyState.OWED


def test_word_that_was_cancelled_is_heard_again_where_it_belongs(units: Units) -> None:
    (_wrong, ask), (right, right_ask) = asked(units, 1), asked(units, 2)
    first = money.confirm(units(), DESK, ask, 8000, "FT1", now=NOON)
    money_back.cancel_receipt(units(), first.move.receipt, "Nhầm hồ sơ", actor=OFFICER, now=NOON)
    again = money.confirm(units(), DESK, right_ask, 8000, " FT1 ", now=NOON)
    assert (again.dossier.key, again.dossier.money) == (right, MoneyState.PAID)


def test_word_that_comes_after_the_officer_entered_the_transfer_counts_once(units: Units) -> None:
    key, ask = asked(units, 1)
    with units() as look:
        dossier = look.dossiers.get(key)
    entered = pay(units, dossier, method=QR, reference="FT1")
    assert money.confirm(units(), DESK, ask, 8000, "FT1", now=NOON).move == entered.move


def test_a_dossier_that_was_withdrawn_is_asked_for_no_money(units: Units) -> None:
    dossier = received(units)
    ask = money_asks.ask_payment(units(), DESK, dossier.key, QR, actor=OFFICER, now=NOON)
    handover.withdraw(units(), dossier.key, "Đổi ý", actor=OFFICER, now=NOON)
    for act in (
        lambda: pay(units, dossier),
        lambda: money_asks.ask_payment(units(), DESK, dossier.key, QR, actor=OFFICER, now=NOON),
        lambda: money_asks.print_demand(units(), dossier.key, actor=OFFICER, now=NOON),
    ):
        with pytest.raises(DossierClosedError):
            act()
    late = money.confirm(units(), DESK, ask.key, 8000, "FT1", now=NOON)  # it is in the account: it is written down
    (back,) = money_back.refund(units(), late.dossier.key, "Hồ sơ đã rút", actor=OFFICER, now=NOON)
    assert back.dossier.money is MoneyState.REFUNDED


def test_a_fee_never_falls_below_what_was_paid_of_it(units: Units) -> None:
    desk = desk_with(parts=PartRule.COMPLETE)
    dossier = received(units)
    pay(units, dossier, 3000, desk=desk)
    poor = Relief("ho-ngheo", "hộ nghèo", 100, "giấy chứng nhận", "Điều 11")
    tariff = Tariff((Rate(dossier.procedure_code, "Lệ phí", FeeKind.CHARGE, 8000, "copy", basis="TT"),), (poor,))  # type: ignore[arg-type]
    charging = replace(desk, tariff=tariff)
    acts: tuple[Callable[[], object], ...] = (
        lambda: fee_acts.set_fee(units(), DESK, dossier.key, 3000, "NQ", actor=OFFICER, now=NOON),
        lambda: fee_acts.exempt(units(), DESK, dossier.key, "NQ", actor=OFFICER, now=NOON),
        lambda: fee_acts.reckon(
            units(), charging, dossier.key, Quantity(), "ho-ngheo", "GCN 1", actor=OFFICER, now=NOON
        ),
    )
    for act in acts:
        with pytest.raises(PartStandsError):
            act()
    with units() as look:
        stands = look.dossiers.get(dossier.key)
    assert (stands.fee, stands.money) == (8000, MoneyState.OWED)
    fee_acts.set_fee(units(), DESK, dossier.key, 5000, "NQ", actor=OFFICER, now=NOON)
    assert pay(units, dossier, 2000, desk=desk).dossier.money is MoneyState.PAID


def test_a_supplement_leaves_the_fee_of_which_a_part_is_paid(units: Units) -> None:
    desk = desk_with(parts=PartRule.COMPLETE)
    dossier = received(units)
    pay(units, dossier, 3000, desk=desk)
    less = an_intake("tp-1", draft="d-1")
    reception.request_supplement(units(), desk, less, "Thiếu giấy", "NĐ 61", actor=OFFICER, now=NOON)
    again = received(units, fee=2000, desk=desk)
    assert (again.key, again.fee, again.money) == (dossier.key, 8000, MoneyState.OWED)
    assert pay(units, again, 5000, desk=desk).dossier.money is MoneyState.PAID


def test_the_paper_of_a_demand_never_asks_for_a_fee_of_before(units: Units) -> None:
    dossier = received(units)
    money_asks.ask_payment(units(), DESK, dossier.key, QR, actor=OFFICER, now=NOON)
    fee_acts.exempt(units(), DESK, dossier.key, "Hộ nghèo", actor=OFFICER, now=NOON)
    with pytest.raises(IllegalStepError):
        money_asks.print_demand(units(), dossier.key, actor=OFFICER, now=NOON)


def test_what_was_paid_before_there_was_a_ledger_goes_back_with_a_line(units: Units) -> None:
    dossier = received(units)
    with units() as uow:
        old = uow.dossiers.get(dossier.key)
        old.note_money(MoneyAct.PAY, "BL 12")  # as an office wrote it down before it had receipts of its own
        uow.dossiers.save(old)
        uow.commit()
    (back,) = money_back.refund(units(), dossier.key, "Rút hồ sơ", actor=OFFICER, now=NOON)
    with units() as look:
        assert look.dossiers.get(dossier.key).money is MoneyState.REFUNDED
        (line,) = look.money.moves_of(dossier.key)
    assert line == back.move
    assert (line.kind, line.amount, line.method, line.external) == (MoveKind.REFUNDED, -8000, CASH, "BL 12")
    with pytest.raises(IllegalStepError):
        money_back.refund(units(), dossier.key, "Nữa", actor=OFFICER, now=NOON)
