"""Where the layers of a page do not show what the page shows: photographs, patterned grounds, washes of colour."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.page import Pixels, as_pixels, halved

BLOCK = 16
# A page of nothing but texture would pass for one of nothing but grain: grain leaves no more than this.
GRAIN = 3.0
# Mean difference of a block above the page's usual one, in levels, that the eye finds.
SEEN = 4.0
# So much is a lost letter, however small.
LOUD = 24.0
# Blocks: gaps that are bridged, the smallest part kept, and the margin around it.
BRIDGE, LEAST_BLOCKS, MARGIN = 5, 9, 1

# Blocks nearly filled with edges have too few pixels beside them to be judged by: theirs count less.
LEAST_SHARE = 0.2
# The densest print has some 0.8 of edges and 0.4 of ink around a block.
TEXTURE_EDGES, TEXTURE_INK = 0.92, 0.35
Floats = NDArray[np.float32]
Box = tuple[int, int, int, int]


def unlike(page: Pixels, shown: Pixels, ink: Pixels) -> list[Box]:
    """Boxes (x, y, width, height) in page pixels, apart from each other, where the two differ in more than grain.

    ink: mask of the page; the soft edges of its strokes are expected to differ.
    """
    strokes = as_pixels(cv2.threshold(halved(ink), 0, 255, cv2.THRESH_BINARY)[1])
    edges = as_pixels(cv2.morphologyEx(strokes, cv2.MORPH_GRADIENT, np.ones((5, 5), np.uint8)))
    rough = _roughness(page, shown, edges)
    high, wide = rough.shape
    seen = rough > min(float(np.median(rough)), GRAIN) + SEEN
    blocks = as_pixels(seen | _textured(strokes, edges))
    for how, side in ((cv2.MORPH_OPEN, 2), (cv2.MORPH_CLOSE, BRIDGE), (cv2.MORPH_OPEN, 3)):
        blocks = as_pixels(cv2.morphologyEx(blocks, how, np.ones((side, side), np.uint8)))
    loud = as_pixels(rough > LOUD)
    blocks = as_pixels(cv2.bitwise_or(blocks, cv2.dilate(loud, np.ones((3, 3), np.uint8))))
    if not cv2.countNonZero(blocks):
        return []
    stats = cv2.connectedComponentsWithStats(blocks, connectivity=8)[2]
    parts = np.zeros_like(blocks)
    for x, y, w, h, area in stats[1:].tolist():
        if area >= LEAST_BLOCKS:
            parts[max(0, y - MARGIN) : min(high, y + h + MARGIN), max(0, x - MARGIN) : min(wide, x + w + MARGIN)] = 1
    return _boxes(as_pixels(parts), page.shape[1], page.shape[0])


def _roughness(page: Pixels, shown: Pixels, edges: Pixels) -> Floats:
    """Mean difference of each block beside the edges of strokes, at half size, grain smoothed."""
    apart = cv2.absdiff(cv2.blur(halved(page), (3, 3)), cv2.blur(halved(shown), (3, 3)))
    blue, green, red = cv2.split(apart)
    apart = cv2.max(cv2.max(blue, green), red)
    beside = as_pixels(cv2.bitwise_not(edges))
    share = _blocks(beside)
    seen = _blocks(as_pixels(cv2.bitwise_and(apart, beside)))
    return np.asarray(seen / np.maximum(share / 255, LEAST_SHARE), np.float32)


def _textured(strokes: Pixels, edges: Pixels) -> NDArray[np.bool_]:
    """Blocks in the midst of nothing but edges: a picture's tones, cut into ink and paper."""
    edged, inked = (cv2.blur(_blocks(layer), (5, 5)) for layer in (edges, strokes))
    return np.asarray((edged > TEXTURE_EDGES * 255) & (inked > TEXTURE_INK * 255))


def _blocks(layer: Pixels) -> Floats:
    """Mean of each block of a picture of half size."""
    step = BLOCK // 2
    size = (max(1, layer.shape[1] // step), max(1, layer.shape[0] // step))
    return np.asarray(cv2.resize(layer, size, interpolation=cv2.INTER_AREA), np.float32)


def _boxes(parts: Pixels, width: int, height: int) -> list[Box]:
    """Boxes of the marked blocks, joined until none overlaps another."""
    while True:
        stats = cv2.connectedComponentsWithStats(parts, connectivity=8)[2][1:]
        filled = parts.copy()
        for x, y, w, h, _ in stats.tolist():
            filled[y : y + h, x : x + w] = 1
        if (filled == parts).all():
            break
        parts = filled
    across, down = width / parts.shape[1], height / parts.shape[0]
    boxes = []
    for x, y, w, h, _ in stats.tolist():
        left, top = round(x * across), round(y * down)
        boxes.append((left, top, round((x + w) * across) - left, round((y + h) * down) - top))
    return boxes
