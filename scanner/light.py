"""Uneven light over a photographed sheet, evened out: one smooth gain for all colours, so that stamps keep theirs.

The light is a low surface laid over the paper's brightness; pictures, stamps and dark corners do not bend it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.page import Pixels, as_pixels

GRID = 40  # samples across
DEGREE = 4
EVEN = 0.88  # darkest over lightest part: the eye does not see less
MOST_GAIN = 2.2  # noise grows with it
WHITE = 245.0


def evenly_lit(pixels: Pixels) -> Pixels | None:
    """The page (height, width, 3) under even light; None when it is even already."""
    light = light_over(as_pixels(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)))
    bright = float(np.percentile(light, 95))
    if float(np.percentile(light, 3)) > EVEN * bright:
        return None
    held = np.clip(light, bright / MOST_GAIN, 255)
    full = cv2.resize(held.astype(np.float32), (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
    gain = as_pixels(np.clip(full + 0.5, 1, 255))
    return as_pixels(cv2.merge([cv2.divide(c, gain, scale=min(bright, WHITE)) for c in cv2.split(pixels)]))


def light_over(grey: Pixels) -> NDArray[np.float64]:
    """Brightness of the bare paper, (rows, GRID), from a grey page."""
    height, width = grey.shape
    size = (GRID, max(8, round(GRID * height / width)))
    # The lightest of each small field is paper between letters.
    quarter = cv2.resize(grey, (size[0] * 8, size[1] * 8), interpolation=cv2.INTER_AREA)
    fields = np.percentile(quarter.reshape(size[1], 8, size[0], 8), 80, axis=(1, 3))
    y, x = np.mgrid[-1 : 1 : size[1] * 1j, -1 : 1 : size[0] * 1j]
    terms = np.stack([(x**i * y**j).ravel() for i in range(DEGREE + 1) for j in range(DEGREE + 1 - i)], axis=1)
    seen = fields.ravel()
    trust = np.ones(len(seen))
    surface = seen
    for _ in range(6):
        weighted = terms * trust[:, None]
        surface = terms @ np.linalg.lstsq(weighted.T @ terms, weighted.T @ seen, rcond=None)[0]
        miss = seen - surface
        # What is darker than the surface is ink or a picture; what is lighter is paper that the surface must reach.
        trust = np.where(miss < 0, 1 / (1 + (miss / 6) ** 2), 1.0)
    return np.asarray(np.clip(surface, 20, 255).reshape(size[1], size[0]))
