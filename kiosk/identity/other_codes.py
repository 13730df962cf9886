"""Codes that are laid under the reader by mistake, or only help to fill in: health insurance, VietQR, web addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kiosk.identity.dates import read_date
from kiosk.identity.letters import read_address, read_name
from kiosk.identity.reading import CardFields, CardKind, CardReading, Problems

_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){2,}")
_SEX = {"1": "Nam", "2": "Nữ"}


def is_url(text: str) -> bool:
    return re.match(r"(?:https?://|www\.)\S", text, re.IGNORECASE) is not None


def url() -> CardReading:
    problem = "Đây là đường dẫn trang web, không phải mã trên thẻ; quét mã QR của thẻ căn cước."
    return CardReading(CardKind.URL, problems=(problem,))


def is_vietqr(text: str) -> bool:
    return text.startswith("000201")


def vietqr() -> CardReading:
    problem = "Đây là mã chuyển tiền VietQR, không phải mã trên thẻ; quét mã QR của thẻ căn cước."
    return CardReading(CardKind.VIETQR, problems=(problem,))


def is_insurance(items: Sequence[str]) -> bool:
    """Health insurance: the second item is the name as UTF-8 in hexadecimal."""
    return len(items) >= 4 and not items[1].isdigit() and _from_hex(items[1]) is not None


def read_insurance(items: Sequence[str], problems: Problems) -> CardReading:
    """Number, hex name, birth, sex 1/2, hex address, clinic, valid from, valid to. It has no identity number."""
    problems.add("Đây là thẻ bảo hiểm y tế: chỉ dùng để điền trước, không có số định danh; quét thẻ căn cước.")
    cells = [item.strip() for item in items]
    name = read_name(_from_hex(cells[1]) or "", problems)
    born = read_date(cells[2], "Ngày sinh", problems, whole=False)
    sex = _SEX.get(cells[3])
    if sex is None:
        problems.add("Giới tính trên thẻ bảo hiểm không đọc được; chọn tay.")
    hex_address = cells[4] if len(cells) > 4 else ""
    address = None
    if hex_address not in ("", "-"):
        address = read_address(_from_hex(hex_address) or hex_address, problems)
    expires = None
    if len(cells) > 7 and cells[7] not in ("", "-"):
        expires = read_date(cells[7], "Hạn thẻ bảo hiểm", problems)
    fields = CardFields(full_name=name, born_on=born, sex=sex, address=address, expires_on=expires)
    return CardReading(CardKind.BHYT_QR, fields, tuple(problems.told), tail=(cells[0],))


def _from_hex(text: str) -> str | None:
    if not _HEX.fullmatch(text):
        return None
    try:
        return bytes.fromhex(text).decode("utf-8")
    except UnicodeDecodeError:
        return None
