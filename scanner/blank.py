"""Whether a side carries writing at all. Told from what paper has besides: show-through, folds, holes, dust, dirt.

Ink ends sharply, or has a colour of its own. What shines through from the other side, a fold or a stain ends softly,
however large it is; so each mark is judged by the steepest tenth of it. A side with one sharp mark of a figure's size
is written.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.page import Pixels
from scanner.sheet import Look

# At a glance (about 120 dpi): the smallest figure in print is higher than this, dirt is not.
STROKE_PX = 8
# Per cent of the paper's brightness from one pixel to the next. Print and pens have 10 to 30, a hard pencil 5 to 13;
# folds and strong show-through reach 4.
STEEP = 4.4
STEEP_SHARE = 0.1
# Dirt on a feeder's glass draws upright hairs, and folds break into such: those must be twice as sharp to be ink.
HAIR_PX, HAIR_STEEP = 3, 8.0
# More ink than that is never taken for a side without any.
MOST_INK = 1 / 50
# A punch hole: a solid disc of 4 to 9 mm within 25 mm of an edge.
HOLE_MM, HOLE_EDGE_MM, HOLE_FILL, HOLE_ASPECT = (4.0, 9.0), 25.0, (0.68, 0.9), 0.75
# So many specks in one field of 12 x 6 mm are small print, not dust.
CROWD, CROWD_MM = 6, (12.0, 6.0)
MARGIN = 60  # one part of the page at each side: torn and cut edges

# Coloured ink too pale to see in grey: a faded stamp, a light pen. Shares of brightness, against the colour around.
COLOURED, COLOUR_AROUND_MM, COLOUR_MM2 = 0.022, 7.0, 8.0
COLOUR_STRIDE = 4
DARK = 0.55  # of the paper: what is darker is judged by its sharpness

Stats = NDArray[np.int32]


def is_blank(look: Look, px_per_mm: float) -> bool:
    """No stroke of pen or print. px_per_mm: of the look."""
    letters = look.letters
    if cv2.countNonZero(letters) > letters.size * MOST_INK:
        return False
    height, width = letters.shape
    inside = (slice(height // MARGIN, -(height // MARGIN)), slice(width // MARGIN, -(width // MARGIN)))
    mask = np.ascontiguousarray(letters[inside])
    count, labels, raw, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count == 1:
        return True
    stats = np.asarray(raw, np.int32)
    steepness = _steepness(look.small)[inside]
    wide, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_AREA]
    is_hair = (wide <= HAIR_PX) & (stats[:, cv2.CC_STAT_HEIGHT] >= 3 * wide)
    steep, steeper = (np.bincount(labels[steepness > least], minlength=count) for least in (STEEP, HAIR_STEEP))
    steep = np.where(is_hair, steeper, steep)
    sharp = (steep >= np.maximum(2, STEEP_SHARE * area)) & ~_holes(stats, mask.shape, px_per_mm)
    sharp[0] = False
    long_side = np.maximum(wide, stats[:, cv2.CC_STAT_HEIGHT])
    if bool((sharp & (long_side >= STROKE_PX) & (area >= STROKE_PX)).any()):
        return False
    specks = sharp & (long_side >= 2)
    return not _is_crowd(np.asarray(centres)[specks], mask.shape, px_per_mm)


def has_coloured_ink(pixels: Pixels, dpi: int) -> bool:
    """Whether something on the page has a colour that the paper around has not. pixels: (height, width, 3) BGR."""
    small = cv2.blur(np.ascontiguousarray(pixels[::COLOUR_STRIDE, ::COLOUR_STRIDE]), (3, 3)).astype(np.float32)
    grey = np.maximum(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), 1)
    px_per_mm = dpi / 25.4 / COLOUR_STRIDE
    around = max(5, round(COLOUR_AROUND_MM * px_per_mm)) | 1
    coloured = np.zeros(grey.shape, np.uint8)
    for channel in (small[..., 0], small[..., 2]):
        share = channel / grey
        coloured |= (np.abs(share - cv2.blur(share, (around, around))) > COLOURED).astype(np.uint8)
    coloured[grey < DARK * np.median(grey)] = 0
    edge = max(1, grey.shape[1] // MARGIN)
    inner = cv2.morphologyEx(coloured[edge:-edge, edge:-edge], cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(inner, connectivity=8)
    return bool((stats[1:, cv2.CC_STAT_AREA] > COLOUR_MM2 * px_per_mm**2).any())


def _steepness(small: Pixels) -> NDArray[np.float32]:
    """Change of brightness over one pixel, in per cent of the brightness around."""
    soft = cv2.GaussianBlur(small, (3, 3), 0.8)
    across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    around = cv2.blur(small, (41, 41)).astype(np.float32)
    return np.asarray(cv2.magnitude(across, down) * (100 / 8) / np.maximum(around, 20), np.float32)


def _holes(stats: Stats, shape: tuple[int, ...], px_per_mm: float) -> NDArray[np.bool_]:
    """Which marks are punch holes."""
    x, y, wide, high, area = stats.T
    least, most = (mm * px_per_mm for mm in HOLE_MM)
    round_ = (np.minimum(wide, high) >= HOLE_ASPECT * np.maximum(wide, high)) & (wide >= least) & (wide <= most)
    fill = area / np.maximum(1, wide * high)
    edge = HOLE_EDGE_MM * px_per_mm
    near = (x < edge) | (y < edge) | (x + wide > shape[1] - edge) | (y + high > shape[0] - edge)
    return np.asarray(round_ & near & (fill >= HOLE_FILL[0]) & (fill <= HOLE_FILL[1]))


def _is_crowd(centres: NDArray[np.float64], shape: tuple[int, ...], px_per_mm: float) -> bool:
    """Whether many of the points lie in one small field."""
    if len(centres) < CROWD:
        return False
    dots = np.zeros((shape[0] // 2 + 1, shape[1] // 2 + 1), np.float32)
    np.add.at(dots, ((centres[:, 1] / 2).astype(int), (centres[:, 0] / 2).astype(int)), 1)
    field = tuple(max(3, round(mm * px_per_mm / 2)) for mm in CROWD_MM)
    return bool(cv2.boxFilter(dots, -1, field, normalize=False).max() > CROWD - 0.5)
