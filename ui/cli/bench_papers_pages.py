"""Made papers as a scanner would give them, at four severities, for `motcua bench digitise --only types`."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from printing.fonts import serif
from scanner.page import Page, as_pixels
from scanner.papers.specimen import Specimen

DPI = 200
A4, CARD = (1654, 2339), (690, 440)  # px; a card lies on the glass in its true size
INK = (28, 26, 30)
LEFT, TOP, STEP, SIZE = 170, 140, 58, 36  # px at 13 pt
CARD_SIZE, CARD_STEP = 21, 30
# (blur in px, grain in grey levels, share of ink left, turn in degrees, JPEG quality)
WEAR = {
    0: (0.0, 0.0, 1.0, 0.0, 95),
    1: (0.5, 4.0, 1.0, 0.8, 90),
    2: (0.9, 9.0, 0.8, 1.5, 75),
    3: (1.3, 15.0, 0.6, 2.5, 55),
}


def drawn_page(specimen: Specimen, severity: int, seed: int) -> Page:
    """The paper printed, stamped, laid on the glass and scanned. The same arguments give the same pixels."""
    rng = np.random.default_rng(seed)
    sheet = _printed(specimen)
    if severity:
        sheet = _worn(sheet, severity, rng)
    return Page(as_pixels(np.ascontiguousarray(sheet)), DPI, specimen.form)


def _printed(specimen: Specimen) -> np.typing.NDArray[np.uint8]:
    size, step, width = (CARD_SIZE, CARD_STEP, CARD[0]) if specimen.card else (SIZE, STEP, A4[0])
    left = 40 if specimen.card else LEFT
    sheet = Image.new("RGB", A4, (255, 255, 255))
    pen = ImageDraw.Draw(sheet)
    x0, y = (200, 200) if specimen.card else (0, TOP)
    if specimen.card:
        tint = (214, 232, 236)
        pen.rounded_rectangle((x0, y - 20, x0 + CARD[0], y - 20 + CARD[1]), 18, fill=tint, outline=(120, 130, 140))
    for line in specimen.lines:
        if line.place == "columns":
            share = (width - 2 * left) / len(line.cells)
            lowest = y
            for n, text in enumerate(line.cells):
                centre = x0 + left + (n + 0.5) * share
                lowest = max(lowest, _put(pen, text, centre, y, size, share * 1.04, step, middle=True))
            y = lowest + step
        elif line.place == "middle":
            y = _put(pen, line.cells[0], x0 + width / 2, y, size, width - 2 * left, step, middle=True) + step
        elif line.place == "right":
            text = line.cells[0]
            wide = _font(size, text).getlength(text)
            y = _put(pen, text, x0 + width - left - wide, y, size, width, step) + step
        else:
            y = _put(pen, line.cells[0], x0 + left, y, size, width - 2 * left, step) + step
    if not specimen.card:
        pen.ellipse((1080, y - 190, 1330, y + 60), outline=(190, 40, 45), width=5)  # over the signature
    return np.asarray(sheet)[:, :, ::-1].copy()


def _put(
    pen: ImageDraw.ImageDraw, text: str, x: float, y: float, size: int, room: float, step: int, *, middle: bool = False
) -> int:
    """Words that do not fit go to the next line. Returns the last line's top."""
    font = _font(size, text)
    rows: list[str] = [""]
    for word in text.split(" "):
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        if rows[-1] and font.getlength(longer) > room:
            rows.append(word)
        else:
            rows[-1] = longer
    for n, row in enumerate(rows):
        at = x - font.getlength(row) / 2 if middle else x
        pen.text((at, y + n * step), row, INK, font)
    return int(y + (len(rows) - 1) * step)


@cache
def _loaded(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(serif(face)), size)


def _font(size: int, text: str) -> ImageFont.FreeTypeFont:
    return _loaded("Bold" if text.isupper() else "Regular", size)


def _worn(sheet: np.typing.NDArray[np.uint8], severity: int, rng: np.random.Generator) -> np.typing.NDArray[np.uint8]:
    blur, grain, ink, turn, quality = WEAR[severity]
    high, wide = sheet.shape[:2]
    angle = float(rng.uniform(-turn, turn))
    turned = cv2.warpAffine(
        sheet,
        cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1),
        (wide, high),
        flags=cv2.INTER_CUBIC,
        borderValue=(252, 252, 252),
    )
    soft = cv2.GaussianBlur(turned, (0, 0), blur).astype(np.float32)
    pale = 255 - (255 - soft) * ink
    shade = np.linspace(1.0, 1.0 - 0.06 * severity, wide, dtype=np.float32)[None, :, None]
    noise = rng.standard_normal((high, wide, 1), dtype=np.float32) * grain
    pixels = np.clip(pale * shade * 0.97 + noise, 0, 255).astype(np.uint8)
    if severity >= 3:  # a fold across the page
        at = int(rng.uniform(0.3, 0.7) * high)
        pixels[at - 2 : at + 2] = (pixels[at - 2 : at + 2] * 0.7).astype(np.uint8)
    _done, packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return as_pixels(cv2.imdecode(packed, cv2.IMREAD_COLOR))
