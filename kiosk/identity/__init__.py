"""Payloads of citizen cards (căn cước, CCCD, BHYT) and what else a reader may send: what was read, what was not.

Pure: text in, fields and Vietnamese sentences out. Nothing that is not certain is filled in.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.identity import card_qr, mrz, other_codes, relabelled
from kiosk.identity.letters import from_western, unprefixed, without_control
from kiosk.identity.reading import CardFields, CardKind, CardReading, Problems
from kiosk.text import nfc

__all__ = ["CardFields", "CardKind", "CardReading", "read_payload"]

MAX_CHARS = 4096  # a QR code holds 2,953 bytes at most
_BARS = str.maketrans({"｜": "|", "¦": "|", "│": "|", "‖": "|"})
_UNKNOWN = "Không nhận ra mã này; quét mã QR của thẻ căn cước, hoặc nhập tay theo thẻ."


def read_payload(text: str | bytes) -> CardReading:
    """Read whatever a scanner, a camera or OCR delivered. Never raises: doubts are sentences in `problems`."""
    problems = Problems()
    raw = _decoded(text, problems)
    if len(raw) > MAX_CHARS:
        problems.add("Mã quá dài, không phải mã trên thẻ; quét lại.")
        return CardReading(CardKind.UNKNOWN, problems=tuple(problems.told))
    if (turned := from_western(raw)) is not None:
        problems.add("Chữ trong mã bị sai bảng mã, đã đổi lại; đối chiếu với thẻ.")
        raw = turned
    kept, dropped = without_control(raw.replace("\r", "\n"))
    if dropped:
        problems.add("Mã có ký tự điều khiển, đã bỏ; đối chiếu với thẻ.")
    plain = unprefixed(nfc(kept).strip(" \n\t\u00a0").translate(_BARS))
    reading = _recognised(plain, problems)
    if reading is None:
        problems.add(_UNKNOWN if plain else "Không có dữ liệu; quét lại.")
        return CardReading(CardKind.UNKNOWN, problems=tuple(problems.told))
    return replace(reading, problems=tuple(dict.fromkeys((*problems.told, *reading.problems))))


def _decoded(text: str | bytes, problems: Problems) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return text.decode("utf-16", errors="replace").removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.add("Mã không phải chữ UTF-8; các ô có chữ hỏng không được dùng.")
        return text.decode("utf-8", errors="replace")


def _recognised(text: str, problems: Problems) -> CardReading | None:
    if not text:
        return None
    if other_codes.is_url(text):
        return other_codes.url()
    if other_codes.is_vietqr(text):
        return other_codes.vietqr()
    if lines := mrz.find_lines(text):
        return mrz.read_mrz(lines, problems)
    if text[0] in "{[":
        return _rewritten(relabelled.json_parts(text, problems), problems)
    if named := relabelled.named_parts(text, problems):
        return _rewritten(named, problems)
    return _positional(_one_line(text, problems), problems)


def _rewritten(parts: dict[str, str] | list[str] | None, problems: Problems) -> CardReading | None:
    if parts is None or (isinstance(parts, list) and not card_qr.looks_like_card(parts)):
        return None
    problems.add("Phần mềm máy quét đã đổi dạng dữ liệu của thẻ; đối chiếu với thẻ.")
    if isinstance(parts, list):
        return card_qr.read_items(parts, problems)
    return card_qr.read_named(parts, problems)


def _one_line(text: str, problems: Problems) -> str:
    """The same card scanned twice is one; otherwise a line end inside the payload is the scanner's own."""
    rows = list(dict.fromkeys(row.strip() for row in text.split("\n") if row.strip()))
    if len(rows) == 1:
        return rows[0]
    if all(row.count("|") >= 6 for row in rows):
        problems.add("Có nhiều thẻ trong một lần quét; chỉ lấy thẻ đầu, quét lại từng thẻ.")
        return rows[0]
    return " ".join(rows)


def _positional(text: str, problems: Problems) -> CardReading | None:
    items = text.split("|")
    if other_codes.is_insurance([item.strip() for item in items]):
        return other_codes.read_insurance(items, problems)
    if card_qr.looks_like_card(items):
        return card_qr.read_items(items, problems)
    if len(items) == 1 and (parts := relabelled.comma_parts(text)):
        return _rewritten(parts, problems)
    return _bare_number(text, problems)


def _bare_number(text: str, problems: Problems) -> CardReading | None:
    """Only the number, as a barcode or a code that broke off after its first item gives it."""
    digits = text.strip("| ").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and 9 <= len(digits) <= 12):
        return None
    if len(digits) == 12:
        problems.add("Mã chỉ có số định danh; nhập tay các mục khác theo thẻ.")
        return CardReading(CardKind.UNKNOWN, CardFields(id_number=digits))
    if len(digits) == 9:
        problems.add("Mã chỉ có 9 chữ số như số CMND cũ; nhập tay các mục khác theo thẻ.")
        return CardReading(CardKind.UNKNOWN, CardFields(old_id_number=digits))
    problems.add(f"Mã chỉ có {len(digits)} chữ số, có thể mất số 0 ở đầu; nhập tay theo thẻ.")
    return CardReading(CardKind.UNKNOWN)
