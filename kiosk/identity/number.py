"""The 12-digit identity number (số định danh): its form, and what it must agree with. Source: TT 59/2021/TT-BCA."""

from __future__ import annotations

from kiosk.identity.reading import CardFields, Problems

# Codes of the 63 provinces of birth registration; the mergers of 2025 did not change the numbers already given.
_CODES = (
    *(1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44),
    *(45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89),
    *(91, 92, 93, 94, 95, 96),
)
PROVINCES = frozenset(f"{code:03d}" for code in _CODES)
_FIRST_COUNTRY = 100  # from here on: the country of a birth abroad


def is_number(text: str) -> bool:
    return len(text) == 12 and text.isascii() and text.isdigit()


def birth_year(number: str) -> int:
    """From the fourth digit (century and sex) and the next two."""
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def sex(number: str) -> str:
    return "Nữ" if int(number[3]) % 2 else "Nam"


def read_number(text: str, born_on: str | None, said_sex: str | None, problems: Problems) -> str | None:
    """The number, with zeros that a spreadsheet ate put back only where birth year and sex vouch for them."""
    digits = text.replace(" ", "")
    if is_number(digits):
        return digits
    if not digits:
        problems.add("Số định danh không có trong mã; nhập tay theo thẻ.")
        return None
    if digits.isascii() and digits.isdigit() and len(digits) in (10, 11):
        full = digits.zfill(12)
        if born_on and said_sex and _vouched(full, born_on, said_sex):
            problems.add("Số định danh mất số 0 ở đầu, đã thêm lại; đối chiếu với thẻ.")
            return full
        problems.add(f"Số định danh chỉ có {len(digits)} chữ số, có thể mất số 0 ở đầu; nhập tay theo thẻ.")
        return None
    problems.add("Số định danh không đủ 12 chữ số; nhập tay theo thẻ.")
    return None


def _vouched(number: str, born_on: str, said_sex: str) -> bool:
    return number[:3] in PROVINCES and birth_year(number) == int(born_on[:4]) and sex(number) == said_sex


def read_old_number(text: str, problems: Problems) -> str | None:
    """CMND of 9 digits, or a former number of 12; empty is usual and no problem."""
    digits = text.replace(" ", "")
    if not digits:
        return None
    if digits.isascii() and digits.isdigit() and len(digits) in (9, 12):
        return digits
    problems.add("Số CMND cũ trong mã không đúng 9 hoặc 12 chữ số nên không dùng.")
    return None


def cross_check(fields: CardFields, problems: Problems) -> None:
    """Warn, never block: the law changed, and registers hold mistakes."""
    number = fields.id_number
    if number is None:
        return
    if int(number[:3]) < _FIRST_COUNTRY and number[:3] not in PROVINCES:
        problems.add(f"Ba số đầu {number[:3]} của số định danh không phải mã tỉnh nào; đối chiếu với thẻ.")
    if fields.born_on and birth_year(number) != int(fields.born_on[:4]):
        problems.add(
            f"Năm sinh {fields.born_on[:4]} không khớp số định danh ({birth_year(number)}); đối chiếu với thẻ."
        )
    if fields.sex and sex(number) != fields.sex:
        problems.add(f"Giới tính {fields.sex} không khớp số định danh ({sex(number)}); đối chiếu với thẻ.")
    if fields.born_on and fields.issued_on and fields.issued_on[:4] < fields.born_on[:4]:
        problems.add("Ngày cấp trước ngày sinh; đối chiếu với thẻ.")
