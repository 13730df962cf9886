"""Money in an exercise: no code of it reaches the office's account, no receipt bears a number of the office's books."""

from __future__ import annotations

from dataclasses import replace

from money_desk import BANK, BOOK
from samples import OFFICE

from kiosk.domain.money import MoneyRules, PartRule, transfer_code
from kiosk.domain.training import training_facts
from kiosk.domain.vietqr import decode

REAL = replace(OFFICE, money=MoneyRules(BANK, (BOOK,), PartRule.COMPLETE))


def test_a_code_shown_in_training_moves_no_money() -> None:
    bank = training_facts(REAL).money.bank
    assert bank is not None
    code = decode(transfer_code(bank, "991123100011", 8000))
    assert (code.bin, code.amount) == (BANK.bin, 8000)
    assert set(code.account) == {"0"}
    assert "TẬP HUẤN" in bank.holder


def test_a_receipt_of_training_has_a_series_of_its_own() -> None:
    rules = training_facts(REAL).money
    assert [book.series for book in rules.books] == ["TH"]
    assert rules.parts is PartRule.COMPLETE


def test_an_office_without_an_account_has_none_in_training_either() -> None:
    assert training_facts(OFFICE).money.bank is None
