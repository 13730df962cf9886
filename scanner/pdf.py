"""Searchable PDF/A-2b: each page its picture in layers, with the recognised words invisible exactly over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile

import pikepdf
from pikepdf import Array, Dictionary, Name

from scanner.glyphs import TextFont
from scanner.layers import Ink, PageLayers, Picture
from scanner.ocr import Word
from scanner.textlayer import text_operators
from scanner.xmp import PaperFacts, declare


@dataclass(frozen=True)
class PdfPage:
    """layers: the picture as it will stand in the file; words: boxes in the page's pixels."""

    layers: PageLayers
    dpi: int
    words: Sequence[Word]


def searchable_pdf(pages: Iterable[PdfPage], *, title: str, at: datetime, facts: PaperFacts | None = None) -> bytes:
    """PDF/A-2b bytes; the same pages, title, facts and instant give the same bytes. `at` is aware.

    Pages are taken one at a time: only their packed bytes are held.
    """
    with pikepdf.new() as pdf, TemporaryFile() as out:
        font = TextFont()
        kept = [_add_page(pdf, page, font) for page in pages]
        face = font.embed(pdf)
        for added in kept:
            added.Resources.Font = Dictionary(F1=face)
        declare(pdf, title, at, facts or PaperFacts())
        pdf.save(
            out,
            deterministic_id=True,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
        out.seek(0)
        return out.read()


def _add_page(pdf: pikepdf.Pdf, page: PdfPage, font: TextFont) -> pikepdf.Object:
    to_pt = 72 / page.dpi
    wide, high = page.layers.width * to_pt, page.layers.height * to_pt
    pictures, content = _painted(pdf, page.layers, to_pt)
    made = pdf.add_blank_page(page_size=(round(wide, 3), round(high, 3)))
    made.obj.Resources = Dictionary(XObject=pictures)
    made.obj.Contents = pdf.make_indirect(
        pikepdf.Stream(pdf, content + text_operators(page.words, high, page.dpi, font))
    )
    return made.obj


def _painted(pdf: pikepdf.Pdf, layers: PageLayers, to_pt: float) -> tuple[pikepdf.Dictionary, bytes]:
    """The page's pictures, and the operators that paint them one over the other."""
    ground = layers.background
    boxes = [(0, 0, ground.width * layers.cell, ground.height * layers.cell)]
    pictures = [_picture(pdf, ground)]
    if layers.ink is not None:
        boxes.append((0, 0, layers.ink.width // layers.ink.across, layers.ink.height))
        pictures.append(_inked(pdf, layers.ink))
    for patch in layers.patches:
        boxes.append((patch.x, patch.y, patch.picture.width, patch.picture.height))
        pictures.append(_picture(pdf, patch.picture))
    named = {f"/Im{n}": pdf.make_indirect(picture) for n, picture in enumerate(pictures)}
    operators = [
        f"q {w * to_pt:.3f} 0 0 {h * to_pt:.3f} {x * to_pt:.3f} {(layers.height - y - h) * to_pt:.3f} cm /Im{n} Do Q\n"
        for n, (x, y, w, h) in enumerate(boxes)
    ]
    return Dictionary(named), "".join(operators).encode()


def _picture(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Stream:
    return pikepdf.Stream(
        pdf,
        picture.jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB,
        Filter=Name.DCTDecode,
    )


def _inked(pdf: pikepdf.Pdf, ink: Ink) -> pikepdf.Stream:
    """The colours of the ink, painted only where its mask is black: an explicit mask, which every viewer knows."""
    mask = pikepdf.Stream(
        pdf,
        ink.code,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=ink.width,
        Height=ink.height,
        ImageMask=True,
        BitsPerComponent=1,
        # Fax black is sample 0, and a mask paints where its sample is 0.
        Decode=Array([0, 1]),
        Filter=Name.CCITTFaxDecode,
        DecodeParms=Dictionary(K=-1, Columns=ink.width, Rows=ink.height, EndOfBlock=True),
    )
    colours = _picture(pdf, ink.colours)
    colours.Mask = pdf.make_indirect(mask)
    return colours
