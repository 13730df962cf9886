"""Card payloads: well-formed ones round-trip; every damaged form is either understood, or null with a sentence."""

import json
import unicodedata
from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.identity import CardKind, CardReading, read_payload
from kiosk.identity.letters import LETTERS
from kiosk.identity.number import PROVINCES

NUMBER = "001099000001"
NAME = "Nguyễn Văn Mẫu"
LABELLED = {
    "cccd": "001099000001",
    "cmnd": "012345678",
    "hoTen": "Nguyễn Văn Mẫu",
    "ngaySinh": "01011999",
    "gioiTinh": "Nam",
    "diaChi": "Số 1, Phường Mẫu, Quận Mẫu, Hà Nội",
    "ngayCap": "15042021",
}
ADDRESS = "Số 1, Phường Mẫu, Quận Mẫu, Hà Nội"
CARD = f"{NUMBER}|012345678|{NAME}|01011999|Nam|{ADDRESS}|15042021"


def said(reading: CardReading, words: str) -> bool:
    return any(words in problem for problem in reading.problems)


def test_the_seven_items_of_a_chip_card() -> None:
    reading = read_payload(CARD)
    assert reading.as_json() == {
        "kind": "cccd-qr",
        "problems": [],
        "fields": {
            "id_number": NUMBER,
            "old_id_number": "012345678",
            "full_name": NAME,
            "born_on": "1999-01-01",
            "sex": "Nam",
            "address": ADDRESS,
            "issued_on": "2021-04-15",
            "expires_on": None,
            "document_number": None,
            "nationality": None,
        },
        "tail": [],
    }


def test_an_empty_old_number_is_usual() -> None:
    reading = read_payload(CARD.replace("012345678", ""))
    assert reading.fields.old_id_number is None
    assert not reading.problems


def test_the_new_card_keeps_its_tail_raw() -> None:
    reading = read_payload(CARD + "|001099999999|TRẦN THỊ B|NGUYỄN VĂN A")
    assert reading.kind is CardKind.CAN_CUOC_QR
    assert reading.tail == ("001099999999", "TRẦN THỊ B", "NGUYỄN VĂN A")
    assert not reading.problems


@pytest.mark.parametrize(
    "payload",
    [
        CARD + "\r\n",
        "\t" + CARD + "\t",
        "]Q1" + CARD,
        "\ufeff" + CARD,
        unicodedata.normalize("NFD", CARD),
        CARD + "\r\n" + CARD,
        CARD + CARD,
        CARD.encode(),
        CARD.encode("utf-16"),
        CARD.replace("01011999", "01/01/1999").replace("15042021", "2021-04-15"),
        CARD.replace("01011999", "1-1-1999"),
        CARD.replace("Phường Mẫu, ", "Phường Mẫu , , - "),
        CARD.replace("Hà Nội", "Hà  Nội ,"),
        CARD.replace("|", " | "),
        CARD.replace("|", "¦"),
    ],
)
def test_harmless_noise_changes_nothing(payload: str | bytes) -> None:
    assert read_payload(payload) == read_payload(CARD)


def test_both_tone_placements_stay_as_the_card_spells_them() -> None:
    for name in ("Nguyễn Thị Hòa", "Nguyễn Thị Hoà"):
        assert read_payload(CARD.replace(NAME, name)).fields.full_name == name


@pytest.mark.parametrize("keep", [6, 5, 4, 3])
def test_a_code_that_breaks_off_names_what_is_missing(keep: int) -> None:
    reading = read_payload("|".join(CARD.split("|")[:keep]))
    assert reading.fields.id_number == NUMBER
    assert reading.fields.full_name == NAME
    assert reading.fields.issued_on is None
    assert said(reading, "Mã bị cắt, thiếu")
    assert (reading.fields.born_on is None) == (keep < 4)


def test_a_code_cut_after_the_number_still_gives_the_number() -> None:
    reading = read_payload(f"{NUMBER}|0123")
    assert reading.fields.id_number == NUMBER
    assert reading.fields.old_id_number is None
    assert said(reading, "Mã bị cắt, thiếu họ tên")
    assert not reading.is_usable


def test_only_a_whole_card_is_usable() -> None:
    assert read_payload(CARD).is_usable
    assert not read_payload("|".join(CARD.split("|")[:5])).is_usable
    assert not read_payload(CARD + "|gì đó").is_usable
    assert not read_payload("https://example.vn").is_usable


def test_a_stump_of_a_date_is_no_year() -> None:
    reading = read_payload(f"{NUMBER}||{NAME}|1901")
    assert reading.fields.born_on is None
    assert said(reading, "Ngày sinh")


def test_six_items_without_the_old_number_are_put_in_place() -> None:
    reading = read_payload(CARD.replace("012345678|", ""))
    assert asdict(reading.fields) == asdict(read_payload(CARD.replace("012345678", "")).fields)
    assert said(reading, "thiếu ô số CMND cũ")


@pytest.mark.parametrize(
    "payload",
    [
        f"CCCD:{NUMBER}|Số CMND: 012345678|Họ tên:{NAME}|Ngày sinh:01/01/1999|Giới tính:Nam|Địa chỉ:{ADDRESS}|"
        "Ngày cấp:15/04/2021",
        f"Số CCCD: {NUMBER}\nCMND cũ: 012345678\nHọ và tên: {NAME}\nNgày sinh: 01/01/1999\nGiới tính: Nam\n"
        f"Nơi thường trú: {ADDRESS}\nNgày cấp: 15/04/2021",
        json.dumps(
            {
                "idNumber": NUMBER,
                "oldId": "012345678",
                "fullName": NAME,
                "dob": "1999-01-01",
                "gender": "male",
                "address": ADDRESS,
                "issueDate": "2021-04-15T00:00:00Z",
            }
        ),
        json.dumps({"data": LABELLED}, ensure_ascii=False),
        json.dumps(CARD.split("|")),
        CARD.replace("|", ","),
        CARD.replace("|", "\t"),
        CARD.replace("|", ";"),
    ],
)
def test_rewritten_payloads_are_understood_and_told(payload: str) -> None:
    reading = read_payload(payload)
    assert reading.fields == read_payload(CARD).fields
    assert reading.kind is CardKind.CCCD_QR
    assert said(reading, "đã đổi dạng")


def test_a_label_with_two_values_is_not_used() -> None:
    reading = read_payload(f"CCCD:{NUMBER}|Họ tên:{NAME}|Họ tên:Trần Văn Khác|Ngày sinh:01/01/1999")
    assert reading.fields.full_name is None
    assert said(reading, "hai giá trị")


@pytest.mark.parametrize(
    ("born", "expected", "words"),
    [
        ("00001999", "1999", "chỉ có năm 1999"),
        ("1999", "1999", "chỉ có năm 1999"),
        ("051999", "1999", "tháng 5 năm 1999"),
        ("00051999", "1999", "tháng 5 năm 1999"),
        ("1011999", "1999-01-01", "mất số 0"),
        ("19990101", "1999-01-01", "năm-tháng-ngày"),
        ("31021999", None, "31/02/1999 không có thật"),
        ("01011099", None, "không hợp lý"),
        ("99999999", None, "Ngày sinh"),
        ("", None, "Ngày sinh không có"),
        ("hôm qua", None, "không đọc được"),
        ("010199", None, "không đọc được"),
    ],
)
def test_birth_dates_of_every_sort(born: str, expected: str | None, words: str) -> None:
    reading = read_payload(CARD.replace("01011999", born))
    assert reading.fields.born_on == expected
    assert said(reading, words)


def test_leading_zeros_come_back_only_when_birth_and_sex_vouch() -> None:
    eaten = CARD[2:]  # Hà Nội's number begins with 001: a spreadsheet eats two
    reading = read_payload(eaten)
    assert reading.fields.id_number == NUMBER
    assert said(reading, "mất số 0 ở đầu, đã thêm lại")
    other = read_payload(eaten.replace("01011999", "01011998"))
    assert other.fields.id_number is None
    assert said(other, "có thể mất số 0")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("01011999", "01011998", "Năm sinh 1998 không khớp số định danh (1999)"),
        ("Nam", "Nữ", "Giới tính Nữ không khớp"),
        ("001099000001|", "003099000001|", "không phải mã tỉnh"),
        ("15042021", "15041990", "Ngày cấp trước ngày sinh"),
    ],
)
def test_what_does_not_agree_is_a_warning_and_never_a_block(old: str, new: str, words: str) -> None:
    reading = read_payload(CARD.replace(old, new))
    assert said(reading, words)
    assert None not in list(asdict(reading.fields).values())[:7]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (NAME, "Dﾆｰﾆ｡ng Ng盻皇", "full_name"),
        (NAME, "Nguy\ufffd\ufffdn V\ufffdn", "full_name"),
        (NAME, "Nguy?n V?n M?u", "full_name"),
        (NAME, "NguyÔn V¨n MÉu", "full_name"),
        (NAME, "A" * 101, "full_name"),
        (NAME, "", "full_name"),
        (ADDRESS, "ﾄ進盻拵", "address"),
        (ADDRESS, "x" * 400, "address"),
        (ADDRESS, ", - ,", "address"),
        (NUMBER, "00109900000A", "id_number"),
        (NUMBER, "1.099E+09", "id_number"),
        (NUMBER, "0010990000011", "id_number"),
        ("012345678", "12345678", "old_id_number"),
        ("|Nam|", "|N?|", "sex"),
        ("|Nam|", "||", "sex"),
        ("15042021", "1504202", "issued_on"),
        ("15042021", "", "issued_on"),
    ],
)
def test_what_is_damaged_is_null_with_a_sentence(old: str, new: str, field: str) -> None:
    reading = read_payload(CARD.replace(old, new, 1))
    assert getattr(reading.fields, field) is None
    assert reading.problems
    whole = asdict(read_payload(CARD).fields)
    others = {k: v for k, v in asdict(reading.fields).items() if k != field}
    assert others == {k: v for k, v in whole.items() if k != field}, "the other fields stay"


def test_utf8_shown_as_western_letters_is_turned_back() -> None:
    reading = read_payload(CARD.encode().decode("latin-1"))
    assert reading.fields == read_payload(CARD).fields
    assert said(reading, "sai bảng mã")


def test_broken_bytes_spoil_only_their_own_items() -> None:
    reading = read_payload(CARD.encode().replace("Văn".encode(), b"V\xff\xfen"))
    assert reading.fields.full_name is None
    assert reading.fields.address == ADDRESS
    assert said(reading, "UTF-8")


def test_a_keyboard_wedge_that_lost_every_mark_is_not_believed() -> None:
    reading = read_payload(f"{NUMBER}||Nguyen Van Mau|01011999|Nam|So 1, Phuong Mau, Ha Noi|15042021")
    assert reading.fields.full_name is None
    assert reading.fields.address is None
    assert reading.fields.id_number == NUMBER
    assert said(reading, "mất dấu")


def test_a_name_without_marks_is_fine_beside_an_address_with_them() -> None:
    assert not read_payload(CARD.replace(NAME, "Lan Anh")).problems


def test_control_characters_are_dropped_and_told() -> None:
    reading = read_payload(CARD.replace("Văn", "V\u200băn").replace("|Nam", "\x00|Nam"))
    assert reading.fields == read_payload(CARD).fields
    assert said(reading, "ký tự điều khiển")


def test_two_cards_in_one_scan_give_the_first_and_say_so() -> None:
    reading = read_payload(CARD + "\n" + CARD.replace(NUMBER, "001099000002"))
    assert reading.fields.id_number == NUMBER
    assert said(reading, "nhiều thẻ")


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ("https://dichvucong.example.vn/x", CardKind.URL),
        ("00020101021238570010A00000072701270006970403", CardKind.VIETQR),
        ("", CardKind.UNKNOWN),
        ("   \r\n", CardKind.UNKNOWN),
        ("xin chào", CardKind.UNKNOWN),
        ("a|b|c|d|e|f|g", CardKind.UNKNOWN),
        ("{", CardKind.UNKNOWN),
        ("[1,2,3]", CardKind.UNKNOWN),
        ('{"a": 1}', CardKind.UNKNOWN),
        ("[" * 3000, CardKind.UNKNOWN),
        ("1" * 4096, CardKind.UNKNOWN),
        ("x" * 5000, CardKind.UNKNOWN),
        (CARD * 40, CardKind.UNKNOWN),
        ("09900000001", CardKind.UNKNOWN),
    ],
)
def test_other_codes_fill_nothing_in_and_say_what_to_do(payload: str, kind: CardKind) -> None:
    reading = read_payload(payload)
    assert reading.kind is kind
    assert set(asdict(reading.fields).values()) == {None}
    assert reading.problems


def test_a_bare_number_is_taken_as_just_that() -> None:
    reading = read_payload(NUMBER + "\n")
    assert (reading.kind, reading.fields.id_number) == (CardKind.UNKNOWN, NUMBER)
    assert said(reading, "chỉ có số định danh")


def test_health_insurance_fills_in_but_has_no_identity_number() -> None:
    cells = ["GD4797939393939", NAME.encode().hex(), "01/01/1999", "2", "Thôn 1, Xã Mẫu".encode().hex(), "79 - 034",
             "01/01/2026", "31/12/2026", "-"]  # fmt: skip
    reading = read_payload("|".join(cells))
    assert reading.kind is CardKind.BHYT_QR
    assert (reading.fields.full_name, reading.fields.sex, reading.fields.id_number) == (NAME, "Nữ", None)
    assert (reading.fields.born_on, reading.fields.address) == ("1999-01-01", "Thôn 1, Xã Mẫu")
    assert said(reading, "bảo hiểm y tế")


LETTER = st.sampled_from(sorted(LETTERS))
WORDS = st.lists(st.text(LETTER, min_size=1, max_size=6), min_size=1, max_size=5).map(lambda w: "Đ" + " ".join(w))


@st.composite
def cards(draw: st.DrawFn) -> tuple[str, dict[str, str | None]]:
    born, issued = (
        draw(st.dates(min_value=date(1930, 1, 1), max_value=date(2020, 1, 1))),
        draw(st.dates(min_value=date(2021, 1, 1))),
    )
    issued = issued.replace(year=2021 + issued.year % 4, day=min(issued.day, 28))
    male = draw(st.booleans())
    century = (born.year // 100 - 19) * 2 + (0 if male else 1)
    province, serial = draw(st.sampled_from(sorted(PROVINCES))), draw(st.integers(0, 999999))
    number = f"{province}{century}{born.year % 100:02d}{serial:06d}"
    old, name, address = draw(st.sampled_from(["", "012345678"])), draw(WORDS), draw(WORDS)
    sex = "Nam" if male else "Nữ"
    text = f"{number}|{old}|{name}|{born:%d%m%Y}|{sex}|{address}|{issued:%d%m%Y}"
    fields: dict[str, str | None] = {
        "id_number": number, "old_id_number": old or None, "full_name": name, "born_on": born.isoformat(), "sex": sex,
        "address": address, "issued_on": issued.isoformat(), "expires_on": None, "document_number": None,
        "nationality": None,
    }  # fmt: skip
    return text, fields


@settings(max_examples=150, deadline=None)
@given(cards())
def test_every_well_formed_card_round_trips(card: tuple[str, dict[str, str | None]]) -> None:
    payload, fields = card
    reading = read_payload(payload)
    assert asdict(reading.fields) == fields
    assert not reading.problems
    assert read_payload(payload.encode()) == reading


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300), st.binary(max_size=300), st.text('0123456789|,:;{}[]"<KVNMIDNam/ \n', max_size=200)
    )
)
def test_reading_never_raises_and_never_fills_in_without_form(payload: str | bytes) -> None:
    reading = read_payload(payload)
    number = reading.fields.id_number
    assert number is None or (len(number) == 12 and number.isdigit())
    assert reading.problems or reading.fields.id_number


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_card_with_any_one_character_changed_is_told_or_plausible(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(CARD) - 1))
    char = data.draw(st.sampled_from("0|?ﾆ盻\ufffd\x00,"))
    reading = read_payload(CARD[:place] + char + CARD[place + 1 :])
    whole = asdict(read_payload(CARD).fields)
    for key, value in asdict(reading.fields).items():
        if value is None and whole[key] is not None:
            assert reading.problems
