"""Recognition behind one port. Tesseract through pytesseract is the reference; `scanner.loaded` is the usual engine."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import cv2
import pytesseract

from kiosk.text import nfc
from scanner.errors import MissingEngineError, MissingLanguageError, OcrError, OcrTimeoutError
from scanner.page import Pixels

AUTO, ONE_BLOCK, ONE_LINE = 3, 6, 7
NAME, PACKAGE = "Tesseract", "tesseract-ocr"


@dataclass(frozen=True)
class Word:
    """One recognised word, NFC. box: x, y, width, height in pixels; confidence: 0..1; line: words of one line share it,
    and lines count up in reading order."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    line: int


class OcrEngine(Protocol):
    """Reads a grey picture; one engine a process, one thread an engine."""

    def recognise(self, pixels: Pixels, dpi: int, mode: int = AUTO) -> list[Word]:
        """Words in reading order. pixels: (height, width) uint8; mode: AUTO layout or ONE_BLOCK for tables.

        Raises: OcrError (MissingEngineError, MissingLanguageError, OcrTimeoutError); the page itself is unhurt.
        """

    def turn_of(self, pixels: Pixels, dpi: int) -> int | None:
        """Quarter turn clockwise (0, 90, 180, 270) that sets the page upright, by its letters; None if undecided."""


class NoEngine:
    """Reads nothing: for pages on which recognition fails again and again."""

    def recognise(self, pixels: Pixels, dpi: int, mode: int = AUTO) -> list[Word]:  # noqa: ARG002
        return []

    def turn_of(self, pixels: Pixels, dpi: int) -> int | None:  # noqa: ARG002
        return None


@dataclass
class TesseractEngine:
    """Debian's Tesseract 5 as a child process per picture."""

    lang: str = "vie"
    timeout_s: float = 60.0
    data_dir: str = ""

    def __post_init__(self) -> None:
        # Tesseract's own threads make a page three times slower on a small machine.
        os.environ["OMP_THREAD_LIMIT"] = "1"

    def recognise(self, pixels: Pixels, dpi: int, mode: int = AUTO) -> list[Word]:
        with _picture_file(pixels) as path, self._in_our_words():
            table = pytesseract.image_to_data(
                path, self.lang, self._config(f"--psm {mode} --dpi {dpi}"), timeout=self.timeout_s
            )
        return words_of(str(table))

    def line(self, pixels: Pixels, dpi: int, letters: str) -> str:
        """One line, of these letters only. Raises: OcrError."""
        options = self._config(f"--psm {ONE_LINE} --dpi {dpi} -c tessedit_char_whitelist={letters}")
        with _picture_file(pixels) as path, self._in_our_words():
            return str(pytesseract.image_to_string(path, self.lang, options, timeout=self.timeout_s))

    def turn_of(self, pixels: Pixels, dpi: int) -> int | None:
        try:
            with _picture_file(pixels) as path, self._in_our_words():
                answer = str(
                    pytesseract.image_to_osd(path, config=self._config(f"--dpi {dpi}"), timeout=self.timeout_s)
                )
        except OcrError:
            return None  # too few letters, or no orientation data installed: no opinion
        facts = dict(line.split(": ", 1) for line in answer.splitlines() if ": " in line)
        return int(facts["Rotate"]) if float(facts.get("Orientation confidence", 0)) > 0.5 else None

    def _config(self, options: str) -> str:
        return f"--tessdata-dir {shlex.quote(self.data_dir)} {options}" if self.data_dir else options

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        """Turn the library's failures into ours."""
        try:
            yield
        except pytesseract.TesseractNotFoundError as e:
            raise MissingEngineError(device=NAME, package=PACKAGE) from e
        except pytesseract.TesseractError as e:
            if "loading language" in str(e) or "data file" in str(e):
                raise MissingLanguageError(device=NAME, lang=self.lang, package=f"{PACKAGE}-{self.lang}") from e
            raise OcrError(device=NAME) from e
        except RuntimeError as e:  # what pytesseract raises when time is up
            raise OcrTimeoutError(device=NAME, seconds=round(self.timeout_s)) from e


def words_of(table: str) -> list[Word]:
    """Words of Tesseract's TSV: twelve columns, one row a word at level 5."""
    words: list[Word] = []
    places: dict[tuple[str, ...], int] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != "5" or not (text := nfc(cells[11]).strip()):
            continue
        line = places.setdefault(tuple(cells[1:5]), len(places))
        x, y, width, height = (int(c) for c in cells[6:10])
        words.append(Word(text, (x, y, width, height), max(0.0, float(cells[10])) / 100, line))
    return words


@contextmanager
def _picture_file(pixels: Pixels) -> Iterator[str]:
    """The picture as a PGM file: no time is lost on compressing what is read once."""
    with tempfile.TemporaryDirectory(prefix="motcua-ocr-") as folder:
        path = Path(folder) / "page.pgm"
        cv2.imwrite(str(path), pixels)
        yield str(path)
