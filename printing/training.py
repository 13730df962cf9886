"""Training papers: whatever leaves a printer in training mode says across every page that it is an exercise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing.devices import Health, Printer, Printers
from printing.fonts import sans
from printing.forms.style import BOLD
from printing.paper import Paper, PdfSheet, TicketSheet

WORDS, BELOW = "TẬP HUẤN", "KHÔNG CÓ GIÁ TRỊ"
INK = Color(0.75, 0.1, 0.1, alpha=0.22)  # read from two metres, and the words of the form below it stay plain
TICKET_DOTS = 72  # height of the letters on a ticket


def stamp_pdf(pdf: bytes) -> bytes:
    """The same pages, each with the mark across it. Raises: pikepdf's errors for what is no PDF: a bug of ours."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            with pikepdf.open(BytesIO(_mark(right - left, top - bottom))) as mark:
                page.add_overlay(mark.pages[0], pikepdf.Rectangle(left, bottom, right, top))
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _mark(wide: float, high: float) -> bytes:
    """One page of the mark, points. The letters run along the longer diagonal, as large as the page allows."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(wide, high), invariant=1)
    canvas.setFillColor(INK)
    size = min(wide, high) / 5
    canvas.translate(wide / 2, high / 2)
    canvas.rotate(45 if high > wide else 30)
    canvas.setFont(BOLD, size)
    canvas.drawCentredString(0, 0, WORDS)
    canvas.setFont(BOLD, size / 2.4)
    canvas.drawCentredString(0, -size * 0.75 - 2 * mm, BELOW)
    canvas.save()
    return out.getvalue()


def stamp_ticket(ticket: Image.Image) -> Image.Image:
    """The same ticket between two bands with the mark, white on black: a thermal head prints no grey."""
    font = ImageFont.truetype(str(sans("Bold")), TICKET_DOTS)
    band = TICKET_DOTS + 24
    made = Image.new("1", (ticket.width, ticket.height + 2 * band), 0)
    made.paste(ticket, (0, band))
    draw = ImageDraw.Draw(made)
    for middle in (band // 2, made.height - band // 2):
        draw.text((made.width // 2, middle), WORDS, font=font, fill=1, anchor="mm")
    return made


@dataclass(frozen=True)
class TrainingPrinter:
    """A printer that marks everything that goes through it."""

    inner: Printer

    @property
    def name(self) -> str:
        return self.inner.name

    def check(self) -> Health:
        return self.inner.check()

    def print(self, paper: Paper) -> str:
        """Raises: as the printer behind it."""
        return self.inner.print(_stamped(paper))


def _stamped(paper: Paper) -> Paper:
    if isinstance(paper, TicketSheet):
        return TicketSheet(f"tap-huan-{paper.name}", f"Tập huấn: {paper.title}", stamp_ticket(paper.image))
    return PdfSheet(f"tap-huan-{paper.name}", f"Tập huấn: {paper.title}", stamp_pdf(paper.pdf))


def in_training(printers: Printers) -> Printers:
    """The same printers, none of which lets an unmarked paper out."""
    return {kind: replace(one, printer=TrainingPrinter(one.printer)) for kind, one in printers.items()}
