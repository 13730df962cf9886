"""Photographs: whether the sheet is found on its desk, how exactly, and what laying it flat and level saves in letters.

Good pages are photographed here on desks of several kinds, aslant, bent, held by a thumb, in shadow and partly outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from scanner.clean import STEPS, taken
from scanner.layout import text_of
from scanner.loaded import usual_engine
from scanner.ocr import OcrEngine
from scanner.outline import outlined
from scanner.page import Page
from scanner.sheet import Sheet
from scanner.sheet_edges import sheet_in
from ui.cli.bench_digitise_pages import BenchPage, line_errors, read_words
from ui.cli.bench_digitise_scenes import Photo, Scene, photographed

SCENES: dict[str, Scene] = {
    "dark desk, aslant": Scene(desk="dark", turn_deg=5, tilt=(0.3, 0.5)),
    "wood, bent, in shadow": Scene(desk="wood", turn_deg=-8, tilt=(-0.5, 0.8), bend=0.06, shadow=0.4),
    "light desk": Scene(desk="light", tilt=(0.0, 0.6)),
    "cloth, thumb, bent": Scene(desk="cloth", turn_deg=3, thumb=True, bend=0.04),
    "runs out of the picture": Scene(desk="wood", shift=(0.13, 0.0)),
    "page of a book": Scene(desk="dark", tilt=(0.0, 0.8), bend=0.1),
    "far and turned": Scene(desk="light", turn_deg=14, fill=0.65),
}
# What each way of reading takes from the list of steps.
WAYS = {"as it came": {"flat", "curl", "light"}, "flat": {"curl"}, "flat and level": set[str]()}
LEAST_FOUND, MOST_OFF, MOST_CER = 0.95, 0.005, 0.3


@dataclass(frozen=True)
class PhotosOutcome:
    """found: share of sheets found, by scene; off_p95: distance of a corner from its place, as a share of the picture's
    long side (whole sheets only); line_cer: letters misread by way of preparing; steps_ms: CPU of a photo's steps."""

    photos: int
    found: dict[str, float]
    off_p95: float
    line_cer: dict[str, float]
    steps_ms: dict[str, float]

    @property
    def ok(self) -> bool:
        """Found, in place, and the letters misread much fewer than on the photo as it came."""
        found = min(self.found.values()) >= LEAST_FOUND
        return found and self.off_p95 <= MOST_OFF and self.gain <= MOST_CER

    @property
    def gain(self) -> float:
        """Misread letters after all steps over those before."""
        return self.line_cer["flat and level"] / max(1e-9, self.line_cer["as it came"])

    def data(self) -> dict[str, Any]:
        return {
            "photos": self.photos,
            "found": {name: round(share, 3) for name, share in self.found.items()},
            "corner_off_p95": round(self.off_p95, 5),
            "line_cer": {name: round(cer, 4) for name, cer in self.line_cer.items()},
            "steps_ms": {code: round(ms, 1) for code, ms in self.steps_ms.items()},
            "ok": self.ok,
        }

    def text(self) -> str:
        found = ", ".join(f"{name} {share:.0%}" for name, share in self.found.items())
        cer = ", ".join(f"{name} {value:.2%}" for name, value in self.line_cer.items())
        steps = ", ".join(f"{code} {ms:.0f}" for code, ms in self.steps_ms.items())
        return (
            f"Ảnh chụp: {self.photos} ảnh, tìm thấy tờ giấy: {found}\n"
            f"  góc giấy lệch {self.off_p95:.2%} cạnh dài ở 95 % (cần ≤ {MOST_OFF:.1%}); chữ đọc sai theo dòng: {cer}\n"
            f"  ms CPU một ảnh: {steps}"
        )


def measure_photos(pages: Sequence[BenchPage], peer: bool) -> PhotosOutcome:  # noqa: ARG001 - reading compares with it
    engine = usual_engine()
    hits: dict[str, list[bool]] = {name: [] for name in SCENES}
    off: list[float] = []
    wrong = {way: [0, 0] for way in WAYS}
    spent: dict[str, list[float]] = {step.code: [] for step in STEPS}
    for known in pages:
        for name, scene in SCENES.items():
            photo = photographed(known.page, scene)
            miss = corner_miss(photo, is_whole=scene.shift == (0.0, 0.0))
            hits[name].append(miss is not None)
            off += [miss] if miss else []
            for way, left_out in WAYS.items():
                sheet = _prepared(photo.page, left_out)
                _add(wrong[way], sheet, known, engine)
                if not left_out:
                    for done in sheet.done:
                        spent[done.code].append(done.cpu_ms)
    return PhotosOutcome(
        len(pages) * len(SCENES),
        {name: sum(each) / len(each) for name, each in hits.items()},
        float(np.percentile(off, 95)) if off else 1.0,
        {way: bad / max(1, letters) for way, (bad, letters) in wrong.items()},
        {code: median(each) for code, each in spent.items()},
    )


def corner_miss(photo: Photo, *, is_whole: bool) -> float | None:
    """Largest distance of a corner from where it is, as a share of the long side; None when no sheet was found.

    0.0 for a sheet of which the picture shows only a part: its corners are not in it.
    """
    found = sheet_in(photo.page.pixels)
    if found is None:
        return None
    if not is_whole:
        return 0.0
    corners = outlined(photo.page.pixels, found.corners, found.even, found.frames).corners
    away = np.linalg.norm(corners - photo.corners, axis=1).max()
    return float(away) / max(photo.page.width, photo.page.height)


def _prepared(page: Page, left_out: set[str]) -> Sheet:
    sheet = Sheet(page)
    for step in STEPS:
        if step.code not in left_out:
            sheet = taken(step, sheet)
    return sheet


def _add(sums: list[int], sheet: Sheet, known: BenchPage, engine: OcrEngine) -> None:
    bad, letters = line_errors(text_of(read_words(sheet.page, engine)).splitlines(), known.lines)
    sums[0] += bad
    sums[1] += letters
