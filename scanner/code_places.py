"""Where on a page a code may be: about as much ink as paper, evenly, over some millimetres. Print has far less ink."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from scanner.page import Pixels, glance

GLANCE_DPI = 75
LEAST_WIDTH = 200  # px
MM_PER_INCH = 25.4
WINDOW_MM = 5  # wider than the gaps in a code, narrower than the smallest code
GAP_MM = 4  # between parts of one code that lies slanting
LEAST_MM = 4.5
MARGIN_MM = 4  # a code needs its quiet zone
LEAST_RANGE, GRAINS = 30, 6  # grey values between ink and paper, and times the grain: less is empty paper
LEAST_INK, MOST_INK = 0.41, 0.72
MOST_MM2, MOST_MM = 6000, 120  # larger is a photograph or a table top; such a code is read with the page
LEAST_FILLED = 0.4  # of the slanted box around the place
MOST_PLACES = 4


@dataclass(frozen=True)
class Place:
    """A box in the page's pixels. slant_deg: how far its sides lean, -45..45; the box holds the slanted sides whole."""

    left: int
    top: int
    right: int
    bottom: int
    slant_deg: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def cut(self, grey: Pixels) -> Pixels:
        return np.ascontiguousarray(grey[self.top : self.bottom, self.left : self.right])


def code_places(grey: Pixels, dpi: int) -> list[Place]:
    """What may hold a code, the largest first."""
    small = glance(grey, max(LEAST_WIDTH, round(grey.shape[1] * GLANCE_DPI / dpi)))
    mm = small.shape[1] / grey.shape[1] * dpi / MM_PER_INCH
    even = _evenly_inked(small, mm)
    outlines, _ = cv2.findContours(even, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in outlines:
        _, sides, angle = cv2.minAreaRect(outline)
        area = cv2.contourArea(outline)
        if min(sides) < LEAST_MM * mm or max(sides) > MOST_MM * mm or area > MOST_MM2 * mm * mm:
            continue
        if area >= LEAST_FILLED * sides[0] * sides[1]:
            slant = (angle + 45) % 90 - 45
            found.append((area, _grown(cv2.boundingRect(outline), grey, small.shape[1], MARGIN_MM * mm, slant)))
    return [place for _, place in sorted(found, key=lambda one: -one[0])[:MOST_PLACES]]


def _evenly_inked(small: Pixels, mm: float) -> Pixels:
    """1 where the mean around lies between ink and paper as it does in a code. mm: pixels of a millimetre."""
    window, gap = max(5, round(WINDOW_MM * mm) | 1), max(5, round(GAP_MM * mm) | 1)
    calm = cv2.GaussianBlur(small, (3, 3), 0)
    around = np.ones((window, window), np.uint8)
    light = cv2.blur(cv2.dilate(calm, around), (window, window)).astype(np.float32)
    dark = cv2.blur(cv2.erode(calm, around), (window, window)).astype(np.float32)
    reach = light - dark
    ink = (light - cv2.blur(calm, (window, window))) / np.maximum(reach, 1)
    grain = float(np.median(cv2.absdiff(calm, cv2.medianBlur(calm, 5)))) * 1.5
    clear = reach > max(LEAST_RANGE, GRAINS * grain)
    even = ((ink > LEAST_INK) & (ink < MOST_INK) & clear).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(even, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8)), np.uint8)


def _grown(box: Sequence[int], grey: Pixels, width: int, margin: float, slant: float) -> Place:
    left, top, wide, high = box
    scale = grey.shape[1] / width
    return Place(
        max(0, int((left - margin) * scale)),
        max(0, int((top - margin) * scale)),
        min(grey.shape[1], math.ceil((left + wide + margin) * scale)),
        min(grey.shape[0], math.ceil((top + high + margin) * scale)),
        slant,
    )
