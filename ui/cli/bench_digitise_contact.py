"""Before and after, side by side, for people to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np

from scanner.clean import clean
from scanner.page import Page, Pixels, as_pixels
from scanner.sheet import Sheet
from ui.cli.bench_digitise_pages import BenchPage

HIGH, GAP, ACROSS, DOWN = 640, 12, 3, 2
DESK = (90, 90, 90)


def write_sheets(pages: Sequence[BenchPage], folder: Path) -> list[Path]:
    """Contact sheets of pages before and after clean-up as PNG, some pairs each; what was done stands below."""
    folder.mkdir(parents=True, exist_ok=True)
    pairs = [_pair(known.page, clean(known.page)) for known in pages]
    written = []
    for n, some in enumerate(_batches(pairs)):
        path = folder / f"clean-{n + 1:02d}.png"
        path.write_bytes(bytes(cv2.imencode(".png", _together(some))[1]))
        written.append(path)
    return written


def _pair(before: Page, after: Sheet) -> Pixels:
    pictures = [_small(page) for page in (before, after.page)]
    wide = sum(p.shape[1] for p in pictures) + 3 * GAP
    sheet = np.full((HIGH + 3 * GAP + 14, wide, 3), DESK, np.uint8)
    x = GAP
    for picture in pictures:
        sheet[GAP : GAP + picture.shape[0], x : x + picture.shape[1]] = picture
        x += picture.shape[1] + GAP
    did = [done.code for done in after.done if done.words] or ["nothing to do"]
    words = f"{', '.join(did)}; {after.page.dpi} dpi"
    cv2.putText(
        sheet, words, (GAP, HIGH + 2 * GAP + 10), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (255, 255, 255), 1, cv2.LINE_AA
    )
    return sheet


def _small(page: Page) -> Pixels:
    scale = HIGH / max(page.height, page.width)
    size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
    return as_pixels(cv2.resize(page.pixels, size, interpolation=cv2.INTER_AREA))


def _batches(pairs: Sequence[Pixels]) -> Iterator[Sequence[Pixels]]:
    for start in range(0, len(pairs), ACROSS * DOWN):
        yield pairs[start : start + ACROSS * DOWN]


def _together(pairs: Sequence[Pixels]) -> Pixels:
    rows = [pairs[n : n + ACROSS] for n in range(0, len(pairs), ACROSS)]
    wide = max(sum(p.shape[1] for p in row) for row in rows)
    sheet = np.full((sum(row[0].shape[0] for row in rows), wide, 3), DESK, np.uint8)
    y = 0
    for row in rows:
        x = 0
        for pair in row:
            sheet[y : y + pair.shape[0], x : x + pair.shape[1]] = pair
            x += pair.shape[1]
        y += row[0].shape[0]
    return sheet
