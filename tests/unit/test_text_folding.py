"""One normal form, and folding for search without marks."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kiosk.text import fold, nfc, tidy


def test_folding_drops_every_mark_and_the_stroke_of_d() -> None:
    assert fold("Đặng Thị Ánh") == "dang thi anh"
    assert fold("NGUYỄN  Hữu\tPhước") == "nguyen huu phuoc"


def test_both_tone_placements_fold_alike() -> None:
    assert fold("Hòa Thủy") == fold("Hoà Thuỷ") == "hoa thuy"


def test_nfd_and_nfc_are_one_text() -> None:
    assert nfc(unicodedata.normalize("NFD", "Mẫu Sơn")) == "Mẫu Sơn"
    assert fold(unicodedata.normalize("NFD", "Mẫu Sơn")) == "mau son"


def test_tidy_keeps_words_and_drops_blanks() -> None:
    assert tidy("  Xã\u00a0Mẫu \n Sơn ") == "Xã Mẫu Sơn"


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(max_size=60))
def test_folding_does_not_see_the_normal_form(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
