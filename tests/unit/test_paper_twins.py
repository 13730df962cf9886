from __future__ import annotations

from dataclasses import replace

import numpy as np
from scanner_samples import DECLARATION, drawn, scanned

from scanner.ocr import Word
from scanner.page import Page
from scanner.pipeline import ReadPage
from scanner.twins import Mark, mark_of, small_of, twins_among

ANOTHER = tuple(
    line.replace("Nguyễn Thị Ánh Tuyết", "Lò Văn Pành")
    .replace("05/03/1995", "17/11/1988")
    .replace("001195047382", "020088001234")
    .replace("0912345678", "0987001122")
    .replace("Trần Thị Bích Ngọc", "Hoàng Thị Mai")
    .replace("Lê Hữu Phước", "Lò Văn Sơn")
    for line in DECLARATION
)


def read(lines: tuple[str, ...], page: Page | None = None, *, turned: int = 0) -> Mark:
    words = tuple(Word(w, (0, 0, 9, 9), 0.9, n) for n, line in enumerate(lines) for w in line.split())
    sheet = page or drawn(lines, dpi=60)
    return mark_of(small_of(sheet), ReadPage(b"", sheet.width, sheet.height, sheet.dpi, "", words, rotation_deg=turned))


def misread(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Every fortieth letter is another one, numbers excepted."""
    return tuple("".join("o" if n % 40 == 39 and c.isalpha() else c for n, c in enumerate(line)) for line in lines)


def test_the_same_form_scanned_again_is_the_same_paper_and_another_persons_is_not() -> None:
    found = twins_among([read(DECLARATION), read(ANOTHER), read(misread(DECLARATION)), read(("Tờ khác",) * 30)])
    assert [(t.first, t.second) for t in found] == [(0, 2)]
    assert found[0].likeness > 0.6


def test_pictures_without_words_are_compared_as_pictures() -> None:
    rng = np.random.default_rng(5)
    soft = [np.kron(rng.integers(40, 220, (6, 5, 1)), np.ones((60, 60, 3))).astype(np.uint8) for _ in range(3)]
    photo, other, third = (Page(pixels, 100) for pixels in soft)
    marks = [read((), page) for page in (photo, other, scanned(photo, 0.4), third)]
    assert [(t.first, t.second) for t in twins_among(marks)] == [(0, 2)]


def test_a_picture_laid_the_other_way_is_the_same_once_it_was_set_upright() -> None:
    sheet = drawn(("Ảnh",), dpi=60)
    below = replace(sheet, pixels=np.ascontiguousarray(np.rot90(sheet.pixels, 2)))
    assert len(twins_among([read((), sheet), read((), below, turned=180)])) == 1


def test_a_paper_without_numbers_needs_more_likeness() -> None:
    plain = tuple(f"Đơn xin nghỉ phép của cán bộ xã, lần {('một', 'hai', 'ba')[n % 3]}" for n in range(9))
    half = plain[:4] + tuple(f"Kính gửi lãnh đạo, nội dung khác hẳn dòng {'abcdefghi'[n]}" for n in range(5))
    assert [(t.first, t.second) for t in twins_among([read(plain), read(half), read(plain)])] == [(0, 2)]
