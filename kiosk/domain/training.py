"""Training (tập huấn): the office's facts as an exercise has them."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.money import MoneyRules, ReceiptBook
from kiosk.domain.office import Office

MARK = "TẬP HUẤN"
SERIES = "TH-"  # before a ticket's letter
AGENCY = "TAP-HUAN"
BOOK = ReceiptBook("TH")  # of receipts
ACCOUNT, HOLDER = "000000000000", "TẬP HUẤN, KHÔNG CHUYỂN TIỀN"  # no bank has it: a code that is scanned moves no money


def training_facts(facts: Office) -> Office:
    """The same office under names and numbers that nobody can take for real ones (`Office.key_day` for dossiers)."""
    groups = tuple(replace(group, series=f"{SERIES}{group.series}") for group in facts.groups)
    name, money = f"{MARK} – {facts.name}", _money(facts.money)
    return replace(facts, name=name, agency_code=AGENCY, groups=groups, money=money, training=True)


def _money(rules: MoneyRules) -> MoneyRules:
    bank = replace(rules.bank, account=ACCOUNT, holder=HOLDER) if rules.bank is not None else None
    return replace(rules, bank=bank, books=(BOOK,))
