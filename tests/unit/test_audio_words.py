"""How numbers, letters and counters are read aloud, held against a second reading that is made another way."""

from __future__ import annotations

import re

import pytest

from ui.audio.errors import BadSpokenNumberError
from ui.audio.words import ACCENTS, COMMON, OF_ACCENT, announcement, counter_unit, say_counter, say_label, say_number

FIGURES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
WORDS = {accent: {**COMMON, **own} for accent, own in OF_ACCENT.items()}


def said(n: int, accent: str = "north") -> str:
    return " ".join(WORDS[accent][unit] for unit in say_number(n, ACCENTS[accent]))


def read_by_rewriting(n: int, accent: str) -> str:
    """Every place of the number said in full, then the habits of speech as substitutions on the text."""
    places = zip(f"{n:04d}", ("nghìn", "trăm", "mươi", ""), strict=True)
    text = " ".join(f"{FIGURES[int(figure)]} {place}".strip() for figure, place in places)
    rules = [
        (r"^không nghìn ", ""),
        (r"^không trăm ", "") if n < 100 else (r"^$", ""),
        (r"^không mươi ", ""),
        (r"không mươi không$", ""),
        (r"không mươi ", "linh "),
        (r"một mươi", "mười"),
        (r"(mươi|mười) không$", r"\1"),
        (r"mươi một$", "mươi mốt"),
        (r"mươi bốn$", "mươi tư"),
        (r"(mươi|mười) năm$", r"\1 lăm"),
        (r"nghìn không trăm $", "nghìn"),
    ]
    for pattern, better in rules:
        text = re.sub(pattern, better, text)
    if accent == "south":
        text = text.replace("linh", "lẻ").replace("nghìn", "ngàn").replace("mươi tư", "mươi bốn")
    return text.strip()


@pytest.mark.parametrize("accent", ["north", "south"])
def test_every_number_is_read_as_the_rules_of_speech_have_it(accent: str) -> None:
    wrong = {n: said(n, accent) for n in range(1, 10_000) if said(n, accent) != read_by_rewriting(n, accent)}
    assert wrong == {}


@pytest.mark.parametrize("accent", ["north", "south"])
def test_no_two_numbers_sound_the_same(accent: str) -> None:
    assert len({said(n, accent) for n in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    ("n", "north", "south"),
    [
        (0, "không", "không"),
        (4, "bốn", "bốn"),
        (5, "năm", "năm"),
        (10, "mười", "mười"),
        (11, "mười một", "mười một"),
        (14, "mười bốn", "mười bốn"),
        (15, "mười lăm", "mười lăm"),
        (20, "hai mươi", "hai mươi"),
        (21, "hai mươi mốt", "hai mươi mốt"),
        (24, "hai mươi tư", "hai mươi bốn"),
        (25, "hai mươi lăm", "hai mươi lăm"),
        (55, "năm mươi lăm", "năm mươi lăm"),
        (100, "một trăm", "một trăm"),
        (101, "một trăm linh một", "một trăm lẻ một"),
        (104, "một trăm linh bốn", "một trăm lẻ bốn"),
        (105, "một trăm linh năm", "một trăm lẻ năm"),
        (110, "một trăm mười", "một trăm mười"),
        (111, "một trăm mười một", "một trăm mười một"),
        (115, "một trăm mười lăm", "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt", "một trăm hai mươi mốt"),
        (1000, "một nghìn", "một ngàn"),
        (1001, "một nghìn không trăm linh một", "một ngàn không trăm lẻ một"),
        (1010, "một nghìn không trăm mười", "một ngàn không trăm mười"),
        (1021, "một nghìn không trăm hai mươi mốt", "một ngàn không trăm hai mươi mốt"),
        (1100, "một nghìn một trăm", "một ngàn một trăm"),
        (2005, "hai nghìn không trăm linh năm", "hai ngàn không trăm lẻ năm"),
        (5555, "năm nghìn năm trăm năm mươi lăm", "năm ngàn năm trăm năm mươi lăm"),
        (9994, "chín nghìn chín trăm chín mươi tư", "chín ngàn chín trăm chín mươi bốn"),
    ],
)
def test_known_readings(n: int, north: str, south: str) -> None:
    assert (said(n, "north"), said(n, "south")) == (north, south)


@pytest.mark.parametrize("n", [-1, 10_000])
def test_a_number_that_no_ticket_carries_is_refused(n: int) -> None:
    with pytest.raises(BadSpokenNumberError):
        say_number(n)


@pytest.mark.parametrize(
    ("label", "units"),
    [
        ("A012", ["chu-a", "muoi", "hai"]),
        ("Đ005", ["chu-dd", "nam"]),
        ("D005", ["chu-d", "nam"]),
        ("AB7", ["chu-a", "chu-b", "bay"]),
        ("0021", ["hai", "muoi-ngang", "mot-sac"]),
        ("C-300", ["chu-c", "ba", "tram"]),
        ("A10203", ["chu-a", "mot", "khong", "hai", "khong", "ba"]),
    ],
)
def test_a_label_is_its_letters_and_then_its_number(label: str, units: list[str]) -> None:
    assert say_label(label) == units


@pytest.mark.parametrize("label", ["", "A", "12A", "số 5", "A 1 2", "<b>1</b>"])
def test_a_label_that_is_no_number_is_refused(label: str) -> None:
    with pytest.raises(BadSpokenNumberError):
        say_label(label)


@pytest.mark.parametrize(
    ("counter", "phrases"),
    [
        ("Quầy 3", (("den-quay-so",), ("ba",))),
        ("quầy số 12", (("den-quay-so",), ("muoi", "hai"))),
        ("3", (("den-quay-so",), ("ba",))),
        ("Bàn 24", (("den-ban-so",), ("hai", "muoi-ngang", "tu"))),
        ("Phòng 105", (("den-phong-so",), ("mot", "tram", "linh", "nam"))),
        ("Cửa B", (("den-cua",), ("chu-b",))),
        ("Quầy B2", (("den-quay",), ("chu-b", "hai"))),
        ("Bộ phận Tư pháp", (("moi-xem-man-hinh",),)),
        ("", (("moi-xem-man-hinh",),)),
    ],
)
def test_a_counter_is_read_or_people_are_sent_to_the_screen(counter: str, phrases: tuple[tuple[str, ...], ...]) -> None:
    assert say_counter(counter) == phrases


def test_a_recording_of_the_counters_own_name_comes_first() -> None:
    own = counter_unit("Bộ phận Tư pháp")
    assert own == "bo-phan-tu-phap"
    assert say_counter("Bộ phận Tư pháp", recorded=frozenset({own})) == (("den",), (own,))


def test_a_call_is_said_in_four_phrases() -> None:
    assert announcement("A021", "Quầy 5") == (
        ("moi-so",),
        ("chu-a", "hai", "muoi-ngang", "mot-sac"),
        ("den-quay-so",),
        ("nam",),
    )
