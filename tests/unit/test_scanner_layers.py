"""What the layers of an archived page must keep, and how small they may be."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from scanner_samples import drawn, empty_sheet, scanned

from scanner.bilevel import g4_bytes, mask_of
from scanner.compress import archive
from scanner.ink import ink_of
from scanner.layers import PageLayers, restored
from scanner.page import Page, Pixels, as_pixels

BLACK, RED, BLUE = (28, 25, 25), (45, 40, 205), (170, 60, 30)


def paper(tint: tuple[int, int, int] = (255, 255, 255), grain: float = 3.0, high: int = 1200) -> Pixels:
    rng = np.random.default_rng(5)
    noise = rng.standard_normal((high, 1000, 1), dtype=np.float32) * np.float32(grain)
    return np.clip(np.full((high, 1000, 3), tint, np.float32) + noise, 0, 255).astype(np.uint8)


def kept(pixels: Pixels) -> tuple[PageLayers, Pixels]:
    layers = archive(pixels)
    return layers, restored(layers)


def darkness(pixels: Pixels, box: tuple[slice, slice]) -> float:
    """Mean levels below white."""
    return 255 - float(pixels[box].mean())


def words(pixels: Pixels, text: str, at: tuple[int, int], colour: tuple[int, int, int], thick: int = 2) -> None:
    cv2.putText(pixels, text, at, cv2.FONT_HERSHEY_SIMPLEX, 1.0, colour, thick, cv2.LINE_AA)


def photograph(high: int, wide: int) -> Pixels:
    """Smooth shapes and fine texture in all tones, as a face on paper has."""
    rng = np.random.default_rng(3)
    coarse = cv2.resize(rng.uniform(20, 235, (8, 6, 3)).astype(np.float32), (wide, high), interpolation=cv2.INTER_CUBIC)
    fine = cv2.GaussianBlur(rng.normal(0, 60, (high, wide)).astype(np.float32), (0, 0), 2.0)
    return as_pixels(np.clip(coarse + 3 * np.asarray(fine)[:, :, None], 0, 255).astype(np.uint8))


def test_a_mask_comes_back_bit_by_bit() -> None:
    mask = (np.random.default_rng(1).random((131, 77)) < 0.3).astype(np.uint8) * np.uint8(255)
    assert (mask_of(g4_bytes(mask), 77, 131) == mask).all()
    assert g4_bytes(mask) == g4_bytes(mask.copy())


@pytest.mark.parametrize("size", [(1, 1), (3, 9), (5, 4), (401, 2)])
def test_pages_of_any_size_come_back_in_their_size(size: tuple[int, int]) -> None:
    page = np.full((*size, 3), 200, np.uint8)
    assert kept(page)[1].shape == page.shape


def test_a_page_of_text_is_small_and_its_edges_stay() -> None:
    page = scanned(drawn())
    layers, shown = kept(page.pixels)
    assert not layers.is_faithful
    assert layers.patches == ()
    assert layers.size < 45_000
    before, after = (ink_of(p, Page(p, 200).grey()) > 0 for p in (page.pixels, shown))
    assert (before & after).sum() > 0.97 * (before | after).sum()


def test_equal_pages_give_equal_layers() -> None:
    page = scanned(drawn())
    assert archive(page.pixels) == archive(page.pixels.copy())


def test_a_blank_page_is_tiny() -> None:
    layers = archive(empty_sheet().pixels)
    assert layers.size < 8_000
    assert layers.patches == ()


def test_grey_text_and_pencil_are_not_lost() -> None:
    page = paper()
    words(page, "mo nhat", (100, 200), (215, 215, 215))
    words(page, "but chi", (100, 400), (228, 228, 228), 1)
    words(page, "muc den", (100, 600), BLACK)
    shown = kept(page)[1]
    for top in (170, 370):
        box = (slice(top, top + 40), slice(95, 240))
        assert darkness(shown, box) > 0.6 * darkness(page, box)
        assert np.corrcoef(page[box].mean(axis=2).ravel(), shown[box].mean(axis=2).ravel())[0, 1] > 0.7


def test_a_red_stamp_over_black_text_keeps_both_colours() -> None:
    page = paper()
    words(page, "CHU TICH NGUYEN VAN A", (200, 400), BLACK, 3)
    cv2.circle(page, (400, 400), 130, RED, 6, cv2.LINE_AA)
    words(page, "UBND", (330, 340), RED, 3)
    shown = kept(page)[1].astype(int)
    ring = shown[530 - 2 : 530 + 2, 398:402].reshape(-1, 3).mean(axis=0)
    assert ring[2] - max(ring[0], ring[1]) > 90
    letters = shown[page.max(axis=2) < 60]
    assert np.median(letters.max(axis=1)) < 80


def test_a_blue_signature_stays_blue() -> None:
    page = paper((225, 240, 250))
    words(page, "ky ten", (300, 500), BLUE)
    pen = kept(page)[1][(page[:, :, 2] < 60)].mean(axis=0)
    assert pen[0] - pen[2] > 80


def test_lines_of_one_pixel_stay_whole() -> None:
    page = paper()
    page[300, 100:900] = page[100:1100, 500] = (90, 90, 90)
    for x in range(100, 900):
        page[700 + x // 20, x] = (60, 60, 60)
    shown = kept(page)[1].mean(axis=2)
    assert (shown[300, 110:890] < 170).mean() > 0.98
    assert (shown[110:1090, 500] < 170).mean() > 0.98
    assert np.mean([shown[700 + x // 20, x] < 150 for x in range(110, 890)]) > 0.98


def test_white_letters_on_black_stay_white_on_black() -> None:
    page = paper()
    page[300:400, 100:900] = (30, 30, 30)
    words(page, "DANH SACH HO SO", (150, 365), (250, 250, 250), 3)
    shown = kept(page)[1]
    bar = (slice(310, 390), slice(110, 890))
    white = page[bar].min(axis=2) > 220
    assert shown[bar][white].mean() > 200
    assert shown[bar][page[bar].max(axis=2) < 40].mean() < 70


def test_a_photograph_on_a_form_is_kept_as_a_patch_and_the_rest_stays_small() -> None:
    page = paper()
    words(page, "Ho va ten: Nguyen Thi Mai", (350, 200), BLACK)
    page[100:420, 60:300] = photograph(320, 240)
    layers, shown = kept(page)
    assert not layers.is_faithful
    assert 0.8 < sum(p.picture.width * p.picture.height for p in layers.patches) / (320 * 240) < 2.2
    box = (slice(120, 400), slice(80, 280))
    assert np.abs(shown[box].astype(int) - page[box]).mean() < 5


def test_a_page_that_is_a_photograph_is_kept_whole() -> None:
    layers, shown = kept(photograph(900, 700))
    assert layers.is_faithful
    assert layers.ink is None
    assert np.abs(shown.astype(int) - photograph(900, 700)).mean() < 5


def test_whole_pages_can_be_asked_for() -> None:
    page = scanned(drawn())
    layers = archive(page.pixels, faithful=True)
    assert layers.is_faithful
    assert layers.size > archive(page.pixels).size


PRINT = ("Hội đồng nhân dân huyện Mẫu Sơn cấp giấy chứng nhận",) * 24


def dragged(page: Page, by: int) -> Page:
    """Printed on a worn sheet that moved under the scanner's lamp."""
    rng = np.random.default_rng(7)
    soft = cv2.blur(cv2.GaussianBlur(page.pixels, (0, 0), 0.8), (1, by)).astype(np.float32)
    return page.with_pixels(np.clip(soft + rng.normal(0, 14, (*soft.shape[:2], 1)), 0, 255).astype(np.uint8))


def test_letters_of_a_page_that_was_dragged_keep_their_greys() -> None:
    moved, still = dragged(drawn(PRINT), 5), dragged(drawn(PRINT), 1)
    assert archive(still.pixels).ink is not None
    layers = archive(moved.pixels)
    assert layers.ink is None
    ink = ink_of(moved.pixels, moved.grey()) > 0
    assert float(np.abs(restored(layers).astype(int) - moved.pixels)[ink].mean()) < 20
    assert layers.size < archive(moved.pixels, faithful=True).size / 2


def test_pale_letters_are_cut_out_however_much_they_were_dragged() -> None:
    moved = dragged(drawn(PRINT), 5)
    pale = moved.with_pixels(255 - (255 - moved.pixels.astype(int)).astype(np.uint8) // 4)
    assert archive(pale.pixels).ink is not None


def test_small_marks_stand_in_half_pixels_on_a_page_that_is_a_little_worn() -> None:
    plain, worn = drawn(), scanned(drawn(), noise=7.0)
    assert archive(plain.pixels).ink.across == 1  # type: ignore[union-attr]
    layers = archive(worn.pixels)
    assert layers.ink is not None
    assert (layers.ink.across, layers.ink.width) == (2, 2 * -(-worn.width // 4) * 4)
    clean = plain.grey() < 128
    lost = clean & (restored(layers).mean(axis=2) > 200)
    assert lost.sum() < 0.002 * clean.sum()


def test_grain_and_the_other_side_do_not_come_out_with_the_print() -> None:
    page = drawn(("HỘI ĐỒNG NHÂN DÂN",) * 6)
    back = cv2.GaussianBlur(page.pixels[::-1, ::-1], (0, 0), 1.5).astype(np.float32)
    rng = np.random.default_rng(3)
    shown = np.minimum(page.pixels, 255 - (255 - back) * 0.05) + rng.normal(0, 6, (*back.shape[:2], 1))
    both = page.with_pixels(np.clip(shown, 0, 255).astype(np.uint8))
    beside = cv2.dilate((page.grey() < 200).astype(np.uint8), np.ones((9, 9), np.uint8)) == 0
    assert (ink_of(both.pixels, both.grey()) > 0)[beside].mean() < 2e-5


def test_a_fold_is_paper_and_the_letters_on_it_are_ink() -> None:
    page = drawn(tuple("HỘI ĐỒNG NHÂN DÂN HUYỆN MẪU SƠN" for _ in range(12)))
    plain = ink_of(page.pixels, page.grey()) > 0
    pixels = page.pixels.astype(np.float32)
    pixels[340:343] *= 0.7
    folded = page.with_pixels(cv2.GaussianBlur(pixels, (0, 0), 0.6).astype(np.uint8))
    seen = ink_of(folded.pixels, folded.grey()) > 0
    near = cv2.dilate(plain.astype(np.uint8), np.ones((7, 7), np.uint8))
    fold, beside = np.zeros_like(plain), near == 0
    fold[338:345] = True
    assert plain[fold].sum() > 300
    assert not seen[fold & beside].any()
    assert 0.85 < seen[fold].sum() / plain[fold].sum() < 1.15


def test_a_pale_frame_around_a_certificate_is_no_fold() -> None:
    page = drawn()
    pixels = page.pixels.copy()
    cv2.rectangle(pixels, (83, 83), (page.width - 83, page.height - 83), (150, 150, 150), 6)
    layers = archive(pixels)
    assert not layers.is_faithful
    assert (ink_of(pixels, page.with_pixels(pixels).grey())[83:-83, 82:85] > 0).mean() > 0.9
