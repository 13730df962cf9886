"""Backs of worn papers, empty and with very little on them, for the measure and the tests of blank sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from scanner.glyphs import FONT_FILE
from scanner.page import Page, Pixels, as_pixels

DPI = 200
SIZE = (1654, 2339)
MM = DPI / 25.4
EDGE = 8  # room for soft ink around a mark, pixels
GRAINS = 4  # drawn once and rolled: a page's noise never repeats in place
Array = NDArray[np.float32]


@dataclass(frozen=True)
class Back:
    """page: as a scanner gives it; kind: what is on it; worn: what happened to the paper."""

    page: Page
    kind: str
    worn: tuple[str, ...]


@dataclass
class BackMaker:
    """Draws backs. fronts: pages whose print shows through. Equal seeds and fronts give equal backs."""

    fronts: Sequence[Page]
    seed: int = 1

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        self._grains = [rng.standard_normal(SIZE[::-1], dtype=np.float32) for _ in range(GRAINS)]
        self._shown = [_mirrored(page) for page in self.fronts]

    def blanks(self, count: int) -> Iterator[Back]:
        for n in range(count):
            yield self._back(np.random.default_rng([self.seed, 1, n]), "blank")

    def written(self, count: int) -> Iterator[Back]:
        """The kinds of MARKS in turn."""
        names = list(MARKS)
        for n in range(count):
            yield self._back(np.random.default_rng([self.seed, 2, n]), names[n % len(names)])

    def _back(self, rng: np.random.Generator, kind: str) -> Back:
        paper = np.full(SIZE[::-1], 1.0, np.float32)
        worn = []
        for name, chance, wear in WEAR:
            if rng.random() < chance:
                wear(paper, rng)
                worn.append(name)
        if self._shown and rng.random() < 0.6:
            strength, blur = rng.uniform(0.02, 0.13), rng.uniform(0.9, 1.8)
            front = self._shown[int(rng.integers(len(self._shown)))]
            paper *= 1 - np.float32(strength) * cv2.GaussianBlur(front, (0, 0), blur)
            worn.append(f"show-through {strength:.2f}")
        marks = () if kind == "blank" else MARKS[kind](rng)
        grain = np.roll(self._grains[int(rng.integers(GRAINS))], rng.integers(0, 1600, 2), (0, 1))
        pixels = _scanned(paper, marks, grain, rng)
        packed = cv2.imencode(".jpg", pixels, [1, int(rng.integers(55, 92))])[1]
        return Back(Page(as_pixels(cv2.imdecode(packed, cv2.IMREAD_COLOR)), DPI, kind), kind, tuple(worn))


def _scanned(paper: Array, marks: Sequence[Mark], grain: Array, rng: np.random.Generator) -> Pixels:
    """Ink laid over the paper, softened by the lens, tinted, grainy."""
    blur, bright = rng.uniform(0.4, 1.1), np.float32(rng.uniform(225, 252))
    grey = cv2.GaussianBlur(paper, (0, 0), blur) * bright + grain * np.float32(rng.uniform(1, 6))
    level = np.clip(grey, 0, 255).astype(np.uint8)
    tones = np.arange(256)
    tint = (rng.uniform(0.78, 1), rng.uniform(0.9, 1), 1.0)
    pixels = cv2.merge([cv2.LUT(level, (tones * share).astype(np.uint8)) for share in tint])
    for mark in marks:
        high, wide = mark.ink.shape[:2]
        place = pixels[mark.y : mark.y + high, mark.x : mark.x + wide]
        ink = cv2.GaussianBlur(mark.ink, (0, 0), blur)
        place[:] = (place * ink[: place.shape[0], : place.shape[1]]).astype(np.uint8)
    return as_pixels(pixels)


def _mirrored(page: Page) -> Array:
    """0 paper to 1 ink, as the back sees the front."""
    grey = cv2.resize(page.grey()[:, ::-1], SIZE, interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(np.clip((float(np.percentile(grey, 80)) - grey) / 200, 0, 1), np.float32)


def _folds(paper: Array, rng: np.random.Generator) -> None:
    for _ in range(int(rng.integers(1, 4))):
        sheet = paper if rng.integers(2) else paper.T
        slope, at, depth = rng.uniform(-0.03, 0.03), rng.uniform(0.2, 0.8), np.float32(rng.uniform(0.08, 0.3))
        line = at * sheet.shape[0] + slope * np.arange(sheet.shape[1], dtype=np.float32)
        first, last = max(0, int(line.min()) - 60), int(line.max()) + 60
        far = np.arange(first, min(last, sheet.shape[0]), dtype=np.float32)[:, None] - line
        sheet[first:last] *= 1 - depth * np.exp(-((far / 2.2) ** 2)) - np.float32(0.06) * np.exp(-((far / 18) ** 2))


def _dust(paper: Array, rng: np.random.Generator) -> None:
    for _ in range(int(rng.integers(10, 150))):
        spot = (int(rng.integers(SIZE[0])), int(rng.integers(SIZE[1])))
        cv2.circle(paper, spot, max(1, round(rng.uniform(0.4, 2.0))), rng.uniform(0.25, 0.7), -1, cv2.LINE_AA)


def _holes(paper: Array, rng: np.random.Generator) -> None:
    x, tone = rng.uniform(9, 14) * MM, float(rng.choice([0.14, 0.3, 1.06]))
    for share in (0.36, 0.64) if rng.integers(2) else (0.43, 0.57):
        cv2.circle(paper, (round(x), round(share * SIZE[1])), round(3 * MM), tone, -1, cv2.LINE_AA)


def _edges(paper: Array, rng: np.random.Generator) -> None:
    deep = int(rng.uniform(4, 36))
    if rng.integers(2):
        paper[:, :deep] = 0.03
    else:
        paper[-deep:] = 0.03


def _streaks(paper: Array, rng: np.random.Generator) -> None:
    for _ in range(int(rng.integers(1, 4))):
        x = int(rng.integers(SIZE[0] - 2))
        paper[:, x : x + 1 + int(rng.integers(2))] *= np.float32(rng.uniform(0.7, 0.92))


def _shade(paper: Array, rng: np.random.Generator) -> None:
    ramp = np.linspace(0, 1, SIZE[0], dtype=np.float32) ** np.float32(rng.uniform(1, 3))
    paper *= 1 - np.float32(rng.uniform(0.05, 0.4)) * (ramp if rng.integers(2) else ramp[::-1])


def _stains(paper: Array, rng: np.random.Generator) -> None:
    cells = rng.uniform(0.88, 1.0, (24, 17)).astype(np.float32)
    paper *= cv2.resize(cells, SIZE, interpolation=cv2.INTER_CUBIC)


WEAR: tuple[tuple[str, float, Callable[[Array, np.random.Generator], None]], ...] = (
    ("folds", 0.3, _folds),
    ("dust", 0.4, _dust),
    ("holes", 0.3, _holes),
    ("edges", 0.2, _edges),
    ("streaks", 0.2, _streaks),
    ("shade", 0.3, _shade),
    ("stains", 0.4, _stains),
)


@dataclass(frozen=True)
class Mark:
    """Ink on the page. x, y: of its top left; ink: (height, width, 3) float32, what it leaves of the paper's light."""

    x: int
    y: int
    ink: Array


def _printed(text: str, size_pt: float, at: tuple[float, float], left: float) -> Mark:
    """Printed text. at: share of the page; left: brightness of its ink."""
    font = ImageFont.truetype(str(FONT_FILE), round(size_pt * DPI / 72))
    box = font.getbbox(text, anchor="lm")
    sheet = Image.new("L", (int(box[2]) + 2 * EDGE, int(box[3] - box[1]) + 2 * EDGE), 255)
    ImageDraw.Draw(sheet).text((EDGE, EDGE - box[1]), text, 0, font, anchor="lm")
    cover = 1 - np.asarray(sheet, np.float32) / 255
    ink = np.repeat((1 - cover * (1 - np.float32(left)))[..., None], 3, axis=2)
    return Mark(round(at[0] * SIZE[0]), max(0, round(at[1] * SIZE[1] + box[1]) - EDGE), ink.astype(np.float32))


def _penned(rng: np.random.Generator, width_mm: float, high_mm: float, tone: Sequence[float], thick_mm: float) -> Mark:
    """A few smooth strokes in a box of that size, somewhere on the page; tone: what the pen leaves of B, G, R."""
    wide, high = width_mm * MM, high_mm * MM
    ink = np.ones((round(high) + 2 * EDGE, round(wide) + 2 * EDGE, 3), np.float32)
    for _ in range(max(2, round(width_mm / 12))):
        knots = int(rng.integers(4, 8))
        xs, ys = EDGE + np.sort(rng.uniform(0, wide, knots)), EDGE + rng.uniform(0, high, knots)
        fine = np.linspace(0, knots - 1, 60)
        line = np.stack([np.interp(fine, range(knots), xs), np.interp(fine, range(knots), ys)], axis=1)
        line = np.stack([np.convolve(line[:, k], np.ones(7) / 7, "valid") for k in (0, 1)], axis=1)
        points = np.rint(line * 8).astype(np.int32)
        cv2.polylines(ink, [points], False, tuple(tone), max(1, round(thick_mm * MM)), cv2.LINE_AA, 3)
    return Mark(round(rng.uniform(15, 190 - width_mm) * MM), round(rng.uniform(15, 270) * MM), ink)


PENS = ((0.62, 0.3, 0.15), (0.2, 0.18, 0.18), (0.3, 0.2, 0.75))


def _signature(rng: np.random.Generator) -> tuple[Mark, ...]:
    pen = PENS[int(rng.integers(3))]
    return (_penned(rng, rng.uniform(25, 50), rng.uniform(8, 18), pen, rng.uniform(0.3, 0.6)),)


def _pencil(rng: np.random.Generator) -> tuple[Mark, ...]:
    left = rng.uniform(0.62, 0.8)
    return (_penned(rng, rng.uniform(20, 70), rng.uniform(3, 7), (left,) * 3, rng.uniform(0.35, 0.6)),)


def _line(rng: np.random.Generator) -> tuple[Mark, ...]:
    words = "Đã đối chiếu với bản chính ngày 12 tháng 5 năm 2024"
    text = words[: int(rng.integers(12, len(words)))]
    at = rng.uniform(0.06, 0.3), rng.uniform(0.04, 0.96)
    return (_printed(text, rng.uniform(9, 14), at, rng.uniform(0.1, 0.6)),)


def _number(rng: np.random.Generator) -> tuple[Mark, ...]:
    text = str(rng.choice(["1", "2", "- 3 -", "12", "Trang 4", "4/4"]))
    at = rng.uniform(0.1, 0.9), float(rng.choice([0.04, 0.96]))
    return (_printed(text, rng.uniform(10, 14), at, rng.uniform(0.1, 0.55)),)


def _stamp(rng: np.random.Generator) -> tuple[Mark, ...]:
    return (_inked(rng, rng.uniform(0.15, 0.6), 0.85),)


def _faded_stamp(rng: np.random.Generator) -> tuple[Mark, ...]:
    left = rng.uniform(0.7, 0.88)
    return (_inked(rng, left, left + 0.1),)


def _inked(rng: np.random.Generator, left: float, red: float) -> Mark:
    """A round stamp. left, red: what it leaves of blue and green, and of red."""
    radius = round(17 * MM)
    ink = np.ones((2 * (radius + EDGE), 2 * (radius + EDGE), 3), np.float32)
    for share, wide in ((1.0, 0.9), (0.9, 0.4), (0.6, 0.4)):
        centre = (radius + EDGE, radius + EDGE)
        cv2.circle(ink, centre, round(radius * share), (left, left, red), max(1, round(wide * MM)), cv2.LINE_AA)
    return Mark(round(rng.uniform(10, 160) * MM), round(rng.uniform(10, 245) * MM), ink)


def _number_and_stamp(rng: np.random.Generator) -> tuple[Mark, ...]:
    return (*_number(rng), *_stamp(rng))


def _initials(rng: np.random.Generator) -> tuple[Mark, ...]:
    """A tick or two letters of a pen."""
    pen = PENS[int(rng.integers(3))]
    return (_penned(rng, rng.uniform(5, 9), rng.uniform(4, 7), pen, rng.uniform(0.3, 0.5)),)


MARKS: Mapping[str, Callable[[np.random.Generator], tuple[Mark, ...]]] = {
    "signature": _signature,
    "printed line": _line,
    "pencil note": _pencil,
    "page number": _number,
    "page number and stamp": _number_and_stamp,
    "stamp": _stamp,
    "faded stamp": _faded_stamp,
    "initials": _initials,
}
