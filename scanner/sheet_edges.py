"""Where the sheet lies in a picture of a desk: four straight borders between paper and something else.

Writing, ruled lines and frames are thinner than the paper between them and are closed away first; what is left are
borders of tone or colour. The quadrangle whose four sides lie on borders around an even area is the sheet; where a
side has no border under it, nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.page import Pixels, as_pixels

# A border 0.2 % of the sheet away moves no letter; finer costs more and finds grain.
LONG_SIDE = 480
# Strokes up to this wide (2 % of the picture) are writing, not desk.
STROKE_PX = 9
LEAST_STEP = (4, 12)  # levels of tone or colour: a border goes on while above the first, and begins above the second
LEAN_DEG = 40.0
EACH = 12  # lines tried for each direction
NEAR_PX = 3  # a bent sheet has bent borders: so far from the straight line they still count
LEAST_SIDE, LEAST_MEAN = 0.45, 0.7  # share of a side, of the outline, on a border; fingers and shadows hide the rest
OF_FRAME = 0.6  # where the sheet runs out of the picture: neither for it nor against it
LEAST_AREA = 0.12
OUTSIDE = 0.15  # of the long side: so far beyond the picture a corner may lie where its two sides are seen
LEAST_MATCH = 0.8  # of the sheet with the even area that it is; a thumb takes a little
MOST_ANGLE_DEG = 28.0  # from square, at any corner: no camera over a desk sees more

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """corners: (4, 2) x and y in the picture's pixels, from the top left clockwise; support: share of the outline that
    lies on borders; frames: whether the sheet runs out of the picture at its (top, right, bottom, left);
    even: 255 on the even area that the sheet is, LONG_SIDE pixels long."""

    corners: Array
    support: float
    frames: tuple[bool, bool, bool, bool]
    even: Pixels


def sheet_in(pixels: Pixels) -> Found | None:
    """The sheet in a colour picture (height, width, 3); None when unsure."""
    scale = LONG_SIDE / max(pixels.shape[:2])
    small = as_pixels(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    across, down = _steps(small)
    edges = as_pixels(cv2.Canny(across, down, 16 * LEAST_STEP[0], 16 * LEAST_STEP[1], L2gradient=True))
    edges = _around_even_areas(edges)
    is_level = np.abs(across) <= np.abs(down)
    families = [as_pixels(np.where(is_level, edges, 0)), as_pixels(np.where(is_level, 0, edges).T)]
    level, upright = (_lines(family) for family in families)
    found = _best(families, level, upright, _even_area(edges))
    return None if found is None else replace(found, corners=found.corners / scale)


def _steps(small: Pixels) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Steps of tone or colour (across, down), writing closed away: sixteen times their levels, (height, width)."""
    plain = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((STROKE_PX, STROKE_PX), np.uint8)), 5)
    across = down = np.zeros(small.shape[:2], np.int16)
    for channel in cv2.split(cv2.cvtColor(plain, cv2.COLOR_BGR2Lab)):
        dx, dy = cv2.Scharr(channel, cv2.CV_16S, 1, 0), cv2.Scharr(channel, cv2.CV_16S, 0, 1)
        is_more = np.abs(dx) + np.abs(dy) > np.abs(across) + np.abs(down)
        across, down = np.where(is_more, dx, across), np.where(is_more, dy, down)
    return across, down


def _around_even_areas(edges: Pixels) -> Pixels:
    """Edges that border on a large even area; a pattern's own edges go."""
    free = as_pixels(cv2.erode(cv2.bitwise_not(edges), np.ones((3, 3), np.uint8)))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(free, connectivity=4)
    large = stats[:, cv2.CC_STAT_AREA] > edges.size // 16
    large[0] = False
    beside = cv2.dilate(large[labels].astype(np.uint8), np.ones((7, 7), np.uint8))
    return as_pixels(np.where(beside > 0, edges, 0))


def _even_area(edges: Pixels) -> Pixels:
    """255 for the even area around the middle of the picture; all 0 where there is none."""
    free = as_pixels(cv2.erode(cv2.bitwise_not(edges), np.ones((3, 3), np.uint8)))
    _, labels = cv2.connectedComponents(free, connectivity=4)
    height, width = edges.shape
    middle = labels[height // 3 : 2 * height // 3, width // 3 : 2 * width // 3]
    counts = np.bincount(middle[middle > 0], minlength=1)
    area = as_pixels(np.where((labels == counts.argmax()) & (labels > 0), 255, 0))
    return as_pixels(cv2.morphologyEx(area, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)))


def _lines(edges: Pixels) -> Array:
    """(n, 2) rise and height at x = 0 of the strongest lines within LEAN_DEG of level; the frame's two lines last."""
    height, width = edges.shape
    steep = np.radians(LEAN_DEG)
    least = max(30, width // 8)
    raw = cv2.HoughLines(edges, 1, np.pi / 360, least, min_theta=np.pi / 2 - steep, max_theta=np.pi / 2 + steep)
    kept: list[tuple[float, float]] = []
    for rho, theta in np.asarray(raw).reshape(-1, 2)[:400] if raw is not None else ():
        rise, start = -np.cos(theta) / np.sin(theta), rho / np.sin(theta)
        if all(abs(start - s) + abs(start - s + (rise - r) * width) > 10 for r, s in kept):
            kept.append((rise, start))
            if len(kept) == EACH:
                break
    return np.array([*kept, (0.0, 0.0), (0.0, height - 1.0)], np.float64)


def _best(families: list[Pixels], level: Array, upright: Array, even: Pixels) -> Found | None:
    """The quadrangle of two level and two upright lines with the best outline around the even area."""
    # Corner of level line i and upright line j: y = r x + s, x = q y + t.
    r, s, q, t = level[:, None, 0], level[:, None, 1], upright[None, :, 0], upright[None, :, 1]
    ys = (r * t + s) / (1 - r * q)
    xs = q * ys + t
    sides = _share(families[0], level, xs), _share(families[1], upright, ys.T)
    quads = _ranked(sides, xs, ys, even.shape)
    best, most = None, 0.0
    for support, (i, k, j, m) in quads:
        corners = np.array([(xs[a, b], ys[a, b]) for a, b in ((i, j), (i, m), (k, m), (k, j))])
        match = _match(corners, even) if _is_square(corners) else 0.0
        if match >= LEAST_MATCH and support + match > most:
            most = support + match
            last = len(level) - 2, len(upright) - 2
            best = Found(corners, support, (i >= last[0], m >= last[1], k >= last[0], j >= last[1]), even)
    return best


def _share(edges: Pixels, lines: Array, at: Array) -> Array:
    """(n, m, m): share of line i between its m crossings (at x = `at`) that lies on edges."""
    width = edges.shape[1]
    band = cv2.dilate(edges, np.ones((2 * NEAR_PX + 1, 1), np.uint8)) > 0
    columns = np.arange(width)
    rows = np.rint(lines[:, :1] * columns + lines[:, 1:]).astype(int)
    on = band[np.clip(rows, 0, edges.shape[0] - 1), columns] & (rows >= 0) & (rows < edges.shape[0])
    on[-2:] = False  # the frame of the picture is no border
    sums = np.concatenate([np.zeros((len(lines), 1)), np.cumsum(on, axis=1)], axis=1)
    stops = np.clip(np.rint(at), 0, width).astype(int)
    reached = np.take_along_axis(sums, stops, axis=1)
    share = (reached[:, None, :] - reached[:, :, None]) / np.maximum(at[:, None, :] - at[:, :, None], 1)
    share[-2:] = OF_FRAME
    return np.asarray(share)


def _ranked(
    sides: tuple[Array, Array], xs: Array, ys: Array, shape: tuple[int, ...]
) -> list[tuple[float, tuple[int, int, int, int]]]:
    """(support, (top, bottom, left, right)) of the best-supported quadrangles, the best first."""
    n, m = xs.shape
    i, k, j, o = np.meshgrid(range(n), range(n), range(m), range(m), indexing="ij")
    height, width = shape
    over = OUTSIDE * LONG_SIDE
    inside = (xs > -over) & (xs < width + over) & (ys > -over) & (ys < height + over)
    fits = inside[i, j] & inside[i, o] & inside[k, j] & inside[k, o]
    wide = np.minimum(xs[i, o] - xs[i, j], xs[k, o] - xs[k, j])
    high = np.minimum(ys[k, j] - ys[i, j], ys[k, o] - ys[i, o])
    fits &= (wide > 0.2 * width) & (high > 0.2 * height) & (wide * high > LEAST_AREA * width * height)
    frames = sum((a >= n_ - 2).astype(int) for a, n_ in ((i, n), (k, n), (j, m), (o, m)))
    fits &= frames <= 1
    i, k, j, o = (a[fits] for a in (i, k, j, o))
    four = np.stack([sides[0][i, j, o], sides[0][k, j, o], sides[1][j, i, k], sides[1][o, i, k]])
    mean, least = four.mean(axis=0), four.min(axis=0)
    good = np.flatnonzero((least >= LEAST_SIDE) & (mean >= LEAST_MEAN))
    order = good[np.argsort(-mean[good])][:60]
    return [(float(mean[c]), (int(i[c]), int(k[c]), int(j[c]), int(o[c]))) for c in order]


def _is_square(corners: Array) -> bool:
    """Whether every corner is near a right angle."""
    ahead = np.roll(corners, -1, axis=0) - corners
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    behind = np.roll(ahead, 1, axis=0)
    return bool((np.abs((ahead * behind).sum(axis=1)) < np.sin(np.radians(MOST_ANGLE_DEG))).all())


def _match(corners: Array, even: Pixels) -> float:
    """Area in common of quadrangle and even area, over the area of both."""
    quad = np.zeros_like(even)
    cv2.fillConvexPoly(quad, np.rint(corners).astype(np.int32), 255)
    both = cv2.countNonZero(cv2.bitwise_and(quad, even))
    return both / max(1, cv2.countNonZero(cv2.bitwise_or(quad, even)))
