"""Pages with known text for `motcua bench digitise`, and how far a reading is from that text, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kiosk.text import nfc
from scanner.errors import NothingToReadError
from scanner.legible import legible
from scanner.ocr import OcrEngine, Word
from scanner.page import Page
from scanner.pictures import picture_page
from scanner.pipeline import words_in

PICTURES = (".png", ".jpg", ".jpeg")
LEADERS = re.compile(r"[.…_]{2,}")  # dotted lines to be written on are no text
ALIKE = 50.0
SEED, GROUPS = 20261121, {"1.001193": "ho-tich", "1.004884": "ho-tich"}


@dataclass(frozen=True)
class BenchPage:
    """A scanned page. name: its path in its folder; lines: what was printed on it."""

    name: str
    page: Page
    lines: tuple[str, ...]

    @property
    def group(self) -> str:
        """The folder that it lies in, "" for none: pages of one kind are judged together."""
        folder = Path(self.name).parent.name
        return folder if folder != "." else ""


def pages_in(folder: Path, count: int) -> list[BenchPage]:
    """Pictures of a folder that have a .txt beside them, evenly chosen. Raises: NothingToReadError, InputError."""
    found = [p for p in sorted(folder.rglob("*")) if p.suffix in PICTURES and p.with_suffix(".txt").exists()]
    if not found:
        raise NothingToReadError(file=str(folder))
    chosen = found[:: max(1, -(-len(found) // count))]
    return [
        BenchPage(str(p.relative_to(folder)), picture_page(p.read_bytes(), p.name), _lines(p.with_suffix(".txt")))
        for p in chosen
    ]


def own_pages(count: int) -> list[BenchPage]:
    """Papers that the program prints, brought back as a feeder would scan them."""
    from ui.demo.people import citizens
    from ui.demo.sample_papers import sample_paper

    titles = ("Tờ khai đăng ký khai sinh", "Giấy chứng sinh", "Đơn đề nghị xác nhận hộ nghèo", "Giấy ủy quyền")
    made = []
    for n, citizen in enumerate(citizens(count, SEED, "", GROUPS)):
        paper = sample_paper(titles[n % len(titles)], citizen)
        name = f"{n:04d}.jpg"
        made.append(BenchPage(name, picture_page(paper.scanned(n), name), tuple(paper.text.splitlines())))
    return made


def read_words(page: Page, engine: OcrEngine) -> list[Word]:
    """What the program reads on a clean page."""
    return words_in(legible(page), engine)


def line_errors(read: Sequence[str], truth: Sequence[str]) -> tuple[int, int]:
    """Wrong letters and all letters: each printed line against the place in the reading that is most like it.

    Order of columns and cells does not count, nor do dotted lines.
    """
    got = [line for raw in read if (line := _plain(raw))]
    wanted = [line for raw in truth if (line := _plain(raw))]
    return sum(min([len(line), *(_distance(line, g) for g in got)]) for line in wanted), sum(map(len, wanted))


def _distance(line: str, read: str) -> int:
    if len(read) <= len(line):
        return int(Levenshtein.distance(line, read))
    place = fuzz.partial_ratio_alignment(line, read, score_cutoff=ALIKE)
    if place is None:
        return len(line)
    return int(Levenshtein.distance(line, read[place.dest_start : place.dest_end].strip()))


def _plain(line: str) -> str:
    return " ".join(LEADERS.sub(" ", nfc(line)).split())


def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8").splitlines())
