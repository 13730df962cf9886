"""The zone of a card or passport on a page: found among print, not seen in print, read line by line."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import numpy as np
import pytest
from scanner_samples import drawn, scanned

from kiosk.identity import CardKind, read_payload
from scanner.errors import OcrError
from scanner.mrz import LETTERS, fitted, read_zone, zone_rows
from scanner.page import Pixels
from ui.cli.bench_digitise_zones import card_lines, on_glass, passport_lines

CARD, PASSPORT = card_lines(random.Random(1)), passport_lines(random.Random(2))


@dataclass
class FakeLines:
    """Answers with these lines, in turn."""

    answers: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    failing: bool = False

    def line(self, pixels: Pixels, dpi: int, letters: str) -> str:
        if self.failing:
            raise OcrError
        self.asked.append(letters)
        return self.answers[len(self.asked) - 1]


@pytest.mark.parametrize("tilt", [-10.0, -3.0, 0.0, 6.0])
@pytest.mark.parametrize("lines", [CARD, PASSPORT])
def test_a_zone_is_found_however_the_document_lies(lines: list[str], tilt: float) -> None:
    rows = zone_rows(on_glass(lines, tilt).grey(), 200)
    assert len(rows) == len(lines)
    assert max(row.signs for row in rows) == len(lines[0])


@pytest.mark.parametrize("skew", [0.0, 3.0])
def test_print_of_other_kinds_is_no_zone(skew: float) -> None:
    assert zone_rows(scanned(drawn(), skew).grey(), 200) == []
    figures = drawn(["001195047382  001195047383  001195047384"] * 12)
    assert zone_rows(figures.grey(), 200) == []
    assert zone_rows(np.full((2339, 1654), 250, np.uint8), 200) == []


def test_the_lines_come_as_one_text_and_names_are_read_without_digits() -> None:
    engine = FakeLines(answers=[*CARD])
    code = read_zone(on_glass(CARD).grey(), 200, engine)
    assert code is not None
    assert (code.kind, code.text.split("\n")) == ("mrz", CARD)
    assert [letters == LETTERS for letters in engine.asked] == [False, False, True]
    assert read_payload(code.text).kind is CardKind.MRZ
    engine = FakeLines(answers=[*PASSPORT])
    assert read_zone(on_glass(PASSPORT).grey(), 200, engine) is not None
    assert [letters == LETTERS for letters in engine.asked] == [True, False]


def test_without_an_engine_the_page_simply_has_no_zone() -> None:
    assert read_zone(on_glass(CARD).grey(), 200, FakeLines(failing=True)) is None
    assert read_zone(on_glass(CARD).grey(), 200, FakeLines(answers=["ABC"] * 3)) is None


def test_lost_and_doubled_fillers_are_put_right_where_there_are_many() -> None:
    assert fitted("ngo<<van<an<<<<", 20) == "NGO<<VAN<AN<<<<<<<<<"
    assert fitted("7408122F1204159VNM<<<<<<<<<<6", 30) == "7408122F1204159VNM<<<<<<<<<<<6"
    assert fitted("7408122F1204159VNM<<<<<<<<<<<<6", 30) == "7408122F1204159VNM<<<<<<<<<<<6"
    assert fitted("IDVNM0950473824001095047382<<1 2", 30) == "IDVNM0950473824001095047382<<12"
