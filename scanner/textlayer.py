"""The invisible text of a page: each word exactly over its picture, its base line and size from its letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from scanner.glyphs import TextFont
from scanner.ocr import Word

# Of the size of the letters, as in most printed faces: what reaches below the base line, and how high letters reach.
DESCENT, SMALL, MARKED, TALL, CROWNED = 0.21, 0.52, 0.75, 0.72, 0.93
BELOW = frozenset("gjpqyQ,;()[]{}|/§") | {"\u0323"}  # letters and marks (dot below) under the base line
ABOVE = frozenset("bdfhklđijt()[]{}|/§!?\"'%&₫") | frozenset("0123456789")
MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309")


def text_operators(words: Sequence[Word], high_pt: float, dpi: int, font: TextFont) -> bytes:
    """Text operators, a word at a time; words of one line share base line and size. high_pt: of the page."""
    if not words:
        return b""
    to_pt = 72 / dpi
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    out = [b"BT 3 Tr"]
    for line in lines.values():
        top, bottom = min(w.box[1] for w in line), max(w.box[1] + w.box[3] for w in line)
        below, above = reach("".join(w.text for w in line))
        size = max((bottom - top) * to_pt / (below + above), 1.0)
        base = high_pt - bottom * to_pt + size * below
        out.append(b"/F1 %.2f Tf" % size)
        for i, word in enumerate(line):
            text = word.text if i == len(line) - 1 else word.text + " "
            natural = font.width(word.text) * size
            stretch = min(max(100 * word.box[2] * to_pt / natural, 1.0), 1000.0) if natural else 100.0
            out.append(
                b"%.2f Tz 1 0 0 1 %.2f %.2f Tm <%s> Tj"
                % (stretch, word.box[0] * to_pt, base, font.encode(text).hex().encode())
            )
    out.append(b"ET\n")
    return b"\n".join(out)


def reach(text: str) -> tuple[float, float]:
    """How far letters reach below and above the base line, as shares of their size.

    A line of capitals has nothing below: taking that for granted would lift its text by a fifth.
    """
    below, above, base = 0.0, SMALL, ""
    for char in unicodedata.normalize("NFD", text):
        if char in BELOW:
            below = DESCENT
        if char in MARKS:
            above = max(above, CROWNED if base.isupper() else MARKED)
        elif not unicodedata.combining(char):
            base = char
            above = max(above, TALL if char.isupper() or char in ABOVE else SMALL)
    return below, above
