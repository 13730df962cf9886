"""The good files that broken ones are made from: a page of print in every format, and what is cut and flipped in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO

import cv2
import numpy as np
import pikepdf
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from scanner.page import Pixels
from ui.cli.hostile.item import ANY, BAD, Item

WIDE, HIGH = 620, 877  # A4 at 75 dpi
CUTS = (0.02, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.85, 0.93, 0.97)
FLIPS = (1, 2, 4, 8, 16, 32, 64, 256)


def sheet() -> Pixels:
    """BGR, with lines of print."""
    pixels = np.full((HIGH, WIDE, 3), 245, np.uint8)
    for line in range(30):
        cv2.putText(pixels, "Cong hoa xa hoi chu nghia Viet Nam", (60, 90 + line * 34), 0, 0.8, (30, 30, 30), 2)
    return pixels


def picture() -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(sheet()[:, :, ::-1]))


def packed(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def text_pdf(pages: int = 3) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for page in range(pages):
        for line in range(30):
            canvas.drawString(70, 780 - line * 24, f"Trang {page + 1}: Cong hoa xa hoi chu nghia Viet Nam")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def packed_pdf() -> bytes:
    """The same with its objects in a stream."""
    out = BytesIO()
    with pikepdf.open(BytesIO(text_pdf())) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def good_files() -> Mapping[str, bytes]:
    """By name. Every one of them is read whole."""
    page = picture()
    return {
        "anh.jpg": packed(page, "JPEG", quality=80, dpi=(100, 100)),
        "tien-dan.jpg": packed(page, "JPEG", quality=80, progressive=True),
        "anh.png": packed(page, "PNG", dpi=(100, 100)),
        "lzw.tif": packed(page, "TIFF", save_all=True, append_images=[page] * 2, compression="tiff_lzw"),
        "g4.tif": packed(page.convert("1"), "TIFF", compression="group4"),
        "van-ban.pdf": text_pdf(),
        "nen.pdf": packed_pdf(),
    }


def broken_files(seed: int) -> Iterator[Item]:
    """Each good file cut off at many places, and with more and more of its bits turned."""
    rng = np.random.default_rng(seed)
    for name, content in good_files().items():
        stem, _, suffix = name.partition(".")
        for share in CUTS:
            yield Item("truncated", f"cat-{stem}-{share:.2f}.{suffix}", content[: int(len(content) * share)], BAD)
        for count in FLIPS:
            yield Item("flipped", f"lat-{stem}-{count:03d}.{suffix}", flipped(content, count, rng), ANY)


def flipped(content: bytes, count: int, rng: np.random.Generator) -> bytes:
    changed = bytearray(content)
    for at in rng.integers(0, len(content), count):
        changed[at] ^= 1 << int(rng.integers(8))
    return bytes(changed)
