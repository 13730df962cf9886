"""PDF written object by object, so that anything in it can be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> %s >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
WORDS = b"BT /F1 24 Tf 72 720 Td (Trang mot) Tj ET"
FONT = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def simple(
    content: bytes = WORDS, *, resources: bytes = FONT, page: bytes = b"", catalog: bytes = b""
) -> dict[int, bytes]:
    """Objects of a one-page PDF, to be added to."""
    return {
        1: CATALOG % catalog,
        2: PAGES,
        3: PAGE % (resources, page),
        4: stream(content),
    }


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"", *, head: bytes = b"%PDF-1.7\n", shift: int = 0) -> bytes:
    """head: first bytes; shift: how far the table of contents is wrong, bytes."""
    out, places = BytesIO(), {}
    out.write(head)
    for number, body in objects.items():
        places[number] = out.tell() + shift
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start, size = out.tell(), max(objects, default=0) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        out.write(b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n")
    out.write(b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start + shift))
    return out.getvalue()


def with_picture(picture: bytes, extra: bytes, wide: int, high: int) -> bytes:
    """A page that is one picture. extra: its filters and colour space."""
    objects = simple(b"q 595 0 0 842 0 0 cm /X Do Q", resources=b"/XObject << /X 5 0 R >>")
    size = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 " % (wide, high)
    return pdf({**objects, 5: stream(picture, size + extra)})
