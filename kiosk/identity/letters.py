"""Is this Vietnamese text, or what a wrong decoder or keyboard made of it?"""

from __future__ import annotations

import re
import unicodedata

from kiosk.identity.reading import Problems
from kiosk.text import nfc, tidy

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LOWER = {nfc(v + t) for v in _VOWELS for t in _TONES} | set("bcdđfghjklmnpqrstvwxz")
LETTERS = frozenset(_LOWER | {c.upper() for c in _LOWER})
_NAME_MARKS = frozenset(" '’-.")
_ADDRESS_MARKS = frozenset(" ,.;:/\\-–'’\"()&+#°º")
MAX_NAME, MAX_ADDRESS = 100, 300


def read_name(text: str, problems: Problems, what: str = "Họ tên") -> str | None:
    """A name of Vietnamese letters in NFC, as the card spells it; None with a problem for anything else."""
    name = tidy(text)
    if not name:
        problems.add(f"{what} không có trong mã; nhập tay theo thẻ.")
        return None
    if len(name) > MAX_NAME or not _is_name(name):
        problems.add(f"{what} có ký tự lạ hoặc quá dài nên không dùng; quét lại bằng máy ảnh hoặc nhập tay theo thẻ.")
        return None
    return name


def read_address(text: str, problems: Problems) -> str | None:
    """An address without the noise of empty parts; None with a problem when it is not Vietnamese text."""
    address = neat_address(tidy(text))
    if not address:
        problems.add("Địa chỉ không có trong mã; nhập tay theo thẻ.")
        return None
    if len(address) > MAX_ADDRESS or not _is_address(address):
        problems.add("Địa chỉ có ký tự lạ hoặc quá dài nên không dùng; quét lại hoặc nhập tay theo thẻ.")
        return None
    return address


def neat_address(text: str) -> str:
    """ "Tổ 1 ,  , - , Xã A," -> "Tổ 1, Xã A"."""
    parts = (part.strip(" -–") for part in text.split(","))
    return ", ".join(part for part in parts if part)


def has_marks(text: str) -> bool:
    """Whether any letter carries a mark or is đ; a whole card without one has lost them on the way."""
    return any(c in LETTERS and not c.isascii() for c in text)


def _is_name(text: str) -> bool:
    return any(c in LETTERS for c in text) and all(c in LETTERS or c in _NAME_MARKS for c in text)


def _is_address(text: str) -> bool:
    legible = all(c in LETTERS or c in _ADDRESS_MARKS or (c.isascii() and c.isdigit()) for c in text)
    return legible and any(c in LETTERS for c in text)


def from_western(text: str) -> str | None:
    """UTF-8 bytes that were shown as Western letters ("Nguyá»…n") turned back; None when they are not such.

    Genuine text cannot be taken for it: every mark would have to be followed by a symbol that makes valid UTF-8.
    """
    if text.isascii():
        return None
    try:
        return b"".join(_western_byte(c) for c in text).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None


def _western_byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")  # the five holes of cp1252


def without_control(text: str) -> tuple[str, bool]:
    """(text with line ends kept and other control and invisible characters dropped, whether any was dropped)."""
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return kept, len(kept) != len(text)


_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")


def unprefixed(text: str) -> str:
    """Without the symbology identifier (]Q1) that some scanners send first."""
    return text[3:] if _SYMBOLOGY.match(text) else text
