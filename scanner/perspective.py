"""A photographed sheet laid flat: its corners become a rectangle of the paper's own proportions."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.outline import Outline, outlined
from scanner.page import A4_RATIO, Page, Pixels, as_pixels
from scanner.sheet_edges import Found, sheet_in

Array = NDArray[np.float64]

A4_LONG_IN, CARD_LONG_IN, CARD_RATIO = 11.69, 3.37, 85.6 / 53.98
MOST_DPI = 300  # finer than the law asks for and letters need; a larger picture only costs time
# How far the measured proportions may be from a paper's own: seen squarely, and in perspective.
SQUARE, SLANTED = 0.04, 0.13
LEAST_SLANT = 0.04  # opposite sides of unequal length
BOWED = 0.015  # of the long side
LENSES = (0.45, 6.0)  # focal length in picture sizes: from the widest telephone lens to the longest
# What nobody called a photo: a lid, bed or desk around the sheet that is far darker, on two sides or more; or darker
# than paper on three sides or more, if the sheet is seen from aside (else it may be a printed border).
FAR_DARKER, DARKER = (0.62, 2), (0.9, 3)
LEAST_SUPPORT = 0.9  # for pictures that nobody called a photo


@dataclass(frozen=True)
class Flat:
    """page: the sheet alone; support: how sure its borders are, 0..1; cut: it runs out of the picture."""

    page: Page
    support: float
    cut: bool


def flattened(page: Page) -> Flat | None:
    """The sheet without the desk around it, in its own proportions; None when there is no desk or it is not sure."""
    around = _around(page.pixels)
    is_far, is_near = (sum(a < share for a in around) >= sides for share, sides in (FAR_DARKER, DARKER))
    if not page.photo and not (is_far or is_near):
        return None
    found = sheet_in(page.pixels)
    if found is None or (not page.photo and (found.support < LEAST_SUPPORT or any(found.frames))):
        return None
    outline = outlined(page.pixels, found.corners, found.even, found.frames)
    if not _makes_sense(outline.corners, found):
        return None
    is_aside = is_seen_from_aside(outline)
    if not (page.photo or is_far or is_aside):
        return None
    page = replace(page, photo=page.photo or is_aside)
    size, dpi = paper_size(outline.corners, page, whole=not any(found.frames))
    pixels = _warped(page.pixels, outline, size)
    return Flat(replace(page.with_pixels(pixels), dpi=dpi), found.support, any(found.frames))


def is_seen_from_aside(outline: Outline) -> bool:
    """Whether only a camera can have seen the sheet so: in perspective, or bent. No scanner does that."""
    sizes = _sizes(outline.corners)
    return _slant(sizes) >= LEAST_SLANT or max(outline.bows) > BOWED * max(sizes)


def paper_size(corners: Array, page: Page, *, whole: bool) -> tuple[tuple[int, int], int]:
    """(width, height) in pixels of the flat sheet, and its resolution. whole: False for a sheet that the picture cuts.

    No pixel of the picture is thrown away, up to MOST_DPI.
    """
    top, right, bottom, left = sizes = _sizes(corners)
    wide, high = max(top, bottom), max(left, right)
    is_tall = (left + right) >= (top + bottom)
    ratio = _ratio(corners, (page.width, page.height))
    ratio = ratio if ratio >= 1 else 1 / ratio
    paper = _paper(ratio, is_slanted=_slant(sizes) >= LEAST_SLANT, is_tall=bool(is_tall)) if whole else None
    long_in, ratio = paper or (A4_LONG_IN, ratio)
    long = max(high, wide * ratio) if is_tall else max(wide, high * ratio)
    dpi = long / long_in if page.photo else float(page.dpi)
    if page.photo and dpi > MOST_DPI and long_in == A4_LONG_IN:
        long, dpi = long * MOST_DPI / dpi, float(MOST_DPI)
    short = long / ratio
    return ((round(short), round(long)) if is_tall else (round(long), round(short))), max(1, round(dpi))


def _paper(ratio: float, *, is_slanted: bool, is_tall: bool) -> tuple[float, float] | None:
    """Long side in inches and proportions of the paper that it must be; None for a paper of another shape.

    Only a card that lies square below the camera is told from a sheet by its shape: in perspective both look alike.
    """
    if not is_tall and not is_slanted and abs(np.log(ratio / CARD_RATIO)) < SQUARE:
        return CARD_LONG_IN, CARD_RATIO
    is_sheet = abs(np.log(ratio / A4_RATIO)) < (SLANTED if is_slanted else SQUARE)
    return (A4_LONG_IN, A4_RATIO) if is_sheet else None


def _ratio(corners: Array, picture: tuple[int, int]) -> float:
    """Height over width of the sheet from the perspective of its corners; from its sides where that says too little.

    Source: Zhang and He, "Whiteboard scanning and image enhancement" (2007), square pixels, optical axis in the middle.
    """
    top, right, bottom, left = sizes = _sizes(corners)
    plain = (left + right) / (top + bottom)
    if _slant(sizes) < LEAST_SLANT:
        return plain
    size = max(picture)
    centred = (corners - np.array(picture) / 2) / size
    m1, m2, m4, m3 = (np.append(c, 1.0) for c in centred)  # top left, top right, bottom right, bottom left
    k2 = np.dot(np.cross(m1, m4), m3) / np.dot(np.cross(m2, m4), m3)
    k3 = np.dot(np.cross(m1, m4), m2) / np.dot(np.cross(m3, m4), m2)
    n2, n3 = k2 * m2 - m1, k3 * m3 - m1
    if abs(n2[2] * n3[2]) < 1e-4:  # one pair of sides is parallel: the lens cannot be told
        return plain
    lens2 = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    if not LENSES[0] ** 2 <= lens2 <= LENSES[1] ** 2:
        return plain
    wide2 = (n2[0] ** 2 + n2[1] ** 2) / lens2 + n2[2] ** 2
    high2 = (n3[0] ** 2 + n3[1] ** 2) / lens2 + n3[2] ** 2
    return float(np.sqrt(high2 / wide2))


def _warped(pixels: Pixels, outline: Outline, size: tuple[int, int]) -> Pixels:
    """The quadrangle as a rectangle, with as much more at each side as the paper bows out there."""
    width, height = size
    top, right, bottom, left = _sizes(outline.corners)
    high, wide = height / max(left, right), width / max(top, bottom)
    up, beside, down, before = (
        round(bow * k * 1.15) if bow * k > 2 else 0
        for bow, k in zip(outline.bows, (high, wide, high, wide), strict=True)
    )
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32) + np.array(
        [before, up], np.float32
    )
    turn = cv2.getPerspectiveTransform(outline.corners.astype(np.float32), target)
    whole = (width + before + beside, height + up + down)
    # Cubic keeps strokes sharp, and where the picture is shrunk by half or more an average is needed first.
    return as_pixels(cv2.warpPerspective(pixels, turn, whole, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))


def _sizes(corners: Array) -> tuple[float, float, float, float]:
    """Lengths of the top, right, bottom and left side."""
    top, right, bottom, left = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    return float(top), float(right), float(bottom), float(left)


def _slant(sizes: tuple[float, float, float, float]) -> float:
    """By how much opposite sides differ in length, as a share."""
    top, right, bottom, left = sizes
    return max(abs(top / bottom - 1), abs(left / right - 1))


def _makes_sense(corners: Array, found: Found) -> bool:
    """Whether the drawn sides are still those that were found."""
    moved = np.linalg.norm(corners - found.corners, axis=1).max()
    return bool(np.isfinite(moved)) and moved < 0.12 * np.linalg.norm(found.corners[2] - found.corners[0])


def _around(pixels: Pixels) -> list[float]:
    """Brightness along each edge of the picture, as a share of the paper's."""
    some = as_pixels(cv2.cvtColor(np.ascontiguousarray(pixels[::8, ::8]), cv2.COLOR_BGR2GRAY))
    deep = max(2, some.shape[1] // 60)
    paper = max(1.0, float(np.percentile(some, 75)))
    edges = (some[:deep], some[:, -deep:], some[-deep:], some[:, :deep])
    return [float(np.median(edge)) / paper for edge in edges]
