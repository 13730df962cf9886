"""What a printer is given: one ticket as a raster, or one document as PDF."""

from __future__ import annotations

from dataclasses import dataclass

from PIL.Image import Image


@dataclass(frozen=True, eq=False)
class TicketSheet:
    """A ticket, ready for a thermal head. image: mode "1", one pixel a dot (203 dpi), black is ink.

    name: safe as a file name; title: what a print queue shows, without personal data.
    """

    name: str
    title: str
    image: Image


@dataclass(frozen=True)
class PdfSheet:
    """A slip as PDF, every copy on pages of its own: it is printed once."""

    name: str
    title: str
    pdf: bytes


Paper = TicketSheet | PdfSheet
