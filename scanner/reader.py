"""What a reading process does (`scanner.batch`). Nothing is imported here that only the parent needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from scanner.loaded import usual_engine
from scanner.ocr import OcrEngine
from scanner.page import Page
from scanner.pipeline import ReadPage, assemble, read_page

_engine: OcrEngine | None = None


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
