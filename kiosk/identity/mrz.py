"""The machine-readable zone on the back of the Vietnamese card: ICAO 9303 TD1, three lines of thirty; others: `icao`.

Line 1: IDVNM, the last nine digits of the number, check, the twelve-digit number, <<, check over those twelve.
Line 2: birth, check, sex, expiry, check, VNM, filler, check over all. Line 3: SURNAME<<GIVEN<NAMES without marks.
"""

from __future__ import annotations

import re
from datetime import date

from kiosk.identity import icao
from kiosk.identity.icao import check_digit
from kiosk.identity.number import birth_year, cross_check, is_number
from kiosk.identity.reading import CardFields, CardKind, CardReading, Problems

WIDTH = 30
_DIGIT_FOR = str.maketrans({"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8", "G": "6"})
_FILLERS = str.maketrans({"«": "<<", "‹": "<", "〈": "<", "＜": "<", "(": "<", "≤": "<"})
_LINE = re.compile(r"[A-Z0-9<]+")


def find_lines(text: str) -> list[str] | None:
    """The lines of a zone inside some text, or None when there is none. All its characters in a row are its lines."""
    rows = [re.sub(r"\s", "", row.upper().translate(_FILLERS)) for row in text.splitlines()]
    rows = [row for row in rows if len(row) >= 20 and _LINE.fullmatch(row)]
    if len(rows) == 1:
        for size in (icao.TD1, icao.TD2, icao.TD3):
            if len(rows[0]) == size.lines * size.width:
                rows = [rows[0][n : n + size.width] for n in range(0, len(rows[0]), size.width)]
                break
    if len(rows) < 2 or not any("<<" in row for row in rows):
        return None
    return rows[-3:] if len(rows) > 3 else rows


def read_mrz(lines: list[str], problems: Problems) -> CardReading:
    """Every field is taken only where its check digit holds, typical OCR slips being mended first."""
    size = icao.layout_of(lines)
    if size is not None and (size is not icao.TD1 or not _is_first(lines[0])):
        return icao.read_document(lines, size, problems)
    if len(lines) != 3:
        problems.add(f"Mặt sau thẻ phải có ba dòng, chỉ thấy {len(lines)}; chụp lại cả ba dòng.")
    first, second, third = [*lines, "", ""][:3] if _is_first(lines[0]) else ["", *lines, ""][:3]
    number = _number(first, problems)
    born, sex, expires = _second(second, number, problems)
    name = _name(third, problems)
    _composite(first, second, problems)
    fields = CardFields(id_number=number, full_name=name, born_on=born, sex=sex, expires_on=expires)
    cross_check(fields, problems)
    return CardReading(CardKind.MRZ, fields, tuple(problems.told), whole=len(lines) == 3)


def _is_first(line: str) -> bool:
    """The first line ends in twelve digits, two fillers and a check; its head is often misread (ADDNN1, I0VNM)."""
    return sum(c.isdigit() for c in line.translate(_DIGIT_FOR)[5:27]) >= 18


def _number(line: str, problems: Problems) -> str | None:
    digits = line[5:28].translate(_DIGIT_FOR)
    document, check, number = digits[:9], digits[9:10], digits[10:22]
    own_check = line[29:30].translate(_DIGIT_FOR)
    if len(line) != WIDTH or not is_number(number) or check_digit(number) != own_check:
        problems.add("Số định danh ở mặt sau đọc không khớp chữ số kiểm tra; chụp lại hoặc nhập tay.")
        return None
    if document != number[-9:] or check_digit(document) != check:
        problems.add("Số thẻ và số định danh ở mặt sau không khớp nhau; đối chiếu với thẻ.")
    if digits[:22] != line[5:27]:
        problems.add("Số định danh có chữ bị nhận nhầm, đã sửa theo chữ số kiểm tra; đối chiếu với thẻ.")
    return number


def _second(line: str, number: str | None, problems: Problems) -> tuple[str | None, str | None, str | None]:
    """(born_on, sex, expires_on)."""
    if len(line) != WIDTH:
        problems.add("Dòng thứ hai ở mặt sau không đủ 30 ký tự; chụp lại hoặc nhập tay.")
        return None, None, None
    sex = {"M": "Nam", "F": "Nữ"}.get(line[7])
    if sex is None:
        problems.add("Giới tính ở mặt sau không đọc được; chọn tay theo thẻ.")
    expires = _expiry(line, problems)
    return _birth(line, number, expires, problems), sex, expires


def _checked(text: str, check: str) -> str | None:
    """Six digits whose check holds."""
    digits = text.translate(_DIGIT_FOR)
    good = digits.isdigit() and check_digit(digits) == check.translate(_DIGIT_FOR)
    return digits if good else None


def _expiry(line: str, problems: Problems) -> str | None:
    if set(line[8:14]) <= {"<", "K"}:
        problems.add("Mặt sau không ghi ngày hết hạn (thẻ không thời hạn); đối chiếu với thẻ.")
        return None
    digits = _checked(line[8:14], line[14])
    iso = _real(2000 + int(digits[:2]), digits) if digits else None
    if iso is None:
        problems.add("Ngày hết hạn ở mặt sau không đọc được; nhập tay theo thẻ.")
    return iso


def _birth(line: str, number: str | None, expires: str | None, problems: Problems) -> str | None:
    """The century comes from the identity number; without it, only a card that cannot be younger decides."""
    digits = _checked(line[:6], line[6])
    if digits is None:
        problems.add("Ngày sinh ở mặt sau không khớp chữ số kiểm tra; nhập tay theo thẻ.")
        return None
    short = int(digits[:2])
    if number is not None and birth_year(number) % 100 == short:
        year = birth_year(number)
    elif expires is not None and 2000 + short > int(expires[:4]):
        year = 1900 + short
    else:
        problems.add("Không rõ thế kỷ của năm sinh ở mặt sau; nhập tay ngày sinh theo thẻ.")
        return None
    iso = _real(year, digits)
    if iso is None and digits[2:] in ("0000", "0100") and digits[4:] == "00":
        problems.add(f"Ngày sinh: mã chỉ có năm {year}.")
        return f"{year:04d}"
    if iso is None:
        problems.add("Ngày sinh ở mặt sau không có thật; nhập tay theo thẻ.")
    return iso


def _real(year: int, digits: str) -> str | None:
    try:
        return date(year, int(digits[2:4]), int(digits[4:])).isoformat()
    except ValueError:
        return None


def _name(line: str, problems: Problems) -> str | None:
    """Marks are not in the zone at all."""
    name = icao.zone_name(line)
    if name is None:
        problems.add("Họ tên ở mặt sau không đọc được; nhập tay theo thẻ.")
        return None
    problems.add("Mặt sau thẻ ghi họ tên không dấu; sửa lại có dấu theo mặt trước.")
    return name


def _composite(first: str, second: str, problems: Problems) -> None:
    if len(first) != WIDTH or len(second) != WIDTH:
        return
    upper = first[5:14].translate(_DIGIT_FOR) + first[14:27].translate(_DIGIT_FOR) + first[27:29]
    upper += first[29].translate(_DIGIT_FOR)
    middle = second[0:7].translate(_DIGIT_FOR) + second[8:15].translate(_DIGIT_FOR) + second[18:29]
    if check_digit(upper + middle) != second[29].translate(_DIGIT_FOR):
        problems.add("Chữ số kiểm tra chung ở mặt sau không khớp; đối chiếu từng mục với thẻ.")
