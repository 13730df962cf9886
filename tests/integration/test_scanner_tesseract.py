"""The real engine on pages that the tests draw."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from samples import NOON
from scanner_samples import DECLARATION, drawn, letter_errors, scanned

from scanner.classify import propose_type
from scanner.errors import MissingLanguageError, OcrTimeoutError
from scanner.extract import propose_fields
from scanner.ocr import TesseractEngine
from scanner.pipeline import assemble, read_page

TRUTH = "\n".join(DECLARATION)


def test_a_scanned_declaration_is_read_proposed_and_found_in_its_pdf() -> None:
    read = read_page(scanned(drawn(), 2.3), TesseractEngine())
    assert letter_errors(read.text, TRUTH) < 0.02
    assert read.confidence > 0.85
    kind = propose_type(read.text)
    assert kind is not None
    assert kind.code == "birth-declaration"
    fields = {f.name: f.value for f in propose_fields([read.words])}
    assert fields["id_number"] == "001195047382"
    assert fields["full_name"] == "Nguyễn Thị Ánh Tuyết"
    pdf = pypdfium2.PdfDocument(assemble([read], title="Tờ khai", at=NOON))
    assert pdf[0].get_textpage().get_text_range().replace("\r\n", "\n") == read.text
    assert pdf[0].get_textpage().search("Trần Thị Bích Ngọc").get_next() is not None
    pdf.close()


def test_a_page_upside_down_in_bad_light_is_still_read() -> None:
    page = scanned(drawn(), -1.4, noise=9)
    read = read_page(page.with_pixels(page.pixels[::-1, ::-1]), TesseractEngine())
    assert read.rotation_deg == 180
    assert letter_errors(read.text, TRUTH) < 0.03


def test_a_ruled_table_is_read_row_by_row() -> None:
    rows = [
        ("1", "Nguyễn Văn An", "0912000111"),
        ("2", "Trần Thị Bình", "0987000222"),
        ("3", "Lê Hữu Phước", "0903000333"),
    ]
    pixels = drawn(()).pixels.copy()
    for column, left_pt in enumerate((60, 100, 270)):
        pixels = np.minimum(pixels, drawn(["", *(r[column] for r in rows)], left_pt=left_pt).pixels)
    for k in range(4):
        cv2.line(pixels, (150, 225 + 72 * k), (1100, 225 + 72 * k), (20, 20, 20), 2)
    for x in (150, 240, 710, 1100):
        cv2.line(pixels, (x, 225), (x, 441), (20, 20, 20), 2)
    text = read_page(drawn(()).with_pixels(pixels), TesseractEngine()).text
    for row in rows:
        assert any(all(cell in line for cell in row[1:]) for line in text.splitlines()), text


def test_missing_language_data_names_the_package(tmp_path: Path) -> None:
    with pytest.raises(MissingLanguageError) as caught:
        TesseractEngine(data_dir=str(tmp_path)).recognise(drawn().grey(), 200)
    assert caught.value.details["package"] == "tesseract-ocr-vie"


def test_recognition_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(OcrTimeoutError):
        TesseractEngine(timeout_s=0.05).recognise(drawn().grey(), 200)


def test_letters_tell_which_way_is_up_and_an_empty_page_has_no_opinion() -> None:
    page = drawn(DECLARATION * 2, size_pt=11)
    engine = TesseractEngine()
    assert engine.turn_of(page.with_pixels(page.pixels[::-1, ::-1]).grey(), 200) == 180
    assert engine.turn_of(drawn(()).grey(), 200) is None
