"""The three lines on the back of the card: check digits, slips of OCR, centuries."""

from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.identity import CardKind, CardReading, read_payload
from kiosk.identity.icao import check_digit, mended

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
        "document_number": None,
        "nationality": None,
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


# --- passports and cards of other countries ---------------------------------------------------------------------------

# The published specimens of ICAO Doc 9303, parts 4, 6 and 5.
TD3 = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
TD2 = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"]
TD1 = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"]


@pytest.mark.parametrize(("lines", "number"), [(TD3, "L898902C3"), (TD2, "D23145890"), (TD1, "D23145890")])
@pytest.mark.parametrize("join", ["\n", ""])
def test_published_specimens_of_three_sizes(lines: list[str], number: str, join: str) -> None:
    reading = read_payload(join.join(lines))
    fields = reading.fields
    assert (fields.document_number, fields.nationality, fields.full_name) == (number, "UTO", "ERIKSSON ANNA MARIA")
    assert (fields.born_on, fields.sex, fields.expires_on) == ("1974-08-12", "Nữ", "2012-04-15")
    assert fields.id_number is None
    assert reading.is_usable


def passport(number: str = "C1234567<", personal: str = NUMBER) -> list[str]:
    second = f"{number}{check_digit(number)}VNM900305" + check_digit("900305") + "F350304" + check_digit("350304")
    optional = personal.ljust(14, "<")
    second += optional + check_digit(optional)
    return ["P<VNMTRAN<<THI<BICH<NGOC".ljust(44, "<"), second + check_digit(second[:10] + second[13:20] + second[21:])]


def test_a_vietnamese_passport_gives_the_identity_number_under_its_own_check_digit() -> None:
    reading = read(passport(personal="001190000001"))
    assert reading.fields.id_number == "001190000001"
    assert reading.fields.document_number == "C1234567"
    assert reading.fields.born_on == "1990-03-05"
    assert said(reading, "không dấu")
    first, second = passport(personal="001190000001")
    wrong = read([first, second[:30] + "9" + second[31:]])
    assert wrong.fields.id_number is None
    assert said(wrong, "chung")


@pytest.mark.parametrize(("sign", "misread"), [("0", "O"), ("1", "I"), ("5", "S"), ("8", "B"), ("2", "Z")])
def test_a_letter_among_digits_is_mended_where_the_check_digit_proves_it(sign: str, misread: str) -> None:
    first, second = passport(personal="001258012583")
    place = second.index(sign, 28)
    reading = read([first, second[:place] + misread + second[place + 1 :]])
    assert reading.fields.id_number == "001258012583"


def test_only_a_sign_that_cannot_stand_there_is_mended_and_only_in_one_way() -> None:
    check = check_digit("C1204567<")
    assert mended("CI2O4567<", check, "adddddddn") == "C1204567<"
    assert mended("C1204567<", check, "adddddddn") == "C1204567<"
    assert mended("C1208567<", check, "adddddddn") is None  # a digit read as another is nobody's to mend
    assert mended("L8989O2C3", "6", "x" * 9) is None  # where letters and digits may stand, nothing is known
    assert mended("L898902C3", "6", "x" * 9) == "L898902C3"
    # B may be 8 or 3, Z may be 2 or 7: 83 and 38 differ, but 22 and 77 under one check digit would not be told apart.
    ways = {a + b: check_digit(a + b) for a in "27" for b in "27"}
    for digits, its in ways.items():
        assert mended("ZZ", its) == (digits if list(ways.values()).count(its) == 1 else None)


def test_names_hold_no_digits() -> None:
    first, second = passport()
    assert (
        read([first.replace("NGOC", "NG0C").replace("BICH", "B1CH"), second]).fields.full_name == "TRAN THI BICH NGOC"
    )


@settings(max_examples=900, deadline=None)
@given(st.integers(0, 43), st.sampled_from("ABCDKMNVIO0123456789<"))
def test_one_wrong_sign_never_gives_a_wrong_number_or_day(place: int, sign: str) -> None:
    first, second = passport(personal="001190000001")
    fields = read([first, second[:place] + sign + second[place + 1 :]]).fields
    assert fields.id_number in (None, "001190000001")
    assert fields.born_on in (None, "1990-03-05")
    assert fields.expires_on in (None, "2035-03-04")
    # Signs whose values differ by ten are one to a check digit (1 and B, 0 and A).
    alike = place < 9 and check_digit(sign) == check_digit(second[place])
    assert fields.document_number in (None, "C1234567") or alike
