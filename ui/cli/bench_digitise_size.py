"""How small an archived page is, and what it still shows: bytes, letters read after decoding, likeness, CPU."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from kiosk.clock import office_now
from scanner.clean import clean
from scanner.compress import KEPT_QUALITY, archive
from scanner.layers import Picture
from scanner.layout import text_of
from scanner.loaded import usual_engine
from scanner.ocr import OcrEngine
from scanner.page import Page, Pixels, jpeg_bytes, png_bytes
from scanner.pdf import PdfPage, searchable_pdf
from ui.cli.bench_digitise_pages import BenchPage, line_errors, read_words

MOST_KB, MOST_WORSE, MOST_CPU_S = 60.0, 0.002, 0.15
PEER = "ocrmypdf"
PEER_OPTIONS = ("-l", "vie", "--jobs", "2", "--output-type", "pdfa", "--optimize", "3", "--deskew", "--quiet")
# Of a stamp's or pen's colour: the strongest channel above the weakest, in levels.
COLOURED, COLOUR_KEPT = 60, 0.7


@dataclass(frozen=True)
class PageFigures:
    """One page. wrong: letters misread before and after, of letters; ssim: of grey pictures, grain included; colour:
    share of the strength of coloured ink that is left, None without any; faithful: kept as one JPEG."""

    name: str
    group: str
    bytes: int
    letters: int
    wrong_before: int
    wrong_after: int
    ssim: float
    colour: float | None
    cpu_s: float
    faithful: bool
    patches: int


@dataclass(frozen=True)
class SizeOutcome:
    """pdf_kb: a page of one document of all pages, with its fonts and metadata; peer_kb: OCRmyPDF's, if measured."""

    pages: tuple[PageFigures, ...]
    pdf_kb: float
    peer_kb: float | None

    @property
    def cer(self) -> tuple[float, float]:
        """Share of letters misread before and after."""
        return misread(self.pages)

    @property
    def groups(self) -> dict[str, dict[str, float]]:
        """The same by folder, with the kilobytes of the layers."""
        found: dict[str, dict[str, float]] = {}
        for name in sorted({p.group for p in self.pages}):
            pages = [p for p in self.pages if p.group == name]
            before, after = misread(pages)
            kb = sum(p.bytes for p in pages) / len(pages) / 1024
            found[name] = {
                "pages": len(pages), "kb": round(kb, 1), "before": round(before, 4), "after": round(after, 4),
            }  # fmt: skip
        return found

    @property
    def cpu_s(self) -> float:
        return sum(p.cpu_s for p in self.pages) / len(self.pages)

    @property
    def colour(self) -> float | None:
        kept = [p.colour for p in self.pages if p.colour is not None]
        return min(kept) if kept else None

    @property
    def ok(self) -> bool:
        legible = all(g["after"] - g["before"] <= MOST_WORSE for g in self.groups.values())
        coloured = self.colour is None or self.colour >= COLOUR_KEPT
        return self.pdf_kb <= MOST_KB and legible and coloured and self.cpu_s <= MOST_CPU_S

    def data(self) -> dict[str, Any]:
        before, after = self.cer
        return {
            "kb": round(self.pdf_kb, 1),
            "line_cer_before": round(before, 4),
            "line_cer_after": round(after, 4),
            "groups": self.groups,
            "ssim": round(sum(p.ssim for p in self.pages) / len(self.pages), 3),
            "least_colour": self.colour,
            "cpu_s": round(self.cpu_s, 3),
            "peer_kb": self.peer_kb,
            "pages": [asdict(p) for p in self.pages],
            "ok": self.ok,
        }

    def text(self) -> str:
        d = self.data()
        peer = f"; OCRmyPDF {self.peer_kb} KB" if self.peer_kb is not None else ""
        parts = "".join(
            f"\n  {name}: {g['pages']} trang, {g['kb']} KB, {g['before']} → {g['after']}"
            for name, g in self.groups.items()
            if name
        )
        return (
            f"Dung lượng: {d['kb']} KB mỗi trang (cần ≤ {MOST_KB:.0f}){peer}\n"
            f"Chữ đọc sai theo dòng: {d['line_cer_before']} trước, {d['line_cer_after']} sau khi nén"
            f" (cần thêm ≤ {MOST_WORSE}){parts}\n"
            f"Giống ảnh gốc (SSIM): {d['ssim']}; màu mực còn ít nhất: {d['least_colour']}; "
            f"CPU: {d['cpu_s']} giây mỗi trang (cần ≤ {MOST_CPU_S})"
        )


def misread(pages: Sequence[PageFigures]) -> tuple[float, float]:
    """Share of letters misread before and after."""
    letters = max(1, sum(p.letters for p in pages))
    return sum(p.wrong_before for p in pages) / letters, sum(p.wrong_after for p in pages) / letters


def measure_size(pages: Sequence[BenchPage], peer: bool) -> SizeOutcome:
    """Clean each page, archive it, decode the PDF with PDFium and compare. Raises: OcrError."""
    engine = usual_engine()
    figures, made = [], []
    for each in pages:
        figure, pdf_page = _measured(each, engine)
        figures.append(figure)
        made.append(pdf_page)
    pdf = searchable_pdf(made, title="Đo dung lượng", at=office_now())
    return SizeOutcome(tuple(figures), len(pdf) / 1024 / len(pages), _peer_kb(pages) if peer else None)


def _measured(each: BenchPage, engine: OcrEngine) -> tuple[PageFigures, PdfPage]:
    before = clean(each.page).page
    words = read_words(before, engine)
    stored = jpeg_bytes(before.pixels, KEPT_QUALITY)  # as a page waits for its document
    began = time.process_time()
    layers = archive(Picture(stored, before.width, before.height).pixels())
    cpu_s = time.process_time() - began
    page = PdfPage(layers, before.dpi, ())
    after = before.with_pixels(shown_page(searchable_pdf([page], title="", at=office_now()), before))
    wrong_before, letters = line_errors(text_of(words).splitlines(), each.lines)
    wrong_after, _ = line_errors(text_of(read_words(after, engine)).splitlines(), each.lines)
    figures = PageFigures(
        each.name,
        each.group,
        layers.size,
        letters,
        wrong_before,
        wrong_after,
        round(ssim(before.grey(), after.grey()), 4),
        colour_kept(before.pixels, after.pixels),
        round(cpu_s, 3),
        layers.is_faithful,
        len(layers.patches),
    )
    return figures, page


def shown_page(pdf: bytes, like: Page) -> Pixels:
    """The first page as PDFium shows it, in the pixels of `like`."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[0]
        # A hair less than the full size: PDFium rounds up, and would stretch the page by a pixel.
        bitmap = sheet.render(scale=(like.width - 0.01) / sheet.get_width())
        shown = np.array(bitmap.to_numpy()[: like.height, : like.width, :3], dtype=np.uint8)
        sheet.close()
    finally:
        document.close()
    below, beside = like.height - shown.shape[0], like.width - shown.shape[1]
    return np.pad(shown, ((0, below), (0, beside), (0, 0)), mode="edge")


def ssim(one: Pixels, other: Pixels) -> float:
    """Structural similarity (Wang et al. 2004) of two grey pictures, Gaussian window of sigma 1.5."""

    def soft(values: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(cv2.GaussianBlur(values, (0, 0), 1.5), np.float32)

    a, b = one.astype(np.float32), other.astype(np.float32)
    mean_a, mean_b = soft(a), soft(b)
    var_a, var_b, both = soft(a * a) - mean_a**2, soft(b * b) - mean_b**2, soft(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    top = (2 * mean_a * mean_b + c1) * (2 * both + c2)
    return float((top / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))).mean())


def colour_kept(before: Pixels, after: Pixels) -> float | None:
    """How strong coloured ink is afterwards, as a share of before; None where there is none."""
    strength = [p.max(axis=2).astype(int) - p.min(axis=2) for p in (cv2.blur(x, (3, 3)) for x in (before, after))]
    coloured = strength[0] > COLOURED
    if coloured.sum() < 500:
        return None
    return round(float(strength[1][coloured].mean() / strength[0][coloured].mean()), 3)


def _peer_kb(pages: Sequence[BenchPage]) -> float | None:
    """Kilobytes a page of OCRmyPDF's smallest PDF/A; None when it is not installed."""
    program = shutil.which(PEER)
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        sizes = []
        for each in pages:
            picture, pdf = Path(folder) / "page.png", Path(folder) / "page.pdf"
            picture.write_bytes(png_bytes(each.page))
            done = subprocess.run([program, *PEER_OPTIONS, str(picture), str(pdf)], check=False, capture_output=True)
            if done.returncode == 0:
                sizes.append(pdf.stat().st_size / 1024)
    return round(sum(sizes) / len(sizes), 1) if sizes else None
