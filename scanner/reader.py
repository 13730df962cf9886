"""What a reading process does (`scanner.batch`, `scanner.apart`). Nothing is imported that only the parent needs."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from scanner.compress import archive
from scanner.layers import PageLayers
from scanner.loaded import usual_engine
from scanner.ocr import NoEngine, OcrEngine
from scanner.page import Handed
from scanner.pdf import PdfPage, searchable_pdf
from scanner.pictures import picture_page
from scanner.pipeline import ReadPage, as_it_is, read_page, read_sheet

_engine: OcrEngine | None = None


class Way(StrEnum):
    """How much is done with a page: everything; all but recognition; nothing, its picture is kept as it came."""

    WHOLE = "whole"
    UNREAD = "unread"
    AS_IT_IS = "as-it-is"


@dataclass
class PageReader:
    """Reads kept pictures, here and now."""

    engine: OcrEngine = field(default_factory=usual_engine)

    def read(self, content: bytes, source: str, dpi: int, way: Way = Way.WHOLE) -> ReadPage:
        """content: PNG or JPEG. Raises: OcrError, InputError."""
        page = picture_page(content, source, dpi=dpi)
        if way is Way.AS_IT_IS:
            return as_it_is(page)
        return read_page(page, self.engine if way is Way.WHOLE else NoEngine())

    def rest(self) -> None:
        """Nothing is held between two pages but the engine."""


def start_engine() -> None:
    """First thing in each process: one engine, kept."""
    global _engine
    _engine = usual_engine()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that was killed tells nobody: its readers would wait for pages for ever."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


def read_one(given: Handed, faithful: bool) -> tuple[ReadPage, PageLayers]:
    """The page without its picture, and its layers: a tenth of the bytes, and made where there is a core for it.

    Raises: OcrError.
    """
    read, pixels = read_sheet(given.taken(), _engine or usual_engine())
    started = time.perf_counter()
    layers = archive(pixels, faithful=faithful)
    return replace(read, seconds=(*read.seconds, ("pdf", time.perf_counter() - started))), layers


def bound(pages: Sequence[PdfPage], title: str, at: datetime) -> bytes:
    """One document (`pdf.searchable_pdf`)."""
    return searchable_pdf(pages, title=title, at=at)
