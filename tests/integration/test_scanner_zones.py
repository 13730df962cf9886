"""Zones of cards and passports through the real engines: what they give is right, or it is not given."""

from __future__ import annotations

import random
from importlib.util import find_spec

import pytest

from kiosk.identity import read_payload
from scanner.loaded import LATIN, LoadedTesseract, data_dirs, line_engine
from scanner.loaded_child import LIBRARY
from scanner.mrz import ALPHABET, read_zone
from scanner.ocr import NoEngine, TesseractEngine, Word
from scanner.page import Pixels
from scanner.pipeline import read_page
from ui.cli.bench_digitise_zones import card_lines, measure_zones, on_glass, passport_lines

if not any((folder / f"{LATIN}.traineddata").is_file() for folder in data_dirs()):
    pytest.skip("Latin letters are not installed for Tesseract", allow_module_level=True)

SURE = ("id_number", "document_number", "born_on", "sex", "expires_on")


def test_no_field_of_a_card_or_passport_is_read_wrongly() -> None:
    told = measure_zones(8, line_engine())
    assert told.wrong == 0
    assert told.numbers >= 6


@pytest.mark.skipif(find_spec(LIBRARY) is None, reason="no wheel for this machine")
@pytest.mark.parametrize("lines", [card_lines(random.Random(7)), passport_lines(random.Random(8))])
def test_the_kept_engine_and_the_reference_agree(lines: list[str]) -> None:
    grey, truth = on_glass(lines, 2.0).grey(), read_payload("\n".join(lines)).fields
    for engine in (LoadedTesseract(LATIN), TesseractEngine(LATIN)):
        zone = read_zone(grey, 200, engine)
        assert zone is not None
        seen = read_payload(zone.text).fields
        assert {f: getattr(seen, f) for f in SURE} == {f: getattr(truth, f) for f in SURE}


def test_lines_read_with_certain_letters_do_not_change_how_pages_are_read() -> None:
    engine = line_engine()
    picture = on_glass(card_lines(random.Random(3))).grey()[900:1000]
    before = engine.recognise(picture, 200)
    engine.line(picture, 200, ALPHABET)
    assert engine.recognise(picture, 200) == before


class SomeWords(NoEngine):
    """Reads a few words, as of a card."""

    def recognise(self, pixels: Pixels, dpi: int, mode: int = 3) -> list[Word]:
        return [Word("Đặc", (10, 10, 80, 30), 0.9, 0), Word("điểm", (100, 10, 80, 30), 0.9, 0)]


def test_a_page_with_a_card_on_it_carries_the_zone_among_its_codes() -> None:
    lines = card_lines(random.Random(5))
    page = read_page(on_glass(lines), SomeWords())
    (zone,) = [code for code in page.codes if code.kind == "mrz"]
    assert read_payload(zone.text).fields.id_number == read_payload("\n".join(lines)).fields.id_number
