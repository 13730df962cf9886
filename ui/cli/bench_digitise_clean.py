"""Clean-up: CPU time of each step, how exactly skew is found, and whether pages fed from any side end upright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import cv2
import numpy as np

from scanner.clean import STEPS, clean, paper_colour, set_upright
from scanner.legible import legible
from scanner.loaded import usual_engine
from scanner.ocr import OcrEngine
from scanner.page import Page
from scanner.sheet import Sheet, look_at
from scanner.skew import skew_of
from ui.cli.bench_digitise_pages import BenchPage

MOST_MS, MOST_SKEW_DEG = 60.0, 0.05
SKEWS, REACH_DEG = 8, 10.0
TURNS = (0, 90, 180, 270)
SHORT = 0.3  # of a page: a receipt, a form with three lines
SEED = 20261121


@dataclass(frozen=True)
class CleanOutcome:
    """steps_ms: median CPU milliseconds of each step; skew_p50, skew_p95: error in degrees; turned: how many pages
    ended upright, how many stayed as they were fed because nobody was sure, how many were turned wrongly; by_shape:
    the same without asking letters."""

    pages: int
    steps_ms: dict[str, float]
    total_ms: float
    skew_p50: float
    skew_p95: float
    by_shape: Counter[str]
    turned: Counter[str]

    @property
    def ok(self) -> bool:
        return self.total_ms <= MOST_MS and self.skew_p95 <= MOST_SKEW_DEG and not self.turned["wrong"]

    def data(self) -> dict[str, Any]:
        return {
            "steps_ms": {code: round(ms, 1) for code, ms in self.steps_ms.items()},
            "total_ms": round(self.total_ms, 1),
            "skew_p50_deg": round(self.skew_p50, 4),
            "skew_p95_deg": round(self.skew_p95, 4),
            "orientation_by_shape": dict(self.by_shape),
            "orientation": dict(self.turned),
            "ok": self.ok,
        }

    def text(self) -> str:
        steps = ", ".join(f"{code} {ms:.1f}" for code, ms in self.steps_ms.items())
        return (
            f"Làm sạch: {self.total_ms:.0f} ms CPU một trang (cần ≤ {MOST_MS:.0f}): {steps}\n"
            f"Nghiêng: sai {self.skew_p50:.3f}° một nửa số trang, {self.skew_p95:.3f}° ở 95 % (cần ≤ {MOST_SKEW_DEG})\n"
            f"Chiều trang, theo hình dòng chữ: {dict(self.by_shape)}; "
            f"cả theo chữ: {dict(self.turned)} (cần không wrong)"
        )


def measure_clean(pages: Sequence[BenchPage], peer: bool) -> CleanOutcome:  # noqa: ARG001 - no peer gives these figures
    """Photos are measured as they are; the rest is turned by known angles and fed from all four sides."""
    sheets = [clean(known.page) for known in pages]
    spent = {step.code: median([_ms(sheet, step.code) for sheet in sheets]) for step in STEPS}
    total = median([sum(done.cpu_ms for done in sheet.done) for sheet in sheets])
    straight = [replace(sheet.page, photo=False) for sheet in sheets if not sheet.blank]
    rng = np.random.default_rng(SEED)
    errors = [e for page in straight for e in skew_errors(page, rng)] or [0.0]
    by_shape, turned = orientations(straight, rng, usual_engine())
    p50, p95 = (float(np.percentile(errors, p)) for p in (50, 95))
    return CleanOutcome(len(pages), spent, total, p50, p95, by_shape, turned)


def skew_errors(page: Page, rng: np.random.Generator) -> list[float]:
    """Of a straight page turned by angles up to REACH_DEG: how far what is found differs from what was done."""
    rest = skew_of(look_at(page).mask)  # what clean-up left, below what it takes for skew
    angles = rng.uniform(-REACH_DEG, REACH_DEG, SKEWS)
    return [abs(skew_of(look_at(skewed(page, float(a))).mask) - float(a) - rest) for a in angles]


def orientations(
    pages: Sequence[Page], rng: np.random.Generator, engine: OcrEngine
) -> tuple[Counter[str], Counter[str]]:
    """Each page whole and as a short form, from four sides, a little skewed: right, unsure, wrong."""
    by_shape: Counter[str] = Counter()
    turned: Counter[str] = Counter()
    for page in pages:
        for form in (page, shortened(page)):
            for turn in TURNS:
                fed = skewed(form, float(rng.uniform(-2, 2)))
                fed = fed.with_pixels(np.rot90(fed.pixels, turn // 90))  # counter-clockwise: `turn` sets it right
                sheet = clean(fed)
                by_shape[_verdict(sheet, turn)] += 1
                turned[_verdict(_by_letters(sheet, engine), turn)] += 1
    return by_shape, turned


def _verdict(sheet: Sheet, turn: int) -> str:
    if sheet.blank:
        return "blank"
    if sheet.rotation_deg == turn:
        return "right" if turn or sheet.is_upright_sure else "unsure"
    return "wrong" if sheet.rotation_deg else "unsure"


def _by_letters(sheet: Sheet, engine: OcrEngine) -> Sheet:
    if sheet.is_upright_sure or sheet.blank:
        return sheet
    picture = legible(sheet.page)
    return set_upright(sheet, engine.turn_of(picture.pixels, picture.dpi) or 0)


def skewed(page: Page, angle_deg: float) -> Page:
    """Turned counter-clockwise about its middle in the same frame."""
    turn = cv2.getRotationMatrix2D((page.width / 2, page.height / 2), angle_deg, 1)
    size, fill = (page.width, page.height), paper_colour(page.pixels)
    return page.with_pixels(cv2.warpAffine(page.pixels, turn, size, flags=cv2.INTER_CUBIC, borderValue=fill))


def shortened(page: Page) -> Page:
    """Only the top of the page, on a sheet of the same size."""
    pixels = np.empty_like(page.pixels)
    pixels[:] = paper_colour(page.pixels)
    high = round(page.height * SHORT)
    pixels[:high] = page.pixels[:high]
    return page.with_pixels(pixels)


def _ms(sheet: Sheet, code: str) -> float:
    return sum(done.cpu_ms for done in sheet.done if done.code == code)
