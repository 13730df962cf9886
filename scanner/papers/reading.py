"""Fields of one paper: what its kind prints, what Decree 30/2020 puts in its place, what the office has pointed out."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.extract import Field, propose_fields
from scanner.official import KINDS, merged, official_fields
from scanner.papers.anchors import Anchor, anchored_fields
from scanner.papers.traits import Sheet
from scanner.pipeline import ReadPage


def sheet_of(read: ReadPage) -> Sheet:
    """A page of the pipeline."""
    return Sheet(read.words, read.width, read.height)


def paper_fields(sheets: Sequence[Sheet], code: str = "", anchors: Sequence[Anchor] = ()) -> list[Field]:
    """code: kind of paper, "" where it is not known; anchors: learned for this kind, and believed first."""
    pages = [sheet.words for sheet in sheets]
    found = propose_fields(pages, code)
    if code in KINDS and sheets:
        found = merged(official_fields(pages, sheets[0].width), found)
    return merged(anchored_fields(sheets, anchors), found) if anchors else found
