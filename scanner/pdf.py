"""Searchable PDF/A-2b: each page its picture, with the recognised words invisible exactly over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from scanner.glyphs import TextFont
from scanner.ocr import Word

PRODUCER = "Một Cửa"
# Of the height of a line of text: what is under the base line, and the size of the letters.
DESCENT, SIZE = 0.22, 0.88


@dataclass(frozen=True)
class PdfPage:
    """jpeg: the picture as it will stand in the file; width, height: its pixels; words: boxes in the same pixels."""

    jpeg: bytes
    width: int
    height: int
    dpi: int
    words: Sequence[Word]
    is_grey: bool = False


def searchable_pdf(pages: Iterable[PdfPage], *, title: str, at: datetime) -> bytes:
    """PDF/A-2b bytes; the same pages, title and instant give the same bytes. `at` is aware."""
    with pikepdf.new() as pdf:
        font = TextFont()
        kept = [_add_page(pdf, page, font) for page in pages]
        face = font.embed(pdf)
        for added in kept:
            added.Resources.Font = Dictionary(F1=face)
        _declare(pdf, title, at)
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue()


def _add_page(pdf: pikepdf.Pdf, page: PdfPage, font: TextFont) -> pikepdf.Object:
    wide, high = page.width * 72 / page.dpi, page.height * 72 / page.dpi
    picture = pikepdf.Stream(
        pdf,
        page.jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=page.width,
        Height=page.height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray if page.is_grey else Name.DeviceRGB,
        Filter=Name.DCTDecode,
    )
    content = f"q {wide:.3f} 0 0 {high:.3f} 0 0 cm /Im0 Do Q\n".encode() + _text(page, high, font)
    made = pdf.add_blank_page(page_size=(round(wide, 3), round(high, 3)))
    made.obj.Resources = Dictionary(XObject=Dictionary(Im0=pdf.make_indirect(picture)))
    made.obj.Contents = pdf.make_indirect(pikepdf.Stream(pdf, content))
    return made.obj


def _text(page: PdfPage, high: float, font: TextFont) -> bytes:
    """Invisible text, a word at a time; words of one line share base line and size."""
    if not page.words:
        return b""
    to_pt = 72 / page.dpi
    lines: dict[int, list[Word]] = {}
    for word in page.words:
        lines.setdefault(word.line, []).append(word)
    out = [b"BT 3 Tr"]
    for line in lines.values():
        top, bottom = min(w.box[1] for w in line), max(w.box[1] + w.box[3] for w in line)
        tall = (bottom - top) * to_pt
        base, size = high - bottom * to_pt + tall * DESCENT, max(tall * SIZE, 1.0)
        out.append(b"/F1 %.2f Tf" % size)
        for i, word in enumerate(line):
            text = word.text if i == len(line) - 1 else word.text + " "
            natural = font.width(word.text) * size
            stretch = min(max(100 * word.box[2] * to_pt / natural, 1.0), 1000.0) if natural else 100.0
            out.append(
                b"%.2f Tz 1 0 0 1 %.2f %.2f Tm <%s> Tj"
                % (stretch, word.box[0] * to_pt, base, font.encode(text).hex().encode())
            )
    out.append(b"ET\n")
    return b"\n".join(out)


def _declare(pdf: pikepdf.Pdf, title: str, at: datetime) -> None:
    """Colour, language and metadata that make the file PDF/A-2b."""
    profile = pikepdf.Stream(pdf, srgb_profile(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.Root.Lang = pikepdf.String("vi-VN")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    meta = pikepdf.Stream(pdf, _xmp(title, at), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = pdf.make_indirect(meta)
    stamp = pikepdf.String(_pdf_date(at))
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(Title=pikepdf.String(title), Producer=pikepdf.String(PRODUCER), CreationDate=stamp, ModDate=stamp)
    )


def _xmp(title: str, at: datetime) -> bytes:
    when = at.isoformat(timespec="seconds")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
        ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">\n'
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>\n'
        f"<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>"
        f"<pdf:Producer>{escape(PRODUCER)}</pdf:Producer>\n"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _pdf_date(at: datetime) -> str:
    zone = at.strftime("%z")
    return f"D:{at:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


@cache
def srgb_profile() -> bytes:
    """An sRGB ICC profile with a fixed date, so that equal documents have equal bytes."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes.fromhex("07ea000100010000000000 00".replace(" ", ""))
    profile[84:100] = bytes(16)  # the profile's own checksum covers the date; zero means "not computed"
    return bytes(profile)
