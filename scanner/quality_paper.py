"""Faults of the sheet itself: a corner folded over, a finger in the picture, a second sheet behind the first."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.domain.scan import Finding
from scanner.page import Pixels
from scanner.quality_look import BEHIND, Look

CORNER_MM = 45  # a larger fold hides writing that an officer sees at once
FOLD_LEGS_MM = (7, 40)
TRIANGLE = (0.38, 0.64)  # of its bounding box; a half, and what a soft edge takes or adds
LEAST_ASPECT = 0.4  # the black wedge behind a skewed sheet is far flatter
FINGER_MM2 = (90, 4000)  # the tip of a little finger to a whole thumb
A4_LONG_MM, LONGER = 297, 1.35  # legal paper is 1.2 times A4
STRIPS, MOST_SLOPE = 8, 0.06
STRAIGHT_PX, NEAR, FAR = 3, 3, 6  # rows of half a glance, 0.4 mm each
LEAST_STEP = 12  # levels; the shadow below a sheet with the lid down is 15 to 40, the slope beside a fold up to 9


def folded_corner(look: Look) -> Finding | None:
    """A corner that shows the paper's back or nothing: a triangle set off from the rest."""
    if look.page.photo:
        return None
    side = round(CORNER_MM * look.mm / 2)
    half = look.half
    if min(half.shape) < 2 * side:
        return None
    for vertical in (False, True):
        for horizontal in (False, True):
            window = half[::-1] if vertical else half
            window = window[:, ::-1] if horizontal else window
            legs = _triangle(np.ascontiguousarray(window[:side, :side]), look.mm / 2)
            if legs is not None:
                wide, high = 2 * legs[0], 2 * legs[1]
                x = look.grey.shape[1] - wide if horizontal else 0
                y = look.grey.shape[0] - high if vertical else 0
                words = "Góc giấy bị gập: vuốt phẳng góc rồi quét lại."
                return Finding("fold", words, look.box(x, y, wide, high))
    return None


def _triangle(corner: Pixels, mm: float) -> tuple[int, int] | None:
    """Legs in pixels of a right triangle at the window's first corner that its own edge or tone sets off."""
    # The fold is often one thin shadow: darkest of the neighbours keeps it closed.
    tone = cv2.erode(cv2.medianBlur(corner, 3), np.ones((3, 3), np.uint8))
    start = (2, 2)
    mask = np.zeros((corner.shape[0] + 2, corner.shape[1] + 2), np.uint8)
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (255 << 8)
    area, _, _, (x, y, wide, high) = cv2.floodFill(tone, mask, start, 0, 9, 9, flags)
    least, most = FOLD_LEGS_MM[0] * mm, FOLD_LEGS_MM[1] * mm
    if x > 2 or y > 2 or not (least <= wide <= most and least <= high <= most):
        return None
    if min(wide, high) < LEAST_ASPECT * max(wide, high) or not TRIANGLE[0] <= area / (wide * high) <= TRIANGLE[1]:
        return None
    # A triangle at this corner is empty on the far side of its diagonal.
    found = mask[1 + y : 1 + y + high, 1 + x : 1 + x + wide] > 0
    rows, columns = np.nonzero(found)
    beyond = (rows / high + columns / wide > 1.12).mean()
    return (wide, high) if beyond < 0.05 else None


def finger(look: Look) -> Finding | None:
    """Skin that reaches over the paper from an edge of the picture."""
    pixels = look.page.pixels
    stride = max(1, pixels.shape[1] // 250)
    some = cv2.cvtColor(np.ascontiguousarray(pixels[::stride, ::stride]), cv2.COLOR_BGR2YCrCb)
    # Usual bounds of skin in Cr and Cb, all complexions; brightness is left open.
    skin = cv2.inRange(cv2.medianBlur(some, 3), (50, 138, 77), (245, 178, 124))
    if not 0 < cv2.countNonZero(skin) < skin.size // 4:  # tinted paper and wooden desks are no finger
        return None
    skin = cv2.morphologyEx(skin, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    mm2 = (look.page.dpi / 25.4 / stride) ** 2
    _, _, stats, _ = cv2.connectedComponentsWithStats(skin, connectivity=8)
    for x, y, wide, high, area in stats[1:].tolist():
        at_edge = x <= 1 or y <= 1 or x + wide >= skin.shape[1] - 1 or y + high >= skin.shape[0] - 1
        rounded = 0.55 <= area / (wide * high) <= 0.95 and 0.25 <= wide / high <= 4
        if at_edge and rounded and FINGER_MM2[0] * mm2 <= area <= FINGER_MM2[1] * mm2:
            height, width = skin.shape
            box = (x / width, y / height, wide / width, high / height)
            return Finding("finger", "Ngón tay che giấy: bỏ tay ra khỏi trang rồi chụp lại.", box)
    return None


def two_sheets(look: Look) -> Finding | None:
    """Two sheets drawn in together: as long as two, or the edge of one lies across the other."""
    if look.page.photo:
        return None
    long_mm, wide_mm = look.grey.shape[0] / look.mm, look.grey.shape[1] / look.mm
    words = "Có vẻ hai tờ bị kéo cùng lúc: tách hai tờ rồi quét lại từng tờ."
    if long_mm > A4_LONG_MM * LONGER and wide_mm < A4_LONG_MM:
        return Finding("double", words)
    half = look.half
    for turned in (False, True):
        picture = half.T if turned else half
        at = sheet_edge(_strip_tones(half, turned=turned), look.paper)
        if at is None or not _is_written_on_both_sides(look.ink.T if turned else look.ink, 2 * at):
            continue
        share, high = (at - 4) / picture.shape[0], 8 / picture.shape[0]
        box = (share, 0.0, high, 1.0) if turned else (0.0, share, 1.0, high)
        return Finding("double", "Có mép một tờ khác trên trang: xem có hai tờ chồng nhau không.", box, again=False)
    return None


def sheet_edge(tones: NDArray[np.float32], paper: float) -> float | None:
    """Row of a step in tone from side to side; None without one. A fold or a ruled line goes down and up again.

    tones: (STRIPS, rows), the paper's brightness along each of equally wide strips; paper: usual brightness.
    """
    drop, lit = _drops(tones)
    height = tones.shape[1]
    rim = height // 20
    rows = np.abs(drop[:, rim : height - rim]).argmax(axis=1) + rim
    every = np.arange(STRIPS)
    sizes, reach = drop[every, rows], MOST_SLOPE * height / STRIPS
    good = (np.abs(sizes) >= LEAST_STEP) & (np.sign(sizes) == np.sign(np.median(sizes)))
    good &= (np.abs(rows - np.median(rows)) <= reach * STRIPS / 2) & (lit[every, rows] > max(BEHIND, 0.6 * paper))
    if good.sum() < STRIPS - 2:
        return None
    slope, start = np.polyfit(every[good], rows[good], 1)
    is_straight = np.abs(rows[good] - slope * every[good] - start).max() <= STRAIGHT_PX
    return float(start + slope * (STRIPS - 1) / 2) if is_straight and abs(slope) <= reach else None


def _drops(tones: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How much darker the paper is just after a row than just before, where it changes within two rows; and the darker
    of the two. Both like `tones`. The lightest of several rows is taken, so that lines of letters do not count."""
    padded = np.pad(tones, ((0, 0), (NEAR + FAR, NEAR + FAR)), mode="edge")
    length = tones.shape[1]

    def lightest(shift: int) -> NDArray[np.float32]:
        start = NEAR + FAR + shift
        return np.asarray(np.max([padded[:, start + n : start + n + length] for n in range(FAR)], axis=0))

    before, after = lightest(-NEAR - FAR + 1), lightest(NEAR)
    step = np.zeros_like(tones)
    step[:, 1:-1] = tones[:, :-2] - tones[:, 2:]
    drop = before - after
    agreed = np.where(np.sign(drop) == np.sign(step), np.minimum(np.abs(drop), np.abs(step)), 0)
    return (agreed * np.sign(drop)).astype(np.float32), np.minimum(before, after)


def _is_written_on_both_sides(ink: Pixels, at: float) -> bool:
    """A white lid beside a small paper has an edge too, but nothing is written on it."""
    gap, least = ink.shape[0] // 40, ink.size // 1500
    above, below = ink[: max(0, round(at) - gap) : 2, ::2], ink[round(at) + gap :: 2, ::2]
    return bool(4 * min(np.count_nonzero(above), np.count_nonzero(below)) >= least)


def _strip_tones(picture: Pixels, *, turned: bool) -> NDArray[np.float32]:
    """(STRIPS, rows) or, turned, (STRIPS, columns): the lightest of each row: paper shows between letters."""
    height, width = picture.shape
    if turned:
        strips = picture[: height // STRIPS * STRIPS].reshape(STRIPS, -1, width).max(axis=1)
    else:
        strips = picture[:, : width // STRIPS * STRIPS].reshape(height, STRIPS, -1).max(axis=2).T
    return np.ascontiguousarray(strips, dtype=np.float32)
