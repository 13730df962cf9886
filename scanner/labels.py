"""Labels and their values in one line again, where the engine took an even list of them for two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scanner.layout import lines_of
from scanner.ocr import Word

# Of a line's height: how far a value may stand from its label, and how much of both must be at one height.
NEAR, LEVEL = 1.5, 0.5

Line = list[Word]


def rejoined(words: Sequence[Word]) -> list[Word]:
    """Words in reading order; a line that ends in a colon gets the line that goes on right behind it.

    Columns of a paper's head stand farther apart, and their lines do not end in colons: they stay as they are.
    """
    lines = lines_of(words)
    values = _values(lines)
    taken = {id(value) for value in values.values()}
    out: list[Word] = []
    for line in lines:
        if id(line) in taken:
            continue
        whole = [*line]
        while (value := values.get(id(line))) is not None:
            whole += value
            line = value
        out += [replace(word, line=whole[0].line) for word in whole]
    return out


def _values(lines: Sequence[Line]) -> dict[int, Line]:
    """By the identity of a label's line: the line of its value. Each value has one label."""
    found: dict[int, Line] = {}
    free = {id(line): line for line in lines}
    for label in lines:
        if not label[-1].text.endswith(":"):
            continue
        behind = [line for line in free.values() if line is not label and _goes_on(label, line)]
        if behind:
            value = min(behind, key=lambda line: line[0].box[0])
            found[id(label)] = free.pop(id(value))
    return found


def _goes_on(label: Line, line: Line) -> bool:
    """Whether the line begins right behind the label, at its height."""
    x, y, wide, high = label[-1].box
    left, top, _, tall = line[0].box
    shared = min(y + high, top + tall) - max(y, top)
    gap = left - (x + wide)
    return shared >= LEVEL * min(high, tall) and 0 <= gap <= NEAR * max(high, tall)
