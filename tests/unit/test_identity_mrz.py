"""The three lines on the back of the card: check digits, slips of OCR, centuries."""

from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.identity import CardKind, CardReading, read_payload
from kiosk.identity.mrz import check_digit

NUMBER = "001099000001"


def zone(
    number: str = NUMBER, born: str = "990101", sex: str = "M", expires: str = "390101", name: str = "NGUYEN<<VAN<MAU"
) -> list[str]:
    first = f"IDVNM{number[3:]}{check_digit(number[3:])}{number}<<{check_digit(number)}"
    second = f"{born}{check_digit(born)}{sex}{expires}{check_digit(expires)}VNM" + "<" * 11
    second += check_digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    return [first, second, name.ljust(30, "<")]


def read(lines: list[str]) -> CardReading:
    return read_payload("\n".join(lines))


def said(reading: CardReading, words: str) -> bool:
    return any(words in problem for problem in reading.problems)


def test_check_digits_of_the_published_example() -> None:
    assert check_digit("D23145890") == "7"  # ICAO 9303 part 5
    assert check_digit("740812") == "2"


def test_the_whole_zone() -> None:
    reading = read(zone())
    assert reading.kind is CardKind.MRZ
    assert asdict(reading.fields) == {
        "id_number": NUMBER,
        "old_id_number": None,
        "full_name": "NGUYEN VAN MAU",
        "born_on": "1999-01-01",
        "sex": "Nam",
        "address": None,
        "issued_on": None,
        "expires_on": "2039-01-01",
    }
    assert reading.problems == ("Mặt sau thẻ ghi họ tên không dấu; sửa lại có dấu theo mặt trước.",)


@pytest.mark.parametrize("join", ["\n", "\r\n", "", " \n "])
def test_lines_may_come_joined_or_apart(join: str) -> None:
    assert read_payload(join.join(zone())) == read(zone())


def test_blanks_inside_and_lower_case_are_no_matter() -> None:
    assert read_payload("\n".join(" ".join(line.lower()) for line in zone())) == read(zone())


@pytest.mark.parametrize("head", ["ADDNN", "I0VNM", "1DVNM", "IDVNH"])
def test_a_misread_head_is_no_matter(head: str) -> None:
    first, second, third = zone()
    assert read([head + first[5:], second, third]).fields == read(zone()).fields


def test_letters_read_for_digits_are_mended_by_the_check_digit_and_told() -> None:
    first, second, third = zone()
    reading = read([first[:5] + first[5:].replace("0", "O"), second.replace("0", "O"), third])
    assert reading.fields == read(zone()).fields
    assert said(reading, "nhận nhầm")


def test_fillers_read_as_k_are_not_part_of_the_name() -> None:
    first, second, _ = zone()
    for third in ("NGUYEN<<VAN<MAU<<<<K<<<<<KKK<<", "NGUYEN<<VAN<MAU<<KKKKKKKKKKKKK", "NGUYEN<<VAN<MAU<K<<<<<<<<<<<<<"):
        assert (read([first, second, third]).fields.full_name or "").startswith("NGUYEN VAN MAU")


@pytest.mark.parametrize("place", range(15, 27))
def test_a_wrong_digit_of_the_number_is_never_taken(place: int) -> None:
    first, second, third = zone()
    wrong = str((int(first[place]) + 1) % 10)
    reading = read([first[:place] + wrong + first[place + 1 :], second, third])
    assert reading.fields.id_number is None
    assert said(reading, "chữ số kiểm tra")


def test_a_wrong_digit_of_birth_or_expiry_is_never_taken() -> None:
    first, second, third = zone()
    reading = read([first, "98" + second[2:8] + "38" + second[10:], third])
    assert (reading.fields.born_on, reading.fields.expires_on) == (None, None)
    assert reading.fields.id_number == NUMBER


def test_the_century_of_birth_comes_from_the_number() -> None:
    child = "001210000001"
    assert read(zone(child, "100203", "M", "240203")).fields.born_on == "2010-02-03"


def test_without_the_number_only_a_certain_century_is_taken() -> None:
    first, second, third = zone(born="990101")
    assert read([first[:29] + "x", second, third]).fields.born_on == "1999-01-01"
    first, second, third = zone("001010000001", "100203", "M", "340203")
    unsure = read([first[:-1] + str((int(first[-1]) + 1) % 10), second, third])
    assert unsure.fields.born_on is None
    assert said(unsure, "thế kỷ")


def test_a_card_without_expiry_says_so() -> None:
    reading = read(zone(expires="<<<<<<"))
    assert reading.fields.expires_on is None
    assert said(reading, "không thời hạn")


def test_a_missing_line_is_told() -> None:
    reading = read(zone()[:2])
    assert reading.fields.id_number == NUMBER
    assert said(reading, "ba dòng")


def test_a_cut_line_gives_nothing_of_itself() -> None:
    first, second, third = zone()
    reading = read([first, second[:27], third])
    assert (reading.fields.born_on, reading.fields.sex, reading.fields.expires_on) == (None, None, None)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("ABCDKMNVIO0123456789<", min_size=20, max_size=34), min_size=2, max_size=4))
def test_any_lines_are_read_without_fault(lines: list[str]) -> None:
    reading = read_payload("\n".join(lines))
    number = reading.fields.id_number
    assert number is None or len(number) == 12
    assert reading.problems
