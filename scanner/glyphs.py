"""The font of the invisible text: Liberation Sans cut down to the letters in use, with a map back to Unicode."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from reportlab.pdfbase.ttfonts import TTFontFile

FONT_FILE = Path(__file__).parent / "fonts" / "LiberationSans-Regular.ttf"
TAG = "MOTCUA"
STAND_IN = "□"


@cache
def _font() -> Any:
    return TTFontFile(str(FONT_FILE))


@dataclass
class TextFont:
    """Codes of two bytes, one per character met; a letter that the font lacks borrows another's shape, not its text.

    (The text is invisible: only width and the map to Unicode count. PDF/A forbids the "missing" glyph even so.)
    """

    codes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.encode(" ")

    def encode(self, text: str) -> bytes:
        """Codes of a text, as the content stream wants them."""
        return b"".join(self.codes.setdefault(c, len(self.codes) + 1).to_bytes(2, "big") for c in text)

    def width(self, text: str) -> float:
        """Natural width for a size of 1."""
        widths = _font().charWidths
        return float(sum(widths[_shape(c)] for c in text)) / 1000

    def embed(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """Write the font into the PDF: a Type 0 font, its glyphs, widths and Unicode map."""
        face, program, glyphs = _subset(self.codes)
        widths = Array([pikepdf.Object.parse(b"%d" % round(face.charWidths[_shape(c)])) for c in self.codes])
        base = Name(f"/{TAG}+LiberationSans")
        scale = [round(v) for v in face.bbox]
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=base,
            Flags=4,
            FontBBox=Array(scale),
            ItalicAngle=0,
            Ascent=round(face.ascent),
            Descent=round(face.descent),
            CapHeight=round(face.capHeight),
            StemV=80,
            FontFile2=pdf.make_indirect(pikepdf.Stream(pdf, program, Length1=len(program))),
        )
        places = b"\0\0" + b"".join(glyphs[c].to_bytes(2, "big") for c in self.codes)
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=base,
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=1000,
            W=Array([1, widths]),
            CIDToGIDMap=pdf.make_indirect(pikepdf.Stream(pdf, places)),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=base,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_indirect(pikepdf.Stream(pdf, _unicode_map(self.codes))),
            )
        )


def _shape(char: str) -> int:
    """Code point whose glyph stands for the character."""
    known = _font().charToGlyph
    return ord(char) if known.get(ord(char)) else ord(STAND_IN)


def _subset(chars: Iterable[str]) -> tuple[Any, bytes, dict[str, int]]:
    """Font facts, the cut-down font program, and the glyph number in it of every character."""
    face = _font()
    shapes = {c: _shape(c) for c in chars}
    order: list[int] = []
    number: dict[int, int] = {}  # glyph of the whole font -> glyph of the subset
    for code in sorted(set(shapes.values())):
        if (glyph := face.charToGlyph[code]) not in number:
            order.append(code)
            number[glyph] = len(order)
    program = face.makeSubset(order)
    return face, program, {c: number[face.charToGlyph[code]] for c, code in shapes.items()}


def _unicode_map(codes: dict[str, int]) -> bytes:
    """ToUnicode CMap."""
    rows = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in codes.items()]
    blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
