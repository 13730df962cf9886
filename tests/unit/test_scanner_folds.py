"""Folds and streaks leave the page, the letters under them stay."""

from __future__ import annotations

import cv2
import numpy as np
from scanner_samples import drawn, scanned

from scanner.legible import Legible, legible
from scanner.page import Page, Pixels

LINES = tuple("HỘI ĐỒNG NHÂN DÂN HUYỆN MẪU SƠN" for _ in range(12))
FOLD_Y = 340  # through the middle of letters of the third line
STREAK_X = 420


def folded(page: Page, depth: float) -> Page:
    """A dark line across the sheet, and one of the scanner's glass down the sheet."""
    pixels = page.pixels.astype(np.float32)
    pixels[FOLD_Y : FOLD_Y + 3] *= 1 - depth
    pixels[:, STREAK_X : STREAK_X + 2] *= 1 - depth
    return page.with_pixels(cv2.GaussianBlur(pixels, (0, 0), 0.6).astype(np.uint8))


def around(picture: Legible) -> tuple[Pixels, Pixels]:
    """What is read beside the fold and beside the streak."""
    y, x = round(FOLD_Y * picture.scale), round(STREAK_X * picture.scale)
    return picture.pixels[y - 8 : y + 10], picture.pixels[:, x - 6 : x + 8]


def ink(pixels: Pixels) -> int:
    return int((pixels < 128).sum())


def test_letters_under_a_fold_and_a_streak_are_kept() -> None:
    plain = legible(scanned(drawn(LINES)))
    marked = legible(scanned(folded(drawn(LINES), 0.3)))
    for kept, before in zip(around(marked), around(plain), strict=True):
        assert ink(before) > 300
        assert 0.85 < ink(kept) / ink(before) < 1.15


def test_the_fold_itself_is_gone() -> None:
    marked = legible(scanned(folded(drawn(()), 0.3)))
    for pixels in around(marked):
        assert (pixels < 200).mean() < 0.01


def test_a_ruled_line_is_still_painted_white() -> None:
    page = drawn(())
    pixels = page.pixels.copy()
    for y in range(600, 1800, 90):
        pixels[y : y + 3, 200:1450] = 40
    for x in (200, 500, 900, 1447):
        pixels[600:1593, x : x + 3] = 40
    picture = legible(scanned(page.with_pixels(pixels)))
    assert picture.is_table
    assert (picture.pixels < 200).mean() < 0.002
