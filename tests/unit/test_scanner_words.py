from __future__ import annotations

import pytest
from samples import BIRTH
from scanner_samples import DECLARATION, NOTIFICATION, PreparedEngine, drawn

from scanner.classify import propose_component, propose_type
from scanner.extract import as_date, propose_fields
from scanner.layout import mean_confidence, plausible, text_of
from scanner.ocr import Word, words_of

PIXELS = drawn(()).grey()


def words(*lines: str) -> list[Word]:
    return PreparedEngine(lines).recognise(PIXELS, 200)


def test_the_title_proposes_the_kind_of_paper() -> None:
    kind = propose_type("\n".join(DECLARATION))
    assert kind is not None
    assert kind.code == "birth-declaration"
    assert kind.confidence > 0.9


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("TO KHAI DANG KY KHAl SINH", "birth-declaration"),  # marks lost, l for I
        ("GIẤY CHỨNG SlNH", "birth-notification"),
        ("GIẤY XÁC NHẬN\nTÌNH TRẠNG HÔN NHÂN", "single-status-certificate"),
        ("QUYẾT ĐỊNH", "decision"),
    ],
)
def test_a_badly_read_or_broken_title_still_proposes(title: str, code: str) -> None:
    kind = propose_type(f"ỦY BAN NHÂN DÂN\n{title}\nVề việc cấp bản sao")
    assert kind is not None
    assert kind.code == code


@pytest.mark.parametrize("text", ["", "Theo quyết định số 12 của Ủy ban nhân dân xã về việc giao đất", "abc\ndef"])
def test_a_mention_is_no_title(text: str) -> None:
    assert propose_type(text) is None


def test_components_of_a_procedure_are_told_apart_by_title() -> None:
    first = propose_component("\n".join(DECLARATION), BIRTH.components)
    second = propose_component("\n".join(NOTIFICATION), BIRTH.components)
    assert first is not None
    assert second is not None
    assert (first.code, second.code) == ("tp-1", "tp-2")
    assert propose_component("Sổ tay ghi chép\ncủa tôi", BIRTH.components) is None


def test_fields_are_proposed_with_their_place() -> None:
    found = {f.name: f for f in propose_fields([words(*DECLARATION)])}
    assert {name: f.value for name, f in found.items()} == {
        "full_name": "Nguyễn Thị Ánh Tuyết",
        "born_on": "1995-03-05",
        "id_number": "001195047382",
        "address": "Thôn Nà Pài, xã Mẫu Sơn, tỉnh Lạng Sơn",
        "phone": "0912345678",
        "mother_name": "Trần Thị Bích Ngọc",
        "father_name": "Lê Hữu Phước",
        "issued_on": "2026-11-23",
        "addressee": "Ủy ban nhân dân xã Mẫu Sơn",
    }
    assert found["full_name"].page == 1
    assert found["full_name"].box[1] == 340
    assert 0 < found["full_name"].confidence < 1


def test_a_document_number_ends_where_the_next_column_begins() -> None:
    found = {f.name: f.value for f in propose_fields([words("Số: 3216/QĐ-UBND Thủ Đức, ngày 01 tháng 10 năm 2019")])}
    assert found == {"document_number": "3216/QĐ-UBND", "issued_on": "2019-10-01"}


def test_numbers_of_other_lengths_are_not_proposed_and_days_that_do_not_exist_only_as_printed() -> None:
    (day,) = propose_fields([words("Số định danh cá nhân: 00119500000", "Ngày sinh: 31/02/1990", "Giới tính: x")])
    assert (day.name, day.value) == ("born_on", "31/02/1990")
    assert day.confidence <= 0.3
    assert as_date("ngày 30 tháng 2 năm 2024") == ""
    assert as_date("29-02-2024") == "2024-02-29"


def test_specks_are_no_words_but_short_words_are() -> None:
    kept = [Word("à", (5, 5, 9, 14), 0.4, 0), Word("3", (30, 5, 8, 14), 0.7, 0), Word("-", (50, 9, 8, 3), 0.9, 0)]
    dirt = [Word("|", (90, 5, 1, 200), 0.9, 1), Word("~", (80, 5, 9, 3), 0.2, 2), Word("x", (80, 5, 9, 9), 0.05, 2)]
    assert plausible(kept + dirt, height=1000) == kept
    assert text_of(kept) == "à 3 -"
    assert mean_confidence([]) == 0.0


def test_a_table_of_the_engine_is_read_whatever_it_contains() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t",
        "5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t96.5\tNguye\u0302\u0303n",
        "5\t1\t1\t1\t1\t2\t50\t20\t30\t40\t-1\t ",
        '5\t1\t1\t1\t2\t1\t10\t70\t30\t40\t50\t"Ánh',
    ]
    assert words_of("\n".join([head, *rows])) == [
        Word("Nguyễn", (10, 20, 30, 40), 0.965, 0),
        Word('"Ánh', (10, 70, 30, 40), 0.5, 1),
    ]
