"""The quality gate: each fault is found where it is, and good pages of all kinds raise no alarm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from scanner_samples import DECLARATION, drawn, empty_sheet, scanned

from kiosk.domain.scan import Finding
from scanner.page import Page
from scanner.quality import findings
from ui.cli.bench_digitise_faults import (
    blurred,
    coarse,
    cut,
    dimmed,
    doubled,
    folded,
    overexposed,
    shadowed,
    shaken,
    thumbed,
    two_in_a_row,
)

LONG = tuple(f"Dòng {n}: căn cứ Nghị định về thực hiện thủ tục hành chính theo cơ chế một cửa" for n in range(1, 27))


@pytest.fixture(scope="module")
def page() -> Page:
    return scanned(drawn(LONG), 0.4)


def codes(page: Page) -> list[str]:
    return [f.code for f in findings(page)]


def the_only(page: Page) -> Finding:
    (found,) = findings(page)
    return found


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (blurred, "blur"),
        (shaken, "blur"),
        (dimmed, "dark"),
        (overexposed, "faint"),
        (shadowed, "shadow"),
        (coarse, "dpi"),
        (cut, "cut"),
        (folded, "fold"),
        (lambda p: folded(p, 13, lid=8), "fold"),
        (thumbed, "finger"),
        (two_in_a_row, "double"),
        (doubled, "double"),
    ],
)
def test_each_fault_is_found_and_nothing_else(page: Page, fault: Callable[[Page], Page], code: str) -> None:
    found = the_only(fault(page))
    assert found.code == code
    assert any(act in found.words for act in ("quét lại", "chụp lại", "xem có"))
    assert Finding.of(found.data()).words == found.words


@pytest.mark.parametrize("corner", [0, 1, 2, 3])
def test_the_corner_that_is_folded_is_marked(page: Page, corner: int) -> None:
    x, y, wide, high = the_only(folded(page, corner=corner)).box
    assert (x + wide / 2 > 0.5, y + high / 2 > 0.5) == (corner % 2 == 1, corner >= 2)
    assert wide < 0.2
    assert high < 0.2


@pytest.mark.parametrize(("skin", "at"), [((120, 150, 205), 0.2), ((60, 85, 135), 0.5), ((150, 175, 225), 0.8)])
def test_a_thumb_is_marked_where_it_lies_whatever_its_colour(page: Page, skin: tuple[int, int, int], at: float) -> None:
    x, y, _wide, high = the_only(thumbed(page, skin, at)).box
    assert x == pytest.approx(0, abs=0.01)
    assert y + high / 2 == pytest.approx(at, abs=0.05)


@pytest.mark.parametrize(("turns", "side"), [(0, "trái"), (1, "dưới"), (2, "phải"), (3, "trên")])
def test_the_edge_that_cuts_letters_is_named_and_marked(page: Page, turns: int, side: str) -> None:
    fed = cut(page)
    found = the_only(fed.with_pixels(np.rot90(fed.pixels, turns)))
    assert side in found.words
    x, y, wide, high = found.box
    assert {"trái": x, "trên": y, "phải": 1 - x - wide, "dưới": 1 - y - high}[side] == pytest.approx(0, abs=0.005)


def test_the_edge_of_a_second_sheet_is_only_to_be_looked_at(page: Page) -> None:
    found = the_only(doubled(page, at=0.4))
    assert not found.again
    assert found.box[1] == pytest.approx(0.4, abs=0.02)
    turned = doubled(page.with_pixels(np.rot90(page.pixels)), at=0.6)
    assert the_only(turned.with_pixels(np.rot90(turned.pixels))).box[3] == 1.0


def test_a_wrong_resolution_in_the_file_is_seen_by_the_shape_of_the_paper(page: Page) -> None:
    assert codes(replace(coarse(page, 100), dpi=300)) == ["dpi"]
    card = Page(np.full((638, 1011, 3), 230, np.uint8), 300)  # an identity card at its true resolution
    assert codes(card) == []


def test_a_small_loss_of_sharpness_is_no_blur(page: Page) -> None:
    assert codes(blurred(page, 0.8)) == []
    assert codes(blurred(replace(page, dpi=200), 2.5)) == ["blur"]


# --- nothing wrong -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("skew", "noise"), [(-6.0, 1.0), (-1.5, 8.0), (2.2, 5.0), (7.0, 8.0)])
def test_written_pages_raise_no_alarm(skew: float, noise: float) -> None:
    assert codes(scanned(drawn(LONG if skew > 0 else DECLARATION), skew, noise=noise)) == []


def test_an_empty_side_and_a_lone_name_raise_no_alarm() -> None:
    assert codes(empty_sheet()) == []
    assert codes(scanned(drawn(("Ánh",)))) == []


def test_a_fold_across_the_page_is_no_second_sheet(page: Page) -> None:
    rows = np.arange(page.height)[:, None, None] - 0.45 * page.height
    crease = 1 - 0.3 * np.exp(-((rows / 2.0) ** 2)) - 0.1 * np.exp(-((rows / 19.0) ** 2))
    assert codes(page.with_pixels(page.pixels * crease)) == []


def test_a_ruled_table_and_a_frame_are_no_second_sheet(page: Page) -> None:
    pixels = page.pixels.copy()
    for n in range(12):
        cv2.line(pixels, (120, 500 + 60 * n), (1530, 500 + 60 * n), (30, 30, 30), 2)
    cv2.rectangle(pixels, (60, 60), (1594, 2279), (30, 30, 30), 4)
    assert codes(page.with_pixels(pixels)) == []


def test_the_lid_beside_a_small_or_skewed_sheet_is_no_fault(page: Page) -> None:
    for lid, skew in ((5, 3.0), (215, -2.0)):
        turn = cv2.getRotationMatrix2D((page.width / 2, page.height / 2), skew, 1)
        moved = cv2.warpAffine(page.pixels, turn, (page.width, page.height), borderValue=(lid, lid, lid))
        assert codes(page.with_pixels(moved)) == [], (lid, skew)
    small = np.full((2339, 1654, 3), 235, np.uint8)
    small[:1100] = page.pixels[:1100]
    assert codes(page.with_pixels(small)) == []


def test_a_red_stamp_at_the_edge_is_no_finger(page: Page) -> None:
    pixels = page.pixels.copy()
    cv2.circle(pixels, (1580, 1900), 120, (60, 50, 205), 6)
    cv2.circle(pixels, (1580, 1900), 90, (60, 50, 205), 3)
    assert codes(page.with_pixels(pixels)) == []


def test_dust_and_punch_holes_cut_no_letters(page: Page) -> None:
    pixels = page.pixels.copy()
    rng = np.random.default_rng(3)
    for x, y in rng.integers((0, 0), (1654, 2339), (120, 2)).tolist():
        cv2.circle(pixels, (x, y), 2, (60, 60, 60), -1)
    for y in (842, 1497):
        cv2.circle(pixels, (37, y), 23, (35, 35, 35), -1)
    pixels[:, :9] = 6
    assert codes(page.with_pixels(pixels)) == []


def test_the_desk_around_a_photographed_paper_is_no_shadow(page: Page) -> None:
    around = cv2.copyMakeBorder(page.pixels, 150, 150, 120, 120, cv2.BORDER_CONSTANT, value=(62, 74, 84))
    assert codes(Page(around.astype(np.uint8), 200)) == []
    assert codes(Page(around.astype(np.uint8), 200, photo=True)) == []
