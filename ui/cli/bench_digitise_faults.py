"""Pages as they go wrong at a desk, made from good ones, for the measure and the tests of the quality gate."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.page import Page


def blurred(page: Page, sigma_px: float = 3.0) -> Page:
    """Out of focus. sigma_px: at 200 dpi."""
    return page.with_pixels(cv2.GaussianBlur(page.pixels, (0, 0), sigma_px * page.dpi / 200))


def shaken(page: Page, length_px: int = 13) -> Page:
    """Moved sideways while it was taken."""
    return page.with_pixels(cv2.filter2D(page.pixels, -1, np.full((1, length_px), 1 / length_px, np.float32)))


def cut(page: Page, left_mm: float = 34.0) -> Page:
    """Laid so that the left of the sheet is outside; the frame keeps its size."""
    off = round(left_mm * page.dpi / 25.4)
    pixels = np.full_like(page.pixels, 255)
    pixels[:, : page.width - off] = page.pixels[:, off:]
    return page.with_pixels(pixels)


def dimmed(page: Page, to: float = 0.35) -> Page:
    return page.with_pixels(page.pixels * to)


def overexposed(page: Page, left_of_ink: float = 0.15) -> Page:
    """Ink that keeps only a share of its darkness."""
    return page.with_pixels(255 - (255 - page.pixels.astype(np.float32)) * left_of_ink)


def shadowed(page: Page, share: float = 0.25) -> Page:
    """Something dark above the right part of the sheet."""
    light = np.ones(page.width, np.float32)
    light[round(page.width * (1 - share)) :] = 0.3
    soft = cv2.GaussianBlur(light[None, :], (0, 0), 12)
    return page.with_pixels(page.pixels * soft[:, :, None])


def coarse(page: Page, dpi: int = 120) -> Page:
    size = (round(page.width * dpi / page.dpi), round(page.height * dpi / page.dpi))
    return Page(np.asarray(cv2.resize(page.pixels, size, interpolation=cv2.INTER_AREA), np.uint8), dpi, page.source)


def folded(page: Page, leg_mm: float = 20.0, lid: int | None = None, corner: int = 0) -> Page:
    """A corner turned over. lid: brightness of what shows behind; None for the flap lying on a white lid.

    corner: 0 top left, 1 top right, 2 bottom left, 3 bottom right.
    """
    pixels = _to_corner(page.pixels, corner).copy()
    leg, high = leg_mm * page.dpi / 25.4, 0.8 * leg_mm * page.dpi / 25.4
    rows, columns = np.mgrid[0 : page.height, 0 : page.width].astype(np.float32)
    beyond = (columns / leg + rows / high - 1) * min(leg, high) * 0.7  # px from the fold, negative outside
    pixels[beyond < 0] = 252 if lid is None else lid
    dark = 1 - 0.45 * np.exp(-((beyond / 2.2) ** 2))
    pixels = np.clip(pixels * dark[:, :, None], 0, 255).astype(np.uint8)
    return page.with_pixels(_to_corner(pixels, corner))


def thumbed(page: Page, skin: tuple[int, int, int] = (120, 150, 205), at: float = 0.6) -> Page:
    """A thumb (BGR `skin`) over the left edge."""
    pixels = page.pixels.copy()
    mm = page.dpi / 25.4
    centre = (0, round(page.height * at))
    cv2.ellipse(pixels, centre, (round(26 * mm), round(10 * mm)), 12, 0, 360, skin, -1, cv2.LINE_AA)
    return page.with_pixels(pixels)


def doubled(page: Page, at: float = 0.55, slope: float = 0.01) -> Page:
    """The edge of a second sheet below: a sharp drop and a shadow that fades."""
    rows, columns = np.mgrid[0 : page.height, 0 : page.width].astype(np.float32)
    beyond = rows - at * page.height - slope * columns
    shade = np.where(beyond >= 0, 1 - 0.16 * np.exp(-beyond / 30), 1)
    return page.with_pixels(np.clip(page.pixels * shade[:, :, None], 0, 255))


def two_in_a_row(page: Page) -> Page:
    return page.with_pixels(np.vstack([page.pixels, page.pixels]))


def _to_corner(pixels: np.ndarray, corner: int) -> np.ndarray:
    pixels = pixels[:, ::-1] if corner % 2 else pixels
    return pixels[::-1] if corner >= 2 else pixels
