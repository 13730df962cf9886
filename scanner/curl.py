"""Lines of print that a bent sheet draws as waves, made level again.

The slope of print is measured in many small fields, and one smooth sheet is laid through the slopes: its height over
the page is a low polynomial across, which may change evenly from top to bottom. The page is taken as it was when the
rows do not get clearly sharper by that.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.polynomial import legendre
from numpy.typing import NDArray

from scanner.page import Pixels, as_pixels
from scanner.skew import BINS_PER_PX, BLUR, edge_points, thinned

Array = NDArray[np.float64]

DEGREE = 5  # across: a bow, the wave at a spine, and what perspective makes of them
FIELDS = (11, 7)  # across, down; each overlaps the next by half
STEEPEST = 0.26  # rise over run: 14.6 degrees
STEPS = 53
LEAST_POINTS, LEAST_FIELDS = 40, 8
LEAST_PEAK = 1.25  # sharpness of a field at its slope over the usual: print rather than a picture
LEAST_BEND_PX = 1.5  # at a glance (1000 px wide): less is no curl
LEAST_GAIN = 1.08
POINTS = 20_000
TURN_PX = 4.0  # half a degree either way, at the edge of the page
HELD = 0.02  # keeps the sheet flat where there is no print


@dataclass(frozen=True)
class Curl:
    """coefficients: (2, DEGREE + 1) Legendre, even over the page and growing downwards; shape: (height, width) of the
    glance in whose pixels heights are given; bend: largest departure from a straight line, in those pixels; gain:
    sharpness of the rows after over before."""

    coefficients: Array
    shape: tuple[int, int]
    bend: float
    gain: float

    def rise(self, xs: Array, ys: Array) -> Array:
        """How far print at (xs, ys) lies below where it belongs. Any shapes that go together."""
        height, width = self.shape
        return _rise(self.coefficients, 2 * xs / width - 1, 2 * ys / height - 1)


def curl_of(letters: Pixels) -> Curl | None:
    """From the ink mask of a page at a glance, without rules, upright within a few degrees. None: nothing to do."""
    points = edge_points(letters)
    if points is None:
        return None
    height, width = letters.shape
    some = thinned(points, POINTS)
    # `edge_points` counts from inside its margins.
    xs = 2 * (some[0].astype(np.float64) + width // 50) / width - 1
    ys = 2 * (some[1].astype(np.float64) + height // 50) / height - 1
    slopes = _slopes(xs, ys, width / height)
    if slopes is None:
        return None
    coefficients = _finely_level(_sheet(*slopes) * (width / 2), xs, ys, height)
    flat = _rows(ys, height) - _rise(coefficients, xs, ys)
    gain = _sharpness(flat) / max(_sharpness(_levelled(coefficients, xs, ys, height)), 1e-9)
    bend = _bend(coefficients)
    if bend < LEAST_BEND_PX or gain < LEAST_GAIN:
        return None
    return Curl(coefficients, (height, width), bend, gain)


def uncurled(pixels: Pixels, curl: Curl, fill: tuple[int, ...]) -> Pixels:
    """The colour page with level lines; it grows so that nothing of it is lost."""
    height, width = pixels.shape[:2]
    scale = width / curl.shape[1]
    across = np.linspace(0, curl.shape[1], 65)
    up = max(0, round(float(curl.rise(across, np.zeros(65)).max()) * scale))
    down = max(0, round(float(-curl.rise(across, np.full(65, float(curl.shape[0]))).min()) * scale))
    # The map is smooth: a sixteenth of its points is enough.
    step = 16
    ys, xs = np.mgrid[0 : height + up + down + step : step, 0 : width + step : step].astype(np.float64)
    level = (ys - up) / scale
    source = level
    for _ in range(3):
        source = level + curl.rise(xs / scale, source)
    fine = cv2.resize((source * scale).astype(np.float32), None, fx=step, fy=step, interpolation=cv2.INTER_LINEAR)
    shift = step // 2  # `resize` sets the centre of each small pixel in the middle of its large one
    where_y = fine[shift : shift + height + up + down, shift : shift + width]
    where_x = np.broadcast_to(np.arange(width, dtype=np.float32), where_y.shape)
    return as_pixels(
        cv2.remap(
            pixels,
            np.ascontiguousarray(where_x),
            np.ascontiguousarray(where_y),
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=fill,
        )
    )


def _slopes(xs: Array, ys: Array, aspect: float) -> tuple[Array, Array, Array, Array] | None:
    """x, y, slope and weight of each field with print in it; coordinates -1 to 1, slopes in pixels over pixels."""
    tans = np.linspace(-STEEPEST, STEEPEST, STEPS)
    found = []
    wide, high = 2 / (FIELDS[0] + 1), 2 / (FIELDS[1] + 1)
    for column in range(FIELDS[0]):
        x = -1 + wide * (column + 1)
        beside = np.abs(xs - x) < wide
        px, py = xs[beside] - x, ys[beside]
        for row in range(FIELDS[1]):
            y = -1 + high * (row + 1)
            near = np.abs(py - y) < high
            if np.count_nonzero(near) < LEAST_POINTS:
                continue
            slope, peak = _slope(px[near] * aspect, py[near] - y, tans, high)
            if peak > LEAST_PEAK:
                found.append((x, y, slope, min(peak, 3.0) - 1))
    if len(found) < LEAST_FIELDS:
        return None
    columns = np.array(found).T
    return columns[0], columns[1], columns[2], columns[3]


def _slope(px: Array, py: Array, tans: Array, high: float) -> tuple[float, float]:
    """Slope at which the points of a field fall into the sharpest rows, and how much sharper than usual."""
    bins = 160
    rows = (py[None] - px[None] * tans[:, None]) * (bins / (2 * high)) * 0.75 + bins / 2
    places = np.clip(rows, 0, bins - 1).astype(np.int64) + np.arange(len(tans))[:, None] * bins
    counts = np.bincount(places.ravel(), minlength=bins * len(tans)).reshape(len(tans), bins).astype(np.float64)
    soft = counts[:, :-2] + 2 * counts[:, 1:-1] + counts[:, 2:]
    scores = (soft**2).sum(axis=1)
    best = int(scores.argmax())
    if best in (0, len(tans) - 1):
        return 0.0, 0.0
    left, mid, right = scores[best - 1 : best + 2]
    bend = left - 2 * mid + right
    shift = 0.5 * (left - right) / bend if bend else 0.0
    return float(tans[best] + shift * (tans[1] - tans[0])), float(mid / max(np.median(scores), 1e-9))


def _sheet(xs: Array, ys: Array, slopes: Array, weights: Array) -> Array:
    """(2, DEGREE + 1) coefficients, in half page widths, whose slopes pass through most of the measured ones."""
    terms = np.stack(
        [legendre.legval(xs, legendre.legder(np.eye(DEGREE + 1)[k])) for k in range(1, DEGREE + 1)], axis=1
    )
    design = np.concatenate([terms, terms * ys[:, None]], axis=1)
    # Higher terms cost more: without print to hold it the sheet lies flat.
    order = np.arange(1, DEGREE + 1, dtype=np.float64)
    cost = np.diag(np.concatenate([order**2, 4 * order**2]) ** 2) * HELD * 0.05
    trust = weights.copy()
    found = np.zeros(2 * DEGREE)
    for _ in range(4):
        weighted = design * trust[:, None]
        found = np.linalg.solve(weighted.T @ design + cost, weighted.T @ slopes)
        miss = np.abs(slopes - design @ found)
        trust = weights / np.maximum(1, miss / max(0.006, 1.5 * float(np.median(miss))))
    coefficients = np.zeros((2, DEGREE + 1))
    coefficients[:, 1:] = found.reshape(2, DEGREE)
    return coefficients


def _finely_level(coefficients: Array, x: Array, y: Array, height: int) -> Array:
    """The same sheet with its plain turn set to where the rows are sharpest: no second turning is needed then."""
    rows = _rows(y, height) - _rise(coefficients, x, y)
    turns = np.linspace(-TURN_PX, TURN_PX, 25)
    best = turns[int(np.argmax([_sharpness(rows - turn * x) for turn in turns]))]
    turned = coefficients.copy()
    turned[0, 1] += best
    return turned


def _rise(coefficients: Array, x: Array, y: Array) -> Array:
    """Height over the page at x, y from -1 to 1."""
    return np.asarray(legendre.legval(x, coefficients[0]) + legendre.legval(x, coefficients[1]) * y)


def _bend(coefficients: Array) -> float:
    """Largest departure from a straight line anywhere on the page: the higher terms alone."""
    bent = coefficients.copy()
    bent[:, 1] = 0
    x = np.linspace(-0.95, 0.95, 41)
    heights = _rise(bent, x[None, :], np.array([-0.9, 0.0, 0.9])[:, None])
    return float((heights.max(axis=1) - heights.min(axis=1)).max())


def _levelled(coefficients: Array, x: Array, y: Array, height: int) -> Array:
    """Rows of the points with the best plain turn alone, to compare with."""
    plain = np.zeros_like(coefficients)
    plain[0, 1] = coefficients[0, 1]
    return _rows(y, height) - _rise(plain, x, y)


def _rows(y: Array, height: int) -> Array:
    return (y + 1) * height / 2


def _sharpness(rows: Array) -> float:
    """Sum of squares of the smoothed profile of rows in pixels."""
    place = ((rows - rows.min()) * BINS_PER_PX).astype(np.int64)
    return float((np.convolve(np.bincount(place), BLUR) ** 2).sum())
