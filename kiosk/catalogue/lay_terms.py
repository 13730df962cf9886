"""Terms and fees of the national catalogue. A missing unit or a fee in prose stays in the source's words."""

from __future__ import annotations

import re

from kiosk.catalogue.lay_reading import Record
from kiosk.domain.procedure import Channel, Fee, Option, Term, TermUnit
from kiosk.domain.term_words import MAX_TERM
from kiosk.services.catalogue import TERM
from kiosk.text import fold

FEE = "Phí, lệ phí"
NOT_GIVEN = "Nguồn không ghi"
_MAX_NOTE = 600
_UNITS = {
    "ngay lam viec": TermUnit.WORKING_DAYS,
    "ngay": TermUnit.CALENDAR_DAYS,
    "gio": TermUnit.HOURS,
    "gio lam viec": TermUnit.HOURS,
}
_CURRENCY = {"", "dong", "vnd", "viet nam dong", "d"}
_MONEY = re.compile(r"0|[1-9]\d{0,2}(?:[.,]\d{3})+|[1-9]\d{0,9}")
_LEADING_MONEY = re.compile(r"([\d.,]+) ?(?:viet nam dong|vnd|dong)\b")
# A free line whose own words speak of a rate to pay; exemptions for some mean that others pay.
_LEVIES = re.compile(
    r"hoi dong nhan dan|hdnd|muc le phi|muc thu|muc phi|ap dung muc|luat phi|mien le phi cho|mien phi cho|% muc"
)
_UNIT_PRICE = re.compile(r"/ ?(?:trang|nguoi|ban|giay|thua|m2|ho)\b|theo danh sach|tu trang")


def options_of(procedure: Record) -> tuple[Option, ...]:
    """Term and fees by channel (KENH 1 counter, 2 online, 3 post) and case."""
    options = []
    for way in procedure.items("CACHTHUCTHUCHIEN"):
        code = way.text("KENH")
        try:
            channel = Channel(code)
        except ValueError:
            procedure.doubts.add("Cách thức thực hiện", code, "Không rõ kênh (chỉ có 1, 2, 3)")
            continue
        times = way.items("THOIGIAN")
        if not times:
            procedure.doubts.add(TERM, NOT_GIVEN, "Kênh không có thời hạn", _place(channel))
        if len(times) > 1:
            why = "Kênh có nhiều mức thời hạn; cán bộ chọn đúng trường hợp"
            procedure.doubts.add("Cách thức thực hiện", f"{len(times)} mức", why, _place(channel))
        options += [_option(time, channel, n if len(times) > 1 else 0) for n, time in enumerate(times, 1)]
    if not options:
        procedure.doubts.add("Cách thức thực hiện", "", "Nguồn không ghi kênh nào dùng được")
    return tuple(options)


def _place(channel: Channel) -> str:
    return f"kênh {channel.value}"


def _option(time: Record, channel: Channel, number: int) -> Option:
    note = time.text("MOTA")
    case = ""
    if number:
        case = note if 0 < len(note) <= 120 else f"Trường hợp {number}"
    lines = time.items("PHILEPHI")
    if not lines:
        time.doubts.add(FEE, NOT_GIVEN, "Không ghi có thu phí hay không", _place(channel))
    fees = tuple(_fee(line, note, channel) for line in lines)
    return Option(channel, _term(time, note, channel), fees, case, note[:_MAX_NOTE])


def _term(time: Record, note: str, channel: Channel) -> Term:
    number, unit_word = time.text("THOIGIANGIAIQUYET"), time.text("DONVITINH")
    verbatim = f"{number} {unit_word}".strip() or note[:200] or NOT_GIVEN
    unit = _UNITS.get(fold(unit_word))
    value = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None
    why = _term_doubt(number, value, unit_word, unit, note)
    if why:
        time.doubts.add(TERM, verbatim, why, _place(channel))
        return Term(value, None, verbatim)
    return Term(value, unit, verbatim)


def _term_doubt(number: str, value: int | None, unit_word: str, unit: TermUnit | None, note: str) -> str:
    if not number:
        return "Không ghi thời hạn"
    if value is None or not 1 <= value <= MAX_TERM:
        return "Thời hạn không phải một con số dùng được"
    if not unit_word:
        return "Không ghi đơn vị: giờ, ngày hay ngày làm việc"
    if unit is None:
        return "Đơn vị thời gian lạ"
    says_working = re.search(rf"\b0?{value} (?:\([a-z ]+\) )?ngay lam viec", fold(note))
    if unit is TermUnit.CALENDAR_DAYS and says_working:
        return "Đơn vị ghi “ngày” nhưng mô tả ghi “ngày làm việc”"
    return ""


def _fee(line: Record, about: str, channel: Channel) -> Fee:
    raw, currency = line.text("SOTIEN"), line.text("DONVI")
    note = line.text("MOTA") or about
    why = _fee_doubt(raw, currency, note)
    verbatim = f"{raw} {currency}".strip() if raw else (note[:200] or NOT_GIVEN)
    if why:
        line.doubts.add(FEE, f"{verbatim} | {note}" if note and raw else verbatim, why, _place(channel))
    amount = None if why else int(re.sub(r"[.,]", "", raw))
    return Fee(FEE, amount, line.text("MAPHILEPHI"), note[:_MAX_NOTE], verbatim)


def _fee_doubt(raw: str, currency: str, note: str) -> str:
    if not raw:
        return "Không ghi số tiền; xem mô tả"
    if not _MONEY.fullmatch(raw):
        return "Số tiền không phải con số rõ ràng"
    if fold(currency) not in _CURRENCY:
        return "Không phải tiền đồng"
    said = fold(note)
    if raw == "0":
        return "Ghi 0 đồng nhưng mô tả nói có mức thu" if _LEVIES.search(said) else ""
    leading = _LEADING_MONEY.match(said)
    if leading and re.sub(r"[.,]", "", leading[1]) != re.sub(r"[.,]", "", raw):
        return "Số tiền và mô tả khác nhau"
    if _UNIT_PRICE.search(said):
        return "Là đơn giá, phải tính theo số lượng"
    return ""
