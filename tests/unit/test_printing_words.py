"""How the forms write times, money and terms; and that the fonts can write Vietnamese at all."""

from __future__ import annotations

import itertools
import unicodedata
from datetime import UTC, datetime

import pytest
from PIL import ImageFont
from reportlab.pdfbase import pdfmetrics

from printing.fonts import SANS_WEIGHTS, SERIF_FACES, register, sans, serif, serif_name
from printing.forms.words import day_words, fee_words, term_words, time_words

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel, tone in itertools.product("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", TONES)
)
SIGNS = LETTERS + "đĐ₫–“”…·0123456789"


def test_an_instant_is_written_in_the_offices_zone() -> None:
    assert time_words(datetime(2026, 11, 23, 8, 30, tzinfo=UTC)) == "15 giờ 30 phút, ngày 23 tháng 11 năm 2026"


def test_small_days_and_the_first_two_months_get_a_nought() -> None:
    assert day_words(datetime(2026, 2, 5, 3, tzinfo=UTC)) == "ngày 05 tháng 02 năm 2026"
    assert day_words(datetime(2026, 3, 5, 3, tzinfo=UTC)) == "ngày 05 tháng 3 năm 2026"


@pytest.mark.parametrize(
    ("fee", "note", "words"),
    [
        (1_250_000, "", "1.250.000 đồng"),
        (0, "hộ nghèo", "Không thu (hộ nghèo)"),
        (None, "theo biểu phí tỉnh", "theo biểu phí tỉnh"),
        (None, "", "Chưa xác định; cơ quan sẽ thông báo theo quy định"),
    ],
)
def test_a_fee_is_money_nothing_or_unknown(fee: int | None, note: str, words: str) -> None:
    assert fee_words(fee, note) == words


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("3 working days", "3 ngày làm việc"),
        ("15 calendar days", "15 ngày"),
        ("4 hours", "4 giờ làm việc"),
        ("same day", "Trong ngày làm việc"),
        ("Ngay trong ngày nhận hồ sơ", "Ngay trong ngày nhận hồ sơ"),
    ],
)
def test_terms_are_written_in_vietnamese(term: str, words: str) -> None:
    assert term_words(term) == words


@pytest.mark.parametrize("face", SERIF_FACES)
def test_forms_font_has_every_vietnamese_letter(face: str) -> None:
    register()
    assert serif(face).stat().st_size < 1_000_000
    known = pdfmetrics.getFont(serif_name(face)).face.charToGlyph
    assert [c for c in SIGNS if ord(c) not in known] == []


@pytest.mark.parametrize("weight", SANS_WEIGHTS)
def test_screen_font_draws_every_vietnamese_letter(weight: str) -> None:
    assert sans(weight).stat().st_size < 1_000_000
    font = ImageFont.truetype(str(sans(weight)), 24)
    nothing = bytes(font.getmask("\U0010fffd"))
    assert [c for c in SIGNS if bytes(font.getmask(c)) == nothing] == []


@pytest.mark.parametrize("weight", SANS_WEIGHTS)
def test_qt_finds_every_vietnamese_letter_in_the_screen_font(weight: str, qapp: object) -> None:
    from PySide6.QtGui import QRawFont

    font = QRawFont(str(sans(weight)), 24.0)
    assert font.isValid()
    assert [c for c in SIGNS if not font.supportsCharacter(ord(c))] == []


def test_no_such_face_is_a_bug_not_a_fallback() -> None:
    with pytest.raises(KeyError):
        sans("Black")
