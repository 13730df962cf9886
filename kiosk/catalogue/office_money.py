"""The money part of office.toml: where transfers go, books of receipts, parts of a fee."""

from __future__ import annotations

import re

from kiosk.catalogue.toml_reader import Table
from kiosk.domain.money import BankAccount, MoneyRules, PartRule, ReceiptBook
from kiosk.domain.vietqr import LONGEST_ACCOUNT, Service

TABLES = ("bank", "money", "receipt_book")
_SERIES = re.compile(r"[A-Z0-9][A-Z0-9/-]{0,19}")
_ACCOUNT = re.compile(rf"[A-Za-z0-9]{{1,{LONGEST_ACCOUNT}}}")
LAST_NUMBER = 9_999_999  # receipts are numbered with seven digits


def read_money(table: Table) -> MoneyRules:
    """Raises: PackError naming the key."""
    rules = table.table("money").allow("parts")
    word = rules.text("parts", PartRule.REFUSE.value)
    if word not in tuple(PartRule):
        rules.fail("parts", f"“{word}” không có; chọn một trong: {', '.join(PartRule)}")
    return MoneyRules(_bank(table), _books(table), PartRule(word))


def _bank(table: Table) -> BankAccount | None:
    if "bank" not in table.values:
        return None
    row = table.table("bank").allow("bin", "account", "holder", "name", "card")
    code, account, holder = row.text("bin"), row.text("account"), row.text("holder")
    if not re.fullmatch(r"\d{6}", code):
        row.fail("bin", f"“{code}” không phải mã ngân hàng (BIN) 6 chữ số của NAPAS, ví dụ 970436")
    if not _ACCOUNT.fullmatch(account):
        row.fail("account", f"số tài khoản “{account}” phải là 1 đến {LONGEST_ACCOUNT} chữ số, không dấu cách")
    if not holder:
        row.fail("holder", "ghi tên chủ tài khoản như ngân hàng ghi, để người dân đối chiếu")
    service = Service.CARD if row.flag("card", False) else Service.ACCOUNT
    return BankAccount(code, account, holder, row.text("name", ""), service)


def _books(table: Table) -> tuple[ReceiptBook, ...]:
    books: list[ReceiptBook] = []
    for row in table.tables("receipt_book"):
        row.allow("series", "from", "to", "year")
        series = row.text("series")
        if not _SERIES.fullmatch(series):
            row.fail("series", f"ký hiệu “{series}” chỉ gồm chữ hoa không dấu, số, / và -, dài không quá 20")
        first = row.number("from", 1, low=1, high=LAST_NUMBER)
        last = row.number("to", LAST_NUMBER, low=1, high=LAST_NUMBER)
        year = row.number("year", 0, low=0, high=2999)
        if last < first:
            row.fail("to", f"số cuối {last} nhỏ hơn số đầu {first}")
        if year and year < 2000:
            row.fail("year", "ghi năm có bốn chữ số, hoặc bỏ trống để dùng cho mọi năm")
        made = ReceiptBook(series, first, last, year)
        if any(_share(made, other) for other in books):
            row.fail("from", f"quyển {series} trùng số với một quyển khai ở trên")
        books.append(made)
    return tuple(books)


def _share(one: ReceiptBook, other: ReceiptBook) -> bool:
    """Two books may follow each other in one series, and never give one number twice."""
    same_years = 0 in (one.year, other.year) or one.year == other.year
    return one.series == other.series and same_years and one.first <= other.last and other.first <= one.last
