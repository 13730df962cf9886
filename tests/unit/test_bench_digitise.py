"""The yardsticks of `motcua bench digitise`: what they call wrong must be wrong, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scanner_samples import drawn, picture_file

from scanner.errors import NothingToReadError
from scanner.page import Page
from ui.cli.bench_digitise_faults import blurred
from ui.cli.bench_digitise_pages import line_errors, own_pages, pages_in
from ui.cli.bench_digitise_quality import FAULTS, QualityOutcome, measure_quality
from ui.cli.bench_digitise_size import PageFigures, SizeOutcome, colour_kept, ssim


def test_lines_are_compared_wherever_they_were_read() -> None:
    truth = ["ỦY BAN NHÂN DÂN", "Độc lập - Tự do"]
    assert line_errors(["Độc lập - Tự do", "ỦY BAN NHÂN DÂN"], truth) == (0, 30)
    assert line_errors(["ỦY BAN NHÂN DÂN   Độc lập - Tự do"], truth) == (0, 30)
    assert line_errors(["ỦY BAN NHAN DÂN", "Độc lập - Tự do"], truth) == (1, 30)
    assert line_errors([], truth) == (30, 30)


def test_dotted_lines_are_no_letters() -> None:
    assert line_errors(["Họ tên: An"], ["Họ tên: An ............"]) == (0, 10)


def test_a_folder_gives_pages_that_have_their_text(tmp_path: Path) -> None:
    with pytest.raises(NothingToReadError):
        pages_in(tmp_path, 5)
    for name in ("a", "b", "c"):
        picture_file(Page(np.full((60, 40, 3), 255, np.uint8), 200), tmp_path / f"{name}.png")
    (tmp_path / "b.txt").write_text("một\nhai\n", encoding="utf-8")
    (page,) = pages_in(tmp_path, 5)
    assert (page.name, page.lines, page.page.dpi) == ("b.png", ("một", "hai"), 200)


def test_the_programs_own_papers_serve_as_pages() -> None:
    (page,) = own_pages(1)
    assert page.page.dpi == 200
    assert "Độc lập - Tự do - Hạnh phúc" in page.lines


def test_likeness_and_colour_fall_with_what_is_lost() -> None:
    page = drawn().pixels
    page = page.copy()
    page[500:600, 500:600] = (40, 40, 210)
    grey = Page(page, 200).grey()
    assert ssim(grey, grey) == pytest.approx(1)
    assert ssim(grey, np.full_like(grey, 255)) < 0.97
    assert colour_kept(page, page) == 1
    assert colour_kept(page, np.repeat(grey[:, :, None], 3, axis=2)) == 0
    assert colour_kept(drawn().pixels, page) is None


@pytest.mark.parametrize(
    ("kb", "after", "colour", "cpu_s", "ok"),
    [
        (59.0, 12, 0.9, 0.1, True),
        (61.0, 12, 0.9, 0.1, False),
        (59.0, 13, 0.9, 0.1, False),
        (59.0, 12, 0.5, 0.1, False),
        (59.0, 12, 0.9, 0.2, False),
    ],
)
def test_every_promise_must_be_kept(kb: float, after: int, colour: float, cpu_s: float, ok: bool) -> None:
    page = PageFigures("a", "", 1, 1000, 10, after, 0.9, colour, cpu_s, False, 0)
    outcome = SizeOutcome((page,), kb, None)
    assert outcome.ok is ok
    assert outcome.data()["ok"] is ok
    assert f"{kb} KB" in outcome.text()


def quality(found: float = 1.0, alarms: int = 0, cpu_ms: float = 10.0, pages: int = 100) -> QualityOutcome:
    return QualityOutcome(
        pages, {"cut": 1.0, "blurred": found}, tuple((f"{n}.jpg", "blur") for n in range(alarms)), cpu_ms
    )


def test_the_gate_must_find_most_faults_cheaply_and_hardly_ever_cry_wolf() -> None:
    assert quality(alarms=1).ok
    assert not quality(alarms=2).ok
    assert not quality(alarms=1, pages=99).ok
    assert not quality(found=0.8).ok
    assert not quality(cpu_ms=16).ok


def test_the_gate_is_measured_on_the_programs_own_papers() -> None:
    outcome = measure_quality(own_pages(2), peer=False)
    assert outcome.alarms == ()
    assert set(outcome.found) == set(FAULTS)
    assert outcome.found["folded corner"] == outcome.found["blurred"] == 1
    assert measure_quality([replace(own_pages(1)[0], page=blurred(own_pages(1)[0].page))], peer=False).alarms
