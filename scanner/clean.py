"""Clean-up before recognition: small steps from sheet to sheet, in one list. The pixels stay colour and whole."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from scanner.blank import has_coloured_ink, is_blank
from scanner.curl import curl_of, uncurled
from scanner.light import evenly_lit
from scanner.orient import lies_in_rows, orientation_of
from scanner.page import Page, Pixels, as_pixels
from scanner.perspective import flattened
from scanner.sheet import Done, Look, Sheet, can_be_drawn, has_shape_of_paper
from scanner.skew import skew_of

DARK = 50
LEAST_SKEW_DEG = 0.05


@dataclass(frozen=True)
class Step:
    """One act of clean-up. code: its name in figures and logs; work: gives back the very same sheet where there is
    nothing to do, else one that says what was done (`Sheet.said`)."""

    code: str
    work: Callable[[Sheet], Sheet]


def lay_flat(sheet: Sheet) -> Sheet:
    """A photographed sheet without its desk, in its own proportions; a scanned one without the lid behind it."""
    flat = flattened(sheet.page) if has_shape_of_paper(sheet.page) else None
    if flat is None:
        return sheet
    said = "Đã nắn phẳng tờ giấy và bỏ nền xung quanh"
    return sheet.with_page(flat.page, said + (" (giấy ra ngoài ảnh)." if flat.cut else "."))


def trim_border(sheet: Sheet) -> Sheet:
    """Cut away the scanner's black edge or lid: whole rows and columns with nothing but dark."""
    top, right, bottom, left = _dark_edges(sheet.look.small)
    height, width = sheet.look.small.shape
    if not any((top, right, bottom, left)) or height - top - bottom < height // 8 or width - left - right < width // 8:
        return sheet
    cut = [math.ceil(n / sheet.scale) for n in (top, right, bottom, left)]
    page = sheet.page
    kept = page.with_pixels(page.pixels[cut[0] : page.height - cut[2], cut[3] : page.width - cut[1]])
    look = sheet.look.map(lambda layer: layer[top : height - bottom, left : width - right])
    trimmed = replace(sheet, trimmed=(cut[0], cut[1], cut[2], cut[3]))
    return trimmed.with_page(kept, "Đã cắt viền đen của máy quét.", look)


def flag_blank(sheet: Sheet) -> Sheet:
    """Say that a side carries no writing. It is only flagged: a person decides, and the side is kept."""
    page = sheet.page
    if not is_blank(sheet.look, page.dpi / 25.4 * sheet.scale) or has_coloured_ink(page.pixels, page.dpi):
        return sheet
    return replace(sheet, blank=True, said="Mặt giấy có vẻ trắng.")


def turn_upright(sheet: Sheet) -> Sheet:
    """Quarter turns until the text stands upright."""
    if sheet.blank:
        return sheet
    found = orientation_of(sheet.look.letters)
    if found is None or not found.is_sure:
        # Letters will decide (`set_upright`); where they cannot either, the page stays as it came.
        return replace(sheet, is_upright_sure=False)
    return quarter_turned(sheet, found.turn)


def straighten(sheet: Sheet) -> Sheet:
    """Take out the skew. The frame stays as it is unless ink would be lost at its corners."""
    if sheet.blank or not can_be_drawn(sheet.page):
        return sheet
    look = sheet.look
    angle = skew_of(look.mask)
    if abs(angle) < LEAST_SKEW_DEG:
        return sheet
    fill = paper_colour(sheet.page.pixels)
    turned = _levelled(sheet.page.pixels, angle, fill, grow=_ink_leaves_frame(look, angle))
    said = f"Đã chỉnh nghiêng {abs(angle):.1f}°.".replace(".", ",", 1)
    return replace(sheet, skew_deg=angle).with_page(sheet.page.with_pixels(turned), said)


def uncurl(sheet: Sheet) -> Sheet:
    """Make the lines of a bent sheet level; only a camera sees one."""
    if (
        sheet.blank
        or not _is_paper_by_camera(sheet.page)
        or not (sheet.is_upright_sure or lies_in_rows(sheet.look.letters))
    ):
        return sheet
    curl = curl_of(sheet.look.letters)
    if curl is None:
        return sheet
    level = uncurled(sheet.page.pixels, curl, paper_colour(sheet.page.pixels))
    after = sheet.with_page(sheet.page.with_pixels(level), "Đã duỗi thẳng các dòng của trang cong.")
    # Bent lines hide which way is up; level ones are worth a second look.
    return after if sheet.is_upright_sure else _turned_too(after)


def _is_paper_by_camera(page: Page) -> bool:
    return page.photo and has_shape_of_paper(page)


def _turned_too(sheet: Sheet) -> Sheet:
    after = turn_upright(replace(sheet, is_upright_sure=True))
    return after if after.said == sheet.said else replace(after, said=f"{sheet.said} {after.said}")


def even_light(sheet: Sheet) -> Sheet:
    """Take the shade off a photographed sheet."""
    if not _is_paper_by_camera(sheet.page):
        return sheet
    lit = evenly_lit(sheet.page.pixels)
    if lit is None:
        return sheet
    return sheet.with_page(sheet.page.with_pixels(lit), "Đã làm đều ánh sáng trên trang.")


# Blank sides are told before anything is turned by their specks; light last, for evening it costs the most pixels.
STEPS: tuple[Step, ...] = (
    Step("flat", lay_flat),
    Step("border", trim_border),
    Step("blank", flag_blank),
    Step("upright", turn_upright),
    Step("curl", uncurl),
    Step("skew", straighten),
    Step("light", even_light),
)


def clean(page: Page) -> Sheet:
    """All steps in order."""
    sheet = Sheet(page)
    for step in STEPS:
        sheet = taken(step, sheet)
    return sheet


def set_upright(sheet: Sheet, turn: int) -> Sheet:
    """The sheet turned clockwise by what its letters say (0: they say nothing), its lines then made level."""
    sheet = replace(taken(Step("upright", lambda s: quarter_turned(s, turn)), sheet), is_upright_sure=True)
    for step in STEPS:
        if step.code in ("curl", "skew"):
            sheet = taken(step, sheet)
    return sheet


def taken(step: Step, sheet: Sheet) -> Sheet:
    """The sheet after a step, with what it did in its record."""
    began = time.thread_time()
    after = step.work(sheet)
    words = after.said if after is not sheet else ""
    done = Done(step.code, words, 1000 * (time.thread_time() - began))
    return replace(after, said="", done=(*sheet.done, done))


def quarter_turned(sheet: Sheet, turn: int) -> Sheet:
    """The sheet turned clockwise by 0, 90, 180 or 270 degrees."""
    if turn % 360 == 0:
        return sheet
    times = -(turn // 90)
    page = sheet.page.with_pixels(np.rot90(sheet.page.pixels, times))
    look = sheet.look.map(lambda layer: as_pixels(np.rot90(layer, times)))
    turned = replace(sheet, rotation_deg=(sheet.rotation_deg + turn) % 360)
    return turned.with_page(page, f"Đã xoay {turn % 360}° cho đứng chữ.", look)


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
