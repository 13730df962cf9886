"""The archived PDF in the hands of other programs: poppler, PDFium, pikepdf; and its memory."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest
from samples import NOON
from scanner_samples import drawn, scanned

from scanner.compress import archive
from scanner.layers import PageLayers, restored
from scanner.ocr import Word
from scanner.page import Page, Pixels
from scanner.pdf import PdfPage, searchable_pdf
from scanner.xmp import PaperFacts

needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
DPI = 200
FACTS = PaperFacts(
    "Ủy ban nhân dân xã Mẫu Sơn", "12", "QĐ-UBND", date(2026, 11, 20), 'Về việc "A" & <B>', "Nguyễn Văn A"
)
FORBIDDEN = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData"}


def sheet() -> Page:
    """Text, a red stamp over it, a blue signature and a photograph."""
    page = scanned(drawn())
    pixels = page.pixels.copy()
    cv2.circle(pixels, (1000, 1300), 120, (45, 40, 205), 8, cv2.LINE_AA)
    cv2.ellipse(pixels, (1100, 1500), (150, 50), 20, 0, 300, (160, 50, 30), 4, cv2.LINE_AA)
    noise = np.random.default_rng(2).normal(128, 50, (300, 220)).astype(np.float32)
    pixels[1700:2000, 200:420] = cv2.GaussianBlur(noise, (0, 0), 1.2)[:, :, None].clip(0, 255).astype(np.uint8)
    return page.with_pixels(pixels)


def archived(layers: PageLayers, words: tuple[Word, ...] = ()) -> bytes:
    return searchable_pdf([PdfPage(layers, DPI, words)], title="Quyết định", at=NOON, facts=FACTS)


def by_pdfium(pdf: bytes, like: Pixels) -> Pixels:
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        shown = page.render(scale=(like.shape[1] - 0.01) / page.get_width()).to_numpy()
        return np.array(shown[: like.shape[0], : like.shape[1], :3])
    finally:
        document.close()


def by_poppler(pdf: bytes, folder: Path) -> Pixels:
    (folder / "a.pdf").write_bytes(pdf)
    made = subprocess.run(
        ["pdftoppm", "-r", str(DPI), "a.pdf", "a"], cwd=folder, check=True, capture_output=True, text=True
    )
    assert made.stderr == ""
    (picture,) = folder.glob("a*.ppm")
    return np.asarray(cv2.imread(str(picture)), np.uint8)


@needs_poppler
def test_two_viewers_show_what_was_archived(tmp_path: Path) -> None:
    layers = archive(sheet().pixels)
    assert layers.ink is not None
    assert layers.patches
    ours, pdf = restored(layers), archived(layers)
    for shown in (by_pdfium(pdf, ours), by_poppler(pdf, tmp_path)):
        high, wide = min(shown.shape[0], ours.shape[0]), min(shown.shape[1], ours.shape[1])
        assert abs(shown.shape[0] - ours.shape[0]) <= 1
        assert abs(shown.shape[1] - ours.shape[1]) <= 1
        apart = cv2.absdiff(shown[:high, :wide], ours[:high, :wide])
        assert np.asarray(apart).mean() < 6
        red, paper = shown[1300, 880].astype(int), shown[1600, 1300].astype(int)
        assert red[2] - max(red[0], red[1]) > 80
        assert paper.min() > 200


@needs_poppler
def test_words_stand_where_they_were_read(tmp_path: Path) -> None:
    words = tuple(
        Word(text, (150 + 260 * column, 200 + 90 * row, 60 + 20 * len(text), 34), 0.9, row)
        for row, line in enumerate(("Cộng hòa xã hội", "Độc lập Tự do", "Nguyễn Thị Ánh"))
        for column, text in enumerate(line.split())
    )
    (tmp_path / "a.pdf").write_bytes(archived(archive(drawn(()).pixels), words))
    told = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "a.pdf"), "-"], check=True, capture_output=True, text=True
    )
    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)<', told.stdout)
    assert [f[4] for f in found] == [w.text for w in words]
    for word, (left, top, right, bottom, _) in zip(words, found, strict=True):
        x, y, wide, high = (v * 72 / DPI for v in word.box)
        assert float(left) == pytest.approx(x, abs=0.5)
        assert float(right) == pytest.approx(x + wide, abs=0.5)
        assert (float(top) + float(bottom)) / 2 == pytest.approx(y + high / 2, abs=0.3 * high)


def test_the_file_keeps_the_rules_of_pdfa_2b() -> None:
    """ISO 19005-2: the clauses that this file could break, read by pikepdf (no validator is at hand here)."""
    pdf_bytes = archived(archive(sheet().pixels), (Word("Số", (100, 100, 60, 40), 0.9, 0),))
    assert pdf_bytes.startswith(b"%PDF-1.7\n%")
    assert min(pdf_bytes[10:14]) > 127  # 6.1.2: four bytes above 127 in the second line
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.trailer.ID) == 2  # 6.1.3
        assert "/Encrypt" not in pdf.trailer
        for item in pdf.objects:
            if not isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
                continue
            assert not {"/LZWDecode", "/Crypt"} & {str(f) for f in _names(item.get("/Filter"))}  # 6.1.7.2
            assert str(item.get("/S")) not in FORBIDDEN  # 6.5.1
            if item.get("/Subtype") == "/Image":
                assert item.get("/Interpolate", False) is False  # 6.2.8
                assert "/SMask" not in item
                assert "/Alternates" not in item
                assert "/OPI" not in item
            if item.get("/Type") == "/Font" and "/FontDescriptor" in item:
                assert "/FontFile2" in item.FontDescriptor  # 6.2.11.4
                assert "/CIDToGIDMap" in item
        meta = pdf.Root.Metadata
        assert "/Filter" not in meta
        with pdf.open_metadata() as said:
            assert said.pdfa_status == "2B"
            assert said["dc:title"] == str(pdf.trailer.Info.Title) == "Quyết định"
            assert said["dc:description"] == str(pdf.trailer.Info.Subject) == 'Về việc "A" & <B>'
            assert said["{urn:x-motcua:nd30-2020#}number"] == "12"
            assert said["{urn:x-motcua:nd30-2020#}symbol"] == "QĐ-UBND"
            assert said["{urn:x-motcua:nd30-2020#}issued"] == "2026-11-20"
            assert said["{urn:x-motcua:nd30-2020#}signer"] == "Nguyễn Văn A"
        described = re.findall(r"<pdfaProperty:name>(\w+)<", meta.read_bytes().decode())
        assert described == ["issuer", "number", "symbol", "issued", "subject", "signer"]  # 6.6.2.3


def test_unknown_facts_are_not_written() -> None:
    pdf = searchable_pdf([PdfPage(archive(drawn(()).pixels), DPI, ())], title="x", at=NOON)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert b"nd30-2020" not in opened.Root.Metadata.read_bytes()
        assert "/Subject" not in opened.trailer.Info


def _names(value: object) -> list[object]:
    return list(value) if isinstance(value, pikepdf.Array) else [value]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
def test_three_hundred_pages_stay_within_half_a_gigabyte() -> None:
    """Colour A4 pages at 200 dpi, each archived when its turn comes; the peak of a process of their own."""
    script = """
from pathlib import Path
import numpy as np
from datetime import UTC, datetime
from scanner.compress import archive
from scanner.ocr import Word
from scanner.pdf import PdfPage, searchable_pdf

def pages():
    rng = np.random.default_rng(1)
    ground = rng.integers(200, 255, (2339, 1654, 3), dtype=np.uint8)
    for n in range(300):
        # Every tenth is archived anew, whole and grainy: the dearest that a page can be.
        if n % 10 == 0:
            layers = archive(np.roll(ground, n, axis=0), faithful=True)
        yield PdfPage(layers, 200, [Word(f"Trang {n}", (100, 100, 300, 40), 0.9, 0)])

pdf = searchable_pdf(pages(), title="x", at=datetime(2026, 11, 23, tzinfo=UTC))
# Not getrusage: its peak goes on counting from the process that started this one.
(peak,) = (line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(len(pdf), int(peak) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    size, peak_mb = (int(v) for v in done.stdout.split())
    assert size > 300 * 200_000
    assert peak_mb <= 500, f"{peak_mb} MB"
