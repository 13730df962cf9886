"""Folds of the paper and streaks of the scanner's glass: thin, from one edge of the sheet to the other."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.page import Pixels, as_pixels

# Share of the sheet at its edges where such a line is a frame rather than a fold.
EDGE = 0.08
# Pixels at half size of 200 dpi: longer than letters are wide; how thick a band is. Share of the sheet that it spans.
ALONG, THIN, THROUGHOUT = 41, 6, 0.85


def throughout(rule: Pixels, window: tuple[int, int]) -> Pixels:
    """Of the lines in a mask, only folds and streaks, with a margin.

    window: (height, width) of a stretch along the lines, longer than their breaks; one of the two is 1.
    """
    if not cv2.countNonZero(rule):
        return rule
    extent, whole = (cv2.CC_STAT_HEIGHT, rule.shape[0]) if window[1] == 1 else (cv2.CC_STAT_WIDTH, rule.shape[1])
    across, side = (0, rule.shape[1]) if window[1] == 1 else (1, rule.shape[0])
    bridge = np.ones(window, np.uint8)
    # All lines together seen from the side: hardly a page has one from edge to edge, and the rest is dear.
    shade = cv2.morphologyEx(cv2.reduce(rule, 1 - across, cv2.REDUCE_MAX), cv2.MORPH_CLOSE, bridge)
    if cv2.countNonZero(shade) < THROUGHOUT * whole:
        return np.zeros_like(rule)
    joined = as_pixels(cv2.morphologyEx(rule, cv2.MORPH_CLOSE, bridge))
    _, labels, stats, centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
    is_band = (stats[:, extent] >= THROUGHOUT * whole) & (stats[:, cv2.CC_STAT_AREA] <= THIN * stats[:, extent])
    is_band &= np.abs(centres[:, across] / side - 0.5) <= 0.5 - EDGE
    is_band[0] = False
    if not is_band.any():
        return np.zeros_like(rule)
    return as_pixels(cv2.dilate(is_band.astype(np.uint8)[labels] * np.uint8(255), np.ones((7, 7), np.uint8)))
