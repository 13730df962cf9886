"""Messages of each generation against the field tables: golden files, and any dossier at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sync_golden import FULL, NO_CODE, PROFILE, REFUSED, STEP, golden

from sync.messages import g1_table, g2_table, g15_table
from sync.messages.canonical import (
    CanonicalDossier,
    Collected,
    CopyKind,
    FeeLine,
    FileRef,
    OtherPaper,
    Owner,
    OwnerKind,
    ProgressEntry,
    SentComponent,
    SentResult,
    Status,
    Supplement,
)
from sync.messages.forms import FORMS, Form, Generation
from sync.messages.g1 import envelope
from sync.messages.profile import Profile
from sync.messages.table import Must, Table, malformed, missing

G1, G15, G2 = (FORMS[g] for g in (Generation.G1, Generation.G15, Generation.G2))
SPOKEN = [Generation.G1, Generation.G15, Generation.G2]


def whole(message: dict[str, Any], table: Table, profile: Profile = PROFILE) -> list[str]:
    return [*missing(message, table, profile), *malformed(message, table, profile)]


# The field tables as the field has them, written down apart from the program's own. "!" marks what is mandatory.
FIELDS_OF_G15 = """
MaHoSo! MaTTHC! TenTTHC! MaLinhVuc! TenLinhVuc! KenhThucHien! SoBienNhan ChuHoSo! SoGiayToChuHoSo LoaiDoiTuong!
MaDoiTuong ThongTinKhac Email Fax SoDienThoai TrichYeuHoSo! NgayNopHoSo! NgayTiepNhan! NgayHenTra TrangThaiHoSo! NgayTra
ThongTinTra HinhThuc! NgayKetThucXuLy NgayTuChoi DonViXuLy! GhiChu NoiNopHoSo! HoSoCoThanhPhanSoHoa!
TaiKhoanDuocXacThucVoiVNeID! DuocThanhToanTrucTuyen! DinhDanhCHS! DSKetNoiCSDL TaiLieuNop DanhSachLePhi
DanhSachTepDinhKemKhac DanhSachHoSoBoSung DanhSachGiayToKetQua
"""
FIELDS_OF_G1 = """
MaHoSo! MaTTHC! TenTTHC! MaLinhVuc! TenLinhVuc! SoBienNhan ChuHoSo! LoaiDoiTuong! MaDoiTuong ThongTinKhac Email Fax
SoDienThoai TrichYeuHoSo! NgayTiepNhan! NgayHenTra TrangThaiHoSo! NgayTra ThongTinTra HinhThuc! NgayKetThucXuLy
DonViXuLy! GhiChu TaiLieuNop DanhSachLePhi DanhSachTepDinhKemKhac DanhSachHoSoBoSung DanhSachGiayToKetQua
"""
STEPS = """MaHoSo! NguoiXuLy! ChucDanh ThoiDiemXuLy! PhongBanXuLy NoiDungXuLy! TrangThai! NgayBatDau
NgayKetThucTheoQuyDinh"""
FIELDS_OF_G2 = """
MaHoSo! MaTTHC! MaDichVuCong ChuHoSo! LoaiDoiTuong! MaDonViTiepNhan! NgayNop! NgayTiepNhan! EformThongTinChiTiet!
ThanhPhanHoSo ThongTinNguoiNop! DanhSachLePhi
"""
SUPPLEMENT = """HoSoBoSungId! NguoiYeuCauBoSung! NoiDungBoSung! NgayBoSung! NguoiTiepNhanBoSung ThongTinTiepNhan
NgayTiepNhanBoSung TrangThaiBoSung! DanhSachGiayToBoSung DanhSachLePhiBoSung NgayHenTraTruoc NgayHenTraMoi"""
PERSON = """TenNguoiNop! SoDinhDanh NgayCapDinhDanh NgaySinh SoDienThoai Email Fax MaTinh MaHuyen MaXa DiaChiChiTiet
TenChuHs! SoDinhDanhChuHs! MaTinhChuHs MaXaChuHs DiaChiChiTietChuHs"""


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (g15_table.DOSSIER, FIELDS_OF_G15),
        (g1_table.DOSSIER, FIELDS_OF_G1),
        (g2_table.DOSSIER, FIELDS_OF_G2),
        (g15_table.PROGRESS, STEPS),
        (g1_table.PROGRESS, STEPS),
        (g15_table.SUPPLEMENT, SUPPLEMENT),
        (g2_table.PERSON, PERSON),
        (g1_table.FILE, "TepDinhKemId TenTepDinhKem! IsDeleted! MaThanhPhanHoSo DuongDanTaiTepTin!"),
        (g1_table.RESULT, "TenGiayTo! MaThanhPhanHoSo GiayToId! DuongDanTepTinKetQua!"),
    ],
)
def test_the_program_s_tables_say_what_the_field_s_say(table: Table, names: str) -> None:
    assert [row.name + "!" * (row.must is Must.YES) for row in table] == names.split()


@pytest.mark.parametrize("name", ["g15", "g2"])
def test_golden_messages(name: str) -> None:
    form = FORMS[Generation(name)]
    kept = golden(name)
    assert form.insertion(FULL, PROFILE) == kept["full"]
    assert form.insertion(REFUSED, NO_CODE) == kept["refused"]
    assert form.progress(STEP) == kept["step"]
    assert form.replacements(FULL, PROFILE) == kept.get("now", [kept["full"]])


def test_golden_envelopes() -> None:
    kept, session = golden("g1"), {"session": "p1"}
    both = [G1.insertion(FULL, PROFILE), G1.insertion(REFUSED, NO_CODE)]
    assert {**session, **envelope("DongBoHoSoMC", "H26.107", both, updating=False)} == kept["insert"]
    assert {**session, **envelope("DongBoHoSoMC", "H26.107", both[:1], updating=True)} == kept["update"]
    step = [G1.progress(STEP)]
    assert {**session, **envelope("CapNhatTienDoHoSoMC", "H26.107", step)} == kept["progress"]


def test_golden_messages_fit_their_tables() -> None:
    g1, g15, g2 = golden("g1"), golden("g15"), golden("g2")
    assert whole(g1["insert"], g1_table.DOSSIERS_SENT) == []
    assert whole(g1["update"], g1_table.DOSSIERS_SENT) == []
    assert whole(g1["progress"], g1_table.PROGRESS_SENT) == []
    for kept in (g15["full"], g15["refused"]):
        assert whole(kept, g15_table.DOSSIER) == []
    assert whole(g15["step"], g15_table.PROGRESS) == []
    assert whole(g2["full"], g2_table.DOSSIER) == []
    assert whole(g2["refused"], g2_table.DOSSIER) == ["Ngày tiếp nhận"]  # it was never accepted, and none is made up
    assert whole(g2["step"], g2_table.PROGRESS) == []
    done, returned = g2["now"]
    assert whole(done, g2_table.STATUS_WITH_MORE) == []
    assert whole(returned, g2_table.STATUS) == []


@pytest.mark.parametrize("name", ["g1", "g15"])
def test_every_scalar_of_the_older_generations_is_text(name: str) -> None:
    assert {type(leaf) for leaf in leaves(golden(name))} == {str}


def test_the_same_moment_stands_in_three_forms_and_always_on_the_office_s_clock() -> None:
    """1 January 2027, 01:00:05 at the desk is 31 December in Greenwich."""
    assert golden("g15")["step"]["ThoiDiemXuLy"] == "20270101010005"
    assert golden("g2")["step"]["ThoiDiemXuLy"] == "2027-01-01T01:00:05.250"
    assert golden("g2")["full"]["NgayTiepNhan"] == "2026-11-23 10:00:00"


def test_a_birth_date_without_its_day_is_left_out() -> None:
    person = golden("g2")["full"]["ThongTinNguoiNop"]["ThongTinChiTiet"]
    assert (person["TenNguoiNop"], person["NgaySinh"]) == ("Trần Văn Bình", "")  # only the year is known


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"NgayTiepNhan": "2026-11-23 10:00:00"}, "Ngày tiếp nhận: “2026-11-23 10:00:00” không đúng dạng"),
        ({"NgayTiepNhan": "20261323100000"}, "Ngày tiếp nhận: “20261323100000” không đúng dạng"),
        ({"TrangThaiHoSo": 2}, "Trạng thái hồ sơ: phải là chuỗi"),
        ({"TrangThaiHoSo": "11"}, "Trạng thái hồ sơ: “11” không có trong danh mục"),
        ({"TrichYeuHoSo": "x" * 1001}, "Trích yếu hồ sơ: dài quá 1000 ký tự"),
        ({"MaTTHC": "KS-01"}, "Mã thủ tục hành chính quốc gia: “KS-01” không đúng mẫu (ví dụ 1.001193)"),
        ({"TaiLieuNop": "x"}, "Thành phần hồ sơ: phải là mảng"),
        ({"TenMoi": ""}, "“TenMoi” không có trong bảng trường"),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, Any], words: str) -> None:
    message = {**golden("g15")["full"], **change}
    wrong = [w for w in malformed(message, g15_table.DOSSIER, PROFILE) if w.startswith(words)]
    assert len(wrong) == 1


def test_what_is_missing_inside_an_array_is_named_with_it() -> None:
    message = golden("g15")["full"]
    message["TaiLieuNop"][0]["DuongDanTaiTepTin"] = ""
    assert whole(message, g15_table.DOSSIER) == ["Thành phần hồ sơ: Địa chỉ tải tệp"]


def test_a_connection_may_have_its_own_kinds_of_owner() -> None:
    from_zero = replace(PROFILE, owner_kinds={OwnerKind.CITIZEN: "0", OwnerKind.COMPANY: "1"})
    assert G2.insertion(FULL, from_zero)["LoaiDoiTuong"] == 0
    strange = replace(PROFILE, owner_kinds={OwnerKind.CITIZEN: "9"})
    assert whole(G15.insertion(FULL, strange), g15_table.DOSSIER, strange) == []
    assert whole(G15.insertion(FULL, strange), g15_table.DOSSIER) != []


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12).map(
    lambda text: unicodedata.normalize("NFD", text)
)
long_texts = st.sampled_from([51, 1001, 4001]).map(lambda n: "ắ" * n)
words = st.one_of(texts, long_texts)
names = words.filter(bool)
zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
times = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=zones)
maybe_times = st.none() | times
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
file_refs = st.builds(
    FileRef, id=names, name=names, sha256=digests, size=st.integers(0, 10**9), url=names, is_gone=st.booleans()
)
components = st.builds(
    SentComponent,
    code=texts,
    name=names,
    count=st.integers(0, 99),
    files=st.lists(file_refs, max_size=2).map(tuple),
    replaced_by=texts,
    is_reused=st.booleans(),
    copy=st.sampled_from(CopyKind),
)
owners = st.builds(
    Owner,
    name=names,
    id_number=st.one_of(texts, st.from_regex(r"[0-9]{12}|[0-9]{9}", fullmatch=True)),
    kind=st.sampled_from(OwnerKind),
    phone=texts,
    email=texts,
    address=words,
    born_on=st.one_of(texts, st.dates().map(str), st.just("1950"), st.just("1950-02")),
    sex=texts,
)
supplements = st.builds(
    Supplement,
    id=names,
    asked_by=words,
    content=names,
    asked_at=times,
    taken_by=words,
    came_at=maybe_times,
    due_before=maybe_times,
    due_after=maybe_times,
    papers=st.lists(components, max_size=1).map(tuple),
)
fees = st.builds(
    FeeLine,
    name=names,
    amount=st.integers(0, 10**12),
    code=texts,
    collected=st.sampled_from(Collected),
    is_paid=st.booleans(),
)
results = st.builds(SentResult, number=names, name=words, at=times, type_code=texts, file=st.none() | file_refs)
dossiers = st.builds(
    CanonicalDossier,
    key=st.just("261123100078"),
    code=st.sampled_from(["H26.107-261123-10007", "000.03.19.H26-20261123-0000001"]),
    other_codes=st.just(()),
    procedure_code=st.from_regex(r"[0-9]\.[0-9]{6}(\.000\.00\.00\.H26)?", fullmatch=True),
    procedure_name=names,
    field_code=names,
    field_name=names,
    channel=st.sampled_from("123"),
    owner=owners,
    summary=names,
    status=st.sampled_from(Status),
    handling_unit=names,
    submitted_at=times,
    received_at=times,
    due_at=maybe_times,
    finished_at=maybe_times,
    refused_at=maybe_times,
    returned_at=maybe_times,
    returned_to=words,
    by_post=st.booleans(),
    note=words,
    agency=st.just("H26.107"),
    submitter=st.none() | owners,
    standing=texts,
    is_vneid=st.booleans(),
    is_paid_online=st.booleans(),
    databases=st.lists(st.sampled_from(["dan-cu", "dat-dai"]), max_size=2).map(tuple),
    other_papers=st.lists(st.builds(OtherPaper, name=names, count=st.integers(0, 99)), max_size=2).map(tuple),
    supplements=st.lists(supplements, max_size=1).map(tuple),
    components=st.lists(components, max_size=2).map(tuple),
    fees=st.lists(fees, max_size=2).map(tuple),
    result=st.none() | results,
)
steps = st.builds(
    ProgressEntry,
    code=st.just("H26.107-261123-10007"),
    seq=st.integers(1, 10**6),
    at=times,
    status=st.sampled_from(Status),
    officer=words,
    content=names,
    unit=words,
    title=words,
)
ANYBODY = replace(PROFILE, identity_required=False)


def leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


@pytest.mark.parametrize("generation", SPOKEN)
@settings(max_examples=40, deadline=None)
@given(dossier=dossiers)
def test_every_dossier_fits_its_table(generation: Generation, dossier: CanonicalDossier) -> None:
    form: Form = FORMS[generation]
    message = form.insertion(dossier, ANYBODY)
    assert whole(message, form.table, ANYBODY) == []
    assert all(unicodedata.is_normalized("NFC", leaf) for leaf in leaves(message) if isinstance(leaf, str))
    if generation is Generation.G2:
        for told in form.replacements(dossier, ANYBODY):
            carries_more = told["TrangThai"] in (5, 6, 9)
            table = g2_table.STATUS_WITH_MORE if carries_more else g2_table.STATUS
            assert whole(told, table, ANYBODY) == []


@pytest.mark.parametrize("generation", SPOKEN)
@settings(max_examples=30, deadline=None)
@given(step=steps)
def test_every_step_fits_its_table(generation: Generation, step: ProgressEntry) -> None:
    form = FORMS[generation]
    assert whole(form.progress(step), form.steps, PROFILE) == []


@settings(max_examples=60, deadline=None)
@given(at=times)
def test_what_is_written_is_read_back_to_the_second(at: datetime) -> None:
    from sync.messages.wire import iso_time, read_time, spaced_time, wire_time

    second = at.astimezone(UTC).replace(microsecond=0)
    assert {read_time(write(at)) for write in (wire_time, spaced_time)} == {second}
    back = read_time(iso_time(at))
    assert back is not None
    assert timedelta(0) <= at - back < timedelta(milliseconds=1)
