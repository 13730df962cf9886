"""Vietnamese text: one normal form (NFC), and folding for search without marks."""

from __future__ import annotations

import unicodedata

_NOT_DECOMPOSED = str.maketrans({"đ": "d", "Đ": "D"})


def nfc(text: str) -> str:
    """Precomposed form; every text that enters the program passes here (NFD breaks on paper)."""
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """NFC with runs of white space made one blank."""
    return " ".join(nfc(text).split())


def fold(text: str) -> str:
    """Lower case without marks: "Đặng Thị Ánh" -> "dang thi anh"."""
    bare = unicodedata.normalize("NFD", text.translate(_NOT_DECOMPOSED))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).casefold().split())
