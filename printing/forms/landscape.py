"""Books on A4 landscape: one frame, a footer and page numbers; lines run over as many pages as they need."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer, Table

from kiosk.domain.slip import OfficeHead
from printing.forms import blocks
from printing.forms.style import CELL, CELL_MID, HEAD, ITALIC, MIDDLE, REGULAR, TITLE, bold, para, plain

PAGE_W, PAGE_H = 297 * mm, 210 * mm
LEFT, RIGHT, TOP, BOTTOM = 20 * mm, 12 * mm, 15 * mm, 14 * mm
BODY_W = PAGE_W - LEFT - RIGHT
SMALL = ParagraphStyle("register", CELL, fontSize=7.6, leading=9)
SMALL_MID = ParagraphStyle("register-mid", CELL_MID, fontSize=7.6, leading=9)

Flow = Callable[[], list[Flowable]]


def render_landscape(title: str, footer: str, flow: Flow) -> bytes:
    """PDF; the same contents give the same bytes. flow: makes them anew, because building uses them up."""
    pages = _build(title, footer, flow(), 0)[1]
    return _build(title, footer, flow(), pages)[0]


def book_head(office: OfficeHead, title: str, under: str) -> list[Flowable]:
    """Office and nation, the book's title, and a line under it."""
    left = [para(plain(office.parent.upper()), HEAD), para(bold(office.name.upper()), HEAD)]
    right = [para(bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), HEAD), para(bold(blocks.MOTTO), HEAD)]
    return [
        Table([[left, right]], [BODY_W / 2, BODY_W / 2], style=[*blocks.TIGHT, ("VALIGN", (0, 0), (-1, -1), "TOP")]),
        Spacer(1, 3 * mm),
        para(bold(title), TITLE),
        para(plain(under), MIDDLE),
        Spacer(1, 2 * mm),
    ]


def _build(title: str, footer: str, flow: list[Flowable], pages: int) -> tuple[bytes, int]:
    out = BytesIO()
    doc = BaseDocTemplate(
        out,
        pagesize=(PAGE_W, PAGE_H),
        title=title.capitalize(),
        author="Một Cửa",
        lang="vi",
        invariant=1,
        initialFontName=REGULAR,
    )
    frame = Frame(
        LEFT, BOTTOM, BODY_W, PAGE_H - TOP - BOTTOM, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )
    doc.addPageTemplates([PageTemplate("page", [frame], onPage=partial(_decorate, footer=footer, pages=pages))])
    doc.build(flow)
    return out.getvalue(), doc.page


def _decorate(canvas: Canvas, doc: BaseDocTemplate, *, footer: str, pages: int) -> None:
    canvas.saveState()
    canvas.setFont(ITALIC, 7)
    canvas.drawString(LEFT, 7 * mm, footer)
    canvas.setFont(REGULAR, 8)
    canvas.drawRightString(PAGE_W - RIGHT, 7 * mm, f"Trang {doc.page}/{pages}")
    canvas.restoreState()
