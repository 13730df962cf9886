"""The measures of clean-up say what is true of pages that are known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import cv2
import numpy as np
from scanner_samples import DECLARATION, drawn, scanned

from scanner.ocr import NoEngine
from scanner.page import as_pixels
from ui.cli.bench_digitise_clean import orientations, shortened, skew_errors
from ui.cli.bench_digitise_contact import write_sheets
from ui.cli.bench_digitise_pages import BenchPage
from ui.cli.bench_digitise_photos import corner_miss
from ui.cli.bench_digitise_scenes import Scene, photographed


def test_skew_of_a_known_page_is_measured_in_hundredths_of_a_degree() -> None:
    errors = skew_errors(scanned(drawn()), np.random.default_rng(1))
    assert len(errors) == 8
    assert max(errors) < 0.08  # fifteen short lines; full pages do better


def test_every_page_is_fed_from_four_sides_whole_and_short() -> None:
    by_shape, turned = orientations([scanned(drawn())], np.random.default_rng(1), NoEngine())
    assert by_shape == turned == Counter({"right": 8})


def test_a_short_form_keeps_its_top_alone() -> None:
    short = shortened(drawn())
    assert np.array_equal(short.pixels[:600], drawn().pixels[:600])
    assert int(short.pixels[800:].min()) > 240


def test_contact_sheets_show_each_page_before_and_after(tmp_path: Path) -> None:
    pages = [BenchPage(f"{n}", scanned(drawn(), 2.0, seed=n), DECLARATION) for n in range(7)]
    written = write_sheets(pages, tmp_path / "sheets")
    assert [path.name for path in written] == ["clean-01.png", "clean-02.png"]
    first, second = (as_pixels(cv2.imread(str(path))) for path in written)
    assert first.shape[1] > 2.5 * second.shape[1]


def test_a_photo_without_a_sheet_is_a_miss_and_one_with_it_is_not() -> None:
    assert corner_miss(photographed(drawn(), Scene(desk="wood", shift=(3.0, 0.0))), is_whole=True) is None
    off = corner_miss(photographed(drawn(), Scene(desk="wood")), is_whole=True)
    assert off is not None
    assert off < 0.002
