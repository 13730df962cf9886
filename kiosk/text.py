"""Vietnamese text: one normal form (NFC), and folding for search without marks."""

from __future__ import annotations

import re
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


def toml_fault(error: Exception) -> str:
    """Where a TOML file stops making sense, from the parser's English words."""
    line = re.search(r"line (\d+)", str(error))
    return f"sai cú pháp TOML ở {f'dòng {line[1]}' if line else 'cuối tệp'}"
