"""What the counter counted for a fee is not forgotten because a paper was missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from money_desk import DESK, received
from samples import BIRTH, NOON, OFFICER, an_intake

from kiosk.domain.dossier import Dossier
from kiosk.domain.fees import FeeKind, FeeUnit, Quantity, Rate, Relief, Tariff
from kiosk.services import fee_acts
from kiosk.services.ports import Units
from kiosk.services.reception import Desk, receive_dossier, request_supplement

COPY = Rate(BIRTH.code, "Lệ phí", FeeKind.CHARGE, 8000, FeeUnit.COPY, basis="TT")
POOR = Relief("can-ngheo", "hộ cận nghèo", 50, "giấy chứng nhận", "Điều 11")
CHARGING = replace(DESK, tariff=Tariff((COPY,), (POOR,)))
LATER = NOON + timedelta(days=1)


def supplemented(units: Units, dossier: Dossier, desk: Desk = CHARGING, **changes: object) -> Dossier:
    """Something was missing after all, and came the next day."""
    less = an_intake("tp-1", draft="d-1", **changes)
    request_supplement(units(), CHARGING, less, "Thiếu giấy", "NĐ 61", actor=OFFICER, now=NOON)
    return receive_dossier(units(), desk, an_intake(draft="d-1", **changes), actor=OFFICER, now=LATER).dossier


@pytest.mark.parametrize(("relief", "fee"), [("", 24_000), ("can-ngheo", 12_000)])
def test_copies_and_relief_are_kept_after_a_supplement(units: Units, relief: str, fee: int) -> None:
    dossier = received(units, fee=None, desk=CHARGING)
    assert dossier.fee == 8000
    fee_acts.reckon(units(), CHARGING, dossier.key, Quantity(3), relief, "Giấy 5", actor=OFFICER, now=NOON)
    again = supplemented(units, dossier)
    assert (again.fee, again.quantity, again.relief) == (fee, Quantity(3), relief)


def test_a_relief_that_ended_meanwhile_is_not_given_again(units: Units) -> None:
    dossier = received(units, fee=None, desk=CHARGING)
    fee_acts.reckon(units(), CHARGING, dossier.key, Quantity(3), "can-ngheo", "Giấy 5", actor=OFFICER, now=NOON)
    ended = replace(POOR, valid_to=date(2026, 11, 24))
    again = supplemented(units, dossier, replace(CHARGING, tariff=Tariff((COPY,), (ended,))))
    assert (again.fee, again.relief) == (24_000, "")


def test_the_new_tariff_counts_the_copies_that_were_counted(units: Units) -> None:
    dossier = received(units, fee=None, desk=CHARGING)
    fee_acts.reckon(units(), CHARGING, dossier.key, Quantity(3), actor=OFFICER, now=NOON)
    dearer = replace(CHARGING, tariff=Tariff((replace(COPY, amount=10_000),)))
    assert supplemented(units, dossier, dearer).fee == 30_000


def test_an_amount_that_an_officer_typed_stays(units: Units) -> None:
    dossier = received(units, fee=None, desk=CHARGING)
    fee_acts.set_fee(units(), CHARGING, dossier.key, 15_000, "Nghị quyết 01", actor=OFFICER, now=NOON)
    again = supplemented(units, dossier)
    assert (again.fee, again.fee_lines[0].basis) == (15_000, "Nghị quyết 01")


def test_the_amount_of_the_intake_itself_goes_before_what_was_typed(units: Units) -> None:
    dossier = received(units, fee=9000, desk=CHARGING)
    assert supplemented(units, dossier, fee=7000).fee == 7000
