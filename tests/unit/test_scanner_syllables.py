"""What Vietnamese can spell, what it cannot, and what is rewritten only because nothing else can be meant."""

from __future__ import annotations

import pytest
from scanner_samples import DECLARATION, NOTIFICATION

from scanner.layout import plausible
from scanner.ocr import Word
from scanner.syllables import DOUBT, checked, is_syllable, meant_by

SPELLED = "nghiêng khuya quốc quyết giặt gì giếng uỷ ủy yêu hoà hòa thuở ngoằng rượu xoong khuỷu ƯƠNG Nguyễn Thuyên"


def word(text: str, confidence: float = 0.7) -> Word:
    return Word(text, (10, 20, 30, 14), confidence, 0)


@pytest.mark.parametrize(
    "text",
    [
        "nghiêng",
        "khuya",
        "quốc",
        "quyết",
        "giặt",
        "gì",
        "giếng",
        "uỷ",
        "ủy",
        "yêu",
        "hoà",
        "hòa",
        "thuở",
        "ngoằng",
        "rượu",
        "xoong",
        "khuỷu",
        "ƯƠNG",
        "Nguyễn",
        "Thuyên",
    ],
)
def test_what_is_spelled_so_is_a_syllable(text: str) -> None:
    assert is_syllable(text)


@pytest.mark.parametrize(
    "text", ["toc\u0300", "hoc\u0309", "trrưởng", "Đắk", "Krông", "nghìê", "b", "ngh", "zam", "tuỡng2"]
)
def test_what_cannot_be_spelled_is_none(text: str) -> None:
    assert not is_syllable(text)


def test_every_word_of_the_sample_papers_is_possible() -> None:
    for line in DECLARATION + NOTIFICATION:
        for text in line.split():
            assert checked(word(text)) == word(text)


@pytest.mark.parametrize(
    ("read", "meant"), [("trirởng", "trưởng"), ("trrrởng,", "trưởng,"), ("r:gười", "người"), ("(đú?g", "(đúng")]
)
def test_what_can_only_be_one_syllable_is_repaired_and_stays_doubted(read: str, meant: str) -> None:
    found = checked(word(read))
    assert (found.text, found.confidence) == (meant, DOUBT)
    assert found.box == word(read).box


@pytest.mark.parametrize("text", ["đ?i", "nhàr:", "3úng", "côag", "Krông", "internet"])
def test_what_could_be_several_or_is_foreign_is_doubted_and_never_rewritten(text: str) -> None:
    assert checked(word(text)).text == text
    assert checked(word(text, 0.95)) == word(text, DOUBT)
    assert meant_by("đ?i") is None


def test_an_engine_that_is_sure_is_not_corrected() -> None:
    assert checked(word("trirởng", 0.95)) == word("trirởng", DOUBT)


@pytest.mark.parametrize("text", ["UBND", "QĐ-TTg", "05/03/1995", "001195047382", "a@b.vn", "TTHC,", "12.3", "&", "II"])
def test_numbers_symbols_and_abbreviations_are_not_judged(text: str) -> None:
    assert checked(word(text)) == word(text)


def test_a_scrawl_is_dropped_and_doubted_print_is_kept() -> None:
    scrawl = [word(".zW⁄4.WfATEfV", 0.0), word("#w^wM⁄Ytw.®", 0.1)]
    print_ = [word("NGHĨA", 0.0), word("0919380532", 0.37), word("a+b", 0.8)]
    assert plausible([*scrawl, *print_], 1000) == print_
