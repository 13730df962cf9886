"""Dotted lines to be written on. Recognition reads them as rows of letters, and slowly: they are painted white."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.page import Pixels, as_pixels, halved

INK = 180
# Inches. A full stop of 14 pt is 0.02 across and its neighbour in a row 0.05 away; the marks under a word's letters are
# farther apart than that, and never so many.
DOT_HIGH, GAP, RUN_LONG, RUN_HIGH = 0.032, 0.055, 0.35, 0.05
LEAST_DOTS = 12  # pixels wide, all together


def without_leaders(even: Pixels, dpi: int) -> Pixels:
    """The same picture (grey, paper 255) without rows of dots; worn dots may have run into each other."""
    # Half the size costs a quarter; dots that melt into a dash there are low marks as well.
    half, dpi = halved(even), dpi // 2
    ink = as_pixels(cv2.threshold(half, INK, 255, cv2.THRESH_BINARY_INV)[1])
    dots = _low(ink, DOT_HIGH * dpi)
    if dots is None:
        return even
    joined = as_pixels(cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((1, round(GAP * dpi)), np.uint8)))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    is_run = (stats[:, cv2.CC_STAT_WIDTH] >= RUN_LONG * dpi) & (stats[:, cv2.CC_STAT_HEIGHT] <= RUN_HIGH * dpi)
    is_run[0] = False
    if not is_run.any():
        return even
    runs = as_pixels(is_run.astype(np.uint8)[labels] * np.uint8(255))
    # The soft edge of a dot is grey and must go with it.
    gone = cv2.dilate(cv2.bitwise_and(dots, runs), np.ones((3, 3), np.uint8))
    return as_pixels(cv2.bitwise_or(even, cv2.resize(gone, even.shape[::-1], interpolation=cv2.INTER_NEAREST)))


def _low(ink: Pixels, most: float) -> Pixels | None:
    """255 for marks that are no higher than a dot, however wide; None where they make no row."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    is_low = stats[:, cv2.CC_STAT_HEIGHT] <= most
    is_low[0] = False
    if stats[is_low, cv2.CC_STAT_WIDTH].sum() < LEAST_DOTS:
        return None
    return as_pixels(is_low.astype(np.uint8)[labels] * np.uint8(255))
