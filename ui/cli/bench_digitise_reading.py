"""How fast papers become searchable PDFs, and how rightly they are read: the whole program, from files to files.

The peer gets the same JPEG pictures, put into one PDF without being packed again, with as many jobs.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from rapidfuzz.distance import Levenshtein

from kiosk.clock import office_now
from kiosk.text import nfc
from scanner.layers import PageLayers, Picture
from scanner.page import jpeg_bytes
from scanner.pdf import PdfPage, searchable_pdf
from ui.cli.bench_digitise_pages import BenchPage, line_errors
from ui.cli.bench_digitise_steps import StepCost, table, weigh_steps
from ui.cli.bench_processes import Part, Spent, ran

JOBS, QUALITY = 2, 95
PEER = "ocrmypdf"
PEER_BASE = ("-l", "vie", "--jobs", str(JOBS), "--output-type", "pdfa", "--quiet")
PEER_WAYS = {"plain": (), "deskew+clean": ("--deskew", "--clean")}
# Promised in CPU time, which a busy machine distorts least: how many times the peer's, and its letters.
FASTER = {"plain": 1.8, "deskew+clean": 4.0}
FEWER = 0.8  # of its misread letters


@dataclass(frozen=True)
class Run:
    """One program over all pages. peak_mb: memory of all its processes together, at most, what they share counted once;
    cer: misread letters of the whole text in its order; line_cer: each printed line against the place most like it;
    steps: wall seconds of all jobs together; groups: both rates by folder; parts: what each kind of process took."""

    pages: int
    wall_s: float
    cpu_s: float
    peak_mb: float
    cer: float
    line_cer: float
    steps: dict[str, float]
    groups: dict[str, tuple[float, float]]
    parts: Mapping[str, Part]

    @property
    def pages_per_minute(self) -> float:
        return 60 * self.pages / self.wall_s

    def data(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "pages_per_minute": round(self.pages_per_minute, 1),
            "cpu_s_per_page": round(self.cpu_s / self.pages, 3),
        }

    def text(self, name: str) -> str:
        parts = "".join(f"; {part} {whole:.2%}, {line:.2%}" for part, (whole, line) in self.groups.items() if part)
        return (
            f"{name}: {self.pages_per_minute:.1f} trang/phút, {self.cpu_s / self.pages:.2f} giây CPU/trang, "
            f"{self.peak_mb:.0f} MB; sai {self.cer:.2%} cả trang, {self.line_cer:.2%} từng dòng{parts}\n"
            f"  {self._parts()}"
        )

    def _parts(self) -> str:
        each = sorted(self.parts.items(), key=lambda one: -one[1].cpu_s)
        told = (f"{kind} {part.cpu_s / self.pages:.2f} giây CPU/trang và {part.mb:.0f} MB" for kind, part in each)
        return "tiến trình: " + "; ".join(told)


@dataclass(frozen=True)
class ReadingOutcome:
    """peers: by the way that the peer was asked; empty where it is not installed or was not asked for. steps: of a few
    pages, one step after the other in one process."""

    ours: Run
    peers: dict[str, Run]
    steps: Sequence[StepCost]

    @property
    def faster(self) -> dict[str, float]:
        """The peer's CPU time over ours."""
        return {way: round(run.cpu_s / self.ours.cpu_s, 2) for way, run in self.peers.items()}

    @property
    def ok(self) -> bool:
        is_fast = all(times >= FASTER[way] for way, times in self.faster.items())
        return is_fast and all(self._is_better_than(peer) for peer in self.peers.values())

    def _is_better_than(self, peer: Run) -> bool:
        """Fewer errors over all pages, no more on any kind of them."""
        fewer = self.ours.cer <= FEWER * peer.cer and self.ours.line_cer <= FEWER * peer.line_cer
        return fewer and all(
            ours <= theirs
            for name, rates in self.ours.groups.items()
            for ours, theirs in zip(rates, peer.groups[name], strict=True)
        )

    def data(self) -> dict[str, Any]:
        peers = {way: run.data() for way, run in self.peers.items()}
        each = [asdict(step) for step in self.steps]
        return {**self.ours.data(), "each_step": each, "peer": peers, "faster": self.faster, "ok": self.ok}

    def text(self) -> str:
        lines = [self.ours.text("Số hóa"), table(self.steps)]
        for way, run in self.peers.items():
            lines.append(run.text(f"{PEER} {way}") + f"; ta nhanh gấp {self.faster[way]:.2f} (cần {FASTER[way]:.1f})")
        return "\n".join(lines)


def measure_reading(pages: Sequence[BenchPage], peer: bool) -> ReadingOutcome:
    """Raises: StorageError where a program ends with a failure."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as name:
        folder = Path(name)
        pictures = _written(pages, folder / "in")
        ours = _ours(pages, folder)
        steps = weigh_steps(sorted((folder / "in").iterdir()))
        peers = {}
        if peer and shutil.which(PEER):
            (folder / "in.pdf").write_bytes(_bare_pdf(pages, pictures))
            peers = {way: _peer(pages, folder, options) for way, options in PEER_WAYS.items()}
    return ReadingOutcome(ours, peers, steps)


def text_errors(read: str, truth: str) -> tuple[int, int]:
    """Wrong letters and all letters of a whole page, in its order, white space folded."""
    got, wanted = (" ".join(nfc(text).split()) for text in (read, truth))
    return int(Levenshtein.distance(got, wanted)), len(wanted)


def _ours(pages: Sequence[BenchPage], folder: Path) -> Run:
    out = folder / "out"
    words = [sys.executable, "-m", "kiosk", "digitise", str(folder / "in"), "--out", str(out), "--jobs", str(JOBS)]
    spent = ran([*words, "--data", str(folder / "office")])
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    steps = {name: value for name, value in result["seconds"].items() if name != "total"}
    return _judged(pages, [page["text"] for page in result["pages"]], spent, steps)


def _peer(pages: Sequence[BenchPage], folder: Path, options: Sequence[str]) -> Run:
    text = folder / "peer.txt"
    words = [PEER, *PEER_BASE, *options, "--sidecar", str(text), str(folder / "in.pdf"), str(folder / "peer.pdf")]
    spent = ran(words)
    return _judged(pages, text.read_text(encoding="utf-8").split("\f"), spent, {})


def _judged(pages: Sequence[BenchPage], texts: Sequence[str], spent: Spent, steps: dict[str, float]) -> Run:
    found: dict[str, list[tuple[int, int, int, int]]] = {}
    for page, text in zip(pages, texts, strict=False):  # the peer ends its text with an empty page
        whole = text_errors(text, "\n".join(page.lines))
        found.setdefault(page.group, []).append((*whole, *line_errors(text.splitlines(), page.lines)))
    cer, line_cer = _rates([one for group in found.values() for one in group])
    groups = {name: _rates(counts) for name, counts in sorted(found.items())}
    return Run(len(pages), spent.wall_s, spent.cpu_s, spent.peak_mb, cer, line_cer, steps, groups, spent.parts)


def _rates(counts: Sequence[tuple[int, int, int, int]]) -> tuple[float, float]:
    """Wrong of all letters, of whole pages and of lines."""
    wrong, letters, wrong_in_lines, letters_in_lines = (sum(column) for column in zip(*counts, strict=True))
    return round(wrong / max(1, letters), 4), round(wrong_in_lines / max(1, letters_in_lines), 4)


def _written(pages: Sequence[BenchPage], folder: Path) -> list[bytes]:
    """The pages as files in their order, and their bytes."""
    folder.mkdir()
    pictures = []
    for n, each in enumerate(pages):
        path = folder / f"{n:04d}.jpg"
        path.write_bytes(jpeg_bytes(each.page.pixels, QUALITY))
        with Image.open(path) as picture:  # OpenCV writes no resolution
            picture.save(path, dpi=(each.page.dpi, each.page.dpi), quality="keep")
        pictures.append(path.read_bytes())
    return pictures


def _bare_pdf(pages: Sequence[BenchPage], pictures: Sequence[bytes]) -> bytes:
    sheets = []
    for each, jpeg in zip(pages, pictures, strict=True):
        width, height = each.page.width, each.page.height
        sheets.append(PdfPage(PageLayers(width, height, Picture(jpeg, width, height)), each.page.dpi, ()))
    return searchable_pdf(sheets, title="", at=office_now())
