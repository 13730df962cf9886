"""Dotted lines go, everything else that is made of dots stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from scanner_samples import drawn

from scanner.leaders import without_leaders
from scanner.legible import legible
from scanner.page import Page, Pixels

DOTS = "." * 60


def darkness(pixels: Pixels) -> int:
    """Sum of how far below white."""
    return int((255 - pixels.astype(np.int64)).sum())


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_dotted_line_goes_and_the_words_before_it_stay(dpi: int) -> None:
    bare = drawn(("Dân tộc: Kinh",), dpi).grey()
    dotted = drawn((f"Dân tộc: Kinh {DOTS}",), dpi).grey()
    assert darkness(dotted) > 1.2 * darkness(bare)
    assert darkness(without_leaders(dotted, dpi)) == pytest.approx(darkness(bare), rel=0.01)


def test_worn_dots_that_ran_into_each_other_go_too() -> None:
    page = drawn((DOTS,)).grey()
    worn = np.asarray(cv2.morphologyEx(page, cv2.MORPH_OPEN, np.ones((1, 9), np.uint8)), np.uint8)
    assert darkness(worn) > darkness(page)
    assert darkness(without_leaders(worn, 200)) < 0.02 * darkness(worn)


@pytest.mark.parametrize(
    "line", ["ạ ẹ ị ọ ụ ợ ự ậ ệ ộ", "Họ, chữ đệm, tên; một… hai... ba.", "i i i i i i i i", "- - - - -", "12.345.678"]
)
def test_marks_of_letters_and_sentences_stay(line: str) -> None:
    page = drawn([line] * 12).grey()
    assert np.array_equal(without_leaders(page, 200), page)


def test_an_empty_page_is_left_alone() -> None:
    page = np.full((900, 700), 255, np.uint8)
    assert without_leaders(page, 200) is page


def test_the_picture_for_recognition_has_no_dotted_lines_and_the_page_keeps_them() -> None:
    page: Page = drawn([f"Họ và tên: {DOTS}"] * 10)
    before = page.pixels.copy()
    assert darkness(legible(page).pixels) < darkness(legible(drawn(["Họ và tên:"] * 10)).pixels) * 1.05
    assert np.array_equal(page.pixels, before)
