"""Where the time and the memory of a page go: each step from file to PDF done by itself, one page after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import psutil

from kiosk.clock import office_now
from scanner.clean import clean
from scanner.codes import read_codes
from scanner.compress import archive
from scanner.devices.files import pages_of
from scanner.legible import legible
from scanner.loaded import usual_engine
from scanner.ocr import OcrEngine
from scanner.papers.model import PaperModel, shipped
from scanner.papers.reading import paper_fields, sheet_of
from scanner.papers.traits import traits_of
from scanner.pdf import PdfPage
from scanner.pipeline import ReadPage, words_in
from scanner.quality import findings
from scanner.reader import bound
from scanner.twins import mark_of, small_of
from ui.cli.bench_memory import resident_mb

MOST_PAGES = 10
Made = TypeVar("Made")


@dataclass(frozen=True)
class StepCost:
    """cpu_ms, wall_ms: of a page, mean, child processes included; mb: by how much memory grew at most, here or in the
    child that does the step."""

    name: str
    cpu_ms: float
    wall_ms: float
    mb: float


@dataclass
class Scale:
    """Weighs steps. Children that a step starts are weighed with it; those that end in it are not: none does."""

    sums: dict[str, list[float]] = field(default_factory=dict)

    def weigh(self, name: str, step: Callable[[], Made]) -> Made:
        before = {p.pid: (_cpu(p), _fresh_mb(p)) for p in _family()}
        began = time.perf_counter()
        made = step()
        wall = time.perf_counter() - began
        after = {p.pid: (_cpu(p), resident_mb(p.pid)) for p in _family()}
        cpu = sum(spent - before.get(pid, (0.0, 0.0))[0] for pid, (spent, _mb) in after.items())
        grown = sum(max(0.0, mb - before.get(pid, (0.0, 0.0))[1]) for pid, (_spent, mb) in after.items())
        sums = self.sums.setdefault(name, [0.0, 0.0, 0.0])
        sums[:] = [sums[0] + cpu, sums[1] + wall, max(sums[2], grown)]
        return made


def weigh_steps(files: Sequence[Path]) -> list[StepCost]:
    """In the order in which they are taken, of the first pages of these files."""
    engine, model = usual_engine(), PaperModel(shipped())
    _through(files[0], engine, model, Scale())  # libraries and children start but once
    scale, chosen = Scale(), files[:MOST_PAGES]
    for file in chosen:
        _through(file, engine, model, scale)
    return [
        StepCost(name, round(1000 * cpu / len(chosen), 1), round(1000 * wall / len(chosen), 1), round(mb, 1))
        for name, (cpu, wall, mb) in scale.sums.items()
    ]


def table(steps: Sequence[StepCost]) -> str:
    """For people."""
    rows = [f"  {'từng bước, một trang':<24}{'ms CPU':>8}{'ms':>8}{'thêm MB':>9}"]
    rows += [f"  {s.name:<24}{s.cpu_ms:>8.1f}{s.wall_ms:>8.1f}{s.mb:>9.1f}" for s in steps]
    return "\n".join(
        [*rows, f"  {'cộng':<24}{sum(s.cpu_ms for s in steps):>8.1f}{sum(s.wall_ms for s in steps):>8.1f}"]
    )


def _through(file: Path, engine: OcrEngine, model: PaperModel, scale: Scale) -> None:
    """One page, all the way that `scanner.heaps` and `scanner.pipeline` take it."""
    page = scale.weigh("mở tệp", lambda: list(pages_of(file)))[0]
    small = scale.weigh("cổng chất lượng", lambda: (findings(page), small_of(page)))[1]
    sheet = scale.weigh("làm sạch", lambda: clean(page))
    picture = scale.weigh("ảnh để đọc", lambda: legible(sheet.page))
    codes = scale.weigh("mã vạch", lambda: read_codes(sheet.page.grey(), sheet.page.dpi))
    words = scale.weigh("đọc chữ (Tesseract)", lambda: tuple(words_in(picture, engine)))
    layers = scale.weigh("nén ảnh", lambda: archive(sheet.page.pixels))
    size = sheet.page.width, sheet.page.height, sheet.page.dpi
    read = ReadPage(b"", *size, page.source, words, sheet.rotation_deg, sheet.skew_deg, sheet.blank, codes)
    sheets = [sheet_of(read)]
    kind = scale.weigh("loại giấy tờ", lambda: model.propose(traits_of(sheets)))
    scale.weigh(
        "trường, dấu nhận trùng", lambda: (paper_fields(sheets, kind.code if kind else ""), mark_of(small, read))
    )
    scale.weigh("ghi PDF", lambda: bound([PdfPage(layers, read.dpi, words)], "", office_now()))


def _family() -> list[psutil.Process]:
    me = psutil.Process()
    return [me, *me.children(recursive=True)]


def _cpu(process: psutil.Process) -> float:
    try:
        spent = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(spent.user + spent.system)


def _fresh_mb(process: psutil.Process) -> float:
    """What a process has now; its high-water mark begins again from there."""
    with suppress(OSError):
        Path(f"/proc/{process.pid}/clear_refs").write_text("5")
    return resident_mb(process.pid)
