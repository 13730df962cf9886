"""The picture that recognition reads: grey, even, without stamps and ruled lines. It is never kept or shown."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from scanner.bands import ALONG, throughout
from scanner.leaders import without_leaders
from scanner.page import Page, Pixels, as_pixels

X_HEIGHT = 14
LEAST_DPI = 150
STAMP_MM = (18, 60)
GLANCE = 4
BEHIND = 60
TABLE_CROSSINGS = 12
# A fold or a streak is no darker than this; what is divided by its grey is made a little lighter still.
PALE, LIFT = (100, 250), 1.08


@dataclass(frozen=True)
class Legible:
    """pixels: (height, width) uint8, paper 255; scale: its pixels per page pixel; is_table: ruled both ways."""

    pixels: Pixels
    scale: float
    dpi: int
    is_table: bool


def legible(page: Page) -> Legible:
    """Grey without red stamps, light evened out, contrast stretched, ruled and dotted lines removed, letters about
    X_HEIGHT tall."""
    flat = evened(without_stamps(page))
    even, is_table = without_lines(flat, contrast(flat), page.dpi)
    scale = _reading_scale(even, page.dpi)
    if scale < 1:
        how = cv2.INTER_LINEAR if scale > 0.6 else cv2.INTER_AREA
        even = as_pixels(cv2.resize(even, None, fx=scale, fy=scale, interpolation=how))
    dpi = round(page.dpi * scale)
    return Legible(without_leaders(even, dpi), even.shape[1] / page.width, dpi, is_table)


def without_stamps(page: Page) -> Pixels:
    """Grey picture in which large red marks are taken from the red channel, where they fade.

    Only marks of a stamp's size: titles of certificates are printed in red and must stay.
    """
    grey = page.grey()
    for x, y, wide, high in red_marks(page):
        box = (slice(y, y + high), slice(x, x + wide))
        grey[box] = page.pixels[box][:, :, 2]
    return grey


def red_marks(page: Page) -> list[tuple[int, int, int, int]]:
    """Boxes (x, y, width, height) in pixels of red areas as large as a stamp and about as wide as high."""
    # Every fourth pixel is enough to see a stamp, and costs a tenth of averaging.
    small = np.ascontiguousarray(page.pixels[::GLANCE, ::GLANCE])
    blue, green, red = cv2.split(small)
    redness = cv2.medianBlur(cv2.subtract(red, cv2.max(blue, green)), 3)
    mask = cv2.threshold(redness, 24, 255, cv2.THRESH_BINARY)[1]
    if not cv2.countNonZero(mask):
        return []
    mm = page.dpi / 25.4 / GLANCE
    gap = max(3, round(2.5 * mm)) | 1
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    low, high = STAMP_MM[0] * mm, STAMP_MM[1] * mm
    boxes = []
    for x, y, w, h, _ in stats[1:].tolist():
        if low <= w <= high and low <= h <= high and 0.5 <= w / h <= 2:
            boxes.append((max(0, (x - 1) * GLANCE), max(0, (y - 1) * GLANCE), (w + 2) * GLANCE, (h + 2) * GLANCE))
    return boxes


def evened(grey: Pixels) -> Pixels:
    """Divide by the paper's own brightness: shadows, folds and tints go, strokes stay."""
    small = grey
    for _ in range(3):
        half = (max(1, small.shape[1] // 2), max(1, small.shape[0] // 2))
        small = as_pixels(cv2.resize(small, half, interpolation=cv2.INTER_LINEAR))
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 5)
    # No paper is that dark: it is the lid behind a skewed sheet. Dividing by 1 makes it white.
    behind = cv2.dilate(cv2.threshold(paper, BEHIND, 255, cv2.THRESH_BINARY_INV)[1], np.ones((3, 3), np.uint8))
    paper[behind > 0] = 1
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return as_pixels(cv2.divide(grey, paper, scale=255))


def contrast(even: Pixels) -> Pixels:
    """Table that takes paper to white and the darkest ink to black: 256 levels."""
    light = 225
    counts = np.bincount(even[::3, ::3].ravel(), minlength=256)[: light - 35].cumsum()
    dark = int(np.searchsorted(counts, counts[-1] * 0.15)) if counts[-1] > 200 else light - 120
    return np.clip((np.arange(256) - dark) * 255.0 / (light - dark), 0, 255).astype(np.uint8)


def without_lines(even: Pixels, table: Pixels, dpi: int) -> tuple[Pixels, bool]:
    """Stretch the contrast, paint ruled lines white and mend the letters that they cross, take folds and streaks out
    from under letters. Also: whether the lines form a table."""
    clear = as_pixels(cv2.LUT(even, table))
    half = cv2.resize(clear, (even.shape[1] // 2, even.shape[0] // 2), interpolation=cv2.INTER_LINEAR)
    ink = as_pixels(cv2.threshold(half, 185, 255, cv2.THRESH_BINARY_INV)[1])
    level, upright = _rules(ink, dpi // 2, upright=False), _rules(ink, dpi // 2, upright=True)
    if not cv2.countNonZero(cv2.bitwise_or(level, upright)):
        return clear, False
    folds, streaks = throughout(level, (1, ALONG)), throughout(upright, (ALONG, 1))
    rules = [cv2.dilate(rule, np.ones((3, 3), np.uint8)) for rule in (level, upright)]
    # Ink on both sides of a line belongs to a letter that crosses it.
    rest = cv2.bitwise_and(ink, cv2.bitwise_not(cv2.max(cv2.max(*rules), cv2.max(folds, streaks))))
    reach = max(3, dpi // 40) | 1
    across = cv2.bitwise_or(
        cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((reach, 1), np.uint8)),
        cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8)),
    )
    pales = [_lightened(clear, even, table, *each) for each in ((folds, (1, ALONG)), (streaks, (ALONG, 1)))]
    for rule, pale in zip(rules, pales, strict=True):
        gone = _doubled(as_pixels(cv2.bitwise_and(rule, cv2.bitwise_not(across))), even)
        clear = as_pixels(cv2.bitwise_or(clear, cv2.bitwise_and(gone, cv2.bitwise_not(pale))))
    return clear, _crossings(level, upright) >= TABLE_CROSSINGS


def _lightened(clear: Pixels, even: Pixels, table: Pixels, band: Pixels, window: tuple[int, int]) -> Pixels:
    """Divide by the grey of a band, in `clear` itself, so that letters in it stay; returns 255 where that was done.

    clear, even: with and without contrast; band: mask at half size; window: along it, longer than letters.
    """
    if not cv2.countNonZero(band):
        return np.zeros_like(clear)
    grey = as_pixels(cv2.blur(cv2.dilate(even, np.ones(window, np.uint8)), window[::-1]))
    wide = _doubled(band, even)
    # Grain under a band grows with its darkness: what is nearly paper is made paper.
    lit = as_pixels(cv2.LUT(cv2.divide(even, grey, scale=255 * LIFT), table))
    pale = as_pixels(cv2.bitwise_and(wide, cv2.inRange(grey, *PALE)))
    cv2.copyTo(lit, pale, clear)
    # A black frame is no fold; the bright margin of a fold is one.
    return as_pixels(cv2.bitwise_and(wide, cv2.threshold(grey, PALE[0], 255, cv2.THRESH_BINARY)[1]))


def _doubled(mask: Pixels, like: Pixels) -> Pixels:
    return as_pixels(cv2.resize(mask, like.shape[::-1], interpolation=cv2.INTER_NEAREST))


def _crossings(level: Pixels, upright: Pixels) -> int:
    """How many places rules cross or meet; the double frame of a certificate has few."""
    wider = np.ones((5, 5), np.uint8)
    meet = cv2.bitwise_and(cv2.dilate(level, wider), cv2.dilate(upright, wider))
    return int(cv2.connectedComponents(meet)[0]) - 1 if cv2.countNonZero(meet) else 0


def _rules(ink: Pixels, dpi: int, *, upright: bool) -> Pixels:
    """Strokes at least half an inch long; small breaks are bridged, for worn lines are dotted."""
    long = max(30, dpi // 2)
    bridge, shape = ((3, 1), (long, 1)) if upright else ((1, 3), (1, long))
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(bridge, np.uint8))
    return as_pixels(cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones(shape, np.uint8)))


def _reading_scale(even: Pixels, dpi: int) -> float:
    """Shrink so that small letters are about X_HEIGHT pixels tall, never below LEAST_DPI, never enlarge."""
    if dpi <= LEAST_DPI:
        return 1.0
    tall = x_height(even)
    if tall == 0:
        return min(1.0, 200 / dpi)
    scale = max(X_HEIGHT / tall, LEAST_DPI / dpi)
    return scale if scale < 0.85 else 1.0


def x_height(even: Pixels) -> float:
    """Median height in pixels of lower-case letters; 0 with too few letters."""
    rows = even.shape[0] // 4
    some = even[rows : 2 * rows]  # a quarter of a page has letters enough
    ink = cv2.threshold(some, 150, 255, cv2.THRESH_BINARY_INV)[1]
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = high[(high >= 6) & (high <= 120) & (wide >= 3) & (wide <= 3 * high)]
    if len(letters) < 40:
        return 0.0
    return float(np.percentile(letters, 35))
