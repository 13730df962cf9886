"""The four sides of a found sheet to a pixel: where paper ends, how far each side bows, and what lies outside it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.page import Pixels

Array = NDArray[np.float64]

SAMPLES = 96
FAR, NEAR = 0.08, 0.012  # how far from the first guess, of the picture's long side: for bows, then for the last pixel
BEND = 4  # degree of a side's curve: the bow of a page of a book, and the wave at its spine
LEAST_STEP = 6.0  # levels
MOST_BOW = 0.08


@dataclass(frozen=True)
class Outline:
    """corners: (4, 2) x and y, from the top left clockwise, straight lines between them. bows: how far the paper
    reaches beyond those lines, in pixels (top, right, bottom, left)."""

    corners: Array
    bows: tuple[float, float, float, float]


def outlined(pixels: Pixels, corners: Array, even: Pixels, frames: tuple[bool, ...]) -> Outline:
    """Sides drawn again to the pixel. even: 255 on the sheet, any size; frames: sides that the picture cuts stay."""
    long = max(pixels.shape[:2])
    scale = max(even.shape[:2]) / long
    mask = cv2.dilate(even, np.ones((5, 5), np.uint8)).astype(np.float32)[..., None]
    sides, bows = [], []
    for n in range(4):
        start, end = corners[n], corners[(n + 1) % 4]
        bend = np.zeros(BEND + 1)
        if not frames[n]:
            bend = _bend(mask, start * scale, end * scale, bend, FAR * long * scale) / scale
            bend = _bend(pixels, start, end, bend, NEAR * long)
        out = _outward(start, end)
        at = np.linspace(0, 1, 33)
        off = np.polyval(bend, at)
        first, last = float(off[0]), float(off[-1])
        sides.append((start + out * first, end + out * last))
        bows.append(float(np.clip((off - first - (last - first) * at).max(), 0, MOST_BOW * long)))
    return Outline(np.array([_meeting(sides[n - 1], sides[n]) for n in range(4)]), (bows[0], bows[1], bows[2], bows[3]))


def _bend(
    picture: NDArray[np.uint8] | NDArray[np.float32], start: Array, end: Array, around: Array, reach: float
) -> Array:
    """Polynomial over 0..1 of how far outside the line from start to end the border lies; `around` where none is found.

    Looks along the normals, `reach` pixels in and out from the polynomial `around`.
    """
    at = np.linspace(0.02, 0.98, SAMPLES)
    count = int(max(8, min(reach, 40)))
    away = np.linspace(-reach, reach, 2 * count + 1)
    depth = np.polyval(around, at)[:, None] + away
    spots = start + at[:, None, None] * (end - start) + depth[..., None] * _outward(start, end)
    where = spots.astype(np.float32)
    seen = cv2.remap(
        picture,
        np.ascontiguousarray(where[..., 0]),
        np.ascontiguousarray(where[..., 1]),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float32)
    seen = seen.reshape(SAMPLES, len(away), -1)
    seen = np.stack([cv2.blur(seen[..., c], (3, 5)) for c in range(seen.shape[2])], axis=-1)
    step = np.abs(seen[:, 3:] - seen[:, :-3]).max(axis=-1)
    best = step.argmax(axis=1)
    found = (step.max(axis=1) > LEAST_STEP) & (best > 0) & (best < step.shape[1] - 1)
    if found.sum() < SAMPLES // 3:
        return around
    # The step lies between its two ends.
    border = (depth[:, 1:-2] + depth[:, 2:-1])[np.arange(SAMPLES), best] / 2
    return _fitted(at[found], border[found], around)


def _fitted(at: Array, off: Array, around: Array) -> Array:
    """Curve through most of the points: fingers, corners of other sheets and grain are left aside."""
    # A straight line through all middles first: a curve would follow a thumb.
    kept = np.ones(len(at), bool)
    curve = around
    for degree in (1, 2, BEND, BEND):
        if kept.sum() < 4 * (degree + 1):
            break
        curve = np.polyfit(at[kept], off[kept], degree)
        miss = np.abs(off - np.polyval(curve, at))
        kept = miss <= max(2.0, 2.5 * float(np.median(miss)))
    return np.asarray(np.pad(curve, (BEND + 1 - len(curve), 0)))


def _outward(start: Array, end: Array) -> Array:
    """Unit normal that points out of the sheet (corners go clockwise, y down)."""
    along = (end - start) / np.linalg.norm(end - start)
    return np.array([along[1], -along[0]])


def _meeting(one: tuple[Array, Array], other: tuple[Array, Array]) -> Array:
    """Where two lines, each through two points, cross."""
    a, b = np.cross([*one[0], 1], [*one[1], 1]), np.cross([*other[0], 1], [*other[1], 1])
    x, y, w = np.cross(a, b)
    return np.array([x / w, y / w])
