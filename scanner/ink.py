"""Which pixels of a page are ink: letters, rules, stamps, pen and pencil, on paper of any tint and in any shade."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from scanner.bands import ALONG, throughout
from scanner.page import Pixels, as_pixels, halved

# Levels (of 255) below the paper: nothing less is print, nothing less can be told from grain at all.
PRINT, FAINT, COLOURED = 18, 5, 22
COLOURLESS = 5e-5  # share of a page: a few square millimetres
# The edge of a stroke runs where it has this share of the darkness of its surroundings; on a worn page (so much grain)
# a little less within some 4 mm of print is the other side shining through, dirt or noise.
EDGE, BESIDE, WORN = 0.45, 0.38, 4.4
NEAR_PX, BESIDE_PX = 9, 31
# Pixels farther from their surroundings are no grain; what two thirds of the others stay within, over their mean.
NO_GRAIN, SPREAD = 16, 1.6
# Width of what sharpening takes for blur; the level that stands for the very edge of a stroke; levels of
# nine pixels together that are more than grain.
SHARP_PX, INSIDE, JOINED = 1.5, 128, 14
# Levels between two pixels on both sides of an edge; so many make a page of print; how much steeper edges across are
# than edges down, on pages that nobody moved.
STEEP, LEAST_EDGES, DRAGGED = 30, 2000, (0.8, 1.45)
# A stroke thinner than this is seen by what lies on both sides; it may be paler than the edge rule by this share.
BAR_PX, BAR = 7, 0.7
FAINT_PX, FAINT_EXTENT = 14, 9
SPECK_LEVEL = 255 * 7 // 50  # three and a half of 25 pixels
SOLID_CELLS, SOLID = 25, 60  # of four pixels; levels
# A page with so much print and, for its print, so many pale strokes shows its other side: that is no ink of this side.
PRINTED, PALE_SHARE = 0.01, 0.2
# A fold or streak is so deep at half size, and no deeper than this, in levels; letters on it are deeper by this.
BAND_LEAST, BAND_DEPTH, ON_BAND = 12, 110, 1.3


@dataclass(frozen=True)
class Inked:
    """mask: 255 where there is ink, specks of a few pixels left out; print: how many levels each pixel lies inside
    (above 128) or outside of a printed stroke; grain: levels; is_dragged: worn, and the paper or the lens moved."""

    mask: Pixels
    print: Pixels
    grain: float
    is_dragged: bool


def ink_of(pixels: Pixels, grey: Pixels) -> Pixels:
    """255 where there is ink. pixels: BGR; grey: the same in grey."""
    return inked(pixels, grey).mask


def inked(pixels: Pixels, grey: Pixels) -> Inked:
    """pixels: BGR; grey: the same in grey."""
    half = halved(grey)
    paper = paper_of(half)
    depth = as_pixels(cv2.subtract(_to(paper, grey), cv2.GaussianBlur(grey, (3, 3), 0.5)))
    small = as_pixels(cv2.subtract(paper, half))
    grain = grain_of(small)
    is_worn = grain >= WORN
    # On a worn page sharpening would make ink of grain, and of the other side.
    clear = depth if is_worn else _sharpened(depth)
    edges = _edges(clear, is_worn=is_worn)
    if not is_worn:
        clear = as_pixels(cv2.copyTo(clear, _held(depth)))
    strong = as_pixels(cv2.bitwise_or(above(clear, edges), _coloured(pixels, depth)))
    if is_worn:
        strong = as_pixels(cv2.bitwise_or(strong, _bars(depth, edges)))
    faint = _faint(small, halved(strong), grain)
    if cv2.countNonZero(faint):
        around = cv2.convertScaleAbs(cv2.dilate(depth, np.ones((5, 5), np.uint8)), alpha=EDGE)
        grown = cv2.resize(faint, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
        darker = above(as_pixels(cv2.blur(depth, (3, 3))), np.maximum(as_pixels(around), FAINT - 1))
        strong = as_pixels(cv2.bitwise_or(strong, cv2.bitwise_and(grown, darker)))
    inside = as_pixels(cv2.addWeighted(clear, 1, edges, -1, INSIDE))
    return Inked(without_specks(_without_bands(strong, depth)), inside, grain, is_worn and _is_dragged(depth))


def finer(ink: Inked) -> Pixels:
    """The mask with two pixels across for one: the edge of a printed stroke runs where its depth crosses the rule, not
    at the next whole pixel. Ink that other rules found stays as it is."""
    size = (2 * ink.mask.shape[1], ink.mask.shape[0])
    printed = cv2.bitwise_and(ink.mask, cv2.threshold(ink.print, INSIDE, 255, cv2.THRESH_BINARY)[1])
    near = cv2.resize(cv2.dilate(printed, np.ones((3, 3), np.uint8)), size, interpolation=cv2.INTER_NEAREST)
    edge = cv2.threshold(cv2.resize(ink.print, size, interpolation=cv2.INTER_CUBIC), INSIDE, 255, cv2.THRESH_BINARY)[1]
    others = cv2.resize(cv2.subtract(ink.mask, printed), size, interpolation=cv2.INTER_NEAREST)
    return as_pixels(cv2.bitwise_or(cv2.bitwise_and(edge, near), others))


def _sharpened(depth: Pixels) -> Pixels:
    """What a lens and a press have blurred: small marks and thin strokes as dark as thick ones."""
    return as_pixels(cv2.addWeighted(depth, 2, cv2.GaussianBlur(depth, (0, 0), SHARP_PX), -1, 0))


def _is_dragged(depth: Pixels) -> bool:
    """Whether strokes end softly in one direction and sharply in the other."""
    steep = []
    for beside, other in ((depth[:, 2:], depth[:, :-2]), (depth[2:], depth[:-2])):
        apart = cv2.absdiff(beside, other)
        edges = apart[apart > STEEP]
        if edges.size < LEAST_EDGES:
            return False
        steep.append(float(np.percentile(edges, 90)))
    across, down = steep
    return not DRAGGED[0] < across / down < DRAGGED[1]


def _held(depth: Pixels) -> Pixels:
    """255 where a stroke is print before it is sharpened, too: grain and the other side would come out with it."""
    joined = cv2.threshold(cv2.blur(depth, (3, 3)), JOINED, 255, cv2.THRESH_BINARY)[1]
    return as_pixels(cv2.bitwise_and(joined, cv2.threshold(depth, PRINT, 255, cv2.THRESH_BINARY)[1]))


def _without_bands(mask: Pixels, depth: Pixels) -> Pixels:
    """Folds and streaks are paper: a black line through the page would be read as letters. Letters on them stay."""
    half = as_pixels(cv2.threshold(halved(depth), BAND_LEAST, 255, cv2.THRESH_BINARY)[1])
    for shape, bridge in (((1, ALONG), (1, 5)), ((ALONG, 1), (5, 1))):
        whole = cv2.morphologyEx(half, cv2.MORPH_CLOSE, np.ones(bridge, np.uint8))
        band = throughout(as_pixels(cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones(shape, np.uint8))), shape)
        if not cv2.countNonZero(band):
            continue
        wide = cv2.resize(band, depth.shape[::-1], interpolation=cv2.INTER_NEAREST)
        own = cv2.blur(cv2.erode(depth, np.ones(shape, np.uint8)), shape[::-1])
        letters = above(depth, as_pixels(cv2.convertScaleAbs(own, alpha=ON_BAND, beta=PRINT)))
        # A frame is as dark as letters, and no fold.
        folded = cv2.bitwise_and(wide, cv2.threshold(own, BAND_DEPTH, 255, cv2.THRESH_BINARY_INV)[1])
        mask = as_pixels(cv2.copyTo(cv2.bitwise_and(mask, letters), folded, mask.copy()))
    return mask


def above(pixels: Pixels, least: Pixels) -> Pixels:
    """255 where greater than the other picture."""
    return np.asarray(pixels > least).view(np.uint8) * np.uint8(255)


def paper_of(half: Pixels) -> Pixels:
    """Brightness of the bare paper under each pixel of a picture of half size.

    Dark areas wider than SOLID_CELLS count as paper, unless there are light letters in them: those make it ink.
    """
    small = halved(half)
    paper = as_pixels(cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 7))
    lit = cv2.medianBlur(cv2.dilate(small, np.ones((3, 3), np.uint8)), 5)
    lit = as_pixels(cv2.morphologyEx(lit, cv2.MORPH_CLOSE, np.ones((SOLID_CELLS, SOLID_CELLS), np.uint8)))
    # Elsewhere the closing would only take the brightest grain and shade for the paper.
    cv2.copyTo(lit, cv2.threshold(cv2.subtract(lit, paper), SOLID, 255, cv2.THRESH_BINARY)[1], paper)
    return _to(paper, half)


def without_specks(mask: Pixels) -> Pixels:
    """Single pixels and pairs with nothing beside them are grain, and cost more than letters."""
    around = as_pixels(cv2.blur(mask, (5, 5)))
    return as_pixels(cv2.bitwise_and(mask, cv2.threshold(around, SPECK_LEVEL, 255, cv2.THRESH_BINARY)[1]))


def grain_of(depth: Pixels) -> float:
    """Levels that a half-size page differs from its surroundings by, strokes and their edges left out."""
    apart = cv2.absdiff(depth, cv2.medianBlur(depth, 5))[::3, ::3]
    return SPREAD * float(apart[apart < NO_GRAIN].mean())


def _edges(depth: Pixels, *, is_worn: bool) -> Pixels:
    """How far below the paper a pixel must lie to be inside a stroke, by what is dark around it."""
    half = halved(depth)
    least = cv2.convertScaleAbs(cv2.dilate(half, np.ones((NEAR_PX, NEAR_PX), np.uint8)), alpha=EDGE)
    if is_worn:
        beside = cv2.dilate(half, np.ones((BESIDE_PX, BESIDE_PX), np.uint8))
        least = cv2.max(least, cv2.convertScaleAbs(beside, alpha=BESIDE))
    return np.maximum(_to(as_pixels(cv2.blur(least, (5, 5))), depth), np.uint8(PRINT))


def _bars(depth: Pixels, edges: Pixels) -> Pixels:
    """Thin strokes between thick ones (the bar of an H, the roof of an ê): paler than the edge rule asks, but darker
    than what lies right above and below them, or left and right."""
    out = np.zeros_like(depth)
    for shape in ((BAR_PX, 1), (1, BAR_PX)):
        bars = cv2.morphologyEx(depth, cv2.MORPH_TOPHAT, np.ones(shape, np.uint8))
        out = as_pixels(cv2.max(out, bars))
    return above(out, np.maximum(as_pixels(cv2.convertScaleAbs(edges, alpha=BAR)), np.uint8(PRINT)))


def _coloured(pixels: Pixels, depth: Pixels) -> Pixels:
    """Stamps and pens: beside black letters they are too bright for the edge rule, but not colourless."""
    some = np.ascontiguousarray(pixels[::4, ::4])
    tint = float(np.median(colour_of(some)))  # tinted paper is coloured all over
    if (colour_of(some) > tint + COLOURED).mean() < COLOURLESS:
        return np.zeros_like(depth)
    colour = as_pixels(cv2.subtract(colour_of(pixels), np.full(1, tint)))
    edge = as_pixels(cv2.convertScaleAbs(cv2.dilate(colour, np.ones((9, 9), np.uint8)), alpha=EDGE))
    seen = above(colour, np.maximum(edge, np.uint8(COLOURED)))
    return as_pixels(cv2.bitwise_and(seen, cv2.threshold(depth, PRINT, 255, cv2.THRESH_BINARY)[1]))


def colour_of(pixels: Pixels) -> Pixels:
    """How far the strongest of the three channels is above the weakest."""
    blue, green, red = cv2.split(pixels)
    strongest, weakest = cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red)
    return as_pixels(cv2.subtract(strongest, weakest))


def _faint(depth: Pixels, strong: Pixels, grain: float) -> Pixels:
    """Pencil and pale print at half size: too weak for the edge rule, but joined into strokes, which grain is not."""
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
