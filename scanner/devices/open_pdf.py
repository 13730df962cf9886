"""Pages of a PDF as pictures: scripts, attachments and actions stay behind. Runs in the unpacking process only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from scanner.errors import DamagedInputError, LockedPdfError, TooManyPagesError
from scanner.limits import MAX_PAGES, MAX_PIXELS, check_pixels
from scanner.page import DEFAULT_DPI, Page, Pixels

LEAST_DPI = 72
START = re.compile(rb"startxref\s+(\d+)")
TABLE = re.compile(rb"\s*(xref|\d+\s+\d+\s+obj)")


def pdf_pages(path: Path, name: str, dpi: int) -> Iterator[Page]:
    """dpi: to draw the pages with, 0 for the usual 200; less where a page would be larger than any paper.

    Raises: LockedPdfError, DamagedInputError, TooManyPagesError, TooManyPixelsError.
    """
    import pypdfium2

    is_mended = not _finds_its_table(path.read_bytes())
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as e:
        locked = "password" in str(e).lower()
        raise LockedPdfError(file=name) if locked else DamagedInputError(file=name) from e
    try:
        check_count(len(document), name)
        document.init_forms()
        for number in range(len(document)):
            yield _rendered(document, number, name, dpi or DEFAULT_DPI, is_mended=is_mended)
    except pypdfium2.PdfiumError as e:
        raise DamagedInputError(file=name) from e
    finally:
        document.close()


def check_count(count: int, name: str) -> None:
    """Raises: DamagedInputError for no page at all, TooManyPagesError."""
    if count <= 0:
        raise DamagedInputError(file=name)
    if count > MAX_PAGES:
        raise TooManyPagesError(file=name, pages=count, limit=MAX_PAGES)


def _rendered(document: Any, number: int, name: str, dpi: int, *, is_mended: bool) -> Page:
    page = document[number]
    try:
        wide, high = page.get_size()
        while dpi > LEAST_DPI and wide * high * (dpi / 72) ** 2 > MAX_PIXELS:
            dpi -= 10
        check_pixels(round(wide * dpi / 72), round(high * dpi / 72), name)
        bitmap = page.render(scale=dpi / 72, may_draw_forms=True)
        try:
            drawn = bitmap.to_numpy()  # a view of the renderer's memory
            pixels = np.repeat(np.atleast_3d(drawn)[:, :, :1], 3, axis=2) if drawn.ndim == 2 else drawn[:, :, :3]
            whole = np.ascontiguousarray(pixels)
            return Page(whole, dpi, name, mended=is_mended or _left_out(page, whole))
        finally:
            bitmap.close()
    finally:
        page.close()


def _left_out(page: Any, drawn: Pixels) -> bool:
    """Whether the page has something on it, and nothing of that could be drawn: a picture too broken, or a bomb."""
    is_plain = bool(drawn.min() == drawn.max())
    return is_plain and next(page.get_objects(max_depth=1), None) is not None


def _finds_its_table(content: bytes) -> bool:
    """Whether the last startxref leads to a table of contents; else the renderer made one from what it found."""
    found = START.findall(content[-2048:])
    head = max(content.find(b"%PDF-", 0, 1024), 0)  # what stands before it counts in some files, in others not
    at = int(found[-1]) if found else -1
    return at > 0 and any(TABLE.match(content, at + before) for before in {0, head})
