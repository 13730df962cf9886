"""What a reading process does (`scanner.batch`, `scanner.apart`). Nothing is imported that only the parent needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from scanner.loaded import usual_engine
from scanner.ocr import NoEngine, OcrEngine
from scanner.page import Page
from scanner.pictures import picture_page
from scanner.pipeline import ReadPage, as_it_is, assemble, read_page

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


def read_one(page: Page) -> ReadPage:
    """Raises: OcrError."""
    return read_page(page, _engine or usual_engine())


def assembled(pages: Sequence[ReadPage], title: str, at: datetime, faithful: bool) -> bytes:
    """One document (`pipeline.assemble`)."""
    return assemble(pages, title=title, at=at, faithful=faithful)
