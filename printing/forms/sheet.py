"""From a form's contents to an A5 PDF: leaves, page numbers, legal footer, repeated code, re-print mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate

from printing.forms.style import BODY_W, BOLD, BOTTOM, ITALIC, LEFT, PAGE_H, PAGE_W, REGULAR, RIGHT, TOP

CONTINUED_H = 7 * mm
Story = Callable[[str], list[Flowable]]
"""The contents of one leaf, given its label ("Liên 2: …", or "")."""


@dataclass(frozen=True)
class Sheet:
    """What stands around the contents. reprint: how many times the paper was printed before; 0 is the first print."""

    title: str
    code: str
    footer: str
    reprint: int = 0


def render(sheet: Sheet, story: Story, leaves: Sequence[str], beside: Sequence[Flowable] = ()) -> bytes:
    """A PDF with every leaf after the other, each numbered on its own. The same input gives the same bytes.

    beside: a page that goes with them and is none of them; nothing of the sheet stands around it.
    """
    pages = _build(sheet, [NextPageTemplate("next"), *story(leaves[0])], 1)[1]
    flow: list[Flowable] = []
    for leaf in leaves:
        flow += [NextPageTemplate("first"), PageBreak()] if flow else []
        flow += [NextPageTemplate("next"), *story(leaf)]
    if beside:
        flow += [NextPageTemplate("beside"), PageBreak(), *beside]
    return _build(sheet, flow, pages)[0]


def _build(sheet: Sheet, flow: list[Flowable], pages: int) -> tuple[bytes, int]:
    out = BytesIO()
    doc = BaseDocTemplate(
        out,
        pagesize=(PAGE_W, PAGE_H),
        title=sheet.title,
        author="Một Cửa",
        lang="vi",
        invariant=1,
        initialFontName=REGULAR,
    )
    decorate = partial(_decorate, sheet=sheet, pages=pages)
    doc.addPageTemplates(
        [
            PageTemplate("first", [_frame(TOP)], onPage=decorate),
            PageTemplate("next", [_frame(TOP + CONTINUED_H)], onPage=decorate),
            PageTemplate("beside", [_frame(TOP)]),
        ]
    )
    doc.build(flow)
    return out.getvalue(), doc.page


def _frame(top: float) -> Frame:
    return Frame(
        LEFT, BOTTOM, BODY_W, PAGE_H - top - BOTTOM, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )


def _decorate(canvas: Canvas, doc: BaseDocTemplate, *, sheet: Sheet, pages: int) -> None:
    page = (doc.page - 1) % pages + 1
    canvas.saveState()
    canvas.setFont(ITALIC, 7)
    canvas.drawString(LEFT, 6.5 * mm, sheet.footer)
    if pages > 1:
        canvas.setFont(REGULAR, 8)
        canvas.drawRightString(PAGE_W - RIGHT, 6.5 * mm, f"Trang {page}/{pages}")
    if page > 1:
        canvas.setFont(BOLD, 9)
        canvas.drawString(LEFT, PAGE_H - TOP - 3 * mm, f"Mã hồ sơ: {sheet.code}")
        canvas.setFont(ITALIC, 9)
        canvas.drawRightString(PAGE_W - RIGHT, PAGE_H - TOP - 3 * mm, "(tiếp theo)")
    if sheet.reprint:
        _mark_reprint(canvas, f"BẢN IN LẠI LẦN {sheet.reprint}")
    canvas.restoreState()


def _mark_reprint(canvas: Canvas, words: str) -> None:
    """A box in the top margin: plain on every printer, and never across a word or a code."""
    canvas.setFont(BOLD, 8)
    width = canvas.stringWidth(words, BOLD, 8) + 3 * mm
    left, bottom = (PAGE_W - width) / 2, PAGE_H - 7.5 * mm
    canvas.setLineWidth(0.7)
    canvas.rect(left, bottom, width, 4.4 * mm)
    canvas.drawCentredString(PAGE_W / 2, bottom + 1.3 * mm, words)
