"""Which pixels of a page are ink: letters, rules, stamps, pen and pencil, on paper of any tint and in any shade."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.page import Pixels, as_pixels

# Levels (of 255) below the paper: nothing less is print, nothing less can be told from grain at all.
PRINT, FAINT, COLOURED = 18, 5, 36
# The edge of a stroke runs where it has this share of the darkness of its surroundings; beside a line of print (some
# 4 mm) a little less is the other side of the sheet shining through.
EDGE, BESIDE = 0.45, 0.38
NEAR_PX, BESIDE_PX = 9, 31
FAINT_PX, FAINT_EXTENT = 14, 9
# A page with so much print and, for its print, so many pale strokes shows its other side: that is no ink of this side.
PRINTED, PALE_SHARE = 0.01, 0.2


def ink_of(pixels: Pixels, grey: Pixels) -> Pixels:
    """255 where there is ink, specks of a few pixels left out. pixels: BGR; grey: the same in grey."""
    half = halved(grey)
    paper = paper_of(half)
    depth = as_pixels(cv2.subtract(_to(paper, grey), cv2.GaussianBlur(grey, (3, 3), 0.5)))
    strong = as_pixels(cv2.bitwise_or(above(depth, _edges(depth)), _coloured(pixels, depth)))
    faint = _faint(as_pixels(cv2.subtract(paper, half)), halved(strong))
    if cv2.countNonZero(faint):
        around = cv2.convertScaleAbs(cv2.dilate(depth, np.ones((5, 5), np.uint8)), alpha=EDGE)
        grown = cv2.resize(faint, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
        darker = above(as_pixels(cv2.blur(depth, (3, 3))), np.maximum(as_pixels(around), FAINT - 1))
        strong = as_pixels(cv2.bitwise_or(strong, cv2.bitwise_and(grown, darker)))
    return without_specks(strong)


def above(pixels: Pixels, least: Pixels) -> Pixels:
    """255 where greater than the other picture."""
    return as_pixels(cv2.compare(pixels, least, cv2.CMP_GT))


def paper_of(half: Pixels) -> Pixels:
    """Brightness of the bare paper under each pixel of a picture of half size; solid areas count as paper."""
    small = cv2.dilate(halved(half), np.ones((5, 5), np.uint8))
    return _to(as_pixels(cv2.medianBlur(small, 7)), half)


def without_specks(mask: Pixels) -> Pixels:
    """Single pixels and pairs with nothing beside them are grain, and cost more than letters."""
    around = cv2.boxFilter(mask, cv2.CV_32F, (5, 5), normalize=False)
    return as_pixels(cv2.bitwise_and(mask, cv2.compare(around, 255 * 3.5, cv2.CMP_GT)))


def halved(pixels: Pixels) -> Pixels:
    """Half as wide and high, each pixel the mean of four."""
    size = (max(1, pixels.shape[1] // 2), max(1, pixels.shape[0] // 2))
    return as_pixels(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))


def _edges(depth: Pixels) -> Pixels:
    """How far below the paper a pixel must lie to be inside a stroke, by what is dark around it."""
    half = halved(depth)
    near = cv2.dilate(half, np.ones((NEAR_PX, NEAR_PX), np.uint8))
    beside = cv2.dilate(half, np.ones((BESIDE_PX, BESIDE_PX), np.uint8))
    least = cv2.max(cv2.convertScaleAbs(near, alpha=EDGE), cv2.convertScaleAbs(beside, alpha=BESIDE))
    return np.maximum(_to(as_pixels(cv2.blur(least, (5, 5))), depth), np.uint8(PRINT))


def _coloured(pixels: Pixels, depth: Pixels) -> Pixels:
    """Stamps and pens: beside black letters they are too bright for the edge rule, but not colourless."""
    blue, green, red = cv2.split(pixels)
    colour = cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red))
    # Tinted paper is coloured all over.
    colour = as_pixels(cv2.subtract(colour, float(np.median(colour[::9, ::9]))))
    edge = as_pixels(cv2.convertScaleAbs(cv2.dilate(colour, np.ones((9, 9), np.uint8)), alpha=EDGE))
    seen = above(colour, np.maximum(edge, np.uint8(COLOURED)))
    return as_pixels(cv2.bitwise_and(seen, cv2.threshold(depth, PRINT, 255, cv2.THRESH_BINARY)[1]))


def _faint(depth: Pixels, strong: Pixels) -> Pixels:
    """Pencil and pale print at half size: too weak for the edge rule, but joined into strokes, which grain is not."""
    grain = float(np.percentile(cv2.absdiff(depth, cv2.medianBlur(depth, 5))[::3, ::3], 68))
    weak = cv2.threshold(depth, max(FAINT, 4 * grain), 255, cv2.THRESH_BINARY)[1]
    known = cv2.threshold(strong, 0, 255, cv2.THRESH_BINARY)[1]
    weak = cv2.bitwise_and(weak, cv2.bitwise_not(cv2.dilate(known, np.ones((3, 3), np.uint8))))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(weak, connectivity=8)
    extent = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    keep = (stats[:, cv2.CC_STAT_AREA] >= FAINT_PX) & (extent >= FAINT_EXTENT)
    keep[0] = False
    print_px, pale_px = cv2.countNonZero(known), int(stats[keep, cv2.CC_STAT_AREA].sum())
    if print_px > PRINTED * depth.size and pale_px > PALE_SHARE * print_px:
        return np.zeros_like(depth)
    return as_pixels(keep.astype(np.uint8)[labels] * np.uint8(255))


def _to(small: Pixels, like: Pixels) -> Pixels:
    return as_pixels(cv2.resize(small, (like.shape[1], like.shape[0]), interpolation=cv2.INTER_LINEAR))
