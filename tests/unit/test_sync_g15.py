"""The G1.5 message, field by field against the field tables of the exchange (docs/decisions/0004-exchange.md)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from samples import NOON

from kiosk.domain.dossier import dossier_key
from sync.errors import IncompleteMessageError
from sync.messages.canonical import (
    CanonicalDossier,
    FeeLine,
    FileRef,
    Owner,
    ProgressEntry,
    SentComponent,
    SentResult,
    Status,
)
from sync.messages.codes import (
    is_agency_code,
    is_dossier_code,
    key_of_provisional,
    national_procedure,
    provisional_code,
)
from sync.messages.g15 import dossier_message, progress_message
from sync.messages.preflight import index_warnings, missing_fields, require_complete
from sync.messages.profile import Profile
from sync.messages.wire import read_time, wire_time

PROFILE = Profile()
FILE = FileRef("doc-1", "Tờ khai.pdf", "ab" * 32, 12345, "http://tinh/TepTin/ab")
DOSSIER = CanonicalDossier(
    key="261123100078",
    code="H26.107-261123-10007",
    other_codes=(),
    procedure_code="1.001193.000.00.00.H26",
    procedure_name="Đăng ký khai sinh",
    field_code="G15-HT",
    field_name="Hộ tịch",
    channel="1",
    owner=Owner("Nguyễn Thị Ánh", "001195000007", phone="0912000111"),
    summary="Đăng ký khai sinh",
    status=Status.ACCEPTED,
    handling_unit="UBND xã Mẫu",
    submitted_at=NOON,
    received_at=NOON,
    due_at=datetime(2026, 11, 26, 10, 0, tzinfo=UTC),
    components=(SentComponent("KQ.G15.000001", "Tờ khai", 1, (FILE, replace(FILE, id="doc-2"))),),
    fees=(FeeLine("Lệ phí", 8000),),
)
# Every field of the table, in its order: what this dossier must say.
EXPECTED: dict[str, object] = {
    "MaHoSo": "H26.107-261123-10007",
    "MaTTHC": "1.001193",
    "TenTTHC": "Đăng ký khai sinh",
    "MaLinhVuc": "G15-HT",
    "TenLinhVuc": "Hộ tịch",
    "KenhThucHien": "1",
    "SoBienNhan": "",
    "ChuHoSo": "Nguyễn Thị Ánh",
    "SoGiayToChuHoSo": "001195000007",
    "LoaiDoiTuong": "1",
    "MaDoiTuong": "",
    "ThongTinKhac": "",
    "Email": "",
    "Fax": "",
    "SoDienThoai": "0912000111",
    "TrichYeuHoSo": "Đăng ký khai sinh",
    "NgayNopHoSo": "20261123100000",
    "NgayTiepNhan": "20261123100000",
    "NgayHenTra": "20261126170000",
    "TrangThaiHoSo": "2",
    "NgayTra": "",
    "ThongTinTra": "",
    "HinhThuc": "0",
    "NgayKetThucXuLy": "",
    "NgayTuChoi": "",
    "DonViXuLy": "UBND xã Mẫu",
    "GhiChu": "",
    "NoiNopHoSo": "2",
    "HoSoCoThanhPhanSoHoa": "1",
    "TaiKhoanDuocXacThucVoiVNeID": "0",
    "DuocThanhToanTrucTuyen": "3",
    "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "001195000007"}],
    "DSKetNoiCSDL": [],
    "DanhSachLePhi": [
        {"TenPhiLePhi": "Lệ phí", "MaPhiLePhi": "", "HinhThucThu": "1", "Gia": "8000", "LoaiPhiLePhi": "1"}
    ],
    "DanhSachTepDinhKemKhac": [],
    "DanhSachHoSoBoSung": [],
    "DanhSachGiayToKetQua": [],
}


@pytest.mark.parametrize("field", EXPECTED)
def test_dossier_field(field: str) -> None:
    assert dossier_message(DOSSIER, PROFILE)[field] == EXPECTED[field]


def test_no_field_is_added_or_left_out() -> None:
    assert set(dossier_message(DOSSIER, PROFILE)) == {*EXPECTED, "TaiLieuNop"}


def test_each_file_is_an_entry_of_its_own() -> None:
    entries = dossier_message(DOSSIER, PROFILE)["TaiLieuNop"]
    assert [e["TepDinhKemId"] for e in entries] == ["doc-1", "doc-2"]
    assert entries[0] == {
        "TepDinhKemId": "doc-1",
        "TenTepDinhKem": "Tờ khai.pdf",
        "IsDeleted": "False",
        "MaThanhPhanHoSo": "KQ.G15.000001",
        "DuongDanTaiTepTin": "http://tinh/TepTin/ab",
        "DuocSoHoa": "1",
        "DuocTaiSuDung": "0",
        "DuocLayTuKhoDMQG": "0",
        "MaKetQuaThayThe": "",
    }


def test_every_scalar_is_text() -> None:
    def leaves(value: object) -> list[object]:
        if isinstance(value, dict):
            return [leaf for v in value.values() for leaf in leaves(v)]
        return [leaf for v in value for leaf in leaves(v)] if isinstance(value, list) else [value]

    full = replace(DOSSIER, result=SentResult("01/KS", "Giấy khai sinh", NOON, "KQ.G15.000122", FILE))
    assert all(isinstance(leaf, str) for leaf in leaves(dossier_message(full, PROFILE)))


def test_times_are_the_office_s_wall_clock_and_never_naive() -> None:
    assert wire_time(datetime(2026, 12, 31, 18, 0, tzinfo=UTC)) == "20270101010000"
    assert read_time("20270101010000") == datetime(2026, 12, 31, 18, 0, tzinfo=UTC)
    assert read_time("2027") is None
    with pytest.raises(ValueError):
        wire_time(datetime(2026, 1, 1))


def test_long_texts_are_cut_to_what_the_form_takes() -> None:
    long = replace(DOSSIER, summary="ả" * 2000)
    assert len(dossier_message(long, PROFILE)["TrichYeuHoSo"]) == 1000
    entry = ProgressEntry("c", 1, NOON, Status.ACCEPTED, "Nguyễn " * 20, "x" * 5000)
    assert len(progress_message(entry)["NguoiXuLy"]) == 50


def test_text_is_sent_composed() -> None:
    name = unicodedata.normalize("NFD", "Nguyễn Thị Ánh")
    sent = dossier_message(replace(DOSSIER, owner=Owner(name, "001195000007")), PROFILE)
    assert sent["ChuHoSo"] == "Nguyễn Thị Ánh"


def test_progress_fields() -> None:
    entry = ProgressEntry("H26.107-261123-10007", 5, NOON, Status.IN_PROGRESS, "lan", "Đang xử lý", "UBND xã Mẫu")
    assert progress_message(entry) == {
        "MaHoSo": "H26.107-261123-10007",
        "NguoiXuLy": "lan",
        "ChucDanh": "",
        "ThoiDiemXuLy": "20261123100000",
        "PhongBanXuLy": "UBND xã Mẫu",
        "NoiDungXuLy": "Đang xử lý",
        "TrangThai": "4",
        "NgayBatDau": "",
        "NgayKetThucTheoQuyDinh": "",
    }


def test_a_result_is_told_only_with_its_file_and_no_status_is_prettied() -> None:
    paper = SentResult("01/KS", "Giấy khai sinh", NOON, "KQ.G15.000122")
    assert dossier_message(replace(DOSSIER, result=paper), PROFILE)["DanhSachGiayToKetQua"] == []
    entries = dossier_message(replace(DOSSIER, result=replace(paper, file=FILE)), PROFILE)["DanhSachGiayToKetQua"]
    assert entries[0]["MaGiayToKetQua"] == "KQ.G15.000122"
    assert entries[0]["DuongDanTepTinKetQua"] == FILE.url
    for status in Status:
        assert dossier_message(replace(DOSSIER, status=status), PROFILE)["TrangThaiHoSo"] == status.value


@pytest.mark.parametrize(
    ("number", "identity"),
    [
        ("001195000007", [{"LoaiDinhDanh": "1", "SoDinhDanh": "001195000007"}]),
        ("012345678", [{"LoaiDinhDanh": "2", "SoDinhDanh": "012345678"}]),
        ("C1234567", []),
        ("", []),
    ],
)
def test_an_identity_is_never_invented(number: str, identity: list[object]) -> None:
    sent = dossier_message(replace(DOSSIER, owner=Owner("A", number)), PROFILE)
    assert sent["DinhDanhCHS"] == identity


def test_free_of_charge_is_not_called_unpaid() -> None:
    assert dossier_message(replace(DOSSIER, fees=()), PROFILE)["DuocThanhToanTrucTuyen"] == "0"
    assert dossier_message(replace(DOSSIER, fees=(FeeLine("Phí", 0),)), PROFILE)["DuocThanhToanTrucTuyen"] == "0"


def test_preflight_names_everything_missing_at_once_in_vietnamese() -> None:
    bad = replace(DOSSIER, field_code="", owner=Owner(""), procedure_code="KS-01", received_at=None)
    with pytest.raises(IncompleteMessageError) as caught:
        require_complete(dossier_message(bad, PROFILE), PROFILE)
    assert caught.value.details["reason"] == (
        "Mã lĩnh vực; Họ và tên chủ hồ sơ; Ngày tiếp nhận; Số định danh của chủ hồ sơ; "
        "Mã thủ tục hành chính quốc gia: “KS-01” không đúng mẫu (ví dụ 1.001193)"
    )


def test_preflight_passes_a_complete_dossier_and_a_refused_one_without_acceptance() -> None:
    assert missing_fields(dossier_message(DOSSIER, PROFILE), PROFILE) == []
    refused = replace(DOSSIER, received_at=None, status=Status.NOT_ACCEPTED)
    assert missing_fields(dossier_message(refused, PROFILE), PROFILE) == []


def test_a_province_may_do_without_an_identity_number() -> None:
    lenient = Profile(identity_required=False)
    assert missing_fields(dossier_message(replace(DOSSIER, owner=Owner("A")), lenient), lenient) == []


def test_index_fields_that_are_still_empty_are_pointed_out() -> None:
    bare = replace(DOSSIER, due_at=None, components=(), status=Status.DONE)
    assert index_warnings(dossier_message(bare, PROFILE), PROFILE) == [
        "Chưa có ngày hẹn trả: chỉ số đúng hạn tính theo thời gian tối đa của thủ tục",
        "Chưa có ngày kết thúc xử lý: hồ sơ bị tính là chưa xong",
        "Chưa ghi cơ sở dữ liệu quốc gia nào đã khai thác",
        "Chưa có thành phần hồ sơ nào được số hóa",
        "Chưa có tệp kết quả điện tử",
    ]


@pytest.mark.parametrize("agency", ["H26.107", "000.03.19.H26", "G09.20"])
@pytest.mark.parametrize(("station", "serial"), [(1, 7), (9, 9999)])
def test_provisional_code_is_accepted_everywhere_and_leads_back_to_the_key(
    agency: str, station: int, serial: int
) -> None:
    key = dossier_key("261123", station, serial)
    code = provisional_code(agency, key)
    assert is_dossier_code(code)
    assert len(code) <= 50
    assert key_of_provisional(agency, code) == key


def test_other_codes_are_not_taken_for_ours() -> None:
    assert key_of_provisional("H26.107", "H26.108-261123-10007") == ""
    assert key_of_provisional("H26.107", "H26.107-20261123-0000001") == ""
    assert key_of_provisional("H26.107", "H26.107") == ""


@pytest.mark.parametrize(
    "code",
    ["000.00.19.H26-250915-0001", "H26.107-250915-0001", "G09.20-20260609-0092637", "000.00.53.H48-220921-0099"],
)
def test_dossier_codes_of_the_field_are_recognised(code: str) -> None:
    assert is_dossier_code(code)


def test_codes_outside_the_form_are_seen() -> None:
    assert not is_dossier_code("16.H44.180928.00000")
    assert not is_agency_code("h26")
    assert national_procedure("1.000894.000.00.00.H26") == "1.000894"
    assert re.fullmatch(r"\d\.\d{6}", national_procedure("1.000894"))


def test_a_field_without_a_code_takes_the_connections_own() -> None:
    unknown = replace(DOSSIER, field_code="")
    profile = replace(PROFILE, field_codes={DOSSIER.field_name: "G15-HT01"})
    assert dossier_message(unknown, profile)["MaLinhVuc"] == "G15-HT01"
    assert dossier_message(DOSSIER, profile)["MaLinhVuc"] == DOSSIER.field_code
