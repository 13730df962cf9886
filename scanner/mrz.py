"""The machine-readable zone of a card or passport on a page: found by its even pitch, read line by line.

A zone is two or three lines of equally spaced signs of one height (ICAO Doc 9303, part 3); print of any other kind has
letters of many widths. Reading uses the engine's model for Latin letters with nothing but A-Z, 0-9 and < allowed; what
is right is decided later by check digits (`kiosk.identity`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.identity.icao import TD1, TD2, TD3, Layout
from scanner.codes import Code
from scanner.errors import OcrError
from scanner.page import Pixels, as_pixels, glance

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
ALPHABET = f"{LETTERS}0123456789"
LONG_RUN = re.compile("<{3,}")  # fillers in a row, of which one is easily lost
WORK_DPI = 150
LINE_DPI = 300
MM_PER_INCH = 25.4
PITCH_MM = (1.9, 3.2)  # 2.54 on the document; photographs and copies are a little off
SIGN_MM = (1.6, 4.6)  # height of a line; the signs have 2.4 to 3
LEAST_SIGNS, MOST_SIGNS = 26, 48
EVEN = 0.72  # share of neighbours that lie one pitch apart
MOST_SLANT_DEG = 12.0
MARGIN_MM = 1.2


class LineEngine(Protocol):
    """Reads one line with certain letters only."""

    def line(self, pixels: Pixels, dpi: int, letters: str) -> str:
        """pixels: (height, width) uint8. Raises: OcrError."""


@dataclass(frozen=True)
class _Row:
    """A line that may be one of a zone, set straight. centre: x, y on the page; signs: about how many."""

    picture: Pixels
    centre: tuple[float, float]
    width: float
    height: float
    signs: int


def read_zone(grey: Pixels, dpi: int, engine: LineEngine) -> Code | None:
    """The lines of a zone as one text, or None. grey: (height, width) uint8, upright within some degrees."""
    rows = zone_rows(grey, dpi)
    layout = _layout(rows)
    if layout is None:
        return None
    try:
        names = layout.names[0]
        alphabets = [LETTERS if n == names else ALPHABET for n in range(layout.lines)]
        read = [engine.line(r.picture, LINE_DPI, only) for r, only in zip(rows, alphabets, strict=True)]
        lines = [fitted(line, layout.width) for line in read]
    except OcrError:  # its language is not installed, or it fell over: the page is read without its zone
        return None
    return Code("mrz", "\n".join(lines)) if any("<<" in line for line in lines) else None


def zone_rows(grey: Pixels, dpi: int) -> list[_Row]:
    """Two or three rows of one zone, top to bottom; [] where there is none."""
    small = glance(grey, max(200, round(grey.shape[1] * WORK_DPI / dpi)))
    scale = small.shape[1] / grey.shape[1]
    mm = scale * dpi / MM_PER_INCH
    rows = [row for box in _long_boxes(small, mm) if (row := _row(grey, box, scale, mm)) is not None]
    return _block(sorted(rows, key=lambda row: row.centre[1]))


def _long_boxes(small: Pixels, mm: float) -> list[tuple[tuple[float, float], tuple[float, float], float]]:
    """(centre, (length, height), slant) of what is long and low and full of strokes."""
    strokes = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((round(3 * mm), round(3 * mm)), np.uint8))
    _, ink = cv2.threshold(strokes, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, round(3.4 * mm)), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = []
    for outline in outlines:
        if cv2.boundingRect(outline)[2] < LEAST_SIGNS * PITCH_MM[0] * mm:
            continue
        centre, (wide, high), angle = cv2.minAreaRect(outline)
        if wide < high:
            wide, high, angle = high, wide, angle - 90
        angle = (angle + 90) % 180 - 90
        if abs(angle) <= MOST_SLANT_DEG and SIGN_MM[0] * mm <= high <= 1.6 * SIGN_MM[1] * mm:
            boxes.append(((float(centre[0]), float(centre[1])), (wide, high), angle))
    return boxes


def _row(
    grey: Pixels, box: tuple[tuple[float, float], tuple[float, float], float], scale: float, mm: float
) -> _Row | None:
    """Cut out and set straight, if its signs are evenly spaced."""
    (x, y), (wide, high), angle = box
    margin = MARGIN_MM * mm
    enlarge = LINE_DPI / WORK_DPI
    size = round((wide + 2 * margin) * enlarge), round((high + 2 * margin) * enlarge)
    turn = cv2.getRotationMatrix2D((x / scale, y / scale), angle, scale * enlarge)
    turn[:, 2] += np.array([size[0] / 2 - x / scale, size[1] / 2 - y / scale])
    picture = as_pixels(cv2.warpAffine(grey, turn, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE))
    signs = _even_signs(picture, mm * enlarge)
    return _Row(picture, (x, y), wide, high, signs) if signs else None


def _even_signs(picture: Pixels, mm: float) -> int:
    """How many signs stand in the row at one pitch; 0 where they do not."""
    _, ink = cv2.threshold(picture, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    middle = ink[ink.shape[0] // 5 : -(ink.shape[0] // 5)]
    starts, ends = _runs(middle.sum(axis=0) > 0)
    centres = (starts + ends) / 2
    if not LEAST_SIGNS <= len(centres) <= MOST_SIGNS * 1.2:
        return 0
    steps = np.diff(centres)
    pitch = float(np.median(steps))
    if not PITCH_MM[0] * mm <= pitch <= PITCH_MM[1] * mm:
        return 0
    even = np.abs(steps - pitch) <= 0.22 * pitch
    return round(float(centres[-1] - centres[0]) / pitch) + 1 if even.mean() >= EVEN else 0


def _runs(flags: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First and last places of the runs of True."""
    edges = np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8))
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1


def _block(rows: Sequence[_Row]) -> list[_Row]:
    """The lowest rows that lie close below each other and are equally long."""
    block: list[_Row] = []
    for row in reversed(rows):
        if not block or _belongs(row, block[-1]):
            block.append(row)
        elif len(block) >= 2:
            break
        else:
            block = [row]
    return block[::-1] if 2 <= len(block) <= 3 else []


def _belongs(upper: _Row, lower: _Row) -> bool:
    apart = lower.centre[1] - upper.centre[1]
    aside = abs(lower.centre[0] - upper.centre[0])
    return 0.8 * lower.height < apart < 4.5 * lower.height and aside < 0.25 * lower.width


def _layout(rows: Sequence[_Row]) -> Layout | None:
    """By the number of rows and of signs in the longest; the name may end in fillers that were not printed."""
    if len(rows) == TD1.lines:
        return TD1
    if len(rows) == TD3.lines:
        signs = max(row.signs for row in rows)
        return min((TD2, TD3), key=lambda layout: abs(layout.width - signs))
    return None


def fitted(read: str, width: int) -> str:
    """Brought to its width where that is sure: of many fillers in a row some are often lost, or seen twice."""
    line = "".join(c for c in read.upper() if c in ALPHABET)
    runs = sorted(LONG_RUN.finditer(line), key=lambda run: run.end() - run.start())
    if not runs or len(line) == width:
        return line
    start, end = runs[-1].span()
    length = max(1, end - start + width - len(line))
    return line[:start] + "<" * length + line[end:]
