"""What the quality gate looks at: a page shrunk once, its ink, and the tone of its paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from scanner.page import Page, Pixels, as_pixels, glance
from scanner.skew import ink_mask

# Letters of 8 points are still ten pixels tall; finer costs more and tells nothing new.
WIDTH = 1000
MM_PER_INCH = 25.4
# The sheet behind nothing: a lid, a bed or a desk that is darker than any paper is.
BEHIND = 60

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Look:
    """A page at a glance. grey: (height, width) uint8, at most WIDTH wide; mm: its pixels per millimetre of paper."""

    page: Page
    grey: Pixels
    mm: float

    @cached_property
    def ink(self) -> Pixels:
        """255 where darker than the paper around."""
        return ink_mask(self.grey)

    @cached_property
    def half(self) -> Pixels:
        """The glance at half its width and height, averaged."""
        return _smaller(self.grey, 2)

    @cached_property
    def tiny(self) -> Pixels:
        """An eighth of the glance, averaged: tones without letters' edges."""
        return _smaller(self.half, 4)

    @cached_property
    def paper(self) -> float:
        """Usual brightness of the paper, 0..255."""
        return float(np.percentile(self.tiny, 75))

    def box(self, x: float, y: float, wide: float, high: float) -> Box:
        """A rectangle in the glance's pixels as shares of the page."""
        height, width = self.grey.shape
        return x / width, y / height, wide / width, high / height


def look_at(page: Page) -> Look:
    small = glance(page.grey(), WIDTH)
    return Look(page, small, page.dpi / MM_PER_INCH * small.shape[1] / page.width)


def _smaller(grey: Pixels, times: int) -> Pixels:
    size = (max(1, grey.shape[1] // times), max(1, grey.shape[0] // times))
    return as_pixels(cv2.resize(grey, size, interpolation=cv2.INTER_AREA))
