"""What tells kinds of papers apart, as numbers: words without marks, pairs of words, titles, and the look of the page.

Only hashes go on from here. Words that stand inside a line with a capital, as names of people and places do, and
everything with a figure in it are left out before: what an office teaches holds nobody's name.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kiosk.text import fold
from scanner.classify import TITLE_LINES, likely_titles
from scanner.extract import DOCUMENT_NUMBER
from scanner.layout import lines_of
from scanner.ocr import Word

BUCKETS = 1 << 14
WORD = re.compile(r"^[a-z]{2,}$")
TRIM = "\"'“”‘’().,:;/-…_*|[]<>"
SYMBOL_WEIGHT = 6
# Abbreviations of kinds in official numbers, folded (Decree 30/2020/ND-CP, Annex III); courts have their own.
KINDS_IN_NUMBERS = "nq qd ct qc qyd tc tb hd ch kh pa da dc bb ttr cd bc gm ggt gnp qdst qdds ds hngd"
ABBREVIATIONS = frozenset(KINDS_IN_NUMBERS.split())
TITLE_WEIGHT = 16  # a title counts as so many words

COMMON_FAMILIES = """
    bùi cao châu chu cù dương đàm đặng đào đinh đoàn đỗ giàng giáp hà hán hoàng hồ hồng hứa huỳnh khổng khuất kiều kim
    kpă ksor la lã lại lâm lê lèo liêu lò lục lương lường lưu luyện lý ma mã mạc mai mông mùa nghiêm ngô nguyễn niê ninh
    nông phạm phan phí phó phùng quách quàng rơ sầm siu sùng tạ tăng thạch thái thân thào tô tòng tống trần triệu trịnh
    trương từ ung văn vàng vi võ vũ vừ vương y
"""
FAMILIES = frozenset(COMMON_FAMILIES.split())
# What a title may begin with although a family is called so too.
TITLED = frozenset(("lý lịch", "văn bản"))

Traits = NDArray[np.int64]
"""Buckets of a page, ascending, each once."""


@dataclass(frozen=True)
class Sheet:
    """A page as read: words in reading order, and its size in pixels."""

    words: Sequence[Word]
    width: int
    height: int


def traits_of(sheets: Sequence[Sheet]) -> Traits:
    """Of the pages of one paper: words of all of them, titles and look of the first."""
    said: set[str] = set()
    for sheet in sheets:
        for line in lines_of(sheet.words):
            said.update(_words(line))
    if sheets:
        said.update(_look(sheets[0]))
        said.update(_titles(sheets[0]))
        said.update(_symbol(sheets[0]))
    return np.unique(np.array([_bucket(token) for token in said], np.int64))


def _words(line: Sequence[Word]) -> Iterable[str]:
    """Printed words of a line and their pairs; a line in capitals also as what stands large on the page."""
    texts = [w.text.strip(TRIM) for w in line]
    letters = "".join(texts)
    capitals = letters.isupper() and len(texts) > 1
    if _may_be_a_name(texts):
        return
    kept = [_printed(t, n == 0, capitals) for n, t in enumerate(texts)]
    for word in kept:
        if word:
            yield f"w:{word}"
            if capitals:
                yield f"h:{word}"
    for a, b in pairwise(kept):
        if a and b:
            yield f"b:{a} {b}"


def _may_be_a_name(texts: Sequence[str]) -> bool:
    """A line of its own below a signature or a label: two to six words, each with a capital, a family's name first."""
    if not 2 <= len(texts) <= 6 or not all(t[:1].isupper() for t in texts):
        return False
    return texts[0].lower() in FAMILIES and " ".join(texts[:2]).lower() not in TITLED


def _printed(text: str, begins: bool, capitals: bool) -> str:
    """The word without marks, or "" for what may be somebody's own."""
    if not capitals and text[:1].isupper() and (not begins or (text.isupper() and len(text) > 1)):
        return ""
    word = fold(text)
    return word if WORD.match(word) else ""


def _titles(sheet: Sheet) -> Iterable[str]:
    """Known titles near the head, however they are misread; said several times so that they outweigh common words."""
    head = [" ".join(w.text for w in line) for line in lines_of(sheet.words)[:TITLE_LINES]]
    for code, likeness in likely_titles("\n".join(head)):
        level = "sure" if likeness >= 0.93 else "near"
        for n in range(TITLE_WEIGHT if level == "sure" else TITLE_WEIGHT // 2):
            yield f"t:{code}:{level}:{n}"


def _look(sheet: Sheet) -> Iterable[str]:
    """Coarse facts of the layout, in steps that survive a bad scan."""
    lines = lines_of(sheet.words)
    if not lines:
        yield "l:empty"
        return
    count = len(lines)
    words = [w for line in lines for w in line]
    colons = sum(any(w.text.endswith(":") for w in line) for line in lines)
    figures = sum(any(c.isdigit() for c in w.text) for w in words)
    upper = sum("".join(w.text for w in line).isupper() for line in lines)
    yield f"l:shape:{'wide' if sheet.width > sheet.height else 'tall'}"
    yield f"l:lines:{min(6, count // 6)}"
    yield f"l:colons:{min(5, 6 * colons // count)}"
    yield f"l:figures:{min(5, 12 * figures // max(1, len(words)))}"
    yield f"l:capitals:{min(5, 8 * upper // count)}"
    yield f"l:length:{min(6, len(words) // count // 2)}"
    yield f"l:mrz:{any(w.text.count('<') > 2 for w in words)}"


def _symbol(sheet: Sheet) -> Iterable[str]:
    """The kind that an official number names ("…/QĐ-UBND"), or that it names none, as a letter's does."""
    head = [" ".join(w.text for w in line) for line in lines_of(sheet.words)[:TITLE_LINES]]
    for line in head:
        if match := DOCUMENT_NUMBER.search(line):
            kind = fold(re.split(r"[/-]", re.sub(r"[\d\s]", "", match[1]).strip("/-"))[0])
            yield from (f"n:{kind if kind in ABBREVIATIONS else '-'}:{n}" for n in range(SYMBOL_WEIGHT))
            return


def _bucket(token: str) -> int:
    return zlib.crc32(token.encode()) % BUCKETS
