"""The QR code of the chip CCCD (7 items) and of the Căn cước (10 items or more), by position.

Source: TT 16/2024/TT-BCA. The code is unsigned: it fills in a form and proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kiosk.identity.dates import read_date
from kiosk.identity.letters import has_marks, read_address, read_name
from kiosk.identity.number import cross_check, is_number, read_number, read_old_number
from kiosk.identity.reading import CardFields, CardKind, CardReading, Problems
from kiosk.text import fold

NAMES = ("id", "old", "name", "born", "sex", "address", "issued")
_SHOWN = ("số định danh", "số CMND cũ", "họ tên", "ngày sinh", "giới tính", "nơi cư trú", "ngày cấp")
MAX_ITEMS = 20  # the longest card has a dozen
_SEX = {"nam": "Nam", "male": "Nam", "m": "Nam", "nu": "Nữ", "female": "Nữ", "f": "Nữ"}
_DATE_LIKE = re.compile(r"\d{4,8}|\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}")


def looks_like_card(items: Sequence[str]) -> bool:
    """Positional items of a card: a number first, or birth date and sex where they belong."""
    if not 3 <= len(items) <= MAX_ITEMS:
        return len(items) == 2 and is_number(items[0].strip())
    digits = items[0].replace(" ", "")
    if digits.isascii() and digits.isdigit() and 9 <= len(digits) <= 12:
        return True
    return any(
        fold(items[n + 1]) in _SEX and _DATE_LIKE.fullmatch(items[n]) is not None for n in (2, 3) if n + 1 < len(items)
    )


def read_items(items: Sequence[str], problems: Problems) -> CardReading:
    """By position, after putting a missing old number back in its place."""
    items = _once([item.strip() for item in items])
    kind = CardKind.CAN_CUOC_QR if len(items) >= 10 else CardKind.CCCD_QR
    items = _with_old_number(items, problems)
    tail = tuple(item for item in items[7:] if item)
    if 7 < len(items) < 10 and tail:
        problems.add(f"Mã có {len(items)} ô, khác thẻ đang lưu hành (7 hoặc từ 10 ô); chỉ lấy 7 ô đầu.")
    if len(items) < 7:
        missing = ", ".join(_SHOWN[len(items) :])
        problems.add(f"Mã bị cắt, thiếu {missing}; quét lại hoặc nhập tay theo thẻ.")
        items = _without_stump(items, problems)
    whole = len(items) == 7 or len(items) >= 10 or not (tail or len(items) < 7)
    given = dict(zip(NAMES, items, strict=False))
    return replace(read_named(given, problems, told_missing=True), kind=kind, tail=tail, whole=whole)


def _without_stump(items: list[str], problems: Problems) -> list[str]:
    """The last item of a code that breaks off may be cut itself: a short date is none, a text is to be compared."""
    last = len(items) - 1
    if NAMES[last] == "born" and len(items[last]) < 8:
        return [*items[:last], "?"]
    if NAMES[last] in ("name", "address"):
        problems.add(f"Ô cuối ({_SHOWN[last]}) có thể thiếu phần sau; đối chiếu với thẻ.")
    return items


def read_named(given: Mapping[str, str], problems: Problems, told_missing: bool = False) -> CardReading:
    """From items by the names of NAMES, and "expires". told_missing: absent items were already told of."""

    def wanted(name: str) -> bool:
        return name in given or not told_missing

    born = read_date(given["born"], "Ngày sinh", problems, whole=False) if given.get("born") else None
    if not given.get("born") and wanted("born"):
        problems.add("Ngày sinh không có trong mã; nhập tay theo thẻ.")
    sex = read_sex(given.get("sex", ""), problems) if wanted("sex") else None
    number = read_number(given.get("id", ""), born, sex, problems)
    old = read_old_number(given.get("old", ""), problems)
    name = read_name(given.get("name", ""), problems) if wanted("name") else None
    address = read_address(given.get("address", ""), problems) if wanted("address") else None
    name, address = _unless_marks_lost(name, address, problems)
    issued = read_date(given["issued"], "Ngày cấp", problems) if given.get("issued") else None
    if not given.get("issued") and wanted("issued"):
        problems.add("Ngày cấp không có trong mã; nhập tay theo thẻ.")
    expires = read_date(given["expires"], "Ngày hết hạn", problems) if given.get("expires") else None
    fields = CardFields(number, old, name, born, sex, address, issued, expires)
    cross_check(fields, problems)
    return CardReading(CardKind.CCCD_QR, fields, tuple(problems.told))


def read_sex(text: str, problems: Problems) -> str | None:
    sex = _SEX.get(fold(text))
    if sex is None:
        problems.add(f"Giới tính “{text[:20]}” không đọc được; chọn tay theo thẻ.")
    return sex


def _once(items: list[str]) -> list[str]:
    """A card scanned twice without a line end between: "…|15042021001099000001|…" read as one."""
    if len(items) == 13 and is_number(items[0]) and items[6].endswith(items[0]) and items[1:6] == items[7:12]:
        return [*items[:6], items[12]]
    return items


def _with_old_number(items: list[str], problems: Problems) -> list[str]:
    """Some tools leave the empty item of the old number out; then a name stands in its place."""
    if len(items) < 3 or not items[1] or any(c.isdigit() for c in items[1]):
        return items
    if _DATE_LIKE.fullmatch(items[2]) is None:
        return items
    problems.add("Mã thiếu ô số CMND cũ; các ô sau đã được hiểu lùi một ô, đối chiếu với thẻ.")
    return [items[0], "", *items[1:]]


def _unless_marks_lost(name: str | None, address: str | None, problems: Problems) -> tuple[str | None, str | None]:
    """A keyboard-wedge scanner loses marks; a name and an address without a single one are not to be believed."""
    if name is None or has_marks(name) or (address is not None and has_marks(address)):
        return name, address
    if address is None:
        problems.add("Họ tên không có dấu; đối chiếu với thẻ.")
        return name, address
    problems.add("Họ tên và địa chỉ mất dấu (máy quét gõ phím); chuyển máy sang chế độ COM, hoặc nhập tay theo thẻ.")
    return None, None
