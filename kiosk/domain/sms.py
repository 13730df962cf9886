"""Short messages as a telephone network counts them (GSM 03.38, 3GPP TS 23.038), and Vietnamese mobile numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kiosk.text import nfc

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = "^{}\\[~]|€"  # two septets each
GSM7_ONE, GSM7_MORE = 160, 153
UCS2_ONE, UCS2_MORE = 70, 67
# Typography that would cost the whole message its cheap alphabet.
_LOOKALIKES = str.maketrans(
    {"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "đ": "d", "Đ": "D", "\u00a0": " "}
)
# Prefixes after the renumbering of 2018; virtual operators included.
_MOBILE = re.compile(r"0(?:3[2-9]|5[2-9]|7[06-9]|8[1-9]|9\d)\d{7}")


@dataclass(frozen=True)
class Counted:
    """alphabet: "GSM-7" or "UCS-2"; units: septets or UTF-16 units; parts: messages that it costs, 0 for no text."""

    alphabet: str
    units: int
    parts: int


def counted(text: str) -> Counted:
    """One character outside the GSM alphabet makes the whole message UCS-2. The end of a part cuts no character."""
    if all(sign in _BASIC or sign in _EXTENDED for sign in text):
        return _counted("GSM-7", [1 if sign in _BASIC else 2 for sign in text], GSM7_ONE, GSM7_MORE)
    sizes = [len(sign.encode("utf-16-le")) // 2 for sign in text]
    return _counted("UCS-2", sizes, UCS2_ONE, UCS2_MORE)


def unmarked(text: str) -> str:
    """Vietnamese without marks, in the letters of the GSM alphabet: "Đã có" -> "Da co". Other signs stay."""
    apart = unicodedata.normalize("NFD", nfc(text).translate(_LOOKALIKES))
    return unicodedata.normalize("NFC", "".join(s for s in apart if not unicodedata.combining(s)))


def dialled(phone: str) -> str:
    """As it is dialled inside the country: "+84 912.345.678" -> "0912345678"; "" for none."""
    digits = re.sub(r"[\s.\-()]+", "", phone)
    for prefix in ("+84", "0084", "84"):
        if digits.startswith(prefix) and len(digits) - len(prefix) == 9:
            return "0" + digits[len(prefix) :]
    return digits


def is_mobile(phone: str) -> bool:
    """phone: as `dialled` gives it."""
    return _MOBILE.fullmatch(phone) is not None


def masked(phone: str) -> str:
    """For lists and the log: "0912345678" -> "091****678"."""
    return f"{phone[:3]}****{phone[-3:]}" if len(phone) >= 9 else "****"


def _counted(alphabet: str, sizes: list[int], one: int, more: int) -> Counted:
    units = sum(sizes)
    if units <= one:
        return Counted(alphabet, units, 1 if units else 0)
    parts, room = 1, more
    for size in sizes:
        if size > room:
            parts, room = parts + 1, more
        room -= size
    return Counted(alphabet, units, parts)
