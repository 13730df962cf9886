"""Money of the office, on the fake and both engines: taken once, righted by another line, receipts without gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from money_desk import BANK, BOOK, CASH, DESK, NEIGHBOUR, ONLINE, QR, TODAY, desk_with, pay, received
from samples import BIRTH, NOON, OFFICER, an_intake

from kiosk.domain.dossier import MissingWordsError, ReasonRequiredError
from kiosk.domain.event import first_broken
from kiosk.domain.fees import FeeKind, Quantity, Rate, Relief, Tariff
from kiosk.domain.job import Wing
from kiosk.domain.life import NotYourActError, Role
from kiosk.domain.money import (
    AskState,
    BadAmountError,
    FeeUnknownError,
    MoveKind,
    NoBankAccountError,
    NoBookError,
    OverpaymentError,
    PartPaymentError,
    PartRule,
    ReceiptBook,
    ReceiptCancelledError,
    ReferenceNeededError,
    ReferenceTakenError,
)
from kiosk.domain.tracks import IllegalStepError, MoneyState
from kiosk.domain.vietqr import decode
from kiosk.services import fee_acts, money, money_asks, money_back
from kiosk.services.drawer import count_drawer, money_days
from kiosk.services.ports import Units
from kiosk.services.reception import receive_dossier
from kiosk.services.unprinted import print_here, unprinted_slips

if TYPE_CHECKING:
    pass


def test_money_taken_is_a_line_an_event_a_receipt_and_a_paper(units: Units) -> None:
    taken = pay(units, received(units))
    assert (taken.dossier.money, taken.dossier.money_paper) == (MoneyState.PAID, "NB 0000001/2026")
    with units() as look:
        (move,) = look.money.moves_of(taken.dossier.key)
        event = look.events.of(taken.dossier.key)[-1]
        receipt = look.money.receipt(move.receipt)
        job = look.jobs.by_key(Wing.PRINT, f"receipt:{receipt.key}:1")
        assert first_broken(look.events.all()) is None
    assert (move.amount, move.method, move.officer, move.of(FeeKind.CHARGE)) == (8000, CASH, "lan", 8000)
    assert (event.kind, event.data["move"], event.data["amount"]) == ("dossier.paid", move.key, 8000)
    assert (receipt.number, receipt.payer, receipt.amount) == (1, "Nguyễn Thị Ánh", 8000)
    assert job is not None
    assert "Ánh" not in str(event.data), "no name in the log"


def test_one_press_that_arrives_twice_is_one_payment(units: Units) -> None:
    dossier = received(units)
    first, second = pay(units, dossier, command="a"), pay(units, dossier, command="a")
    assert second == first
    with units() as look:
        assert len(look.money.moves_of(dossier.key)) == 1


def test_another_press_on_what_is_paid_is_refused(units: Units) -> None:
    dossier = received(units)
    pay(units, dossier, command="a")
    with pytest.raises(IllegalStepError):
        pay(units, dossier, command="b", actor=NEIGHBOUR)
    with units() as look:
        assert len(look.money.moves_of(dossier.key)) == 1


def test_a_code_that_is_shown_is_no_payment(units: Units) -> None:
    dossier = received(units)
    ask = money_asks.ask_payment(units(), DESK, dossier.key, QR, actor=OFFICER, now=NOON)
    again = money_asks.ask_payment(units(), DESK, dossier.key, QR, actor=NEIGHBOUR, now=NOON)
    code = decode(ask.payload)
    assert (ask.state, again.key) == (AskState.SHOWN, ask.key)
    assert (code.bin, code.account, code.amount, code.bill) == (BANK.bin, BANK.account, 8000, dossier.key)
    with units() as look:
        assert look.dossiers.get(dossier.key).money is MoneyState.OWED
        assert look.money.moves_of(dossier.key) == []
    taken = pay(units, dossier, method=QR)
    with units() as look:
        assert [a.state for a in look.money.asks_of(dossier.key)] == [AskState.PAID]
    assert taken.dossier.money is MoneyState.PAID


def test_paying_in_cash_ends_the_code_that_was_shown(units: Units) -> None:
    dossier = received(units)
    money_asks.ask_payment(units(), DESK, dossier.key, QR, actor=OFFICER, now=NOON)
    waiting = money_asks.ask_payment(units(), DESK, dossier.key, ONLINE, actor=OFFICER, now=NOON)
    assert waiting.state is AskState.WAITING
    pay(units, dossier)
    with units() as look:
        assert {a.state for a in look.money.asks_of(dossier.key)} == {AskState.ENDED}


def test_word_from_outside_counts_once(units: Units) -> None:
    dossier, other = received(units), received(units, 2)
    ask = money_asks.ask_payment(units(), DESK, dossier.key, QR, actor=OFFICER, now=NOON)
    first = money.confirm(units(), DESK, ask.key, 8000, "FT26327001", now=NOON)
    assert money.confirm(units(), DESK, ask.key, 8000, "FT26327001", now=NOON) == first
    assert (first.move.officer, first.move.reference, first.dossier.money) == ("", "FT26327001", MoneyState.PAID)
    with pytest.raises(ReferenceTakenError) as caught:
        pay(units, other, method=QR, reference="FT26327001")
    assert caught.value.details["dossier"] == dossier.key


def test_a_transfer_entered_for_the_wrong_dossier_is_entered_again_for_the_right_one(units: Units) -> None:
    wrong, right = received(units), received(units, 2)
    first = pay(units, wrong, method=QR, reference="FT7")
    with pytest.raises(ReferenceTakenError):
        pay(units, right, method=QR, reference="FT7")
    money_back.cancel_receipt(units(), first.move.receipt, "Ghi nhầm hồ sơ", actor=OFFICER, now=NOON)
    assert pay(units, right, method=QR, reference="FT7").dossier.money is MoneyState.PAID


def test_less_or_more_than_what_is_owed_is_refused(units: Units) -> None:
    dossier = received(units)
    for amount, error in (
        (7999, PartPaymentError),
        (8001, OverpaymentError),
        (0, BadAmountError),
        (-1, BadAmountError),
    ):
        with pytest.raises(error):
            pay(units, dossier, amount)
    with units() as look:
        assert look.money.moves_of(dossier.key) == []


def test_an_office_may_let_a_fee_be_completed(units: Units) -> None:
    desk = desk_with(parts=PartRule.COMPLETE)
    dossier = received(units)
    part = pay(units, dossier, 3000, desk=desk)
    assert (part.dossier.money, part.move.lines[0].name) == (MoneyState.OWED, "Một phần phí, lệ phí")
    with pytest.raises(OverpaymentError):
        pay(units, dossier, 5001, desk=desk)
    rest = pay(units, dossier, 5000, desk=desk)
    assert rest.dossier.money is MoneyState.PAID
    with units() as look:
        kinds = [e.kind for e in look.events.of(dossier.key) if "move" in e.data]
    assert kinds == ["money.part_taken", "dossier.paid"]
    assert [t.receipt.number for t in (part, rest) if t.receipt] == [1, 2]


def test_a_part_that_was_cancelled_is_owed_again(units: Units) -> None:
    desk = desk_with(parts=PartRule.COMPLETE)
    dossier = received(units)
    part = pay(units, dossier, 3000, desk=desk)
    undone = money_back.cancel_receipt(units(), part.move.receipt, "Nhầm", actor=OFFICER, now=NOON)
    assert undone.dossier.money is MoneyState.OWED
    assert pay(units, dossier, 8000, desk=desk).dossier.money is MoneyState.PAID


def test_receipts_are_numbered_without_gaps_from_book_to_book_and_year_to_year(units: Units) -> None:
    desk = desk_with(books=(BOOK, ReceiptBook("AA-26", 104, 104)))
    dossiers = [received(units, n) for n in range(6)]
    with pytest.raises(PartPaymentError):
        pay(units, dossiers[0], 1, desk=desk)  # what was refused takes no number
    numbers = [pay(units, d, desk=desk).receipt for d in dossiers[:4]]
    assert [r.number for r in numbers if r] == [101, 102, 103, 104]
    with pytest.raises(NoBookError):
        pay(units, dossiers[4], desk=desk)
    with units() as look:
        assert look.dossiers.get(dossiers[4].key).money is MoneyState.OWED
    next_year = pay(units, dossiers[5], desk=desk, now=NOON + timedelta(days=60))
    assert next_year.receipt is not None
    assert (next_year.receipt.number, next_year.receipt.year) == (101, 2027)


def test_a_cancelled_receipt_is_kept_and_its_number_is_not_used_again(units: Units) -> None:
    dossier = received(units)
    first = pay(units, dossier, command="a")
    gone = money_back.cancel_receipt(units(), first.move.receipt, "Ghi nhầm người", actor=NEIGHBOUR, now=NOON)
    assert (gone.dossier.money, gone.move.amount, gone.move.reverses) == (MoneyState.OWED, -8000, first.move.key)
    assert gone.receipt is not None
    assert (gone.receipt.cancelled_by, gone.receipt.cancel_reason) == ("hoa", "Ghi nhầm người")
    with pytest.raises(ReceiptCancelledError):
        money_back.cancel_receipt(units(), first.move.receipt, "Lần nữa", actor=OFFICER, now=NOON)
    again = pay(units, dossier, command="b")
    assert again.receipt is not None
    assert again.receipt.number == 2
    with units() as look:
        assert [bool(r.cancelled_at) for r in look.money.receipts(2026)] == [True, False]


def test_a_refund_takes_the_money_out_and_leaves_the_receipt(units: Units) -> None:
    paid = pay(units, received(units), method=QR)
    (back,) = money_back.refund(units(), paid.dossier.key, "Rút hồ sơ", actor=OFFICER, now=NOON, method=CASH)
    assert (back.dossier.money, back.move.kind, back.move.amount) == (MoneyState.REFUNDED, MoveKind.REFUNDED, -8000)
    assert back.receipt is not None
    assert back.receipt.cancelled_at is None
    with pytest.raises(IllegalStepError):
        money_back.refund(units(), paid.dossier.key, "Nữa", actor=OFFICER, now=NOON)
    with pytest.raises(IllegalStepError):
        money_back.cancel_receipt(units(), paid.move.receipt, "Sau khi hoàn", actor=OFFICER, now=NOON)
    with units() as look:
        days = money_days(look, TODAY, TODAY)
    assert (days.totals.net, days.cash) == (0, -8000)


def test_nothing_goes_back_without_a_reason(units: Units) -> None:
    paid = pay(units, received(units))
    with pytest.raises(MissingWordsError):
        money_back.refund(units(), paid.dossier.key, " ", actor=OFFICER, now=NOON)
    with pytest.raises(ReasonRequiredError):
        money_back.cancel_receipt(units(), paid.move.receipt, " ", actor=OFFICER, now=NOON)


def test_only_who_is_trusted_with_money_moves_it(units: Units) -> None:
    dossier = received(units)
    solver = replace(OFFICER, roles=frozenset({Role.SOLVING}))
    reception = replace(OFFICER, roles=frozenset({Role.RECEPTION}))
    with pytest.raises(NotYourActError):
        pay(units, dossier, actor=solver)
    with pytest.raises(NotYourActError):
        money_asks.ask_payment(units(), DESK, dossier.key, QR, actor=solver, now=NOON)
    paid = pay(units, dossier, actor=reception)
    for act in (
        lambda: money_back.refund(units(), dossier.key, "x", actor=reception, now=NOON),
        lambda: money_back.cancel_receipt(units(), paid.move.receipt, "x", actor=reception, now=NOON),
    ):
        with pytest.raises(NotYourActError):
            act()
    with pytest.raises(NotYourActError):
        count_drawer(units(), TODAY, "", {}, actor=solver, now=NOON)


def test_what_is_not_known_is_not_paid(units: Units) -> None:
    silent = replace(BIRTH, options=())
    with units() as uow:
        uow.procedures.add(silent)
        uow.commit()
    dossier = receive_dossier(units(), DESK, an_intake(), actor=OFFICER, now=NOON).dossier
    assert dossier.money is MoneyState.UNKNOWN
    with pytest.raises(FeeUnknownError):
        pay(units, dossier)
    fee_acts.set_fee(units(), DESK, dossier.key, 15_000, "Nghị quyết 01", actor=OFFICER, now=NOON)
    assert pay(units, dossier, 15_000).move.lines[0].basis == "Nghị quyết 01"


def test_a_receipt_that_did_not_come_out_is_listed_and_printed_elsewhere(units: Units) -> None:
    desk = replace(DESK, paper_at="ban-1")
    paid = pay(units, received(units, desk=desk), desk=desk)
    with units() as look:
        newest, slip = unprinted_slips(look, NOON)
    assert (newest.called, newest.whose) == ("biên lai NB 0000001/2026", "Nguyễn Thị Ánh")
    assert slip.called == "mẫu 01"
    assert print_here(units(), newest.job.key, "ban-2", actor=NEIGHBOUR, now=NOON) == paid.receipt
    with units() as look:
        assert unprinted_slips(look, NOON)[0].job.station == "ban-2"


def test_copies_and_a_relief_are_worked_out_at_the_counter(units: Units) -> None:
    poor = Relief("ho-ngheo", "hộ nghèo", 100, "giấy chứng nhận", "Điều 11")
    tariff = Tariff((Rate(BIRTH.code, "Lệ phí", FeeKind.CHARGE, 8000, "copy", basis="TT"),), (poor,))  # type: ignore[arg-type]
    charging = replace(DESK, tariff=tariff)
    dossier = received(units, fee=None, desk=charging)
    more = fee_acts.reckon(units(), charging, dossier.key, Quantity(3), actor=OFFICER, now=NOON)
    assert (more.fee, more.fee_lines[0].how) == (24_000, "8.000 đồng × 3 bản")
    with pytest.raises(MissingWordsError):
        fee_acts.reckon(units(), charging, dossier.key, Quantity(), "ho-ngheo", actor=OFFICER, now=NOON)
    free = fee_acts.reckon(units(), charging, dossier.key, Quantity(), "ho-ngheo", "Giấy số 5", actor=OFFICER, now=NOON)
    assert (free.money, free.fee, free.money_paper) == (MoneyState.EXEMPT, 0, "hộ nghèo: Giấy số 5 (Điều 11)")


def test_without_an_account_there_is_no_code_and_without_a_reference_no_online_payment(units: Units) -> None:
    dossier = received(units)
    with pytest.raises(NoBankAccountError):
        money_asks.ask_payment(units(), desk_with(), dossier.key, QR, actor=OFFICER, now=NOON)
    with pytest.raises(ReferenceNeededError):
        pay(units, dossier, method=ONLINE)
    ask = money_asks.ask_payment(units(), DESK, dossier.key, ONLINE, actor=OFFICER, now=NOON)
    with pytest.raises(ReferenceNeededError):
        money.confirm(units(), DESK, ask.key, 8000, " ", now=NOON)


def test_a_receipt_that_another_system_gave_takes_no_number_of_ours(units: Units) -> None:
    taken = pay(units, received(units), method=ONLINE, reference="PAY-1", external="HDDT 00000123")
    assert (taken.receipt, taken.move.external, taken.dossier.money_paper) == (None, "HDDT 00000123", "HDDT 00000123")
    own = pay(units, received(units, 2))
    assert own.receipt is not None
    assert own.receipt.number == 1


def test_reprints_are_counted_in_the_log(units: Units) -> None:
    paid = pay(units, received(units))
    for _ in range(2):
        money_asks.reprint_receipt(units(), paid.move.receipt, actor=OFFICER, now=NOON)
    with units() as look:
        jobs = [look.jobs.by_key(Wing.PRINT, f"receipt:{paid.move.receipt}:{n}") for n in (1, 2, 3, 4)]
    assert [job.payload["print_no"] if job else None for job in jobs] == [1, 2, 3, None]
