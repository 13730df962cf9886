"""The national catalogue: what is clear is read, what is not stays verbatim and is listed, and nothing is guessed."""

import json
from pathlib import Path
from typing import Any

import pytest
from catalogue_samples import answer, paper, papers, record, way
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.errors import (
    CatalogueFileError,
    CatalogueShapeError,
    CatalogueTooLargeError,
    CatalogueTruncatedError,
)
from kiosk.catalogue.lay_thu_tuc import MAX_BYTES, read_catalogue, read_file
from kiosk.domain.procedure import Channel, Component, ComponentKind, Fee, Procedure, ResultType, Term, TermUnit
from kiosk.errors import InputError


def read(*records: dict[str, Any]) -> tuple[Procedure, ...]:
    return read_catalogue(answer(*records), "mau.json").procedures


def one(**changes: Any) -> Procedure:
    (procedure,) = read(record(**changes))
    return procedure


def term(value: str, unit: str, mota: str = "") -> tuple[Term, list[str]]:
    procedure = one(CACHTHUCTHUCHIEN=[way(value=value, unit=unit, mota=mota)])
    return procedure.options[0].term, [u.why for u in procedure.unclear if u.where.startswith("Thời hạn")]


def fee(sotien: str, mota: str = "") -> tuple[Fee, list[str]]:
    procedure = one(CACHTHUCTHUCHIEN=[way(sotien=sotien, mota=mota)])
    return procedure.options[0].fees[0], [u.why for u in procedure.unclear if u.where.startswith("Phí")]


def components(*groups: dict[str, Any]) -> tuple[Component, ...]:
    return one(THANHPHANHOSO=list(groups)).components


def doubts(procedure: Procedure) -> str:
    return "\n".join(f"{u.where}: {u.verbatim}: {u.why}" for u in procedure.unclear)


def test_a_clear_record_leaves_nothing_open() -> None:
    procedure = one()
    assert procedure.unclear == ()
    assert (procedure.code, procedure.name, procedure.field_name) == ("1.999001", "Thủ tục mẫu", "Hộ tịch")
    assert procedure.options[0].term == Term(3, TermUnit.WORKING_DAYS, "3 Ngày làm việc")
    assert procedure.components == (Component("TK1", "Tờ khai"),)
    assert procedure.results == (ResultType("KQ.G00.000001", "Giấy mẫu"),)
    assert procedure.public


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("3", "Ngày làm việc", (3, TermUnit.WORKING_DAYS)),
        ("07", "Ngày", (7, TermUnit.CALENDAR_DAYS)),
        ("8", "Giờ", (8, TermUnit.HOURS)),
        ("8", "giờ làm việc", (8, TermUnit.HOURS)),
    ],
)
def test_units_of_the_catalogue(value: str, unit: str, expected: tuple[int, TermUnit]) -> None:
    read_term, why = term(value, unit)
    assert (read_term.value, read_term.unit) == expected
    assert not why


@pytest.mark.parametrize(
    ("value", "unit", "verbatim"),
    [
        ("1", "", "1"),
        ("5-7", "Ngày", "5-7 Ngày"),
        ("2", "Tháng", "2 Tháng"),
        ("0", "Ngày", "0 Ngày"),
        ("", "", "Nguồn không ghi"),
        ("", "Ngày", "Ngày"),
        ("một", "Ngày", "một Ngày"),
        ("99999999", "Ngày", "99999999 Ngày"),
    ],
)
def test_a_term_that_is_not_clear_stays_in_the_source_s_words(value: str, unit: str, verbatim: str) -> None:
    read_term, why = term(value, unit)
    assert not read_term.is_known
    assert read_term.verbatim == verbatim
    assert len(why) == 1


def test_a_unit_that_the_remark_contradicts_is_not_believed() -> None:
    read_term, why = term("7", "Ngày", "07 ngày làm việc kể từ ngày nhận đủ hồ sơ")
    assert not read_term.is_known
    assert "ngày làm việc" in why[0]


@pytest.mark.parametrize(
    ("sotien", "mota", "amount"),
    [
        ("0", "Miễn phí", 0),
        ("10.000", "10,000 Việt Nam Đồng(lần)", 10000),
        ("7,000", "", 7000),
        ("5000", "", 5000),
        ("4.500.000", "", 4500000),
    ],
)
def test_plain_amounts(sotien: str, mota: str, amount: int) -> None:
    read_fee, why = fee(sotien, mota)
    assert read_fee.amount == amount
    assert not why


@pytest.mark.parametrize(
    ("sotien", "mota"),
    [
        ("", ""),
        ("", "2,000 Việt Nam Đồng(/trang)"),
        ("không", ""),
        ("Miễn phí", ""),
        ("000", "150,000 Việt Nam Đồng"),
        ("1.00", ""),
        ("10 000", ""),
        ("-5000", ""),
        ("0", "Miễn phí(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định)"),
        ("0", "Miễn phí(Miễn lệ phí cho người thuộc hộ nghèo)"),
        ("7.000", "5,000 Việt Nam Đồng(trực tuyến)"),
        ("2.000", "2,000 Việt Nam Đồng(2.000 đồng/trang)"),
        ("10.000", "10,000 Việt Nam Đồng(theo danh sách 10.000 đồng/người)"),
    ],
)
def test_fees_in_prose_are_kept_and_listed(sotien: str, mota: str) -> None:
    read_fee, why = fee(sotien, mota)
    assert read_fee.amount is None
    assert read_fee.verbatim
    assert len(why) == 1


def test_another_currency_is_no_dong() -> None:
    line = way(sotien="10")
    line["THOIGIAN"][0]["PHILEPHI"][0]["DONVI"] = "USD"
    assert one(CACHTHUCTHUCHIEN=[line]).options[0].fees[0].amount is None


def test_the_same_doubt_on_three_channels_is_one_line() -> None:
    procedure = one(CACHTHUCTHUCHIEN=[way(kenh, unit="") for kenh in ("1", "2", "3")])
    (doubt,) = procedure.unclear
    assert doubt.where == "Thời hạn (kênh 1, kênh 2, kênh 3)"
    assert [o.channel for o in procedure.options] == [Channel.COUNTER, Channel.ONLINE, Channel.POST]


def test_an_unknown_channel_is_left_out_and_listed() -> None:
    procedure = one(CACHTHUCTHUCHIEN=[way("9"), way("1")])
    assert [o.channel for o in procedure.options] == [Channel.COUNTER]
    assert "Không rõ kênh" in doubts(procedure)


def test_several_terms_of_a_channel_become_cases() -> None:
    both = way()
    both["THOIGIAN"] += way(value="10", mota="Cần xác minh")["THOIGIAN"]
    procedure = one(CACHTHUCTHUCHIEN=[both])
    assert [o.case for o in procedure.options] == ["Miễn phí", "Cần xác minh"]
    assert "nhiều mức thời hạn" in doubts(procedure)


def test_rows_without_copies_are_explanations() -> None:
    rows = components(papers(paper("Bản vẽ"), paper("Người nộp có quyền chọn nơi nộp", "0", "0")))
    assert [(c.kind, c.required) for c in rows] == [(ComponentKind.SUBMIT, True), (ComponentKind.EXPLANATION, False)]


def test_headings_tell_papers_to_submit_to_show_and_remarks() -> None:
    rows = components(
        papers(paper("A"), case="Giấy tờ phải nộp"),
        papers(paper("B"), case="Giấy tờ phải xuất trình:"),
        papers(paper("C"), case="Lưu ý"),
        papers(paper("D"), case="Đăng ký theo danh sách, hồ sơ gồm"),
    )
    assert [c.kind for c in rows] == [
        ComponentKind.SUBMIT,
        ComponentKind.PRESENT,
        ComponentKind.EXPLANATION,
        ComponentKind.SUBMIT,
    ]
    assert [(c.case, c.required) for c in rows][2:] == [("", False), ("Đăng ký theo danh sách, hồ sơ gồm", False)]


def test_a_heading_cut_off_in_the_middle_makes_nothing_required() -> None:
    procedure = one(THANHPHANHOSO=[papers(paper("Tờ khai"), case="m sinh; số định danh.1 bản chính")])
    assert (procedure.components[0].required, procedure.components[0].case) == (False, "")
    assert "m sinh; số định danh.1 bản chính" in doubts(procedure)


@pytest.mark.parametrize(
    "name",
    ["Trường hợp trẻ bị bỏ rơi thì có biên bản", "Văn bản ủy quyền", "Giấy tờ khác (nếu có)", "Đối với tổ chức: A"],
)
def test_conditional_papers_are_not_required(name: str) -> None:
    assert not components(papers(paper(name)))[0].required


def test_counts_glued_to_a_year_are_not_taken() -> None:
    procedure = one(THANHPHANHOSO=[papers(paper("Quy chế ngày 31/12/", "20251", "1"))])
    assert (procedure.components[0].originals, procedure.components[0].copies) == (0, 1)
    assert "20251" in doubts(procedure)


def test_noise_of_pages_is_cleaned_from_names() -> None:
    dirty = "<p>Tờ&nbsp;khai \u200e cư\n trú</p> (Mẫu CT01).1.MuCT01.doc"
    (row,) = components(papers(paper(dirty)))
    assert (row.name, row.form) == ("Tờ khai cư trú (Mẫu CT01)", "1.MuCT01.doc")


def test_missing_codes_are_numbered_by_position_and_told_once() -> None:
    procedure = one(THANHPHANHOSO=[papers(paper("A"), paper("B"))], LINHVUCTHUCHIEN=[{"TENLINHVUC": "Hộ tịch"}])
    assert [c.code for c in procedure.components] == ["tp-1", "tp-2"]
    assert [u.where for u in procedure.unclear] == ["Mã"]


def test_rows_said_twice_are_kept_once() -> None:
    procedure = one(THANHPHANHOSO=[papers(paper("A", MAGIAYTO="1"), paper("A", MAGIAYTO="2"))])
    assert len(procedure.components) == 1
    assert "Dòng trùng" in doubts(procedure)


def test_one_title_under_two_codes_is_suspect() -> None:
    first, second = read(record("1.999001"), record("1.999002"))
    assert "1.999002" in doubts(first)
    assert "1.999001" in doubts(second)


def test_a_code_said_twice_is_read_once() -> None:
    catalogue = read_catalogue(answer(record(), record(), record(QUYETDINH="2/QĐ")), "x")
    assert len(catalogue.procedures) == 1
    assert [f.unclear.why[:24] for f in catalogue.findings] == ["Mã lặp lại trong tệp, gi", "Mã lặp lại với nội dung "]


def test_a_record_without_code_or_name_is_listed_and_left_out() -> None:
    catalogue = read_catalogue(answer(record(), record(code=""), record("1.999003", "")), "x")
    assert len(catalogue.procedures) == 1
    assert len(catalogue.findings) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"CACHTHUCTHUCHIEN": None},
        {"CACHTHUCTHUCHIEN": ""},
        {"CACHTHUCTHUCHIEN": "trực tiếp"},
        {"CACHTHUCTHUCHIEN": [{"KENH": 1, "THOIGIAN": None}]},
        {"CACHTHUCTHUCHIEN": [{"KENH": "1", "THOIGIAN": [{"PHILEPHI": []}]}]},
        {"THANHPHANHOSO": {"TRUONGHOP": None, "GIAYTO": paper("Một tờ")}},
        {"THANHPHANHOSO": []},
        {"THANHPHANHOSO": [5, "x"]},
        {"LINHVUCTHUCHIEN": []},
        {"KETQUATHUCHIEN": None},
        {"TENTTHC": "x" * 5000},
        {"QUYETDINH": {"so": 1}},
    ],
)
def test_odd_shapes_inside_a_record_never_stop_the_import(changes: dict[str, Any]) -> None:
    assert one(**changes).code == "1.999001"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", CatalogueFileError),
        (b"xin chao", CatalogueFileError),
        (b"\xff\xfe\x00", CatalogueFileError),
        (b"PK\x03\x04", CatalogueFileError),
        (answer(record())[:-20], CatalogueTruncatedError),
        (b'{"result": [', CatalogueTruncatedError),
        (b'{"result": 5}', CatalogueShapeError),
        (b'{"result": []}', CatalogueShapeError),
        (b"[1, 2]", CatalogueShapeError),
        (b'{"a": 1}', CatalogueShapeError),
        (b'{"error_code": 5, "result": []}', CatalogueShapeError),
        (b'{"result": [{"TEN": "x"}]}', CatalogueShapeError),
        (b"[" * 100_000, CatalogueShapeError),
        (b'{"result": ' + b"9" * 5000 + b"}", CatalogueShapeError),
    ],
)
def test_other_files_are_refused_with_their_own_words(content: bytes, error: type[InputError]) -> None:
    with pytest.raises(error) as caught:
        read_catalogue(content, "tep.json")
    assert caught.value.exit_code == 2
    assert caught.value.details["file"] == "tep.json"


def test_wrappers_and_bare_lists_are_opened() -> None:
    wrapped = json.dumps({"message": answer(record()).decode()}).encode()
    bare = json.dumps([record()]).encode()
    single = b"\xef\xbb\xbf" + json.dumps({"error_code": "00", "result": [record()]}).encode()
    assert {read_catalogue(c, "x").procedures for c in (wrapped, bare, single, answer(record()))} == {read(record())}


def test_a_missing_or_huge_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueFileError):
        read_file(tmp_path / "none.json")
    with pytest.raises(CatalogueFileError):
        read_file(tmp_path)
    big = tmp_path / "big.json"
    with big.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(CatalogueTooLargeError):
        read_file(big)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(record())), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([k for k in record() if k not in ("MATTHC", "TENTTHC")]), JSON))
def test_any_values_are_read_or_listed(changes: dict[str, Any]) -> None:
    assert one(**changes).name == "Thủ tục mẫu"
