"""The two blocks at the head and the foot of official papers, each read whole: Decree 30/2020 sets them side by side.

The engine often joins their lines across the gap between them. A block is found by its fixed words (the national motto
on the right of the head, "Nơi nhận" on the left of the foot), its extent by the blank strip beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from kiosk.text import fold
from scanner.layout import lines_of
from scanner.ocr import Word

MOTTO = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam")
RECIPIENTS = "noi nhan"
SIGNING = "(ky"
ALIKE = 75.0
# Of a letter's height: a gap between blocks, and how far the next line of a block may be. A signature takes room.
GAP, NEAR, SIGNED = 1.2, 3.5, 10.0
LEVEL = 0.5

Line = list[Word]


@dataclass(frozen=True)
class Strip:
    """Blank from `left` to `right` beside one line; down, up: how far the next line may be, in heights of letters."""

    left: float
    right: float
    down: float = NEAR
    up: float = NEAR

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def in_blocks(words: Sequence[Word]) -> list[Word]:
    """The same words in reading order, lines numbered anew: of two blocks side by side the left one first."""
    lines = lines_of(words)
    for found in (_beside_motto, _beside_recipients, _beside_signers):
        lines = _parted(lines, found)
    return [replace(word, line=n) for n, line in enumerate(lines) for word in line]


def _parted(lines: list[Line], found: Callable[[Line, float], Strip | None]) -> list[Line]:
    """Lines with the first pair of blocks that `found` knows by a line of them put in order."""
    for start, line in sorted(enumerate(lines), key=lambda each: _top(each[1])):
        row = _row(lines, line)
        strip = found(row, _height(row))
        if strip is not None:
            return _ordered(lines, start, strip, _height(row))
    return lines


def _ordered(lines: list[Line], start: int, strip: Strip, height: float) -> list[Line]:
    inside, middle = _extent(lines, lines[start], strip, height)
    left = [[w for w in line if _centre(w) < middle] for line in inside]
    right = [[w for w in line if _centre(w) >= middle] for line in inside]
    if not any(left) or not any(right):
        return lines
    taken = {id(line) for line in inside}
    first = next(n for n, line in enumerate(lines) if id(line) in taken)
    before = [line for line in lines[:first] if id(line) not in taken]
    after = [line for line in lines[first:] if id(line) not in taken]
    return [*before, *_joined(left), *_joined(right), *after]


def _extent(lines: Sequence[Line], anchor: Line, strip: Strip, height: float) -> tuple[list[Line], float]:
    """Lines beside the strip, from the anchor upwards and downwards until one crosses it; also: its middle."""
    inside, low, high = [anchor], strip.left, strip.right
    for is_down in (True, False):
        edge = _top(anchor)
        for line in sorted(lines, key=_top, reverse=not is_down):
            gone = (_top(line) - edge) * (1 if is_down else -1)
            if line is anchor or gone < (-LEVEL * height if is_down else LEVEL * height):
                continue
            free = _widest(line, low, high)
            reach = strip.down if is_down else strip.up
            if gone > reach * height or free is None or free[1] - free[0] < GAP * height:
                break
            inside.append(line)
            low, high, edge = *free, max(edge, _top(line)) if is_down else _top(line)
    return inside, (low + high) / 2


def _widest(line: Line, low: float, high: float) -> tuple[float, float] | None:
    """The widest part of low..high that the line leaves free."""
    edges = [low]
    for word in sorted(line, key=lambda w: w.box[0]):
        x, _, wide, _ = word.box
        if x + wide > low and x < high and _is_written(word):
            edges += [x, x + wide]
    edges.append(high)
    free = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]
    return max(free, key=lambda f: f[1] - f[0]) if free else None


def _beside_motto(row: Line, height: float) -> Strip | None:
    """Left of the motto, where something stands there."""
    for left, right in _gaps(row, height):
        if max(fuzz.ratio(_text(right), motto) for motto in MOTTO) >= ALIKE:
            return Strip(_right(left[-1]), right[0].box[0])
    return None


def _beside_recipients(row: Line, height: float) -> Strip | None:
    """Right of "Nơi nhận", where something stands there."""
    for left, right in _gaps(row, height):
        if fuzz.ratio(_text(left).rstrip(" :;.,"), RECIPIENTS) >= ALIKE:
            return Strip(_right(left[-1]), right[0].box[0], down=SIGNED, up=0.0)
    return None


def _beside_signers(row: Line, height: float) -> Strip | None:
    """Between two places to sign at: "(Ký, ghi rõ họ tên)" twice in a line."""
    for left, right in _gaps(row, height):
        if _text(left).startswith(SIGNING) and _text(right).startswith(SIGNING):
            return Strip(_right(left[-1]), right[0].box[0], down=SIGNED)
    return None


def _gaps(row: Line, height: float) -> list[tuple[Line, Line]]:
    """A row cut in two at each wide gap, the widest first."""
    wide = [
        (b.box[0] - _right(a), n) for n, (a, b) in enumerate(pairwise(row), 1) if b.box[0] - _right(a) >= GAP * height
    ]
    return [(row[:n], row[n:]) for _, n in sorted(wide, reverse=True)]


def _row(lines: Sequence[Line], line: Line) -> Line:
    """What stands at the height of a line, from left to right, whichever lines the engine put it in."""
    top, bottom = _top(line), max(w.box[1] + w.box[3] for w in line)
    here = [
        w
        for other in lines
        for w in other
        if (other is line or min(bottom, w.box[1] + w.box[3]) - max(top, w.box[1]) > LEVEL * w.box[3])
        and _is_written(w)
    ]
    return sorted(here, key=lambda w: w.box[0])


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Lines of one block from top to bottom; parts at one height are one line."""
    out: list[Line] = []
    for line in sorted((line for line in lines if line), key=_top):
        if out and _is_level(out[-1], line):
            out[-1] = sorted([*out[-1], *line], key=lambda w: w.box[0])
        else:
            out.append(line)
    return out


def _is_level(one: Line, other: Line) -> bool:
    height = min(_height(one), _height(other))
    apart = abs(_middle(one) - _middle(other))
    return apart < LEVEL * height


def _is_written(word: Word) -> bool:
    return any(c.isalnum() for c in word.text)


def _text(line: Line) -> str:
    return fold(" ".join(w.text for w in line))


def _top(line: Line) -> float:
    return float(min(w.box[1] for w in line))


def _middle(line: Line) -> float:
    return float(sum(w.box[1] + w.box[3] / 2 for w in line) / len(line))


def _height(line: Line) -> float:
    heights = sorted(w.box[3] for w in line)
    return float(heights[len(heights) // 2]) if heights else 1.0


def _centre(word: Word) -> float:
    return word.box[0] + word.box[2] / 2


def _right(word: Word) -> int:
    return word.box[0] + word.box[2]
