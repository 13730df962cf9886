"""The picture of a page as it is archived: colour and whole, in layers where that loses nothing, else as one JPEG.

A lossless mask keeps every edge at full resolution; what changes slowly (paper, tints, the colours of ink) needs a
sixteenth of the pixels. Where a page differs from its layers by more than grain, the part is kept as it was.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.bilevel import g4_bytes
from scanner.ink import WORN, Inked, colour_of, finer, inked
from scanner.layers import Ink, PageLayers, Patch, Picture, composed
from scanner.page import Pixels, as_pixels, halved, jpeg_bytes
from scanner.patches import unlike

KEPT_QUALITY = 85
CELL = 4
PAPER_QUALITY, INK_QUALITY = 40, 25
PATCH_QUALITY, FAITHFUL_QUALITY = 60, 70
# On a worn page that was dragged the greys of letters tell more than their edges. Not where ink is paler than this
# (levels below the paper): the mask restores what a JPEG would wash out. Pixels around the ink that are kept.
PALEST, GREY_QUALITY, AROUND_PX = 80, 25, 9
# Patches over more of the page than this are dearer than the whole page in one.
MOST_PATCHED = 0.45
# Neutral ink is evened out over so many cells: its small differences are grain. Colour and pale strokes are not.
EVEN_CELLS = 3.0
COLOURFUL, PALE = 20, 40
COVERED = 0.04
CORE = 24
# From so much grain on the edges of strokes are told in half pixels: small marks are worth a third more bytes there.
# On worn pages grain would move them as far as that, and there is no gain.
ROUGH = 3.4
Floats = NDArray[np.float32]


def archive(pixels: Pixels, *, faithful: bool = False) -> PageLayers:
    """Layers of a page, the whole page as one JPEG where its picture asks for it. BGR; equal pixels, equal bytes.

    faithful: ask for the one JPEG in any case (photographs, identity cards, papers whose ground has a meaning).
    """
    if faithful:
        return whole(pixels)
    layers, shown, found = _in_layers(pixels)
    ink = np.ascontiguousarray(found.mask[: layers.height, : layers.width])
    if found.is_dragged and layers.ink is not None and _depth(layers.background, layers.ink) >= PALEST:
        layers, shown = _in_greys(pixels, layers, ink)
    parts = unlike(pixels, shown, ink)
    if sum(w * h for _, _, w, h in parts) > MOST_PATCHED * layers.width * layers.height:
        return whole(pixels)
    return replace(layers, patches=tuple(_patch(pixels, part) for part in parts))


def whole(pixels: Pixels) -> PageLayers:
    """The page as one JPEG."""
    height, width = pixels.shape[:2]
    return PageLayers(width, height, Picture(jpeg_bytes(pixels, FAITHFUL_QUALITY), width, height))


def _depth(background: Picture, ink: Ink) -> float:
    """Levels of grey that ink lies below paper."""
    paper, dark = (cv2.cvtColor(p.pixels(), cv2.COLOR_BGR2GRAY) for p in (background, ink.colours))
    return float(np.median(cv2.subtract(paper, dark)))


def _in_greys(pixels: Pixels, layers: PageLayers, ink: Pixels) -> tuple[PageLayers, Pixels]:
    """One JPEG of the letters as they are, on the even paper of the layers: grain would cost twice as much."""
    even = composed(replace(layers, ink=None), layers.background.pixels(), None, None)
    cv2.copyTo(pixels, cv2.dilate(ink, np.ones((AROUND_PX, AROUND_PX), np.uint8)), even)
    height, width = pixels.shape[:2]
    picture = Picture(jpeg_bytes(even, GREY_QUALITY, is_progressive=True), width, height)
    return PageLayers(width, height, picture), picture.pixels()


def _in_layers(pixels: Pixels) -> tuple[PageLayers, Pixels, Inked]:
    """The layers without patches, what they show, of the page's size, and the ink, which reaches over it."""
    height, width = pixels.shape[:2]
    even = as_pixels(cv2.copyMakeBorder(pixels, 0, -height % CELL, 0, -width % CELL, cv2.BORDER_REPLICATE))
    grey = as_pixels(cv2.cvtColor(even, cv2.COLOR_BGR2GRAY))
    found = inked(even, grey)
    mask = found.mask
    background = _picture(_paper(even, mask), PAPER_QUALITY)
    if not cv2.countNonZero(mask):
        bare = PageLayers(width, height, background, CELL)
        return bare, composed(bare, background.pixels(), None, None), found
    colours = _picture(_colours(even, _cores(grey, mask)), INK_QUALITY, sharp_colour=True)
    across = 2 if ROUGH <= found.grain < WORN else 1
    fine = finer(found) if across > 1 else mask
    layer = Ink(g4_bytes(fine), fine.shape[1], fine.shape[0], colours, across)
    layers = PageLayers(width, height, background, CELL, layer)
    return layers, composed(layers, background.pixels(), colours.pixels(), fine), found


def _paper(pixels: Pixels, mask: Pixels) -> Pixels:
    """The page without its ink, a pixel a cell; under the ink the paper around it goes on."""
    # The soft edge of a stroke is neither ink nor paper: left in, it would shine through as a halo.
    clear = as_pixels(cv2.bitwise_not(cv2.dilate(mask, np.ones((5, 5), np.uint8))))
    return as_pixels(cv2.medianBlur(_spread(*_cells(pixels, clear)), 5))


def _cores(grey: Pixels, mask: Pixels) -> Pixels:
    """Ink about as dark as its darkest neighbours: the soft edges of strokes would wash the colour out."""
    darkest = cv2.erode(grey, np.ones((5, 5), np.uint8))
    return as_pixels(
        cv2.bitwise_and(mask, cv2.threshold(cv2.subtract(grey, darkest), CORE, 255, cv2.THRESH_BINARY_INV)[1])
    )


def _colours(pixels: Pixels, mask: Pixels) -> Pixels:
    """The colours of the ink, a pixel a cell: sharp where ink is coloured or pale, even elsewhere."""
    sums, cover = _cells(pixels, mask)
    own = _spread(sums, cover)
    even = _spread(_blurred(sums), _blurred(cover))
    colourful = colour_of(own) > COLOURFUL
    pale = as_pixels(cv2.cvtColor(cv2.absdiff(own, even), cv2.COLOR_BGR2GRAY)) > PALE
    telling = as_pixels((colourful | pale) & (cover > COVERED))
    joined = cv2.morphologyEx(telling, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    cv2.copyTo(own, cv2.dilate(cv2.medianBlur(joined, 3), np.ones((3, 3), np.uint8)), even)
    return even


def _cells(pixels: Pixels, mask: Pixels) -> tuple[Floats, Floats]:
    """Mean colour of each cell with everything outside the mask as 0, and the covered share of the cell."""
    chosen = cv2.copyTo(pixels, mask)
    sums = halved(halved(as_pixels(chosen))).astype(np.float32)
    return sums, halved(halved(mask)).astype(np.float32) / np.float32(255)


def _spread(sums: Floats, cover: Floats) -> Pixels:
    """Colours of covered cells; the others take them from covered cells ever farther away."""
    return np.clip(_filled(sums, cover), 0, 255).astype(np.uint8)


def _filled(sums: Floats, cover: Floats) -> Floats:
    """The same in floats: what a picture does not know, one of half its size does."""
    own = sums / np.maximum(cover, np.float32(1e-3))[:, :, None]
    known = as_pixels(cover > COVERED)
    high, wide = cover.shape
    if known.all() or (high, wide) == (1, 1):
        return np.asarray(own, np.float32)
    half = (-(-wide // 2), -(-high // 2))
    coarse = (np.asarray(cv2.resize(v, half, interpolation=cv2.INTER_AREA), np.float32) for v in (sums, cover))
    out = cv2.resize(_filled(*coarse), (wide, high), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.copyTo(own, known, out), np.float32)


def _blurred(values: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), EVEN_CELLS), np.float32)


def _patch(pixels: Pixels, box: tuple[int, int, int, int]) -> Patch:
    x, y, wide, high = box
    part = np.ascontiguousarray(pixels[y : y + high, x : x + wide])
    return Patch(x, y, Picture(jpeg_bytes(part, PATCH_QUALITY), wide, high))


def _picture(pixels: Pixels, quality: int, *, sharp_colour: bool = False) -> Picture:
    packed = jpeg_bytes(pixels, quality, is_progressive=True, sharp_colour=sharp_colour)
    return Picture(packed, pixels.shape[1], pixels.shape[0])
