from __future__ import annotations

import io

import numpy as np
import pytest
import segno
import zxingcpp
from PIL import Image
from scanner_samples import drawn

from scanner.codes import Code, _by_zbar, read_codes
from scanner.page import Pixels

NAMES = ("Dương Ngọc Ánh", "Nguyễn Thị Hằng", "Đỗ Hữu Phước", "Lý Quỳnh Như", "Vũ Ưng Ẩn", "Trần Thị Bích Thủy")


def qr(text: str, scale: int = 4) -> Pixels:
    out = io.BytesIO()
    segno.make(text, mode="byte", encoding="utf-8", eci=False, error="m", micro=False).save(
        out, kind="png", scale=scale
    )
    return np.asarray(Image.open(out).convert("L"))


def card(name: str) -> str:
    return f"001195047382|123456789|{name}|05031995|Nữ|Thôn Nà Pài, xã Mẫu Sơn, Lạng Sơn|01012021"


def on_a_page(code: Pixels) -> Pixels:
    grey = drawn().grey()
    grey[1500 : 1500 + code.shape[0], 200 : 200 + code.shape[1]] = code
    return grey


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_citizen_card_on_a_page_is_read_letter_for_letter(name: str, turn: int) -> None:
    page = np.ascontiguousarray(np.rot90(on_a_page(qr(card(name))), turn))
    assert read_codes(page) == (Code("qr", card(name)),)


@pytest.mark.parametrize("name", NAMES)
def test_the_second_reader_never_guesses_an_encoding(name: str) -> None:
    # In its default mode this library makes Chinese or half-width kana of such names.
    assert _by_zbar(qr(name)) == [Code("qr", name)]


def test_bytes_that_are_no_utf8_give_no_text_at_all() -> None:
    out = io.BytesIO()
    segno.make("Ánh".encode("cp1258", "ignore") + b"\xff\xfe", mode="byte", error="m", micro=False).save(
        out, kind="png", scale=6
    )
    assert read_codes(np.asarray(Image.open(out).convert("L"))) == ()


def test_a_receipt_barcode_is_read() -> None:
    made = zxingcpp.create_barcode("261123100078", zxingcpp.BarcodeFormat.Code128)
    bars = np.asarray(made.to_image(scale=3))
    tall = np.repeat(bars[bars.shape[0] // 2 : bars.shape[0] // 2 + 1], 90, axis=0)
    assert read_codes(on_a_page(tall)) == (Code("code128", "261123100078"),)


def test_a_small_variant_is_a_qr_code_too() -> None:
    out = io.BytesIO()
    segno.make_micro("A012").save(out, kind="png", scale=6)
    assert read_codes(np.asarray(Image.open(out).convert("L"))) == (Code("qr", "A012"),)


def test_a_page_of_text_has_no_codes() -> None:
    assert read_codes(drawn().grey()) == ()
