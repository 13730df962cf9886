"""Separator sheets (tờ ngăn): laid before each paper of a stack, so that the scanner's program knows what follows.

One page a sheet, A4 or A5. The code stands on it twice: a fold, a stain or a staple through one leaves the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from kiosk.domain.separator import PrintedSet, Separator
from kiosk.text import tidy
from printing.forms.codes import QrCode
from printing.forms.style import BOLD, ITALIC, MIDDLE, NOTE, REGULAR, bold, plain

SIZES = {"A4": (210 * mm, 297 * mm), "A5": (148 * mm, 210 * mm)}
EDGE = 8 * mm  # no printer prints, and many feeders do not see, closer to the edge
ERROR_CORRECTION = "h"
ONCE = "Bộ này chỉ dùng một lần, cho một hồ sơ. Xếp tờ ngăn ngay trước giấy ghi trên tờ, mặt có mã cùng phía với giấy."
AGAIN = "Dùng lại được. Xếp theo thứ tự số, mỗi tờ trước một văn bản, thêm một tờ ở cuối; thiếu tờ nào máy sẽ báo."
NOT_KEPT = "Tờ này không vào hồ sơ. Không sao chụp, không dùng tờ của cơ quan khác."


@dataclass(frozen=True)
class _Face:
    """What one sheet shows."""

    sheet: Separator
    code: str
    paper: str


def render_separators(
    made: PrintedSet, code_of: Callable[[Separator], str], office: str, printed_at: datetime, size: str = "A5"
) -> bytes:
    """PDF of a whole set. code_of: digits of a sheet's code; size: of SIZES. The same set gives the same bytes."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=SIZES[size], invariant=1, lang="vi", initialFontName=REGULAR)
    canvas.setTitle(f"Tờ ngăn {set_mark(made.nonce)}")
    for sheet in made.sheets():
        face = _Face(sheet, code_of(sheet), made.paper(sheet.number)[1])
        _draw(canvas, face, made, office, printed_at, SIZES[size])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def set_mark(nonce: str) -> str:
    """What people tell sets apart by."""
    return nonce[-4:]


def _draw(
    canvas: Canvas, face: _Face, made: PrintedSet, office: str, printed_at: datetime, size: tuple[float, float]
) -> None:
    wide, high = size
    unit = wide / SIZES["A5"][0]
    canvas.setFont(REGULAR, 10 * unit)
    canvas.drawCentredString(wide / 2, high - 14 * mm * unit, tidy(office))
    canvas.setFont(BOLD, 40 * unit)
    canvas.drawCentredString(wide / 2, high - 32 * mm * unit, f"TỜ NGĂN {face.sheet.number}/{face.sheet.count}")
    # Seen from the side of a stack.
    for left in (EDGE, wide - EDGE - 6 * mm):
        canvas.rect(left, high - 40 * mm * unit, 6 * mm, 24 * mm * unit, stroke=0, fill=1)
    _name(canvas, face.paper, wide, high - 40 * mm * unit, unit)
    large, small = 62 * mm * unit, 34 * mm * unit
    QrCode(face.code, large, ERROR_CORRECTION).drawOn(canvas, (wide - large) / 2, 62 * mm * unit)
    QrCode(face.code, small, ERROR_CORRECTION).drawOn(canvas, wide - small - EDGE, EDGE + 8 * mm)
    _foot(canvas, made, printed_at, wide - small - 3 * EDGE, unit)


def _name(canvas: Canvas, paper: str, wide: float, top: float, unit: float) -> None:
    """As large as three lines allow."""
    lead = "Ngay sau tờ này là:" if paper else "Ngay sau tờ này bắt đầu một văn bản mới"
    canvas.setFont(ITALIC, 12 * unit)
    canvas.drawCentredString(wide / 2, top - 8 * mm * unit, lead)
    for points in (20, 17, 14, 11, 9):
        style = ParagraphStyle("paper", MIDDLE, fontSize=points * unit, leading=points * unit * 1.2)
        words = Paragraph(bold(paper), style)
        _, high = words.wrap(wide - 4 * EDGE, 400 * mm)
        if high <= 3.1 * style.leading and high <= 26 * mm * unit:
            break
    words.drawOn(canvas, 2 * EDGE, top - 12 * mm * unit - high)


def _foot(canvas: Canvas, made: PrintedSet, printed_at: datetime, wide: float, unit: float) -> None:
    style = ParagraphStyle("foot", NOTE, fontSize=9.5 * unit, leading=12 * unit)
    told = [ONCE if made.owner else AGAIN, NOT_KEPT, f"Bộ {set_mark(made.nonce)}, in lúc {printed_at:%H:%M %d/%m/%Y}."]
    bottom = EDGE + 8 * mm
    for text in reversed(told):
        words = Paragraph(plain(text), style)
        _, high = words.wrap(wide, 100 * mm)
        words.drawOn(canvas, EDGE, bottom)
        bottom += high + 1.5 * mm
