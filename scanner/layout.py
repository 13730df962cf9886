"""Recognised words as text in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scanner.ocr import Word


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
    """Without what only looks like words: specks, rules and stains that the engine itself doubts."""
    return [w for w in words if not _is_dirt(w, height)]


def _is_dirt(word: Word, height: int) -> bool:
    _, _, wide, high = word.box
    if any(c.isalnum() for c in word.text):
        return word.confidence < 0.15 and len(word.text) <= 2
    return word.confidence < 0.5 or high > height / 12 or wide < 2
