from __future__ import annotations

import io
import subprocess
import sys

import numpy as np
import pytest
import segno
import zxingcpp
from PIL import Image
from scanner_samples import drawn

from kiosk.identity import CardKind, read_payload
from kiosk.identity.letters import LETTERS
from scanner.code_places import code_places
from scanner.codes import Code, _by_zbar, read_codes
from scanner.page import Pixels
from ui.cli.bench_digitise_codes import cards, measure_codes, sample
from ui.cli.bench_digitise_wear import WEARS, turned

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


@pytest.mark.parametrize("kind", ["qr", "code128", "datamatrix", "pdf417"])
@pytest.mark.parametrize("wear", ["noise", "blur", "rotation", "low contrast"])
def test_a_worn_code_is_read(kind: str, wear: str) -> None:
    text, picture = sample(kind, 3)
    worn = WEARS[wear](picture, 0.6, np.random.default_rng(1))
    assert read_codes(worn) == (Code(kind, text),)


def test_bars_that_lie_slanting_are_set_straight_first() -> None:
    text, picture = sample("pdf417", 5)
    for twelfth in range(12):
        slanted = turned(picture, twelfth / 12 + 0.04, np.random.default_rng(1))
        assert read_codes(slanted) == (Code("pdf417", text),), twelfth


def test_a_rare_code_beside_a_common_one_is_read_too() -> None:
    (name, receipt), (form, declaration) = sample("qr", 1), sample("pdf417", 2)
    page = drawn().grey()
    page[1500:2060, 0:760] = receipt
    page[1500:2060, 800:1560] = declaration
    assert set(read_codes(page)) == {Code("qr", name), Code("pdf417", form)}


def test_places_are_where_codes_are_and_nowhere_in_print() -> None:
    assert code_places(drawn().grey(), 200) == []
    _, picture = sample("code128", 1)
    (place,) = code_places(picture, 200)
    assert place.holds(picture.shape[1] / 2, picture.shape[0] / 2)


def test_cards_of_the_measure_have_every_letter_and_no_two_are_alike() -> None:
    made = list(cards(300))
    assert {letter for letter in LETTERS if letter.islower()} - set("fjwz") <= set("".join(made).lower())
    assert len(set(made)) == 300
    assert {read_payload(card).kind for card in made} == {CardKind.CCCD_QR, CardKind.CAN_CUOC_QR}


def test_the_measure_counts_what_is_read_and_what_is_wrong() -> None:
    outcome = measure_codes((), peer=True, each=1, payloads=9, documents=0)
    assert outcome.ok
    assert outcome.cards.pictures == 9
    assert outcome.worn["ours"]["qr"].pictures == 9
    outcome.cards.wrong = 1
    assert not outcome.ok


def test_without_the_systems_zbar_codes_are_still_read() -> None:
    program = """
import sys
sys.modules["pyzbar"] = None  # as where its library is missing
from scanner.codes import read_codes
from scanner.raw_zbar import raw_symbols
from ui.cli.bench_digitise_codes import sample
text, picture = sample("qr", 1)
assert raw_symbols(picture) == []
assert [code.text for code in read_codes(picture)] == [text]
assert read_codes(picture[:120]) == ()
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
