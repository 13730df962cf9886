"""The picture of a page as it is archived: colour and whole; paper grain is smoothed where there is no ink."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.page import Pixels, as_pixels, jpeg_bytes

KEPT_QUALITY = 85
TARGET_BYTES = 150_000
QUALITIES = (55, 40, 30)


def archive_jpeg(pixels: Pixels) -> bytes:
    """The smallest of few sizes that is near TARGET_BYTES, never below the last quality. BGR."""
    calm = without_grain(pixels)
    packed = b""
    for quality in QUALITIES:
        packed = jpeg_bytes(calm, quality)
        if len(packed) <= TARGET_BYTES:
            break
    return packed


def without_grain(pixels: Pixels) -> Pixels:
    """Paper made smooth where nothing stands out from it; ink, stamps and their surroundings are untouched.

    Grain is half of a scan's bytes and none of its meaning.
    """
    size = (pixels.shape[1], pixels.shape[0])
    small = pixels
    for _ in range(2):
        half = (max(1, small.shape[1] // 2), max(1, small.shape[0] // 2))
        small = as_pixels(cv2.resize(small, half, interpolation=cv2.INTER_AREA))
    paper = cv2.resize(cv2.medianBlur(small, 5), size, interpolation=cv2.INTER_LINEAR)
    away = cv2.transform(cv2.absdiff(pixels, paper), np.full((1, 3), 1 / 3, np.float32))
    ink = cv2.threshold(cv2.blur(away, (5, 5)), 10, 255, cv2.THRESH_BINARY)[1]
    ink = cv2.dilate(ink, np.ones((5, 5), np.uint8))
    cv2.copyTo(pixels, ink, paper)
    return as_pixels(paper)
