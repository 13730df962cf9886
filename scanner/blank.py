"""Whether a side carries writing at all."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.page import Pixels

# At a glance (about 120 dpi): the smallest figure in print is higher than this, dirt is not.
STROKE_PX = 8
MOST_SPECKS = 60


def is_blank(letters: Pixels) -> bool:
    """No stroke of pen or print: at most a few specks. A lone page number or signature makes a side written."""
    if cv2.countNonZero(letters) > letters.size // 200:
        return False
    height, width = letters.shape
    inner = np.ascontiguousarray(letters[height // 40 : height - height // 40, width // 40 : width - width // 40])
    _, _, stats, _ = cv2.connectedComponentsWithStats(inner, connectivity=8)
    boxes = stats[1:]
    long_side = np.maximum(boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT])
    area = boxes[:, cv2.CC_STAT_AREA]
    strokes = (long_side >= STROKE_PX) & (area >= STROKE_PX)
    specks = (long_side >= 3) & (area >= 4)
    return not strokes.any() and int(specks.sum()) <= MOST_SPECKS
