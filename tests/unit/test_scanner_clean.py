from __future__ import annotations

import cv2
import numpy as np
import pytest
from scanner_samples import drawn, empty_sheet, scanned

from scanner.clean import STEPS, clean
from scanner.legible import legible, red_marks
from scanner.page import Page
from scanner.sheet import Sheet


def with_black_edges(page: Page, left: int, bottom: int) -> Page:
    pixels = page.pixels.copy()
    pixels[:, :left] = 6
    pixels[page.height - bottom :] = 6
    return page.with_pixels(pixels)


@pytest.mark.parametrize("skew", [-8.0, -4.9, -2.5, -0.7, -0.2, 0.3, 1.1, 3.3, 6.6, 8.0])
def test_skew_is_found_to_a_twentieth_of_a_degree(skew: float) -> None:
    assert clean(scanned(drawn(), skew)).skew_deg == pytest.approx(skew, abs=0.05)


def test_a_straightened_page_has_no_skew_left_and_keeps_all_its_ink() -> None:
    once = clean(scanned(drawn(), 5.0))
    again = clean(once.page)
    assert abs(again.skew_deg) < 0.06
    assert np.count_nonzero(again.look.letters) > 0.9 * np.count_nonzero(clean(scanned(drawn())).look.letters)


def test_ink_in_a_corner_makes_the_frame_grow_rather_than_be_cut() -> None:
    skewed = scanned(drawn(), 6.0)
    noted = skewed.pixels.copy()
    cv2.putText(noted, "GOC", (5, 60), cv2.FONT_HERSHEY_SIMPLEX, 2, (20, 20, 20), 5)
    assert clean(skewed.with_pixels(noted)).page.width > skewed.width
    assert clean(skewed).page.width == skewed.width


def test_the_black_behind_a_skewed_sheet_is_no_ink() -> None:
    skewed = scanned(drawn(), 6.0)
    turn = cv2.getRotationMatrix2D((skewed.width / 2, skewed.height / 2), 6.0, 1)
    paper = cv2.warpAffine(np.full((skewed.height, skewed.width), 255, np.uint8), turn, (skewed.width, skewed.height))
    pixels = skewed.pixels.copy()
    pixels[paper < 128] = 5
    sheet = clean(skewed.with_pixels(pixels))
    assert sheet.skew_deg == pytest.approx(6.0, abs=0.05)
    assert sheet.page.width == skewed.width


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_fed_from_any_side_is_set_upright(turn: int) -> None:
    page = scanned(drawn(), 1.2)
    fed = page.with_pixels(np.rot90(page.pixels, turn // 90))  # rot90 turns counter-clockwise
    sheet = clean(fed)
    assert (sheet.rotation_deg, sheet.is_upright_sure) == (turn, True)
    assert sheet.page.height > sheet.page.width


def test_black_edges_of_the_scanner_are_cut_and_nothing_else() -> None:
    sheet = clean(with_black_edges(scanned(drawn()), left=24, bottom=17))
    top, right, bottom, left = sheet.trimmed
    assert (top, right) == (0, 0)
    assert 24 <= left <= 28
    assert 17 <= bottom <= 21


def test_an_empty_side_is_flagged_and_kept() -> None:
    page = empty_sheet()
    sheet = clean(page)
    assert sheet.blank
    assert sheet.page.pixels.shape == page.pixels.shape


@pytest.mark.parametrize("lines", [("2",), ("", "", "Ánh"), ("- 1 -",)])
def test_a_lone_page_number_or_name_makes_a_side_written(lines: tuple[str, ...]) -> None:
    assert not clean(scanned(drawn(lines))).blank


def test_every_step_has_nothing_to_do_on_a_level_upright_page() -> None:
    sheet = Sheet(drawn())
    for step in STEPS:
        after = step.work(sheet)
        assert after.page.pixels is sheet.page.pixels
        sheet = after


def test_stamps_and_colours_stay_in_the_archived_page() -> None:
    page = drawn()
    pixels = page.pixels.copy()
    cv2.circle(pixels, (1100, 1500), 130, (40, 30, 205), 8)
    stamped = scanned(page.with_pixels(pixels), 1.5)
    sheet = clean(stamped)
    assert len(red_marks(sheet.page)) == 1
    blue, green, red = (sheet.page.pixels[:, :, c].astype(int) for c in range(3))
    assert np.count_nonzero(red - np.maximum(blue, green) > 80) > 1000


def test_a_stamp_fades_from_what_recognition_reads_but_letters_stay() -> None:
    page = drawn()
    pixels = page.pixels.copy()
    cv2.circle(pixels, (1100, 1700), 130, (40, 30, 230), 12)
    seen = legible(page.with_pixels(pixels)).pixels
    stamp = seen[seen.shape[0] * 2 // 3 :]
    assert np.count_nonzero(stamp < 128) < 50
    assert np.count_nonzero(seen < 128) > 5000


def test_ruled_lines_go_and_their_table_is_told() -> None:
    page = drawn(())
    pixels = page.pixels.copy()
    for k in range(7):
        cv2.line(pixels, (150, 300 + 120 * k), (1500, 300 + 120 * k), (20, 20, 20), 2)
        cv2.line(pixels, (150 + 225 * k, 300), (150 + 225 * k, 1020), (20, 20, 20), 2)
    ruled = legible(page.with_pixels(pixels))
    assert ruled.is_table
    assert np.count_nonzero(ruled.pixels < 128) < 400
    assert not legible(drawn()).is_table


def test_large_scans_are_read_smaller_than_they_are_kept() -> None:
    page = drawn(dpi=300)
    seen = legible(page)
    assert seen.scale < 0.85
    assert seen.dpi >= 150
    assert clean(page).page.width == page.width
