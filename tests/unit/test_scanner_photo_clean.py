"""A photographed sheet is found, laid flat, straightened and evenly lit, and nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from scanner_samples import drawn, scanned

from scanner.clean import clean, even_light, lay_flat, uncurl
from scanner.curl import curl_of
from scanner.ocr import NoEngine
from scanner.outline import outlined
from scanner.page import A4_RATIO, Page
from scanner.perspective import flattened
from scanner.pipeline import ReadPage, read_page
from scanner.sheet import Sheet, look_at
from scanner.sheet_edges import sheet_in
from ui.cli.bench_digitise_scenes import Photo, Scene, photographed

SCENES = {
    "dark desk, aslant": Scene(desk="dark", turn_deg=5, tilt=(0.3, 0.5)),
    "wood, bent, in shadow": Scene(desk="wood", turn_deg=-8, tilt=(-0.5, 0.8), bend=0.06, shadow=0.4),
    "light desk": Scene(desk="light", tilt=(0.0, 0.6)),
    "patterned cloth, a thumb": Scene(desk="cloth", turn_deg=3, thumb=True, bend=0.04),
    "small and turned": Scene(desk="light", turn_deg=14, fill=0.6),
}


def said(sheet: Sheet) -> set[str]:
    return {done.code for done in sheet.done if done.words}


@cache
def shot(scene: Scene) -> Photo:
    return photographed(drawn(), scene)


@pytest.mark.parametrize("name", SCENES)
def test_corners_are_found_to_a_five_hundredth_of_the_picture(name: str) -> None:
    photo = shot(SCENES[name])
    found = sheet_in(photo.page.pixels)
    assert found is not None
    outline = outlined(photo.page.pixels, found.corners, found.even, found.frames)
    assert np.abs(outline.corners - photo.corners).max() < photo.page.height / 500


@pytest.mark.parametrize("name", ["dark desk, aslant", "light desk", "small and turned"])
def test_a_flat_sheet_gets_the_proportions_of_its_paper(name: str) -> None:
    flat = flattened(shot(SCENES[name]).page)
    assert flat is not None
    assert flat.page.height / flat.page.width == pytest.approx(A4_RATIO, rel=0.01)
    assert flat.page.dpi == pytest.approx(flat.page.height / 11.69, abs=1)


def test_no_pixel_of_the_picture_is_thrown_away() -> None:
    photo = shot(Scene(desk="dark", tilt=(0.0, 0.8)))
    flat = flattened(photo.page)
    assert flat is not None
    sides = np.linalg.norm(np.roll(photo.corners, -1, axis=0) - photo.corners, axis=1)
    assert flat.page.width >= max(sides[0], sides[2]) - 3


def test_a_bent_sheet_is_kept_whole_and_its_lines_made_level() -> None:
    photo = shot(Scene(desk="dark", tilt=(0.0, 0.8), bend=0.09))
    sheet = clean(photo.page)
    assert {"flat", "curl"} <= said(sheet)
    left = curl_of(look_at(sheet.page).letters)
    assert left is None or left.bend < 3
    ink = np.count_nonzero(look_at(drawn()).letters)
    assert np.count_nonzero(sheet.look.letters) > 0.8 * ink


@pytest.mark.parametrize("turn", [0, 180])
def test_a_bent_page_is_made_level_whichever_way_up_it_lies(turn: int) -> None:
    photo = shot(Scene(desk="dark", tilt=(0.0, 0.8), bend=0.09))
    sheet = clean(photo.page.with_pixels(np.rot90(photo.page.pixels, turn // 90)))
    assert (sheet.rotation_deg, sheet.is_upright_sure) == (turn, True)
    assert "curl" in said(sheet)


def test_a_corner_outside_the_picture_is_where_its_two_sides_meet() -> None:
    scene = Scene(desk="wood", turn_deg=-12, tilt=(0.3, 0.5), fill=0.86)
    found = sheet_in(shot(scene).page.pixels)
    assert found is not None
    assert not any(found.frames)
    assert found.corners[:, 0].max() > shot(scene).page.width


def test_a_sheet_that_runs_out_of_the_picture_is_laid_flat_as_far_as_it_is_seen() -> None:
    flat = flattened(shot(Scene(desk="wood", shift=(0.15, 0.02))).page)
    assert flat is not None
    assert flat.cut


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(drawn(), id="no desk around it"),
        pytest.param(scanned(drawn(), 3.0), id="skewed scan"),
        pytest.param(Page(np.full((900, 700, 3), 180, np.uint8), 200), id="nothing at all"),
    ],
)
def test_where_there_is_no_border_nothing_is_cut(page: Page) -> None:
    assert flattened(replace(page, photo=True)) is None


def test_a_picture_of_a_desk_alone_is_left_as_it_is() -> None:
    photo = shot(Scene(desk="wood", shift=(3.0, 0.0)))
    assert flattened(photo.page) is None


@pytest.mark.parametrize("name", ["dark desk, aslant", "light desk"])
def test_a_photo_that_nobody_called_one_is_known_by_what_lies_around_it(name: str) -> None:
    photo = shot(SCENES[name])
    flat = flattened(replace(photo.page, photo=False))
    assert flat is not None
    assert flat.page.photo


def test_a_printed_border_of_a_scan_is_part_of_the_paper() -> None:
    page = drawn()
    pixels = np.full_like(page.pixels, (150, 190, 200))
    pixels[120:-120, 120:-120] = page.pixels[120:-120, 120:-120]
    assert flattened(page.with_pixels(pixels)) is None


def test_a_small_paper_on_a_dark_bed_is_cut_out_and_stays_a_scan_of_its_size() -> None:
    bed = np.full((2339, 1654, 3), 12, np.uint8)
    small = drawn(dpi=140).pixels
    bed[300 : 300 + small.shape[0], 200 : 200 + small.shape[1]] = small
    flat = flattened(Page(bed, 200))
    assert flat is not None
    assert not flat.page.photo
    assert flat.page.dpi == 200
    assert (flat.page.width, flat.page.height) == pytest.approx((small.shape[1], small.shape[0]), abs=6)


def test_a_frame_around_the_text_is_not_taken_for_the_sheet() -> None:
    page = drawn()
    pixels = page.pixels.copy()
    cv2.rectangle(pixels, (80, 80), (page.width - 80, page.height - 80), (30, 30, 160), 8)
    photo = photographed(page.with_pixels(pixels), Scene(desk="dark", turn_deg=4))
    found = sheet_in(photo.page.pixels)
    assert found is not None
    assert np.abs(found.corners - photo.corners).max() < photo.page.height / 60


@pytest.mark.parametrize("skew", [0.0, -4.0])
def test_level_lines_have_no_curl(skew: float) -> None:
    assert curl_of(look_at(scanned(drawn(), skew)).letters) is None


def test_a_scan_is_never_uncurled_or_relit() -> None:
    sheet = Sheet(scanned(drawn()))
    assert uncurl(sheet) is sheet
    assert even_light(sheet) is sheet


def test_shade_goes_and_the_stamp_stays_red() -> None:
    page = drawn()
    pixels = page.pixels.copy()
    cv2.circle(pixels, (1100, 1700), 130, (40, 30, 205), 12)
    ramp = np.linspace(1.0, 0.5, page.width, dtype=np.float32)[None, :, None]
    lit = even_light(Sheet(Page((pixels * ramp).astype(np.uint8), 200, photo=True)))
    paper = lit.page.grey()[2000:2200]
    assert float(paper.min()) > 0.85 * float(paper.max())
    blue, green, red = (int(v) for v in lit.page.pixels[1700, 970])
    assert red - max(blue, green) > 80


def test_even_light_is_left_as_it_is() -> None:
    sheet = Sheet(replace(drawn(), photo=True))
    assert even_light(sheet) is sheet


@pytest.mark.parametrize("shape", [(33_000, 900), (60, 3000), (3, 3)])
def test_pictures_of_no_papers_shape_pass_through_every_step(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(1)
    pixels = np.repeat(rng.integers(0, 255, (*shape, 1), dtype=np.uint8), 3, axis=2)
    sheet = clean(Page(pixels, 200, photo=True))
    assert sheet.page.pixels.size == 3 * shape[0] * shape[1]


def test_every_step_is_in_the_record_whether_it_did_something_or_not() -> None:
    done = clean(shot(SCENES["wood, bent, in shadow"]).page).done
    assert [d.code for d in done] == ["flat", "border", "blank", "upright", "curl", "skew", "light"]
    assert {d.code for d in done if d.words} >= {"flat", "curl", "light"}
    assert all(d.cpu_ms >= 0 for d in done)


def test_a_read_photo_keeps_its_own_resolution_and_what_was_done() -> None:
    read = read_page(shot(SCENES["dark desk, aslant"]).page, NoEngine())
    assert read.dpi == pytest.approx(read.height / 11.69, abs=1)
    assert "flat" in dict(read.steps)
    again = ReadPage.of(read.image, read.words_json())
    assert again.steps == read.steps
    assert {"code": "flat", "did": dict(read.steps)["flat"]} in read.meta()["steps"]


def test_laying_flat_twice_changes_nothing() -> None:
    once = lay_flat(Sheet(shot(SCENES["dark desk, aslant"]).page))
    assert lay_flat(once) is once
