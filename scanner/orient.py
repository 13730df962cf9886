"""Which way up a page lies, from the shape of its lines alone: no letter is recognised.

Text has its ink in rows, and stands on its base line: the lower edges of letters line up more sharply than the upper
ones, for marks, ascenders and capitals end at different heights. Both hold for Vietnamese more than for any other
Latin script.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from scanner.page import Pixels, as_pixels
from scanner.skew import Points, coarse_skew, edge_points, sharpness, thinned

ROWS_SURE = 1.3
UPRIGHT_SURE = 1.02
POINTS = 10_000


@dataclass(frozen=True)
class Orientation:
    """turn: degrees clockwise (0, 90, 180, 270) that set the page upright; is_sure: False asks for a second opinion."""

    turn: int
    is_sure: bool


def without_rules(mask: Pixels) -> Pixels:
    """The ink mask without long straight strokes, which look alike from every side."""
    rows = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, 50), np.uint8))
    columns = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((50, 1), np.uint8))
    rules = cv2.dilate(cv2.bitwise_or(rows, columns), np.ones((3, 3), np.uint8))
    return as_pixels(cv2.bitwise_and(mask, cv2.bitwise_not(rules)))


def orientation_of(letters: Pixels) -> Orientation | None:
    """From the ink mask of a shrunk page without its rules. None where there is too little text to tell."""
    on_side = as_pixels(np.rot90(letters))
    level, turned = edge_points(letters), edge_points(on_side)
    if level is None or turned is None:
        return None
    level_angle, turned_angle = coarse_skew(level), coarse_skew(turned)
    axis = _rowness(level, level_angle, letters.shape[0]) / max(_rowness(turned, turned_angle, letters.shape[1]), 1e-9)
    # np.rot90 turns counter-clockwise: text that then reads in rows was lying on its side.
    upright = _uprightness(letters, level, level_angle) if axis >= 1 else _uprightness(on_side, turned, turned_angle)
    turn = (0 if upright >= 1 else 180) if axis >= 1 else (270 if upright >= 1 else 90)
    sure = max(axis, 1 / max(axis, 1e-9)) > ROWS_SURE and max(upright, 1 / max(upright, 1e-9)) > UPRIGHT_SURE
    return Orientation(turn, sure)


def lies_in_rows(letters: Pixels) -> bool:
    """Whether lines run across the page rather than down it, as far as can be told."""
    found = orientation_of(letters)
    return found is not None and found.turn in (0, 180)


def _rowness(points: Points, angle: float, length: int) -> float:
    """How much the ink stands in rows, freed from the amount of ink and the size of the page."""
    some = thinned(points, POINTS)
    return sharpness(some, angle) / len(some[0]) ** 2 * length


def _uprightness(rows: Pixels, lower: Points, around: float) -> float:
    """Sharpness of base lines over that of top lines: above 1 for text the right way up."""
    upper = edge_points(rows[::-1])
    if upper is None:
        return 1.0
    base, top = thinned(lower, POINTS), thinned(upper, POINTS)
    angle = max(around + np.arange(-0.5, 0.51, 0.1), key=lambda a: sharpness(base, float(a)))
    return (sharpness(base, angle) / len(base[0]) ** 2) / max(sharpness(top, -angle) / len(top[0]) ** 2, 1e-12)
