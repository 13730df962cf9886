"""VietQR, the transfer code that banking apps read: tag, length and value, closed by a checksum.

A code only asks for money; nothing in it says that money came.
Source: NAPAS, Technical Specifications on NAPAS QR Switching, Part IV: QR code format, version 1.5.2 (a profile of the
EMVCo merchant-presented mode). docs/money.md#vietqr
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from kiosk.errors import InputError
from kiosk.text import fold

FORMAT, ONCE, AGAIN = "01", "12", "11"  # payload format; one payment; any number of payments
NAPAS, DONG, VIETNAM = "A000000727", "704", "VN"
LONGEST_ACCOUNT, LONGEST_TEXT, LONGEST_AMOUNT = 19, 25, 13
MOST_DONG = 10**LONGEST_AMOUNT - 1
_PRINTABLE = re.compile(r"[ -~]+")
_ROOT = ("00", "01", "38", "52", "53", "54", "55", "56", "57", "58", "59", "60", "61", "62", "64")


class Service(StrEnum):
    """Where the transfer goes: to an account or to a card."""

    ACCOUNT = "QRIBFTTA"
    CARD = "QRIBFTTC"


class BadVietQrError(InputError):
    """No VietQR, or one that asks for something impossible. details: problem, in Vietnamese."""

    code = "vietqr.bad"


@dataclass(frozen=True)
class VietQr:
    """What one code asks for. bin: the bank's six digits; amount: đồng, None where the payer types it; bill: number of
    what is paid; purpose: words of the transfer, ASCII; each at most 25 signs."""

    bin: str
    account: str
    amount: int | None = None
    bill: str = ""
    purpose: str = ""
    service: Service = Service.ACCOUNT


def encode(asked: VietQr) -> str:
    """The text of the code, in ascending order of tags as NAPAS's own samples. Raises: BadVietQrError."""
    _check(asked)
    bank = _tlv("00", asked.bin) + _tlv("01", asked.account)
    body = _tlv("00", FORMAT) + _tlv("01", AGAIN if asked.amount is None else ONCE)
    body += _tlv("38", _tlv("00", NAPAS) + _tlv("01", bank) + _tlv("02", asked.service.value))
    body += _tlv("53", DONG)
    body += "" if asked.amount is None else _tlv("54", str(asked.amount))
    body += _tlv("58", VIETNAM)
    more = (_tlv("01", asked.bill) if asked.bill else "") + (_tlv("08", asked.purpose) if asked.purpose else "")
    body += (_tlv("62", more) if more else "") + "6304"
    return body + crc16(body)


def decode(text: str) -> VietQr:
    """Every length, tag and the checksum must fit. Raises: BadVietQrError, saying what does not."""
    if not text.isascii() or len(text) < 12 or text[-8:-4] != "6304":
        _refuse("không phải mã chuyển tiền VietQR, hoặc bị thiếu phần cuối")
    if crc16(text[:-4]) != text[-4:]:
        _refuse("mã kiểm tra không khớp: mã bị đọc sai hoặc bị sửa")
    root = _fields(text[:-8], "mã")
    if unknown := sorted(tag for tag in root if tag not in _ROOT and not "65" <= tag <= "99"):
        _refuse(f"có trường lạ {unknown[0]}")
    if text[:6] != "000201":
        _refuse("không mở đầu bằng 000201")
    for tag, wanted, what in (("53", DONG, "tiền đồng (704)"), ("58", VIETNAM, "Việt Nam (VN)")):
        if root.get(tag) != wanted:
            _refuse(f"trường {tag} không phải {what}")
    if root.get("01") not in (ONCE, AGAIN):
        _refuse("trường 01 phải là 11 hoặc 12")
    merchant = _fields(root.get("38", ""), "trường 38")
    if merchant.get("00") != NAPAS:
        _refuse("không phải mã của NAPAS (trường 38)")
    bank = _fields(merchant.get("01", ""), "ngân hàng thụ hưởng")
    more = _fields(root.get("62", ""), "trường 62")
    if merchant.get("02") not in tuple(Service):
        _refuse("dịch vụ không phải chuyển khoản đến tài khoản hay thẻ")
    amount = root.get("54")
    if amount is not None and not re.fullmatch(r"[1-9]\d{0,12}", amount):
        _refuse(f"số tiền “{amount}” không phải số đồng nguyên")
    bill, purpose = more.get("01", ""), more.get("08", "")
    read = VietQr(
        bank.get("00", ""), bank.get("01", ""), int(amount) if amount else None, bill, purpose, Service(merchant["02"])
    )
    _check(read)
    return read


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 1021, from FFFF) as four capital hexadecimal digits."""
    value = 0xFFFF
    for byte in text.encode("ascii", "replace"):
        value ^= byte << 8
        for _ in range(8):
            value = ((value << 1) ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return f"{value:04X}"


def transfer_words(text: str) -> str:
    """Words that banks leave as they are: letters without marks, digits and blanks, at most 25 signs."""
    return " ".join(re.sub(r"[^A-Za-z0-9 ]", "", fold(text).upper()).split())[:LONGEST_TEXT].strip()


def _tlv(tag: str, value: str) -> str:
    if not 0 < len(value) <= 99:
        _refuse(f"trường {tag} dài quá 99 ký tự")
    return f"{tag}{len(value):02d}{value}"


def _fields(text: str, where: str) -> dict[str, str]:
    """Tag -> value; each once. Raises: BadVietQrError."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (re.fullmatch(r"\d\d", tag) and re.fullmatch(r"\d\d", length)):
            _refuse(f"{where}: độ dài ghi sai ở vị trí {at + 1}")
        value = text[at + 4 : at + 4 + int(length)]
        if not value or len(value) != int(length):
            _refuse(f"{where}: trường {tag} ngắn hơn độ dài đã ghi")
        if tag in found:
            _refuse(f"{where}: trường {tag} có hai lần")
        found[tag] = value
        at += 4 + int(length)
    return found


def _check(asked: VietQr) -> None:
    if not re.fullmatch(r"\d{6}", asked.bin):
        _refuse(f"mã ngân hàng (BIN) “{asked.bin}” không đủ 6 chữ số")
    if not re.fullmatch(rf"[A-Za-z0-9]{{1,{LONGEST_ACCOUNT}}}", asked.account):
        _refuse(f"số tài khoản “{asked.account}” phải là 1 đến {LONGEST_ACCOUNT} chữ số, chữ không dấu")
    if asked.amount is not None and not 0 < asked.amount <= MOST_DONG:
        _refuse(f"số tiền {asked.amount} ngoài khoảng 1 đến {MOST_DONG}")
    for what, text in (("số hóa đơn", asked.bill), ("nội dung chuyển khoản", asked.purpose)):
        if text and not (_PRINTABLE.fullmatch(text) and len(text) <= LONGEST_TEXT):
            _refuse(f"{what} phải không dấu, không quá {LONGEST_TEXT} ký tự")


def _refuse(problem: str) -> NoReturn:
    raise BadVietQrError(problem=problem)
