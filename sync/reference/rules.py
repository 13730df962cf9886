"""What this province demands of an entry. Written apart from the office's own tables, so that each checks the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

_TIME = re.compile(r"(19|20)\d{12}", re.ASCII)
_CODE = re.compile(
    r"(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,4})-(?:\d{6}|\d{8})-\d{4,7}", re.ASCII
)
_STATUSES = {str(n) for n in range(1, 11)}
_WITHOUT_ACCEPTANCE = {"1", "3", "5", "7"}

_DOSSIER_MUST = (
    *("MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "KenhThucHien", "ChuHoSo", "LoaiDoiTuong"),
    *("TrichYeuHoSo", "NgayNopHoSo", "TrangThaiHoSo", "HinhThuc", "DonViXuLy", "NoiNopHoSo", "DinhDanhCHS"),
    *("HoSoCoThanhPhanSoHoa", "TaiKhoanDuocXacThucVoiVNeID", "DuocThanhToanTrucTuyen"),
)
_DOSSIER_TIMES = ("NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayKetThucXuLy", "NgayTuChoi")
_DOSSIER_ALLOWED = {
    "MaTTHC": re.compile(r"\d\.\d{6}", re.ASCII),
    "KenhThucHien": re.compile(r"[123]"),
    "LoaiDoiTuong": re.compile(r"[1-4]"),
    "HinhThuc": re.compile(r"[01]"),
    "HoSoCoThanhPhanSoHoa": re.compile(r"[01]"),
    "TaiKhoanDuocXacThucVoiVNeID": re.compile(r"[01]"),
    "DuocThanhToanTrucTuyen": re.compile(r"[0-3]"),
    "MaHoSo": _CODE,
}
# Of entries inside; "2" of DuocTaiSuDung is seen in the field, its meaning is not known.
_INSIDE_ALLOWED = {
    "IsDeleted": {"True", "False", "0", "1"},
    "DuocSoHoa": {"0", "1"},
    "DuocTaiSuDung": {"0", "1", "2"},
    "DuocLayTuKhoDMQG": {"0", "1"},
}
_LONGEST = {"TrichYeuHoSo": 1000, "MaHoSo": 50, "NguoiXuLy": 50, "TenTepDinhKem": 4000, "TenGiayTo": 2000}


_ARRAYS = (
    *("TaiLieuNop", "DanhSachLePhi", "DanhSachGiayToKetQua", "DinhDanhCHS", "DSKetNoiCSDL"),
    *("DanhSachTepDinhKemKhac", "DanhSachHoSoBoSung"),
)


# What G1 does not have yet, and refuses: whoever sends it speaks another generation.
_LATER = {
    *("KenhThucHien", "SoGiayToChuHoSo", "NgayNopHoSo", "NgayTuChoi", "NoiNopHoSo", "HoSoCoThanhPhanSoHoa"),
    *("TaiKhoanDuocXacThucVoiVNeID", "DuocThanhToanTrucTuyen", "DinhDanhCHS", "DSKetNoiCSDL"),
}
_G1_MUST = tuple(name for name in _DOSSIER_MUST if name not in _LATER)


def fault_in_g1_dossier(entry: object) -> str:
    """The same for the G1 form of the entry."""
    if not isinstance(entry, Mapping):
        return "Dữ liệu phải là mảng các hồ sơ"
    unknown = [name for name in entry if name in _LATER]
    return f"Trường không có trong giao thức: {', '.join(unknown)}" if unknown else _fault(entry, _G1_MUST)


def fault_in_dossier(entry: object) -> str:
    """Why a DongBoHoSoMC entry of G1.5 is refused, in Vietnamese; "" when it is accepted."""
    return _fault(entry, _DOSSIER_MUST) if isinstance(entry, Mapping) else "Dữ liệu phải là mảng các hồ sơ"


def _fault(entry: Mapping[str, Any], must: tuple[str, ...]) -> str:
    return (
        _missing(entry, must)
        or _not_text(entry)
        or _not_array(entry)
        or _missing_acceptance(entry)
        or _not_allowed(entry, must)
        or _bad_times(entry, _DOSSIER_TIMES)
        or _bad_status(entry, "TrangThaiHoSo")
        or _too_long(entry)
        or _fault_inside(entry)
        or _bad_identities(entry)
        or _bad_fees(entry)
        or _bad_files(entry)
    )


def fault_in_progress(entry: object) -> str:
    """Why a CapNhatTienDoHoSoMC entry is refused; "" when it is accepted."""
    if not isinstance(entry, Mapping):
        return "Dữ liệu phải là mảng các bước xử lý"
    return (
        _missing(entry, ("MaHoSo", "NguoiXuLy", "ThoiDiemXuLy", "TrangThai"))
        or _not_text(entry)
        or _bad_times(entry, ("ThoiDiemXuLy",))
        or _bad_status(entry, "TrangThai")
        or _too_long(entry)
    )


def _missing(entry: Mapping[str, Any], names: tuple[str, ...]) -> str:
    gaps = [name for name in names if not entry.get(name)]
    return f"Thiếu trường bắt buộc: {', '.join(gaps)}" if gaps else ""


def _missing_acceptance(entry: Mapping[str, Any]) -> str:
    """Only a dossier that was never accepted may come without the time of acceptance."""
    never = entry.get("TrangThaiHoSo") in _WITHOUT_ACCEPTANCE
    return "" if never or entry.get("NgayTiepNhan") else "Thiếu trường bắt buộc: NgayTiepNhan"


def _not_text(entry: Mapping[str, Any]) -> str:
    wrong = [n for n, v in entry.items() if n not in _ARRAYS and not isinstance(v, str)]
    return f"Trường phải là chuỗi: {', '.join(wrong)}" if wrong else ""


def _not_array(entry: Mapping[str, Any]) -> str:
    given = ((n, entry[n]) for n in _ARRAYS if n in entry)
    wrong = [n for n, v in given if not (isinstance(v, list) and all(isinstance(e, Mapping) for e in v))]
    return f"Trường phải là mảng: {', '.join(wrong)}" if wrong else ""


def _fault_inside(entry: Mapping[str, Any]) -> str:
    """Of the first entry of a nested array that has one."""
    inner = (e for name in _ARRAYS if name != "DanhSachHoSoBoSung" for e in entry.get(name, ()))
    return next((f for e in inner if (f := _not_text(e) or _too_long(e) or _not_in_list(e))), "")


def _not_in_list(entry: Mapping[str, Any]) -> str:
    wrong = [n for n, allowed in _INSIDE_ALLOWED.items() if n in entry and entry[n] not in allowed]
    return f"Giá trị không hợp lệ: {', '.join(wrong)}" if wrong else ""


def _bad_identities(entry: Mapping[str, Any]) -> str:
    """A number of the kind that it says to be: "1" twelve digits, "2" nine; other kinds are not public."""
    digits = {"1": 12, "2": 9}
    for one in entry.get("DinhDanhCHS", ()):
        number, wanted = one.get("SoDinhDanh", ""), digits.get(one.get("LoaiDinhDanh", ""))
        if wanted and not (number.isascii() and number.isdigit() and len(number) == wanted):
            return "Số định danh không đúng loại: DinhDanhCHS"
    return ""


def _bad_fees(entry: Mapping[str, Any]) -> str:
    prices = (fee.get("Gia", "") for fee in entry.get("DanhSachLePhi", ()))
    return "" if all(p.isascii() and p.isdigit() for p in prices) else "Giá trị không hợp lệ: DanhSachLePhi.Gia"


def _not_allowed(entry: Mapping[str, Any], must: tuple[str, ...]) -> str:
    asked = ((n, pattern) for n, pattern in _DOSSIER_ALLOWED.items() if n in must)
    wrong = [n for n, pattern in asked if not pattern.fullmatch(entry[n])]
    return f"Giá trị không hợp lệ: {', '.join(wrong)}" if wrong else ""


def _bad_times(entry: Mapping[str, Any], names: tuple[str, ...]) -> str:
    wrong = [n for n in names if entry.get(n) and not _is_time(entry[n])]
    return f"Sai định dạng yyyyMMddHHmmss: {', '.join(wrong)}" if wrong else ""


def _is_time(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y%m%d%H%M%S")
    except ValueError:
        return False
    return _TIME.fullmatch(text) is not None


def _bad_status(entry: Mapping[str, Any], name: str) -> str:
    return "" if entry.get(name) in _STATUSES else f"Trạng thái không có trong danh mục: {entry.get(name)}"


def _too_long(entry: Mapping[str, Any]) -> str:
    wrong = [n for n, longest in _LONGEST.items() if isinstance(entry.get(n), str) and len(entry[n]) > longest]
    return f"Quá độ dài cho phép: {', '.join(wrong)}" if wrong else ""


def _bad_files(entry: Mapping[str, Any]) -> str:
    papers, results = entry.get("TaiLieuNop") or (), entry.get("DanhSachGiayToKetQua") or ()
    gaps = [e.get("TenTepDinhKem", "") for e in papers if not e.get("DuongDanTaiTepTin")]
    gaps += [e.get("TenGiayTo", "") for e in results if not e.get("DuongDanTepTinKetQua")]
    return f"Thiếu đường dẫn tệp: {', '.join(gaps)}" if gaps else ""
