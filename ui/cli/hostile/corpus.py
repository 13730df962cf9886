"""The whole corpus, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator

from ui.cli.hostile.good import broken_files
from ui.cli.hostile.item import Item
from ui.cli.hostile.others import other_items
from ui.cli.hostile.pdfs import pdf_items
from ui.cli.hostile.pictures import jpeg_items, png_items
from ui.cli.hostile.tiffs import big_endian_items, tiff_items

SEED = 20261121


def hostile_files(seed: int = SEED) -> Iterator[Item]:
    """One after the other: some hold megabytes."""
    yield from broken_files(seed)
    yield from png_items()
    yield from jpeg_items()
    yield from tiff_items()
    yield from big_endian_items()
    yield from pdf_items()
    yield from other_items(seed)
