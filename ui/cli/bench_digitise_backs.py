"""Backs of worn papers, empty and with very little on them, for the measure and the tests of blank sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from scanner.glyphs import FONT_FILE
from scanner.page import Page, as_pixels

DPI = 200
SIZE = (1654, 2339)
MM = DPI / 25.4
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
        ink = np.ones((*SIZE[::-1], 3), np.float32)
        if kind != "blank":
            ink = MARKS[kind](rng)
        tint = np.array([rng.uniform(0.78, 1), rng.uniform(0.9, 1), 1], np.float32) * np.float32(rng.uniform(225, 252))
        pixels = cv2.GaussianBlur(paper[..., None] * ink, (0, 0), rng.uniform(0.4, 1.1)) * tint
        grain = np.roll(self._grains[int(rng.integers(GRAINS))], rng.integers(0, 1600, 2), (0, 1))
        pixels += grain[..., None] * np.float32(rng.uniform(1, 6))
        packed = cv2.imencode(".jpg", np.clip(pixels, 0, 255).astype(np.uint8), [1, int(rng.integers(55, 92))])[1]
        return Back(Page(as_pixels(cv2.imdecode(packed, cv2.IMREAD_COLOR)), DPI, kind), kind, tuple(worn))


def _mirrored(page: Page) -> Array:
    """0 paper to 1 ink, as the back sees the front."""
    grey = cv2.resize(page.grey()[:, ::-1], SIZE, interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(np.clip((float(np.percentile(grey, 80)) - grey) / 200, 0, 1), np.float32)


def _folds(paper: Array, rng: np.random.Generator) -> None:
    for _ in range(int(rng.integers(1, 4))):
        level = bool(rng.integers(2))
        ys, xs = np.ogrid[0 : SIZE[1], 0 : SIZE[0]]
        slope, at = rng.uniform(-0.03, 0.03), rng.uniform(0.2, 0.8)
        far = (ys - at * SIZE[1] - slope * xs) if level else (xs - at * SIZE[0] - slope * ys)
        far = far.astype(np.float32)
        paper *= (
            1 - np.float32(rng.uniform(0.08, 0.3)) * np.exp(-((far / 2.2) ** 2)) - 0.06 * np.exp(-((far / 18) ** 2))
        )


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


def _canvas() -> Array:
    return np.ones((*SIZE[::-1], 3), np.float32)


def _printed(text: str, size_pt: float, at: tuple[float, float], left: float) -> Array:
    """Printed text. at: share of the page; left: brightness of its ink."""
    font = ImageFont.truetype(str(FONT_FILE), round(size_pt * DPI / 72))
    sheet = Image.new("L", SIZE, 255)
    ImageDraw.Draw(sheet).text((at[0] * SIZE[0], at[1] * SIZE[1]), text, 0, font, anchor="lm")
    cover = 1 - np.asarray(sheet, np.float32) / 255
    return np.repeat((1 - cover * (1 - np.float32(left)))[..., None], 3, axis=2)


def _penned(rng: np.random.Generator, width_mm: float, high_mm: float, tone: Sequence[float], thick_mm: float) -> Array:
    """A few smooth strokes in a box of that size, somewhere on the page; tone: what the pen leaves of B, G, R."""
    ink = _canvas()
    x, y = rng.uniform(15, 190 - width_mm) * MM, rng.uniform(15, 275) * MM
    for _ in range(max(2, round(width_mm / 12))):
        knots = int(rng.integers(4, 8))
        xs = x + np.sort(rng.uniform(0, width_mm * MM, knots))
        ys = y + rng.uniform(-high_mm / 2, high_mm / 2, knots) * MM
        fine = np.linspace(0, knots - 1, 60)
        line = np.stack([np.interp(fine, range(knots), xs), np.interp(fine, range(knots), ys)], axis=1)
        line = np.stack([np.convolve(line[:, k], np.ones(7) / 7, "valid") for k in (0, 1)], axis=1)
        points = np.rint(line * 8).astype(np.int32)
        cv2.polylines(ink, [points], False, tuple(tone), max(1, round(thick_mm * MM)), cv2.LINE_AA, 3)
    return ink


PENS = ((0.62, 0.3, 0.15), (0.2, 0.18, 0.18), (0.3, 0.2, 0.75))


def _signature(rng: np.random.Generator) -> Array:
    return _penned(rng, rng.uniform(25, 50), rng.uniform(8, 18), PENS[int(rng.integers(3))], rng.uniform(0.3, 0.6))


def _pencil(rng: np.random.Generator) -> Array:
    left = rng.uniform(0.62, 0.8)
    return _penned(rng, rng.uniform(20, 70), rng.uniform(3, 7), (left,) * 3, rng.uniform(0.35, 0.6))


def _line(rng: np.random.Generator) -> Array:
    words = "Đã đối chiếu với bản chính ngày 12 tháng 5 năm 2024"
    text = words[: int(rng.integers(12, len(words)))]
    return _printed(text, rng.uniform(9, 14), (rng.uniform(0.06, 0.3), rng.uniform(0.04, 0.96)), rng.uniform(0.1, 0.6))


def _number(rng: np.random.Generator) -> Array:
    text = str(rng.choice(["1", "2", "- 3 -", "12", "Trang 4", "4/4"]))
    at = rng.uniform(0.1, 0.9), float(rng.choice([0.04, 0.96]))
    return _printed(text, rng.uniform(10, 14), at, rng.uniform(0.1, 0.55))


def _stamp(rng: np.random.Generator) -> Array:
    ink = _canvas()
    centre = round(rng.uniform(30, 180) * MM), round(rng.uniform(30, 265) * MM)
    left = rng.uniform(0.15, 0.6)
    for share, wide in ((1.0, 0.9), (0.9, 0.4), (0.6, 0.4)):
        cv2.circle(ink, centre, round(17 * MM * share), (left, left, 0.85), max(1, round(wide * MM)), cv2.LINE_AA)
    return ink


def _number_and_stamp(rng: np.random.Generator) -> Array:
    return np.asarray(_number(rng) * _stamp(rng))


def _initial(rng: np.random.Generator) -> Array:
    """A tick or two letters of a pen."""
    return _penned(rng, rng.uniform(5, 9), rng.uniform(4, 7), PENS[int(rng.integers(3))], rng.uniform(0.3, 0.5))


MARKS: Mapping[str, Callable[[np.random.Generator], Array]] = {
    "signature": _signature,
    "printed line": _line,
    "pencil note": _pencil,
    "page number": _number,
    "page number and stamp": _number_and_stamp,
    "stamp": _stamp,
    "initials": _initial,
}
