"""A dossier that waits for its fee goes on by itself when the fee is paid; money for another agency is told by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from money_desk import DESK, QR, desk_with, pay, received
from samples import BIRTH, NOON, OFFICER

from kiosk.domain.dossier import Dossier, FeeStillOwedError
from kiosk.domain.fees import FeeKind, Quantity, Rate, Tariff
from kiosk.domain.life import DossierState, Role
from kiosk.domain.money import PartRule
from kiosk.domain.tracks import MoneyState
from kiosk.services import fee_acts, money, money_asks, money_back, term_clock
from kiosk.services.ports import Units
from kiosk.services.reception import Desk

STANDS = replace(DESK, office=replace(DESK.office, payment_stops_clock=True))
DAYS_LATER = NOON + timedelta(days=3)
WAITING, AT_WORK = DossierState.WAITING_PAYMENT, DossierState.PROCESSING


def waiting(units: Units, *, desk: Desk = STANDS, elsewhere: bool = False, fee: int | None = 8000) -> Dossier:
    key = received(units, fee=fee, desk=desk).key
    now: datetime = NOON
    return term_clock.demand_payment(units(), desk, key, "TB 15", actor=OFFICER, now=now, elsewhere=elsewhere)[0]


def stored(units: Units, key: str) -> Dossier:
    with units() as look:
        return look.dossiers.get(key)


def kinds(units: Units, key: str) -> list[str]:
    with units() as look:
        return [e.kind for e in look.events.of(key)]


def test_paying_what_was_asked_sends_the_dossier_back_to_work_and_the_term_goes_on(units: Units) -> None:
    asked = waiting(units)
    assert (asked.state, asked.clock.stands) == (WAITING, True)
    pay(units, asked, desk=STANDS, now=DAYS_LATER)
    after = stored(units, asked.key)
    assert (after.state, after.money, after.clock.stands) == (AT_WORK, MoneyState.PAID, False)
    assert after.due_at is not None
    assert asked.due_at is not None
    assert after.due_at > asked.due_at, "the days of waiting are left out of the term"
    assert kinds(units, asked.key)[-2:] == ["dossier.paid", "dossier.payment_done"]


def test_a_part_of_it_does_not_end_the_waiting(units: Units) -> None:
    desk = replace(STANDS, office=replace(STANDS.office, money=desk_with(parts=PartRule.COMPLETE).office.money))
    asked = waiting(units, desk=desk)
    pay(units, asked, 3000, desk=desk)
    assert stored(units, asked.key).state is WAITING
    pay(units, asked, 5000, desk=desk, command="b")
    assert stored(units, asked.key).state is AT_WORK


def test_word_of_the_bank_ends_the_waiting_too(units: Units) -> None:
    asked = waiting(units)
    ask = money_asks.ask_payment(units(), STANDS, asked.key, QR, actor=OFFICER, now=NOON)
    money.confirm(units(), STANDS, ask.key, 8000, "FT1", now=DAYS_LATER)
    assert stored(units, asked.key).state is AT_WORK


def test_a_cashier_who_may_not_solve_ends_it_by_taking_the_money(units: Units) -> None:
    asked = waiting(units)
    pay(units, asked, desk=STANDS, actor=replace(OFFICER, roles=frozenset({Role.CASHIER})))
    assert stored(units, asked.key).state is AT_WORK


def by_exemption(units: Units, key: str) -> object:
    return fee_acts.exempt(units(), STANDS, key, "Hộ nghèo", actor=OFFICER, now=DAYS_LATER)


def by_a_fee_of_nothing(units: Units, key: str) -> object:
    free = Tariff((Rate(BIRTH.code, "Lệ phí", FeeKind.CHARGE, 0, basis="NQ"),))
    return fee_acts.reckon(units(), replace(STANDS, tariff=free), key, Quantity(), actor=OFFICER, now=DAYS_LATER)


@pytest.mark.parametrize("act", [by_exemption, by_a_fee_of_nothing])
def test_a_fee_that_is_forgiven_ends_the_waiting(units: Units, act: Callable[[Units, str], object]) -> None:
    asked = waiting(units)
    act(units, asked.key)
    assert stored(units, asked.key).state is AT_WORK


def test_the_fee_of_this_desk_does_not_pay_what_another_agency_asks(units: Units) -> None:
    asked = waiting(units, elsewhere=True)
    pay(units, asked, desk=STANDS)
    assert stored(units, asked.key).state is WAITING
    told = term_clock.note_payment(units(), STANDS, asked.key, actor=OFFICER, now=DAYS_LATER, paper="Kho bạc 7")[0]
    assert told.state is AT_WORK
    with units() as look:
        assert look.events.of(asked.key)[-1].data["paper"] == "Kho bạc 7"


def test_where_nothing_is_owed_here_the_money_is_for_another_agency(units: Units) -> None:
    asked = waiting(units, fee=0)
    assert asked.payment_elsewhere
    done = term_clock.note_payment(units(), STANDS, asked.key, actor=OFFICER, now=DAYS_LATER)[0]
    assert (done.state, done.payment_elsewhere) == (AT_WORK, False)


def test_an_unpaid_fee_is_not_called_paid(units: Units) -> None:
    asked = waiting(units)
    with pytest.raises(FeeStillOwedError) as caught:
        term_clock.note_payment(units(), STANDS, asked.key, actor=OFFICER, now=DAYS_LATER)
    assert caught.value.details["fee"] == "8.000 đồng"
    assert stored(units, asked.key).state is WAITING


def test_a_cancelled_receipt_leaves_the_dossier_at_work_and_the_fee_owed(units: Units) -> None:
    asked = waiting(units)
    paid = pay(units, asked, desk=STANDS)
    money_back.cancel_receipt(units(), paid.move.receipt, "Ghi nhầm", actor=OFFICER, now=NOON)
    after = stored(units, asked.key)
    assert (after.state, after.money) == (AT_WORK, MoneyState.OWED)
    term_clock.demand_payment(units(), STANDS, asked.key, "TB 16", actor=OFFICER, now=NOON)
    pay(units, asked, desk=STANDS, command="again")
    assert stored(units, asked.key).state is AT_WORK
