"""What the stand-in refuses, in words, whatever somebody sends."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sync_samples import a_message, a_step
from sync_speakers import a_g1_message, a_g2_message, a_g2_status, a_g2_step

from sync.reference.rules import fault_in_dossier, fault_in_g1_dossier, fault_in_progress
from sync.reference.rules_g2 import fault_in_creation, fault_in_status, fault_in_step

CODE = "H26.107-261123-00001"
G2_CODE = "H26.107-20261123-0000001"
ID = f"{1:024x}"

PAPER = {"IdGiayTo": "1", "HashTepTin": "ab" * 32, "TenGiayTo": "Giấy chứng sinh"}


def a_g2_part(**changes: Any) -> dict[str, Any]:
    return {"TenThanhPhanHoSo": "Giấy chứng sinh", "LoaiBan": 1, "GiayToDinhKem": [{**PAPER, **changes}]}


def test_the_samples_of_every_generation_are_accepted() -> None:
    assert fault_in_dossier(a_message(CODE)) == ""
    assert fault_in_g1_dossier(a_g1_message(CODE)) == ""
    assert fault_in_progress(a_step(CODE)) == ""
    assert fault_in_creation(a_g2_message(G2_CODE, ThanhPhanHoSo=[a_g2_part()])) == ""
    assert fault_in_step({**a_g2_step(G2_CODE, "4"), "IDHoSo": ID}) == ""
    assert fault_in_status({**a_g2_status(G2_CODE), "IdHoSo": ID}) == ""


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"ChuHoSo": ""}, "Thiếu trường bắt buộc: ChuHoSo"),
        ({"LoaiDoiTuong": 1}, "Trường phải là chuỗi"),
        ({"LoaiDoiTuong": "5"}, "Giá trị không hợp lệ"),
        ({"NgayTiepNhan": "2026-11-23"}, "yyyyMMddHHmmss"),
        ({"NgayTiepNhan": "20261332100000"}, "yyyyMMddHHmmss"),
        ({"NgayTiepNhan": "٢٠٢٦١١٢٣١٠٠٠٠٠"}, "yyyyMMddHHmmss"),
        ({"NgayTiepNhan": ""}, "NgayTiepNhan"),
        ({"TrangThaiHoSo": "11"}, "danh mục"),
        ({"TrichYeuHoSo": "x" * 1001}, "độ dài"),
        ({"MaHoSo": "16.H44.180928.00000"}, "MaHoSo"),
        ({"MaTTHC": "1.001193.000.00.00.H26"}, "MaTTHC"),
        ({"TaiLieuNop": {}}, "mảng"),
        ({"TaiLieuNop": ["x"]}, "mảng"),
        ({"TaiLieuNop": [{"TenTepDinhKem": "x"}]}, "đường dẫn"),
        ({"TaiLieuNop": [{"DuongDanTaiTepTin": "http://x", "IsDeleted": "false"}]}, "IsDeleted"),
        ({"DanhSachGiayToKetQua": [{"TenGiayTo": "Giấy khai sinh"}]}, "đường dẫn"),
        ({"DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "12345"}]}, "Số định danh"),
        ({"DanhSachLePhi": [{"Gia": "8.000"}]}, "Gia"),
    ],
)
def test_a_wrong_member_is_named(changes: dict[str, Any], word: str) -> None:
    assert word in fault_in_dossier(a_message(CODE, **changes))


def test_g1_refuses_what_came_after_it() -> None:
    assert "KenhThucHien" in fault_in_g1_dossier(a_message(CODE))


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"LoaiDoiTuong": "0"}, "phải là số"),
        ({"LoaiDoiTuong": True}, "phải là số"),
        ({"LoaiDoiTuong": 3}, "danh mục"),
        ({"NgayNop": "20261123100000"}, "yyyy-MM-dd HH:mm:ss"),
        ({"NgayNop": "2026-11-23T10:00:00"}, "yyyy-MM-dd HH:mm:ss"),
        ({"MaHoSo": CODE}, "GetNextValue"),
        ({"ThongTinNguoiNop": []}, "Thiếu"),
        ({"ThongTinNguoiNop": {"LoaiDoiTuong": 0}}, "ThongTinChiTiet"),
        ({"ThanhPhanHoSo": [a_g2_part(HashTepTin="x")]}, "HashTepTin"),
        ({"ThanhPhanHoSo": [{"TenThanhPhanHoSo": "x", "GiayToDinhKem": {}}]}, "GiayToDinhKem"),
    ],
)
def test_g2_wants_numbers_and_its_own_times(changes: dict[str, Any], word: str) -> None:
    assert word in fault_in_creation(a_g2_message(G2_CODE, **changes))


def test_g2_takes_results_only_with_the_states_that_carry_them() -> None:
    status = {**a_g2_status(G2_CODE), "IdHoSo": ID, "DanhSachGiayToKetQua": [PAPER]}
    assert "5, 6, 9" in fault_in_status(status)
    assert fault_in_status({**status, "TrangThai": 9}) == ""


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(sorted(a_message(CODE))), value=ANYTHING)
def test_no_value_of_any_member_brings_the_rules_down(name: str, value: object) -> None:
    for fault_in, message in (
        (fault_in_dossier, a_message(CODE)),
        (fault_in_g1_dossier, a_g1_message(CODE)),
        (fault_in_progress, a_step(CODE)),
    ):
        assert isinstance(fault_in({**message, name: value}), str)


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(sorted({*a_g2_message(G2_CODE), "DanhSachLePhi", "IDHoSo", "TrangThai"})), value=ANYTHING)
def test_no_value_of_any_member_brings_the_rules_of_g2_down(name: str, value: object) -> None:
    assert isinstance(fault_in_creation({**a_g2_message(G2_CODE), name: value}), str)
    assert isinstance(fault_in_step({**a_g2_step(G2_CODE, "4"), name: value}), str)
    assert isinstance(fault_in_status({**a_g2_status(G2_CODE), name: value}), str)
