"""Bar and square codes on a page: zxing-cpp first, zbar second and only for its raw bytes; text is strict UTF-8.

zbar guesses East Asian encodings and so misreads a quarter of Vietnamese identity cards; its bytes are sound. It is a
system library: where it is missing, or too old to leave bytes alone, nothing but a few worn codes goes unread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from kiosk.text import nfc
from scanner.code_places import code_places
from scanner.page import DEFAULT_DPI, Pixels, as_pixels
from scanner.raw_zbar import raw_symbols

# What is asked for, and our names; a search for QR also finds its small variants, which are QR to us.
WANTED = {
    zxingcpp.BarcodeFormat.QRCode: "qr",
    zxingcpp.BarcodeFormat.Code128: "code128",
    zxingcpp.BarcodeFormat.DataMatrix: "datamatrix",
    zxingcpp.BarcodeFormat.PDF417: "pdf417",
}
ALL = tuple(WANTED)
# Looked for on the whole page, because they are common and cheap; the others only where something looks like a code.
COMMON = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128)
LEAST_SLANT_DEG = 3.0


@dataclass(frozen=True)
class Code:
    """kind: "qr", "code128", "datamatrix", "pdf417", or "mrz" (`scanner.mrz`); text: NFC."""

    kind: str
    text: str


@dataclass(frozen=True)
class _Found:
    code: Code
    centre: tuple[float, float]


def read_codes(grey: Pixels, dpi: int = DEFAULT_DPI) -> tuple[Code, ...]:
    """Codes of a picture, each once, in the order found. grey: (height, width) uint8, any direction.

    dpi: says how large a code may be; a wrong one costs worn codes, not others.
    """
    found = _by_zxing(grey, COMMON)
    codes = [f.code for f in found]
    for place in code_places(grey, dpi):
        if not any(place.holds(*f.centre) for f in found):
            codes += _tried_hard(place.cut(grey), place.slant_deg)
    return tuple(dict.fromkeys(codes))


def _tried_hard(grey: Pixels, slant_deg: float) -> list[Code]:
    """The codes of a small picture that one of the ways below makes readable; none needs more than some 20 ms."""
    for codes in _ways(grey, slant_deg):
        if codes:
            return codes
    return []


def _ways(grey: Pixels, slant_deg: float) -> Iterator[list[Code]]:
    """Cheapest and most often of use first; which ways help what is in docs/codes.md."""
    if abs(slant_deg) > LEAST_SLANT_DEG:
        grey = _straight(grey, slant_deg)
    for change in (_as_it_is, _calmed, _enlarged):
        yield _codes(change(grey))
    lit = _enlarged(_evenly_lit(grey))
    yield _by_zbar(lit)
    yield _codes(_sharpened(grey))
    yield _codes(lit)
    yield _codes(_straight(grey, 45))


def _codes(grey: Pixels) -> list[Code]:
    return [f.code for f in _by_zxing(grey, ALL)]


def _by_zxing(grey: Pixels, formats: tuple[zxingcpp.BarcodeFormat, ...]) -> list[_Found]:
    found = []
    # The set is made each time: one that outlives the library is complained about when the process ends.
    for r in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(list(formats)), try_invert=False):
        text = strict(r.bytes)
        if text is not None:
            p = r.position
            corners = (p.top_left, p.top_right, p.bottom_left, p.bottom_right)
            centre = (sum(c.x for c in corners) / 4, sum(c.y for c in corners) / 4)
            found.append(_Found(Code(WANTED.get(r.format, "qr"), text), centre))
    return found


def _by_zbar(grey: Pixels) -> list[Code]:
    return [Code(kind, text) for kind, content in raw_symbols(grey) if (text := strict(content)) is not None]


def strict(content: bytes) -> str | None:
    """The text, or None where the bytes are no UTF-8: a wrong name is worse than none."""
    try:
        return nfc(content.decode("utf-8"))
    except UnicodeDecodeError:
        return None


# --- pictures of the same place, each better for some kind of wear ----------------------------------------------------


def _as_it_is(grey: Pixels) -> Pixels:
    return grey


def _calmed(grey: Pixels) -> Pixels:
    """Grain and the blocks of JPEG."""
    return as_pixels(cv2.GaussianBlur(grey, (0, 0), 1.0))


def _enlarged(grey: Pixels) -> Pixels:
    """Modules of two pixels and fewer."""
    large = cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return as_pixels(cv2.GaussianBlur(large, (0, 0), 2))


def _sharpened(grey: Pixels) -> Pixels:
    """Out of focus."""
    large = cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return as_pixels(cv2.addWeighted(large, 5, cv2.GaussianBlur(large, (0, 0), 5), -4, 0))


def _evenly_lit(grey: Pixels) -> Pixels:
    """Shadows of folds, toner that ran out: the paper white everywhere, the ink black."""
    quarter = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(quarter, np.ones((5, 5), np.uint8)), (0, 0), 4)
    share = grey / np.maximum(cv2.resize(paper, (grey.shape[1], grey.shape[0])), 1).astype(np.float32)
    black, white = np.percentile(share[::2, ::2], (2, 98))
    return as_pixels(np.clip((share - black) * (255 / max(float(white - black), 0.01)), 0, 255))


def _straight(grey: Pixels, degrees: float) -> Pixels:
    """Turned counter-clockwise: bars are looked for along rows and columns only."""
    height, width = grey.shape
    side = int(np.hypot(height, width))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turn[:, 2] += ((side - width) / 2, (side - height) / 2)
    return as_pixels(cv2.warpAffine(grey, turn, (side, side), flags=cv2.INTER_LINEAR, borderValue=255))
