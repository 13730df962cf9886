"""One look for every form: A5, Liberation Serif, black. Paragraphs take plain text; mark-up is made here only."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph

from kiosk.text import tidy
from printing.fonts import register, serif_name

register()

PAGE_W, PAGE_H = 148 * mm, 210 * mm
LEFT, RIGHT, TOP, BOTTOM = 14 * mm, 9 * mm, 8.5 * mm, 11 * mm
BODY_W = PAGE_W - LEFT - RIGHT

REGULAR, BOLD, ITALIC = serif_name("Regular"), serif_name("Bold"), serif_name("Italic")


def _style(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=REGULAR, fontSize=size, leading=leading, **more)


BODY = _style("body", 10.3, 12.4, alignment=TA_LEFT, spaceAfter=1.2)
REASON = _style("reason", 10.3, 12.6, alignment=TA_LEFT, spaceAfter=1.6, firstLineIndent=6 * mm)
HEAD = _style("head", 9, 11, alignment=TA_CENTER)
SMALL_HEAD = _style("small-head", 8.6, 10.6, alignment=TA_CENTER)
TITLE = _style("title", 13, 15.5, alignment=TA_CENTER)
MIDDLE = _style("middle", 10.3, 12.4, alignment=TA_CENTER)
CELL = _style("cell", 9.4, 11, alignment=TA_LEFT)
CELL_MID = _style("cell-mid", 9.4, 11, alignment=TA_CENTER)
SIGN = _style("sign", 9.8, 11.8, alignment=TA_CENTER)
NOTE = _style("note", 8.2, 9.6, alignment=TA_JUSTIFY)


def plain(text: str) -> str:
    """NFC, one blank between words, safe inside mark-up. NFD would let marks drift to the next letter on paper."""
    return escape(tidy(text))


def bold(text: str) -> str:
    return f"<b>{plain(text)}</b>"


def italic(text: str) -> str:
    return f"<i>{plain(text)}</i>"


def para(markup: str, style: ParagraphStyle = BODY) -> Paragraph:
    """`markup` is made of plain(), bold() and italic() only."""
    return Paragraph(markup, style)


def field(label: str, value: str, *, strong: bool = False) -> Paragraph:
    """ "Label: value" on its own line."""
    return para(f"{plain(label)}: {bold(value) if strong else plain(value)}")
