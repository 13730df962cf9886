"""Clean-up before recognition: small steps from sheet to sheet, in one list. The pixels stay colour and whole."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np

from scanner.orient import orientation_of, without_rules
from scanner.page import Page, Pixels, as_pixels, glance
from scanner.skew import WORK_WIDTH, ink_mask, skew_of

DARK = 50
LEAST_SKEW_DEG = 0.05
# At a glance (about 120 dpi): the smallest figure in print is higher than this, dirt is not.
STROKE_PX = 8
MOST_SPECKS = 60


@dataclass(frozen=True)
class Look:
    """A page at a glance. small: grey, about WORK_WIDTH wide; mask: its ink; letters: its ink without ruled lines."""

    small: Pixels
    mask: Pixels
    letters: Pixels

    def map(self, change: Callable[[Pixels], Pixels]) -> Look:
        """The same cut or turn for all three."""
        return Look(*(np.ascontiguousarray(change(layer)) for layer in (self.small, self.mask, self.letters)))


def look_at(page: Page) -> Look:
    """Shrink the page and find its ink."""
    small = glance(page.grey(), WORK_WIDTH)
    mask = ink_mask(small)
    return Look(small, mask, without_rules(mask))


@dataclass(frozen=True)
class Sheet:
    """A page under the hands, and what was found.

    rotation_deg: clockwise quarter turns applied; skew_deg: counter-clockwise skew found and taken out.
    is_upright_sure: False when letters must decide (`pipeline`). trimmed: pixels cut off (top, right, bottom, left).
    known: a look that is still true; None asks for a new one.
    """

    page: Page
    rotation_deg: int = 0
    skew_deg: float = 0.0
    blank: bool = False
    is_upright_sure: bool = True
    trimmed: tuple[int, int, int, int] = (0, 0, 0, 0)
    known: Look | None = None

    @cached_property
    def look(self) -> Look:
        return self.known or look_at(self.page)

    @property
    def scale(self) -> float:
        """Shrunk pixels per page pixel."""
        return float(self.look.small.shape[1]) / self.page.width


Step = Callable[[Sheet], Sheet]


def trim_border(sheet: Sheet) -> Sheet:
    """Cut away the scanner's black edge or lid: whole rows and columns with nothing but dark."""
    top, right, bottom, left = _dark_edges(sheet.look.small)
    height, width = sheet.look.small.shape
    if not any((top, right, bottom, left)) or height - top - bottom < height // 8 or width - left - right < width // 8:
        return replace(sheet, known=sheet.look)
    cut = [math.ceil(n / sheet.scale) for n in (top, right, bottom, left)]
    page = sheet.page
    kept = page.with_pixels(page.pixels[cut[0] : page.height - cut[2], cut[3] : page.width - cut[1]])
    look = sheet.look.map(lambda layer: layer[top : height - bottom, left : width - right])
    return replace(sheet, page=kept, known=look, trimmed=(cut[0], cut[1], cut[2], cut[3]))


def flag_blank(sheet: Sheet) -> Sheet:
    """Say that a side carries no writing. It is only flagged: a person decides, and the side is kept."""
    return replace(sheet, blank=True) if is_blank(sheet.look.letters) else sheet


def turn_upright(sheet: Sheet) -> Sheet:
    """Quarter turns until the text stands upright."""
    if sheet.blank:
        return sheet
    found = orientation_of(sheet.look.letters)
    if found is None:
        return replace(sheet, is_upright_sure=False)
    if not found.is_sure:
        # Letters will decide; a wrong guess here would only cost a second look.
        return replace(quarter_turned(sheet, found.turn), is_upright_sure=False)
    return quarter_turned(sheet, found.turn)


def straighten(sheet: Sheet) -> Sheet:
    """Take out the skew. The frame stays as it is unless ink would be lost at its corners."""
    if sheet.blank:
        return sheet
    look = sheet.look
    angle = skew_of(look.mask)
    if abs(angle) < LEAST_SKEW_DEG:
        return sheet
    fill = paper_colour(sheet.page.pixels)
    turned = _levelled(sheet.page.pixels, angle, fill, grow=_ink_leaves_frame(look, angle))
    return replace(sheet, page=sheet.page.with_pixels(turned), known=None, skew_deg=angle)


STEPS: tuple[Step, ...] = (trim_border, flag_blank, turn_upright, straighten)


def clean(page: Page) -> Sheet:
    """All steps in order."""
    sheet = Sheet(page)
    for step in STEPS:
        sheet = step(sheet)
    return sheet


def quarter_turned(sheet: Sheet, turn: int) -> Sheet:
    """The sheet turned clockwise by 0, 90, 180 or 270 degrees."""
    if turn % 360 == 0:
        return sheet
    times = -(turn // 90)
    return replace(
        sheet,
        page=sheet.page.with_pixels(np.rot90(sheet.page.pixels, times)),
        known=sheet.look.map(lambda layer: as_pixels(np.rot90(layer, times))),
        rotation_deg=(sheet.rotation_deg + turn) % 360,
    )


def is_blank(letters: Pixels) -> bool:
    """No stroke of pen or print: at most a few specks. A lone page number or signature makes a side written."""
    if cv2.countNonZero(letters) > letters.size // 200:
        return False
    height, width = letters.shape
    inner = np.ascontiguousarray(letters[height // 40 : height - height // 40, width // 40 : width - width // 40])
    _, _, stats, _ = cv2.connectedComponentsWithStats(inner, connectivity=8)
    boxes = stats[1:]
    long_side = np.maximum(boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT])
    area = boxes[:, cv2.CC_STAT_AREA]
    strokes = (long_side >= STROKE_PX) & (area >= STROKE_PX)
    specks = (long_side >= 3) & (area >= 4)
    return not strokes.any() and int(specks.sum()) <= MOST_SPECKS


def paper_colour(pixels: Pixels) -> tuple[int, int, int]:
    """Usual colour of the paper: mean of the brighter half, BGR."""
    step = max(1, pixels.shape[1] // 80)
    some = np.ascontiguousarray(pixels[::step, ::step]).reshape(-1, 3)
    light = some.sum(axis=1, dtype=np.int32)
    blue, green, red = some[light >= np.median(light)].mean(axis=0)
    return int(blue), int(green), int(red)


def _dark_edges(small: Pixels) -> tuple[int, int, int, int]:
    """Rows and columns at each edge that are dark from end to end: top, right, bottom, left."""
    dark = small < DARK
    rows, columns = dark.mean(axis=1) > 0.95, dark.mean(axis=0) > 0.95
    if rows.all() or columns.all():
        return 0, 0, 0, 0

    def run(flags: np.ndarray) -> int:
        count = int(np.argmin(flags))
        return count + 1 if count else 0  # one more row: the edge itself is half dark

    return run(rows), run(columns[::-1]), run(rows[::-1]), run(columns)


def _matrix(shape: tuple[int, ...], angle: float, grow: bool) -> tuple[np.ndarray, tuple[int, int]]:
    """Rotation by -angle about the centre, and the size of the result."""
    height, width = shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1)
    if not grow:
        return turn, (width, height)
    cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
    wide, high = round(width * cos + height * sin), round(width * sin + height * cos)
    turn[:, 2] += ((wide - width) / 2, (high - height) / 2)
    return turn, (wide, high)


def _levelled(pixels: Pixels, angle: float, fill: tuple[int, ...], grow: bool) -> Pixels:
    turn, size = _matrix(pixels.shape, angle, grow)
    return as_pixels(cv2.warpAffine(pixels, turn, size, flags=cv2.INTER_LINEAR, borderValue=fill))


def _ink_leaves_frame(look: Look, angle: float) -> bool:
    """Whether a turn within the same frame would push writing out of it (the black behind a skewed sheet is none)."""
    small, mask = np.ascontiguousarray(look.small[::3, ::3]), look.mask[::3, ::3]
    ink = (mask > 0) & (cv2.dilate(_behind_sheet(small), np.ones((9, 9), np.uint8)) == 0)
    rows, columns = np.nonzero(ink)
    turn, (width, height) = _matrix(ink.shape, angle, grow=False)
    moved = np.stack([columns, rows], axis=1) @ turn[:, :2].T + turn[:, 2]
    lost = (moved < 0).any(axis=1) | (moved[:, 0] >= width) | (moved[:, 1] >= height)
    return int(lost.sum()) > 5


def _behind_sheet(small: Pixels) -> Pixels:
    """1 where the dark reaches in from the edge of the frame: the lid or bed behind a skewed sheet."""
    dark = (small < DARK).astype(np.uint8)
    labels = np.asarray(cv2.connectedComponents(dark)[1])
    at_edge = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    return as_pixels(np.isin(labels, at_edge[at_edge > 0]))
