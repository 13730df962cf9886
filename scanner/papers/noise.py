"""Recognised words of a made paper: set on a page, and misread here and there as an engine misreads them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from scanner.ocr import Word
from scanner.papers.specimen import SetLine, Specimen

PAGE = (1654, 2339)  # A4 at 200 dpi
CARD = (1011, 638)
LETTER, HIGH, STEP = 14.5, 30, 52  # px of 13 pt print; a card is set smaller
LEFT, TOP = 170, 150

# What engines take for each other in Vietnamese print: marks first, then shapes.
ALIKE = {
    "ă": "aâ", "â": "aă", "á": "aà", "à": "aá", "ả": "aã", "ã": "aả", "ạ": "a", "ấ": "âầ", "ầ": "âấ", "ậ": "â",
    "ê": "e", "é": "eè", "ế": "êề", "ề": "êế", "ệ": "ê", "ô": "oơ", "ơ": "oô", "ố": "ôồ", "ồ": "ôố", "ộ": "ô",
    "ư": "u", "ứ": "ưừ", "ừ": "ưứ", "ữ": "ưử", "í": "i1", "ị": "i", "ì": "i", "đ": "d", "Đ": "ĐD", "i": "l1",
    "l": "i1", "o": "0c", "0": "OoC", "1": "lI", "5": "S", "8": "B", "m": "nn", "n": "ri", "h": "b", "g": "q",
    "c": "e", "e": "c", "t": "f", "u": "v", "Ố": "Ô", "Ờ": "Ơ", "Ấ": "Â", "Ế": "Ê",
}  # fmt: skip
JUNK = ("|", ".", "ˆ", "—", "ï¿", "~", "l'", ":.", "‘")


def page_size(specimen: Specimen) -> tuple[int, int]:
    return CARD if specimen.card else PAGE


def read_words(specimen: Specimen, rng: Random, rate: float = 0.0) -> list[Word]:
    """As an engine would give them. rate: share of letters that it gets wrong; with it come lost words and specks."""
    width, _height = page_size(specimen)
    size = 0.62 if specimen.card else 1.0
    words: list[Word] = []
    line = 0
    top = (TOP if not specimen.card else 40) + rng.randrange(40)
    apart = rng.random() < 0.5  # the engine took the columns of the head for two blocks
    for set_line in specimen.lines:
        for x, text in _cells(set_line, width, size):
            if not text:
                continue
            words += _line(text, x, top, line, size, rng, rate)
            line += set_line.place == "columns" and apart
        line += 1
        top += round(STEP * size)
        if rng.random() < rate:
            words.append(Word(JUNK[rng.randrange(len(JUNK))], (rng.randrange(width), top, 12, 12), 0.3, line))
            line += 1
    return words


def _cells(line: SetLine, width: int, size: float) -> list[tuple[int, str]]:
    left, letter = round(LEFT * size), LETTER * size
    if line.place == "columns":
        share = (width - 2 * left) / len(line.cells)
        return [(round(left + n * share + max(0.0, share - len(t) * letter) / 2), t) for n, t in enumerate(line.cells)]
    text = line.cells[0]
    if line.place == "middle":
        return [(max(left, round((width - len(text) * letter) / 2)), text)]
    if line.place == "right":
        return [(max(left, round(width - left - len(text) * letter)), text)]
    return [(left, text)]


def _line(text: str, x: int, y: int, line: int, size: float, rng: Random, rate: float) -> list[Word]:
    words = []
    at = float(x)
    for part in text.split(" "):
        wide = max(1, len(part)) * LETTER * size
        if part and rng.random() >= rate / 3:
            said = misread(part, rng, rate)
            sure = 0.95 if said == part else 0.75
            words.append(Word(said, (round(at), y, round(wide), round(HIGH * size)), sure, line))
        at += wide + LETTER * size
    return words


def misread(word: str, rng: Random, rate: float) -> str:
    if not rate:
        return word
    letters = [_letter(c, rng) if rng.random() < rate else c for c in word]
    return "".join(letters) or word


def _letter(letter: str, rng: Random) -> str:
    alike: Sequence[str] = ALIKE.get(letter, "")
    if alike and rng.random() < 0.8:
        return alike[rng.randrange(len(alike))] if letter not in "mn" else ALIKE[letter]
    return "" if rng.random() < 0.4 else letter
