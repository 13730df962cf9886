"""Whether a page without words shows a person's photograph: one upright picture of many shades on an empty sheet."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.page import as_pixels

PAPER = 225  # grey; lighter is paper
LEAST_SHARE, MOST_SHARE = 0.004, 0.6  # of the page
SHAPES = (0.6, 0.95)  # width over height: 3 x 4, 4 x 6
LEAST_SHADES = 24  # grey levels of deviation
FULL = 0.55  # of its box that is no paper


def looks_like_photo(jpeg: bytes) -> bool:
    """jpeg: the cleaned page; it is looked at in an eighth of its size."""
    grey = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
    if grey is None:
        return False
    mask = as_pixels((grey < PAPER) * 255)
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(mask)
    for x, y, wide, high, area in stats[1:]:
        if not LEAST_SHARE <= wide * high / grey.size <= MOST_SHARE or area < FULL * wide * high:
            continue
        inside = grey[y : y + high, x : x + wide]
        if SHAPES[0] <= wide / high <= SHAPES[1] and float(inside.std()) >= LEAST_SHADES:
            return True
    return False
