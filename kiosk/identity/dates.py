"""Dates of a card: ddMMyyyy by the circular, and what scanners and old people's cards make of it."""

from __future__ import annotations

import re
from datetime import date

from kiosk.identity.reading import Problems

_FIRST_YEAR, _LAST_YEAR = 1890, 2150
_BY_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_BY_YEAR = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[T ][\d:.+Z]*)?")


def read_date(text: str, what: str, problems: Problems, whole: bool = True) -> str | None:
    """ISO date. whole=False also takes a year alone ("YYYY"), with zeros or nothing for day and month.

    Whatever is no date, or no real one, is None with a problem.
    """
    parts = _parts(text.strip(), what, problems)
    if parts is None:
        problems.add(f"{what} “{text.strip()[:20]}” không đọc được; nhập tay theo thẻ.")
        return None
    year, month, day = parts
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        problems.add(f"{what} có năm {year} không hợp lý; nhập tay theo thẻ.")
        return None
    if not whole and day == 0 and 0 <= month <= 12:
        known = f"tháng {month} năm {year}" if month else f"năm {year}"
        problems.add(f"{what}: mã chỉ có {known}.")
        return f"{year:04d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        problems.add(f"{what} {day:02d}/{month:02d}/{year} không có thật; nhập tay theo thẻ.")
        return None


def _parts(text: str, what: str, problems: Problems) -> tuple[int, int, int] | None:
    """(year, month, day), 0 for what is not given."""
    if found := _BY_DAY.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _BY_YEAR.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if not (text.isascii() and text.isdigit()):
        return None
    if len(text) == 4:
        return int(text), 0, 0
    if len(text) == 6 and 1 <= int(text[:2]) <= 12 and _FIRST_YEAR <= int(text[2:]) <= _LAST_YEAR:
        return int(text[2:]), int(text[:2]), 0
    if len(text) == 7:
        problems.add(f"{what} mất số 0 ở đầu, đã thêm lại; đối chiếu với thẻ.")
        text = f"0{text}"
    if len(text) != 8:
        return None
    return _eight(text, what, problems)


def _eight(text: str, what: str, problems: Problems) -> tuple[int, int, int]:
    day, month, year = int(text[:2]), int(text[2:4]), int(text[4:])
    turned = int(text[:4]), int(text[4:6]), int(text[6:])
    if month > 12 and _FIRST_YEAR <= turned[0] <= _LAST_YEAR and 1 <= turned[1] <= 12 and turned[2] <= 31:
        problems.add(f"{what} ghi theo thứ tự năm-tháng-ngày; đối chiếu với thẻ.")
        return turned
    return year, month, day
