"""A contact sheet: every page of every form beside the others, so that one look finds what is cut or crooked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from printing.fonts import serif

DPI = 100
THUMB = (583, 827)  # A5 upright at DPI; what is broader is made smaller to fit
COLUMNS, GAP, CAPTION = 4, 28, 44
INK, PAPER, TABLE = "black", "white", "#d8d4cf"


@dataclass(frozen=True)
class Exhibit:
    """label: under each of its pages; pdf: one document."""

    label: str
    pdf: bytes


def contact_sheet(exhibits: Sequence[Exhibit]) -> Image.Image:
    """All pages in rows, each with its label and number."""
    pages = list(_pages(exhibits))
    rows = -(-len(pages) // COLUMNS)
    width, height = THUMB[0] + GAP, THUMB[1] + CAPTION + GAP
    sheet = Image.new("RGB", (COLUMNS * width + GAP, rows * height + GAP), TABLE)
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(serif()), 22)
    for n, (label, page) in enumerate(pages):
        left, top = GAP + n % COLUMNS * width, GAP + n // COLUMNS * height
        sheet.paste(page, (left, top))
        draw.text((left, top + THUMB[1] + 8), label, fill=INK, font=font)
    return sheet


def _pages(exhibits: Sequence[Exhibit]) -> Iterator[tuple[str, Image.Image]]:
    for exhibit in exhibits:
        with pypdfium2.PdfDocument(exhibit.pdf) as document:
            for number, page in enumerate(document, 1):
                picture = page.render(scale=DPI / 72).to_pil().convert("RGB")
                yield f"{exhibit.label} · {number}/{len(document)}", _fitted(picture)


def _fitted(picture: Image.Image) -> Image.Image:
    picture.thumbnail(THUMB)
    whole = Image.new("RGB", THUMB, PAPER)
    whole.paste(picture, (0, 0))
    return whole


def as_file(sheet: Image.Image, suffix: str) -> bytes:
    """suffix: ".png" or ".pdf"."""
    out = BytesIO()
    sheet.save(out, "PDF" if suffix == ".pdf" else "PNG", resolution=DPI)
    return out.getvalue()
