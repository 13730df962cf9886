"""Facts as the forms write them: times, days, money, terms, missing values."""

from __future__ import annotations

import re
from datetime import datetime

from kiosk.clock import OFFICE_ZONE

BLANK = "…………………………"
"""Where nothing is known, a line to write on by hand."""

_TERM = re.compile(r"(\d+) (hours|working days|calendar days)")
_UNITS = {"hours": "giờ làm việc", "working days": "ngày làm việc", "calendar days": "ngày"}


def time_words(at: datetime) -> str:
    """ "15 giờ 30 phút, ngày 23 tháng 11 năm 2026" in the office's zone; `at` is aware."""
    local = at.astimezone(OFFICE_ZONE)
    return f"{local.hour:02d} giờ {local.minute:02d} phút, {_day(local)}"


def day_words(at: datetime) -> str:
    """ "ngày 23 tháng 11 năm 2026"; days below 10 and months 1 and 2 get a 0 (NĐ 30/2020, Annex I)."""
    return _day(at.astimezone(OFFICE_ZONE))


def _day(local: datetime) -> str:
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return f"ngày {local.day:02d} tháng {month} năm {local.year}"


def money_words(amount: int) -> str:
    """8000 -> "8.000 đồng"."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def fee_words(fee: int | None, note: str) -> str:
    """The fee and its remark. An unknown fee is said to be unknown, never taken for nothing."""
    amount = "Không thu" if fee == 0 else money_words(fee) if fee else ""
    if amount and note:
        return f"{amount} ({note})"
    return amount or note or "Chưa xác định; cơ quan sẽ thông báo theo quy định"


def term_words(term: str) -> str:
    """Our short terms in Vietnamese ("3 working days" -> "3 ngày làm việc"); the source's own words as they are."""
    if term == "same day":
        return "Trong ngày làm việc"
    if match := _TERM.fullmatch(term):
        return f"{match[1]} {_UNITS[match[2]]}"
    return term or "Theo quy định của thủ tục"


def or_blank(text: str) -> str:
    return text.strip() or BLANK
