"""Recognised words as text in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scanner.ocr import Word

# Signs that office papers do not print, but that a pen looks like.
ODD = frozenset(
    "\u2044#^\\~*\u00ae\u00a9\u00bb\u00ab\u2021\u2020=+\u00bf`\u2039\u203a\u201e\u00ac\u00a3\u20ac{}[]<>|\u0178"
)
SCRAWL = 0.4


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words grouped by line, in reading order."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return [lines[number] for number in sorted(lines)]


def text_of(words: Iterable[Word]) -> str:
    """One printed line per line, one blank between words."""
    return "\n".join(" ".join(word.text for word in line) for line in lines_of(words))


def mean_confidence(words: Sequence[Word]) -> float:
    """Mean over letters, 0..1: a long word counts for more than a speck taken for a comma. 0.0 without words."""
    letters = sum(len(w.text) for w in words)
    return sum(w.confidence * len(w.text) for w in words) / letters if letters else 0.0


def scaled(words: Iterable[Word], factor: float) -> list[Word]:
    """Boxes in another picture's pixels."""
    return [replace(w, box=_scaled_box(w.box, factor)) for w in words]


def _scaled_box(box: tuple[int, int, int, int], factor: float) -> tuple[int, int, int, int]:
    x, y, width, height = box
    return round(x * factor), round(y * factor), round(width * factor), round(height * factor)


def plausible(words: Iterable[Word], height: int) -> list[Word]:
    """Without what only looks like words: specks, rules, stains and pen strokes that the engine itself doubts."""
    return [w for w in words if not _is_dirt(w, height) and not _is_scrawl(w)]


def _is_scrawl(word: Word) -> bool:
    """Handwriting that a model of print took for a jumble of signs. Print is seldom doubted so much, and has none."""
    return word.confidence < SCRAWL and not ODD.isdisjoint(word.text)


def _is_dirt(word: Word, height: int) -> bool:
    _, _, wide, high = word.box
    if any(c.isalnum() for c in word.text):
        return word.confidence < 0.15 and len(word.text) <= 2
    return word.confidence < 0.5 or high > height / 12 or wide < 2
