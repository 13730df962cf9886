"""Worn empty backs are told, and nothing written is ever called empty."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest
from scanner_samples import drawn, empty_sheet, scanned

from scanner.clean import clean, flag_blank
from scanner.page import Page
from scanner.sheet import Sheet
from ui.cli.bench_digitise_backs import MARKS, Back, BackMaker
from ui.cli.bench_digitise_blanks import measured


@cache
def backs() -> BackMaker:
    return BackMaker([drawn()], seed=7)


@cache
def written() -> tuple[Back, ...]:
    return tuple(backs().written(2 * len(MARKS)))


def is_called_blank(page: Page) -> bool:
    return flag_blank(Sheet(page)).blank


def marked(page: Page, mark: str) -> Page:
    pixels = page.pixels.copy()
    if mark == "hole":
        for y in (840, 1500):
            cv2.circle(pixels, (90, y), 23, (35, 35, 35), -1, cv2.LINE_AA)
    elif mark == "fold":
        rows = np.arange(page.height)[:, None] - 1100 - 0.02 * np.arange(page.width)
        pixels = (pixels * (1 - 0.28 * np.exp(-((rows / 2.2) ** 2)))[..., None]).astype(np.uint8)
    elif mark == "dust":
        rng = np.random.default_rng(5)
        for x, y in rng.integers(40, 1600, (120, 2)).tolist():
            cv2.circle(pixels, (x, y), 1, (90, 90, 90), -1, cv2.LINE_AA)
    elif mark == "show-through":
        print_ = 255 - cv2.GaussianBlur(drawn().pixels[:, ::-1], (0, 0), 1.4)
        pixels = (pixels * (1 - 0.08 * (print_ / 255.0))).astype(np.uint8)
    elif mark == "streak":
        pixels[:, 700:702] = (pixels[:, 700:702] * 0.8).astype(np.uint8)
    return page.with_pixels(pixels)


@pytest.mark.parametrize("wear", ["hole", "fold", "dust", "show-through", "streak"])
def test_a_worn_empty_back_is_blank(wear: str) -> None:
    assert is_called_blank(marked(empty_sheet(), wear))


@pytest.mark.parametrize("wear", ["hole", "fold", "dust", "show-through", "streak"])
def test_a_page_number_on_a_worn_back_makes_it_written(wear: str) -> None:
    assert not is_called_blank(marked(scanned(drawn(("2",))), wear))


def test_small_print_of_specks_is_writing_and_scattered_specks_are_dust() -> None:
    page = empty_sheet()
    pixels = page.pixels.copy()
    for n in range(14):
        cv2.circle(pixels, (300 + 9 * n, 900), 2, (60, 60, 60), -1, cv2.LINE_AA)
    assert not is_called_blank(page.with_pixels(pixels))


def test_a_solid_disc_in_the_middle_of_a_page_is_no_punch_hole() -> None:
    page = empty_sheet()
    pixels = page.pixels.copy()
    cv2.circle(pixels, (800, 1100), 23, (35, 35, 35), -1, cv2.LINE_AA)
    assert not is_called_blank(page.with_pixels(pixels))


def test_a_blank_side_is_neither_turned_nor_straightened() -> None:
    sheet = clean(marked(empty_sheet(), "fold"))
    assert sheet.blank
    assert [d.code for d in sheet.done if d.words] == ["blank"]


@pytest.mark.parametrize("kind", sorted(MARKS))
def test_nothing_written_is_called_blank(kind: str) -> None:
    found = [back for back in written() if back.kind == kind]
    assert len(found) == 2
    assert not any(is_called_blank(back.page) for back in found)


def test_most_worn_backs_are_told() -> None:
    outcome = measured(backs(), written=0, blanks=8)
    assert outcome.found >= 0.75
    assert outcome.data()["written_called_blank"] == []


def test_equal_seeds_draw_equal_backs() -> None:
    one, other = (next(BackMaker([drawn()], seed=3).blanks(1)) for _ in range(2))
    assert np.array_equal(one.page.pixels, other.page.pixels)
    assert one.worn == other.worn
