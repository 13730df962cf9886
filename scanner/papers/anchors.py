"""Where an office's own forms print a field: learned from a correction as the label before it, never as its value.

A label goes on as the hashes of its folded words, so that what is kept names nobody.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from rapidfuzz.distance import Indel

from kiosk.text import fold, tidy
from scanner.extract import NUMERIC_DATE, SPOKEN_DATE, Field, around, as_date, sureness, value_of
from scanner.layout import lines_of
from scanner.ocr import Word
from scanner.papers.traits import TRIM, Sheet

LONGEST = 6  # words of a label
ENOUGH = 0.66  # of its words must be there
SAME = 0.8  # of a value's letters: the engine may have misread some
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("born_on", "issued_on", "died_on"), "date"),
    **dict.fromkeys(
        (
            *("full_name", "mother_name", "father_name", "child_name", "deceased_name", "agent_name"),
            *("wife_name", "husband_name", "holder", "signer"),
        ),
        "name",
    ),
    "id_number": "id",
    "phone": "phone",
    "sex": "sex",
    "parcel": "number",
    "map_sheet": "number",
}


@dataclass(frozen=True)
class Anchor:
    """name: of the field; label: hashes of the words before its value; below: the value stands on the line below."""

    name: str
    label: tuple[int, ...]
    below: bool = False

    def data(self) -> dict[str, Any]:
        """JSON values that `of` reads back."""
        return {"name": self.name, "label": list(self.label), "below": self.below}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        return cls(str(data["name"]), tuple(int(h) for h in data["label"]), bool(data["below"]))


def learned_anchor(sheets: Sequence[Sheet], name: str, value: str) -> Anchor | None:
    """The label before a value that an officer gave; None where the value, or a label, is nowhere on the pages."""
    for sheet in sheets:
        lines = lines_of(sheet.words)
        for n, line in enumerate(lines):
            first = _place_of(line, value)
            if first is None:
                continue
            label = _label(line[:first])
            if label:
                return Anchor(name, label)
            if n and (label := _label(lines[n - 1])):
                return Anchor(name, label, below=True)
    return None


def anchored_fields(sheets: Sequence[Sheet], anchors: Iterable[Anchor]) -> list[Field]:
    """What stands behind the learned labels; the label that fits best speaks for its field."""
    found: dict[str, tuple[float, Field]] = {}
    for anchor in anchors:
        for number, sheet in enumerate(sheets, 1):
            lines = lines_of(sheet.words)
            for n, line in enumerate(lines):
                share, end = _match(line, anchor.label)
                if share < ENOUGH:
                    continue
                words = lines[n + 1] if anchor.below and n + 1 < len(lines) else line[end:]
                value, mine, belief = value_of(KINDS.get(anchor.name, "text"), words)
                if value and share > found.get(anchor.name, (0.0, None))[0]:
                    sure = round(min(0.95, share) * belief * sureness(mine), 2)
                    found[anchor.name] = (share, Field(anchor.name, value, sure, number, around(mine)))
    return [field for _share, field in found.values()]


def _place_of(line: Sequence[Word], value: str) -> int | None:
    """Which word of the line begins the value."""
    wanted = fold(tidy(value))
    if as_date(_spoken(wanted)) == wanted or _is_iso(wanted):
        text = fold(" ".join(w.text for w in line))
        match = SPOKEN_DATE.search(text) or NUMERIC_DATE.search(text)
        return text[: match.start()].count(" ") if match and as_date(match.group()) == wanted else None
    count = wanted.count(" ") + 1
    for first in range(len(line)):
        window = fold(" ".join(w.text for w in line[first : first + count])).strip(TRIM)
        if Indel.normalized_similarity(window, wanted) >= SAME:
            return first
    return None


def _is_iso(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()


def _spoken(text: str) -> str:
    return "/".join(reversed(text.split("-"))) if _is_iso(text) else text


def _label(words: Sequence[Word]) -> tuple[int, ...]:
    """Hashes of the printed words right before a value. A word with a capital inside a line may be somebody's name."""
    kept: list[int] = []
    for n, word in reversed(list(enumerate(words))):
        text = word.text.strip(TRIM)
        inside = n > 0 and text[:1].isupper() and not text.isupper()
        if inside or any(c.isdigit() for c in text) or len(kept) == LONGEST:
            break
        if text:
            kept.append(_hash(text))
    return tuple(reversed(kept))


def _match(line: Sequence[Word], label: Sequence[int]) -> tuple[float, int]:
    """The share of the label's words that stand together in the line, and the word behind them."""
    hashes = [_hash(w.text.strip(TRIM)) for w in line]
    best = (0.0, 0)
    for first in range(len(hashes)):
        window = hashes[first : first + len(label)]
        hits = [n for n, h in enumerate(window) if h in label]
        share = len(hits) / len(label)
        if share > best[0]:
            end = first + hits[-1] + 1
            # The label's end may have been misread: its colon still ends it.
            while end < len(line) and end < first + len(label) and not line[end - 1].text.endswith(":"):
                end += 1
            best = (share, end)
    return best


def _hash(text: str) -> int:
    return zlib.crc32(fold(text).encode()) & 0xFFFFFF
