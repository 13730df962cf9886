"""The quality gate: what is wrong with a captured side, before anything is recognised and while the citizen waits.

Each check is a function from a look to a finding or None. A check that is not sure says nothing: an officer who is
told of faults that are none stops looking.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.domain.scan import Finding
from scanner.page import A4_RATIO, Page, Pixels, as_pixels
from scanner.quality_look import MM_PER_INCH, Box, Look, look_at
from scanner.quality_paper import finger, folded_corner, two_sheets


@dataclass(frozen=True)
class Limit:
    """A threshold and why it is what it is."""

    value: float
    why: str


LEAST_DPI = Limit(200, "Decree 30/2020/ND-CP, annex I: papers are digitised at 200 dpi or more")
A4_SHORT_MM = Limit(210, "a side shaped like A4 but stated smaller than A6 is A4 with a wrong resolution in the file")
A6_SHORT_MM = Limit(105, "the smallest A paper that citizens bring")
ACROSS = Limit(0.64, "worn pages have 0.86 to 1, dotted lines on a form a little less; shaken by 9 px 0.58 or less")
DOWN = Limit(0.57, "worn pages have 0.63 to 1 (marks above letters smear first); blurred by 2 px 0.48 to 0.59")
LEAST_STEEP = Limit(150, "ink pixels with a clear step: fewer are a stamp or a name, too few to judge")
DARK_PAPER = Limit(115, "brightness of the paper; grey recycled paper lies above 150, even behind a shadow of half")
SHADED = Limit(0.45, "of the usual paper; the shadow of a fold or spine that letters survive is weaker")
SHADED_SHARE = Limit(0.04, "of the page's area; less is a photograph or a dark stamp")
FAINT_INK = Limit(0.80, "ink over paper: worn toner lies at 0.2 to 0.55, pencil at 0.65")
CUT_LETTERS = Limit(3, "letters that touch one edge of the frame: one or two are specks")
SLIVER = Limit(
    0.75, "of the paper's brightness: a white lid beside the sheet is lighter, print that can be read darker"
)
LETTER_MM = Limit(1.2, "lower-case letters of 8 points and more are taller; dust is smaller")
TALLEST_MM = Limit(9.0, "print taller than this at an edge is a frame or the lid, no letter")

Check = Callable[[Look], Finding | None]


def mended(look: Look) -> Finding | None:
    """Its file was broken, and was read as far as it goes."""
    if not look.page.mended:
        return None
    return Finding("mended", "Tệp bị hỏng một phần và đã được đọc lại: đối chiếu với bản giấy, thiếu thì quét lại.")


def low_dpi(look: Look) -> Finding | None:
    """Too few dots for the paper: stated, or plain from the paper's shape."""
    dpi = _real_dpi(look.page)
    if dpi >= LEAST_DPI.value - 1:
        return None
    return Finding("dpi", f"Ảnh chỉ {dpi} dpi, quy định tối thiểu {LEAST_DPI.value:.0f} dpi: hãy quét lại.")


def _real_dpi(page: Page) -> int:
    short, long = sorted((page.width, page.height))
    short_mm = short / page.dpi * MM_PER_INCH
    if short_mm < A6_SHORT_MM.value - 5 and abs(long / short / A4_RATIO - 1) < 0.015:
        return round(short / (A4_SHORT_MM.value / MM_PER_INCH))
    return page.dpi


def dark(look: Look) -> Finding | None:
    """Paper that came out dark as a whole, or a shadow that swallows a part of it."""
    if look.paper < DARK_PAPER.value:
        return Finding("dark", "Ảnh quá tối: kiểm tra đèn và nắp máy quét rồi quét lại.")
    if look.page.photo:  # the desk around the paper is dark, too
        return None
    smooth = cv2.medianBlur(cv2.dilate(look.tiny, np.ones((5, 5), np.uint8)), 5)
    shade = ((smooth < SHADED.value * look.paper) & (smooth > 20)).astype(np.uint8)
    if shade.mean() < SHADED_SHARE.value or _is_around(shade):
        return None
    return Finding("shadow", "Một phần trang bị bóng che tối: đậy nắp hoặc đổi chỗ sáng rồi quét lại.", _box_of(shade))


def _is_around(shade: NDArray[np.uint8]) -> bool:
    """Dark on three sides or more is the desk below the paper: pictures sent by messengers do not say that they are
    photos."""
    return sum(bool(edge.mean() > 0.5) for edge in (shade[0], shade[-1], shade[:, 0], shade[:, -1])) >= 3


def faint(look: Look) -> Finding | None:
    """Writing that the light washed out."""
    ink = look.grey[::6][look.ink[::6] > 0]
    if len(ink) < LEAST_STEEP.value or look.paper < DARK_PAPER.value:
        return None
    if float(np.percentile(ink, 20)) < FAINT_INK.value * look.paper:
        return None
    return Finding("faint", "Chữ quá nhạt hoặc ảnh bị lóa: giảm độ sáng rồi quét lại.", _box_of(look.ink))


def blur(look: Look) -> Finding | None:
    """Letters whose edges are no steps any more."""
    across, down = _sharpness(look.grey[::6], look.ink[::6]), _sharpness(look.grey[:, ::6].T, look.ink[:, ::6].T)
    if across >= ACROSS.value and down >= DOWN.value:
        return None
    return Finding("blur", "Ảnh bị nhòe: giữ yên giấy, lau mặt kính rồi quét lại.", _box_of(look.ink))


def _sharpness(grey: Pixels, ink: Pixels) -> float:
    """How much of the whole step from paper to ink happens within two pixels along the rows, 0..1; 1 with no ink."""
    grey = np.ascontiguousarray(grey)
    step = np.zeros_like(grey)
    step[:, 1:-1] = cv2.absdiff(grey[:, 2:], grey[:, :-2])
    row = np.ones((1, 15), np.uint8)
    span = cv2.subtract(cv2.dilate(grey, row), cv2.erode(grey, row))
    clear = (ink > 0) & (span > 30)
    if np.count_nonzero(clear) < LEAST_STEEP.value:
        return 1.0
    return float(np.percentile(cv2.dilate(step, row)[clear].astype(np.float32) / span[clear], 30))


def cut_edge(look: Look) -> Finding | None:
    """Letters that run off the frame, so that part of the paper is missing."""
    if look.page.photo:
        return None
    dark = cv2.threshold(look.grey, SLIVER.value * look.paper, 255, cv2.THRESH_BINARY_INV)[1]
    for name, strip, place in _edges(as_pixels(cv2.bitwise_and(look.ink, dark))):
        count, low, high = _letters_at_foot(strip, look.mm)
        if count >= CUT_LETTERS.value:
            words = f"Chữ bị cắt ở {name}: đặt lại giấy cho đủ trang rồi quét lại."
            return Finding("cut", words, place(look, low, high))
    return None


CHECKS: tuple[Check, ...] = (mended, low_dpi, dark, faint, blur, cut_edge, folded_corner, finger, two_sheets)


def findings(page: Page) -> tuple[Finding, ...]:
    """Everything wrong with a side, the worst first."""
    look = look_at(page)
    found = [finding for check in CHECKS if (finding := check(look)) is not None]
    return tuple(sorted(found, key=lambda f: not f.again))


Place = Callable[[Look, float, float], Box]


def _edges(ink: Pixels) -> tuple[tuple[str, Pixels, Place], ...]:
    """Each edge as a strip whose last row is the outermost, and how a stretch of it lies on the page."""
    deep = max(8, ink.shape[1] // 16)
    height, width = ink.shape
    return (
        ("mép trên", ink[:deep][::-1], lambda k, a, b: k.box(a, 0, b - a, deep)),
        ("mép dưới", ink[-deep:], lambda k, a, b: k.box(a, height - deep, b - a, deep)),
        ("mép trái", ink[:, :deep].T[::-1], lambda k, a, b: k.box(0, a, deep, b - a)),
        ("mép phải", ink[:, -deep:].T, lambda k, a, b: k.box(width - deep, a, deep, b - a)),
    )


def _letters_at_foot(strip: Pixels, mm: float) -> tuple[int, float, float]:
    """How many letter-sized marks touch the strip's last rows, and the stretch (from, to) that they take."""
    if not strip[-2:].any():
        return 0, 0.0, 0.0
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(strip), connectivity=8)
    x, y, wide, high, area = stats[1:].T
    least, most = LETTER_MM.value * mm, TALLEST_MM.value * mm
    letter = (y + high >= strip.shape[0] - 1) & (np.maximum(wide, high) >= least) & (wide <= most) & (high <= most)
    # A black edge and dirt on the glass are solid; letters are strokes with paper between.
    letter &= (high >= least / 2) & (wide >= least / 4) & (area < 0.9 * wide * high)
    if not letter.any():
        return 0, 0.0, 0.0
    return int(letter.sum()), float(x[letter].min()), float((x + wide)[letter].max())


def _box_of(mask: Pixels | NDArray[np.uint8]) -> Box:
    """What a mask covers, as shares of the page; stray pixels at its rim count."""
    x, y, wide, high = cv2.boundingRect(mask)
    height, width = mask.shape
    return x / width, y / height, wide / width, high / height
