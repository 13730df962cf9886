"""Money, hand-over and the way to the province: every row of their tables, and every step outside them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from fakes import FakeOffice
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake, marks

from kiosk.domain.dossier import Dossier, MissingWordsError, ReasonRequiredError, ResultRecord
from kiosk.domain.event import Actor
from kiosk.domain.fees import FeeKind, FeeLine
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.life import DossierState, NotYourActError, Role
from kiosk.domain.money import FeeUnknownError, MoneyReceipt, Move, MoveKind, PayMethod
from kiosk.domain.slip import OfficeHead
from kiosk.domain.tracks import (
    HAND_OVER,
    HAND_OVER_WORDS,
    MONEY,
    MONEY_WORDS,
    STEP_WORDS,
    ExchangeState,
    HandOverAct,
    HandOverState,
    IllegalStepError,
    MoneyAct,
    MoneyState,
    Step,
    exchange_of,
    money_of,
)
from kiosk.services import fee_acts, handover, money, money_back
from kiosk.services.reception import receive_dossier, request_supplement

RESULT = ResultRecord("12/2026", NOON, "result-file")
ROWS: tuple[Step[Any, Any], ...] = (*MONEY, *HAND_OVER)
REASONS = {
    MoneyAct.EXEMPT: "Hộ nghèo",
    MoneyAct.REFUND: "Thu nhầm",
    MoneyAct.REFUND_PART: "Thu thừa",
    MoneyAct.CANCEL: "Ghi nhầm hồ sơ",
}


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    return office


def received(office: FakeOffice) -> Dossier:
    return receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier


def a_receipt(key: str) -> MoneyReceipt:
    head = OfficeHead("UBND XÃ MẪU", "TRUNG TÂM", "Xã Mẫu")
    return MoneyReceipt("m-1", "NB", 1, 2026, NOON, head, key, None, "A", "", BIRTH.name, 8000, PayMethod.CASH, "lan")


def kept(office: FakeOffice) -> Dossier:
    (dossier,) = office.shelf.dossiers.values()
    return dossier


def with_money(office: FakeOffice, state: MoneyState) -> str:
    key = received(office).key
    office.shelf.dossiers[key] = replace(kept(office), money=state)
    return key


def with_result(office: FakeOffice, state: HandOverState) -> str:
    key = received(office).key
    handover.record_result(office.units(), key, RESULT, actor=OFFICER, now=NOON)
    office.shelf.dossiers[key] = replace(kept(office), handed=state)
    return key


def taken(key: str) -> Move:
    """8.000 đồng that came in before, with receipt 1."""
    lines = (FeeLine("Lệ phí", FeeKind.CHARGE, 8000),)
    day, code = NOON.date(), BIRTH.code
    return Move(
        "m-1", NOON, day, MoveKind.TAKEN, PayMethod.CASH, 8000, key, code, BIRTH.name, "A", "lan", "ban-1", "1", lines,
        "m-1",
    )  # fmt: skip


def pay_as(office: FakeOffice, key: str, act: MoneyAct, paper: str | None = None, actor: Actor = OFFICER) -> None:
    words, units, desk = REASONS.get(act, "") if paper is None else paper, office.units(), a_desk()
    if act is MoneyAct.SET_FEE:
        fee_acts.set_fee(units, desk, key, 50_000 if paper is None else 0, actor=actor, now=NOON)
    elif act is MoneyAct.PAY:
        money.take_payment(units, desk, key, 8000, PayMethod.CASH, command=f"pay-{key}", actor=actor, now=NOON)
    elif act is MoneyAct.EXEMPT:
        fee_acts.exempt(units, desk, key, words, actor=actor, now=NOON)
    elif act in (MoneyAct.REFUND, MoneyAct.REFUND_PART):
        if kept(office).money is MoneyState.OWED:  # of a part of the fee, once the dossier has ended
            office.shelf.dossiers[key] = replace(kept(office), state=DossierState.WITHDRAWN, fee=50_000)
        if kept(office).money in (MoneyState.PAID, MoneyState.OWED):
            office.shelf.money.moves.append(taken(key))
        office.shelf.money.receipts["m-1"] = a_receipt(key)
        amount = None if act is MoneyAct.REFUND else 3000
        money_back.refund(units, key, words, actor=actor, now=NOON, amount=amount)
    else:
        office.shelf.money.moves.append(taken(key))
        office.shelf.money.receipts["m-1"] = a_receipt(key)
        money_back.cancel_receipt(units, "m-1", words, actor=actor, now=NOON)


def give_as(office: FakeOffice, key: str, act: HandOverAct) -> None:
    units = office.units()
    if act is HandOverAct.ARRIVE:
        handover.record_result(units, key, RESULT, actor=OFFICER, now=NOON)
    elif act is HandOverAct.NOTIFY:
        handover.notify(units, key, "Điện thoại", actor=OFFICER, now=NOON)
    else:
        waybill = "EA123456789VN" if act is HandOverAct.POST else ""
        handover.hand_over(units, key, "Người nộp", actor=OFFICER, now=NOON, waybill=waybill)


def test_the_tables_name_every_act_and_state() -> None:
    assert list(dict.fromkeys(step.act for step in MONEY)) == list(MoneyAct)
    assert [step.act for step in HAND_OVER] == list(HandOverAct)
    assert (set(MONEY_WORDS), set(HAND_OVER_WORDS)) == (set(MoneyState), set(HandOverState))
    assert set(STEP_WORDS) == {*MoneyAct, *HandOverAct}


@pytest.mark.parametrize(("step", "state"), list(product(MONEY, MoneyState)), ids=lambda x: getattr(x, "act", x))
def test_money_moves_only_as_its_table_says(office: FakeOffice, step: object, state: MoneyState) -> None:
    row = next(s for s in MONEY if s is step)
    key = with_money(office, state)
    if state in row.sources:
        pay_as(office, key, row.act)
        assert kept(office).money is row.target
        assert office.shelf.events[-1].kind == row.event
        return
    if row.act is MoneyAct.CANCEL and state is MoneyState.OWED:
        return  # a part of a fee: tests/contract/test_money_ledger.py
    if any(other.act is row.act and state in other.sources for other in MONEY):
        return  # another row of the same act
    with pytest.raises((IllegalStepError, FeeUnknownError)):
        pay_as(office, key, row.act)
    assert kept(office).money is state


@pytest.mark.parametrize("act", sorted(set(MoneyAct) - {MoneyAct.PAY}))
def test_nothing_is_forgiven_or_taken_back_without_its_paper(office: FakeOffice, act: MoneyAct) -> None:
    row = next(step for step in MONEY if step.act is act)
    state = min(row.sources)
    key = with_money(office, state)
    with pytest.raises((MissingWordsError, ReasonRequiredError)) as caught:
        pay_as(office, key, act, " ")
    assert caught.value.details.get("what", "lý do") == row.need
    assert kept(office).money is state


@pytest.mark.parametrize(("step", "state"), list(product(HAND_OVER, HandOverState)), ids=lambda x: getattr(x, "act", x))
def test_a_result_is_told_and_given_only_as_its_table_says(
    office: FakeOffice, step: object, state: HandOverState
) -> None:
    row = next(s for s in HAND_OVER if s is step)
    key = with_result(office, state)
    if state in row.sources:
        give_as(office, key, row.act)
        assert kept(office).handed is row.target
        assert not row.event or office.shelf.events[-1].kind == row.event
        return
    with pytest.raises(IllegalStepError):
        give_as(office, key, row.act)
    assert kept(office).handed is state


@pytest.mark.parametrize(("step", "role"), list(product([s for s in ROWS if s.by], Role)), ids=str)
def test_money_and_word_are_for_those_who_are_trusted(office: FakeOffice, step: object, role: Role) -> None:
    row = next(s for s in ROWS if s is step)
    of_money = [s for s in MONEY if s is step]
    key = with_money(office, min(of_money[0].sources)) if of_money else with_result(office, HandOverState.READY)
    actor = replace(OFFICER, roles=frozenset({role}))

    def act() -> Dossier:
        if not of_money:
            return handover.notify(office.units(), key, "Điện thoại", actor=actor, now=NOON)
        pay_as(office, key, of_money[0].act, actor=actor)
        return kept(office)

    if role in row.by:
        act()
        assert office.shelf.events[-1].kind == row.event
        return
    with pytest.raises(NotYourActError):
        act()


def test_the_citizen_is_told_how_and_when(office: FakeOffice) -> None:
    """Bắc Giang: when the result exists, the citizen is told at once."""
    key = with_result(office, HandOverState.READY)
    with pytest.raises(MissingWordsError):
        handover.notify(office.units(), key, "", actor=OFFICER, now=NOON)
    give_as(office, key, HandOverAct.NOTIFY)
    assert (kept(office).notified_at, kept(office).notified_by) == (NOON, "Điện thoại")
    give_as(office, key, HandOverAct.ARRIVE)
    assert kept(office).handed is HandOverState.READY, "another result is news again"


def test_a_waybill_says_that_it_went_by_post(office: FakeOffice) -> None:
    key = with_result(office, HandOverState.NOTIFIED)
    give_as(office, key, HandOverAct.POST)
    assert (kept(office).handed, kept(office).waybill) == (HandOverState.POSTED, "EA123456789VN")


@pytest.mark.parametrize(
    ("fee", "money"), [(None, MoneyState.UNKNOWN), (0, MoneyState.NOTHING), (8000, MoneyState.OWED)]
)
def test_a_fee_of_the_catalogue_is_owed_until_an_officer_says_otherwise(fee: int | None, money: MoneyState) -> None:
    assert money_of(fee) is money


def test_what_was_paid_before_a_supplement_stays_paid(office: FakeOffice) -> None:
    key = received(office).key
    assert kept(office).money is MoneyState.OWED
    pay_as(office, key, MoneyAct.PAY)
    lacking = an_intake(papers=marks("tp-1", "tp-2"))
    request_supplement(office.units(), a_desk(), lacking, "Thiếu giấy", actor=OFFICER, now=NOON)
    assert received(office).money is MoneyState.PAID


@pytest.mark.parametrize(
    ("received", "secret", "states", "exchange"),
    [
        (False, False, (), ExchangeState.LOCAL),
        (True, True, (), ExchangeState.LOCAL),
        (True, False, (JobState.WAITING,), ExchangeState.WAITING),
        (True, False, (), ExchangeState.SENT),
        (True, False, (JobState.WAITING, JobState.REJECTED), ExchangeState.REJECTED),
    ],
)
def test_the_way_to_the_province_is_read_from_what_waits(
    received: bool, secret: bool, states: tuple[JobState, ...], exchange: ExchangeState
) -> None:
    jobs = [Job(Wing.SYNC, f"j{n}", {}, state=state) for n, state in enumerate(states)]
    assert exchange_of(received, secret, jobs) is exchange
