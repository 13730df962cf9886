"""Machine-readable zones of any country: cards (TD1, three lines of 30; TD2, two of 36) and passports (TD3, two of 44).

Source: ICAO Doc 9303, parts 3 (check digits, names), 4 (TD3), 5 (TD1), 6 (TD2). A field is taken only where its check
digit holds; a sign that was misread is mended only where that leaves one way in which it does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from kiosk.identity.number import birth_year, is_number
from kiosk.identity.reading import CardFields, CardKind, CardReading, Problems

FILLER = "<"
_WEIGHTS = (7, 3, 1)
# What OCR takes for what: digits that a letter may have been, and letters that a digit may have been.
DIGITS = {
    "O": "0",
    "Q": "0",
    "D": "0",
    "U": "0",
    "I": "1",
    "L": "1",
    "J": "1",
    "Z": "27",
    "S": "5",
    "B": "83",
    "G": "6",
}
DIGITS |= {"A": "4", "T": "7", "Y": "7"}
LETTERS = {"0": "OQD", "1": "IL", "2": "Z", "5": "S", "6": "G", "8": "B", "4": "A", "7": "T"}
MOST_WAYS = 256
OUR_PASSPORT = "adddddddn"  # a letter, then seven digits or eight
OLDEST = 115  # years at which nobody holds a passport that is still good
SEXES = {"M": "Nam", "F": "Nữ"}


@dataclass(frozen=True)
class Layout:
    """Where a size of document has its fields: (line, start, end). composite: what its last check digit covers."""

    name: str
    lines: int
    width: int
    number: tuple[int, int, int]
    born: tuple[int, int, int]
    sex: tuple[int, int]
    expires: tuple[int, int, int]
    nationality: tuple[int, int, int]
    names: tuple[int, int, int]
    optional: tuple[int, int, int]
    composite: tuple[tuple[int, int, int], ...]


TD1 = Layout(
    *("TD1", 3, 30, (0, 5, 14), (1, 0, 6), (1, 7), (1, 8, 14), (1, 15, 18), (2, 0, 30), (0, 15, 30)),
    ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
)
TD2 = Layout(
    *("TD2", 2, 36, (1, 0, 9), (1, 13, 19), (1, 20), (1, 21, 27), (1, 10, 13), (0, 5, 36), (1, 28, 35)),
    ((1, 0, 10), (1, 13, 20), (1, 21, 35)),
)
TD3 = Layout(
    *("TD3", 2, 44, (1, 0, 9), (1, 13, 19), (1, 20), (1, 21, 27), (1, 10, 13), (0, 5, 44), (1, 28, 42)),
    ((1, 0, 10), (1, 13, 20), (1, 21, 43)),
)


def layout_of(lines: Sequence[str]) -> Layout | None:
    """By count and width; None where lines are of no document's size."""
    for layout in (TD1, TD2, TD3):
        if len(lines) == layout.lines and all(len(line) == layout.width for line in lines):
            return layout
    return None


def check_digit(text: str) -> str:
    """Weights 7, 3, 1; letters from A = 10, filler = 0."""
    return str(sum(_value(c) * _WEIGHTS[n % 3] for n, c in enumerate(text)) % 10)


def _value(char: str) -> int:
    return 0 if char == FILLER else int(char, 36)


def mended(text: str, check: str, kinds: str = "") -> str | None:
    """The text under which its check digit holds; None where none is, or more than one are.

    kinds: for each sign "d" where only a digit (or filler) may stand, "n" the same but never changed, "a" where only a
    letter, "x" where either may; "" for digits alone. Only a sign that cannot stand where it does is changed: any other
    change would be a guess that one digit in ten proves by chance.
    """
    choices = [_choices(c, kind) for c, kind in zip(text, kinds or "d" * len(text), strict=True)]
    checks = _choices(check, "d")
    if math.prod(map(len, choices)) > MOST_WAYS:
        return None
    good = {
        way for way in map("".join, product(*choices)) if any(check_digit(way) == c.replace("<", "0") for c in checks)
    }
    return good.pop() if len(good) == 1 else None


def _choices(char: str, kind: str) -> str:
    if kind in "dn":
        misread = DIGITS.get(char, "") if kind == "d" else ""
        return char if char.isdigit() or char == FILLER else misread
    return LETTERS.get(char, char) if kind == "a" else char


def read_document(lines: Sequence[str], layout: Layout, problems: Problems) -> CardReading:
    """Fields of a passport or a card that is not of the Vietnamese layout (`mrz`)."""
    nationality = _letters(_part(lines, layout.nationality))
    kinds = OUR_PASSPORT if nationality == "VNM" and layout is TD3 else "x" * 9
    number = _checked(lines, layout.number, problems, "Số giấy tờ", kinds)
    expires = _expiry(_checked(lines, layout.expires, problems, "Ngày hết hạn"), problems)
    personal = _personal(lines, layout)
    born = _birth(_checked(lines, layout.born, problems, "Ngày sinh"), personal, expires, problems)
    sex = SEXES.get(lines[layout.sex[0]][layout.sex[1]])
    if sex is None:
        problems.add("Giới tính ở vùng đọc máy không đọc được; chọn tay theo giấy tờ.")
    name = zone_name(_letters(_part(lines, layout.names)))
    if name is None:
        problems.add("Họ tên ở vùng đọc máy không đọc được; nhập tay theo giấy tờ.")
    elif nationality == "VNM":
        problems.add("Vùng đọc máy ghi họ tên không dấu; sửa lại có dấu theo trang ảnh.")
    if personal is None:
        problems.add(f"Giấy tờ số {number or 'không rõ'} không có số định danh 12 số; kiểm tra rồi nhập tay nếu cần.")
    _composite(lines, layout, problems)
    fields = CardFields(personal, None, name, born, sex, None, None, expires, number, nationality or None)
    return CardReading(CardKind.MRZ, fields, tuple(problems.told))


def zone_name(text: str) -> str | None:
    """Words of SURNAME<<GIVEN<NAMES; fillers read as K after the name are dropped. None where it is no name."""
    surname, _, rest = text.partition("<<")
    given = re.split(r"<<|<K*$", rest)[0]
    words = [word for word in f"{surname}<{given}".split(FILLER) if word]
    return " ".join(words) if words and not any(c.isdigit() for c in "".join(words)) else None


def _part(lines: Sequence[str], place: tuple[int, int, int]) -> str:
    return lines[place[0]][place[1] : place[2]]


def _checked(
    lines: Sequence[str], place: tuple[int, int, int], problems: Problems, what: str, kinds: str = ""
) -> str | None:
    raw, check = _part(lines, place), lines[place[0]][place[2]]
    found = mended(raw, check, kinds)
    if found is None:
        problems.add(f"{what} ở vùng đọc máy không khớp chữ số kiểm tra; nhập tay theo giấy tờ.")
        return None
    if found != raw:
        problems.add(f"{what} có chữ bị nhận nhầm, đã sửa theo chữ số kiểm tra; đối chiếu với giấy tờ.")
    return found.strip(FILLER) or None


def _personal(lines: Sequence[str], layout: Layout) -> str | None:
    """The twelve-digit number that Vietnamese passports carry, only under its own check digit."""
    raw = _part(lines, layout.optional)
    if layout is not TD3 or not raw.strip(FILLER):
        return None
    found = mended(raw, lines[1][42])
    number = found.rstrip(FILLER) if found else ""
    return number if is_number(number) else None


def _expiry(digits: str | None, problems: Problems) -> str | None:
    if digits is None:
        return None
    day = _real(2000 + int(digits[:2]), digits) if len(digits) == 6 else None
    if day is None:
        problems.add("Ngày hết hạn ở vùng đọc máy không có thật; nhập tay theo giấy tờ.")
    return day


def _birth(digits: str | None, number: str | None, expires: str | None, problems: Problems) -> str | None:
    """The century from the identity number, else only where the other one cannot be."""
    if digits is None or len(digits) != 6 or FILLER in digits:
        return None
    short = int(digits[:2])
    last = int(expires[:4]) if expires else 0
    if number is not None and birth_year(number) % 100 == short:
        years = [birth_year(number)]
    else:
        years = [y for y in (1900 + short, 2000 + short) if last and last - OLDEST <= y <= last]
    days = [day for year in years if (day := _real(year, digits)) is not None]
    if len(days) != 1:
        problems.add("Không rõ thế kỷ của năm sinh ở vùng đọc máy; nhập tay ngày sinh theo giấy tờ.")
        return None
    return days[0]


def _real(year: int, digits: str) -> str | None:
    try:
        return date(year, int(digits[2:4]), int(digits[4:])).isoformat()
    except ValueError:
        return None


def _letters(text: str) -> str:
    """Where only letters stand, a digit is a letter misread."""
    return "".join(LETTERS[c][0] if c in LETTERS else c for c in text).strip(FILLER)


def _composite(lines: Sequence[str], layout: Layout, problems: Problems) -> None:
    covered = "".join(_part(lines, place) for place in layout.composite)
    if mended(covered, lines[1][layout.width - 1], "x" * len(covered)) is None:
        problems.add("Chữ số kiểm tra chung ở vùng đọc máy không khớp; đối chiếu từng mục với giấy tờ.")
