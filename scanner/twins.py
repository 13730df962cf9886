"""Papers that are there twice, though not byte for byte: scanned again, copied, saved in another format.

Two pages are the same paper when their letters are (five at a time, so that a misread one costs little), their titles,
and the numbers on them: forms of one kind, and papers of one person, differ in little else. Pages with hardly a word
are compared as pictures.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from rapidfuzz import fuzz

from kiosk.text import fold
from scanner.page import Page, Pixels, as_pixels, halved
from scanner.pipeline import ReadPage

GRAM, KEPT = 5, 192  # letters at a time; smallest hashes kept of a page: likeness to within about 0.04
FEW_LETTERS = 120  # a page with less is a picture
NUMBER = re.compile(r"\d(?:[./-]?\d){4,}")
SMALL, SIDE, LOW = 128, 32, 8  # px of a page to look at; of its cosine transform, and the part of that which is kept
ALIKE_TEXT, ALIKE_ALONE, ALIKE_NUMBERS, ALIKE_PICTURE = 0.45, 0.75, 0.6, 0.82
LONG_ENOUGH, CAPITALS, ALIKE_TITLE = 6, 0.8, 85.0  # letters of a line, share of capitals, likeness in percent
COMMON = 150  # a hash on so many pages is of the form, not of the paper


@dataclass(frozen=True)
class Mark:
    """What a page is known by. letters: smallest hashes, sorted; numbers: digits alone; picture: bits, as 0 and 1;
    count: of letters; title: lines in capitals, without marks."""

    letters: tuple[int, ...]
    numbers: frozenset[str]
    picture: tuple[int, ...]
    count: int
    title: str = ""

    @property
    def is_text(self) -> bool:
        return self.count >= FEW_LETTERS


@dataclass(frozen=True)
class Twins:
    """Places of two pages in what was given, and how much alike they are, 0 to 1."""

    first: int
    second: int
    likeness: float


def small_of(page: Page) -> Pixels:
    """Grey, to be kept until the page is read."""
    high = max(8, round(page.height * SMALL / page.width))
    grey = page.grey()
    while min(grey.shape) > 4 * SMALL:
        grey = halved(grey)
    # Means only: every point counts, so grain and fine print do not.
    return as_pixels(cv2.resize(grey, (SMALL, min(high, 4 * SMALL)), interpolation=cv2.INTER_AREA))


def mark_of(small: Pixels, read: ReadPage) -> Mark:
    """small: the page as it came; read: says how it was turned."""
    text = "".join(c for c in fold(read.text) if c.isalnum())
    grams = {zlib.crc32(text[at : at + GRAM].encode()) for at in range(len(text) - GRAM + 1)}
    numbers = frozenset(re.sub(r"\D", "", found) for found in NUMBER.findall(read.text))
    title = " ".join(fold(line) for line in read.text.splitlines() if _is_title(line))
    return Mark(tuple(sorted(grams)[:KEPT]), numbers, _bits(_straight(small, read)), len(text), title)


def _is_title(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= LONG_ENOUGH and sum(c.isupper() for c in letters) >= CAPITALS * len(letters)


def twins_among(marks: Sequence[Mark | None]) -> list[Twins]:
    """Pairs in order; None for a page that is not to be compared. Forms of one kind are not the same paper."""
    found = []
    known = {place: mark for place, mark in enumerate(marks) if mark is not None}
    for first, second in sorted(_candidates(known)):
        likeness = _likeness(known[first], known[second])
        if likeness:
            found.append(Twins(first, second, round(likeness, 3)))
    return found


def _straight(small: Pixels, read: ReadPage) -> Pixels:
    """Turned as the reading turned the page."""
    upright = np.rot90(small, -(read.rotation_deg // 90) % 4)
    high, wide = upright.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), -read.skew_deg, 1)
    paper = float(np.median(upright))
    return as_pixels(cv2.warpAffine(np.ascontiguousarray(upright), turn, (wide, high), borderValue=paper))


def _bits(upright: Pixels) -> tuple[int, ...]:
    """Whether each slow wave of the picture is stronger than the middle one; light, grain and size do not count."""
    square = cv2.resize(upright, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    waves = np.asarray(cv2.dct(square))[:LOW, :LOW].ravel()[1:]
    return tuple(int(bit) for bit in waves > np.median(waves))


def _candidates(marks: Mapping[int, Mark]) -> set[tuple[int, int]]:
    """Pairs worth a look: some rare letters or a number in common; pictures each with each."""
    places: dict[object, list[int]] = defaultdict(list)
    for place, mark in marks.items():
        for key in (*mark.letters[: KEPT // 4], *mark.numbers) if mark.is_text else ():
            places[key].append(place)
    pairs = {pair for found in places.values() if len(found) <= COMMON for pair in combinations(found, 2)}
    pictures = [place for place, mark in marks.items() if not mark.is_text]
    return pairs | set(_near_pictures(marks, pictures))


def _near_pictures(marks: Mapping[int, Mark], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    bits = np.array([marks[place].picture for place in places], np.int8)
    for at, place in enumerate(places[:-1]):
        alike = (bits[at + 1 :] == bits[at]).mean(axis=1)
        for later in np.flatnonzero(alike >= ALIKE_PICTURE):
            yield place, places[at + 1 + int(later)]


def _likeness(one: Mark, other: Mark) -> float:
    """0 for two papers."""
    if one.is_text != other.is_text:
        return 0.0
    if not one.is_text:
        return _share(zip(one.picture, other.picture, strict=True))
    if fuzz.ratio(one.title, other.title) < ALIKE_TITLE:
        return 0.0
    letters = _common(one.letters, other.letters)
    if not one.numbers or not other.numbers:
        return letters if letters >= ALIKE_ALONE else 0.0
    numbers = len(one.numbers & other.numbers) / min(len(one.numbers), len(other.numbers))
    return letters if letters >= ALIKE_TEXT and numbers >= ALIKE_NUMBERS else 0.0


def _common(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Share of all five-letter pieces that both have, judged by the smallest hashes of both together."""
    mine, theirs = set(one), set(other)
    both = sorted(mine | theirs)[: min(KEPT, max(len(one), len(other)))]
    return sum(h in mine and h in theirs for h in both) / len(both) if both else 0.0


def _share(pairs: Iterable[tuple[int, int]]) -> float:
    same = [a == b for a, b in pairs]
    return sum(same) / len(same)
