"""Money that goes back: whole or in part, never more than is held, always with a reason and a line of the ledger."""

from __future__ import annotations

from typing import Any

import pytest
from fakes import FakeOffice
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from money_desk import CASH, DESK, NEIGHBOUR, ONLINE, QR, TODAY, desk_with, pay, received
from samples import NOON, OFFICER

from kiosk.domain.dossier import Dossier, MissingWordsError
from kiosk.domain.money import (
    BadAmountError,
    MoveKind,
    PartGoesOnError,
    PartRule,
    ReceiptRefundedError,
    ReferenceTakenError,
    RefundTooMuchError,
)
from kiosk.domain.tracks import IllegalStepError, MoneyState
from kiosk.errors import KioskError
from kiosk.services import handover, money, money_asks, money_back
from kiosk.services.drawer import money_days
from kiosk.services.ports import Units

PARTS = desk_with(parts=PartRule.COMPLETE)


def back(units: Units, dossier: Dossier, amount: int | None = None, reason: str = "Thu thừa", **more: Any) -> list[Any]:
    actor = more.pop("actor", OFFICER)
    return money_back.refund(units(), dossier.key, reason, actor=actor, now=NOON, amount=amount, **more)


def stored(units: Units, key: str) -> Dossier:
    with units() as look:
        return look.dossiers.get(key)


def test_a_part_goes_back_with_its_line_and_the_rest_stays_paid(units: Units) -> None:
    paid = pay(units, received(units))
    (line,) = back(units, paid.dossier, 3000, actor=NEIGHBOUR)
    assert (line.move.kind, line.move.amount, line.move.reverses) == (MoveKind.REFUNDED, -3000, paid.move.key)
    assert (line.move.officer, line.move.reason) == (NEIGHBOUR.officer, "Thu thừa")
    after = stored(units, paid.dossier.key)
    assert (after.money, after.money_paper) == (MoneyState.PAID, paid.dossier.money_paper)
    with units() as look:
        days = money_days(look, TODAY, TODAY)
        assert look.events.of(paid.dossier.key)[-1].kind == "dossier.refunded_part"
    assert (days.totals.net, days.cash, sum(days.totals.by_kind.values())) == (5000, 5000, 5000)


def test_the_last_part_makes_it_refunded(units: Units) -> None:
    paid = pay(units, received(units))
    back(units, paid.dossier, 3000)
    back(units, paid.dossier, 5000)
    assert stored(units, paid.dossier.key).money is MoneyState.REFUNDED
    with pytest.raises(IllegalStepError):
        back(units, paid.dossier, 1)


@pytest.mark.parametrize(
    ("amount", "failure"),
    [(8001, RefundTooMuchError), (0, BadAmountError), (-5, BadAmountError)],
)
def test_never_more_than_was_paid_goes_back(units: Units, amount: int, failure: type[KioskError]) -> None:
    paid = pay(units, received(units))
    with pytest.raises(failure):
        back(units, paid.dossier, amount)
    back(units, paid.dossier, 6000)
    with pytest.raises(RefundTooMuchError) as caught:
        back(units, paid.dossier, 2001)
    assert caught.value.details["held"] == "2.000 đồng"


def test_a_part_goes_back_only_with_a_reason(units: Units) -> None:
    paid = pay(units, received(units))
    with pytest.raises(MissingWordsError):
        back(units, paid.dossier, 3000, " ")
    with units() as look:
        assert len(look.money.moves_of(paid.dossier.key)) == 1


def test_a_withdrawn_dossier_that_had_paid_a_part_gets_it_back(units: Units) -> None:
    dossier = received(units)
    pay(units, dossier, 3000, desk=PARTS)
    with pytest.raises(PartGoesOnError):
        back(units, dossier)
    handover.withdraw(units(), dossier.key, "Đổi ý", actor=OFFICER, now=NOON)
    back(units, dossier, 1000)
    assert stored(units, dossier.key).money is MoneyState.OWED
    back(units, dossier)
    assert stored(units, dossier.key).money is MoneyState.REFUNDED
    with units() as look:
        assert sum(move.amount for move in look.money.moves_of(dossier.key)) == 0


def test_nothing_goes_back_of_a_dossier_that_paid_nothing(units: Units) -> None:
    dossier = received(units)
    handover.withdraw(units(), dossier.key, "Đổi ý", actor=OFFICER, now=NOON)
    with pytest.raises(IllegalStepError):
        back(units, dossier)


def test_several_payments_go_back_the_newest_first_each_the_way_it_came(units: Units) -> None:
    dossier = received(units)
    pay(units, dossier, 3000, desk=PARTS)
    pay(units, dossier, 5000, QR, desk=PARTS)
    lines = [taken.move for taken in back(units, dossier, 6000)]
    assert [(m.method, m.amount) for m in lines] == [(QR, -5000), (CASH, -1000)]


def test_a_receipt_whose_money_went_back_is_not_cancelled_as_well(units: Units) -> None:
    paid = pay(units, received(units))
    back(units, paid.dossier, 3000)
    with pytest.raises(ReceiptRefundedError):
        money_back.cancel_receipt(units(), paid.move.receipt, "Nhầm", actor=OFFICER, now=NOON)
    with units() as look:
        assert sum(move.amount for move in look.money.moves_of(paid.dossier.key)) == 5000


def test_a_transfer_that_went_back_did_come_in_and_pays_no_other_dossier(units: Units) -> None:
    first, other = received(units), received(units, 2)
    ask = money_asks.ask_payment(units(), DESK, first.key, QR, actor=OFFICER, now=NOON)
    paid = money.confirm(units(), DESK, ask.key, 8000, "FT1", now=NOON)
    back(units, first, 3000)
    assert money.confirm(units(), DESK, ask.key, 8000, "FT1", now=NOON).move == paid.move
    back(units, first)
    with pytest.raises(ReferenceTakenError):
        pay(units, other, method=ONLINE, reference="FT1")


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(-100, 9000), min_size=1, max_size=8))
def test_whatever_is_asked_back_the_ledger_never_goes_below_nothing(amounts: list[int]) -> None:
    office = FakeOffice()
    paid = pay(office.units, received(office.units))
    for amount in amounts:
        try:
            back(office.units, paid.dossier, amount)
        except KioskError:
            continue
    left = sum(move.amount for move in office.shelf.money.moves)
    assert 0 <= left <= 8000
    assert (office.shelf.dossiers[paid.dossier.key].money is MoneyState.REFUNDED) == (left == 0)
