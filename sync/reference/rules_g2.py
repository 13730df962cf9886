"""What G2 demands of an entry: numbers are numbers here, and each call writes its dates in its own way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeGuard

AGENCY = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,4}", re.ASCII)
_PROCEDURE = re.compile(r"\d\.\d{6}(?:\.[0-9A-Z.]{1,30})?", re.ASCII)
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}", re.ASCII)
_COMPACT = re.compile(r"\d{14}", re.ASCII)
_PAPERS_ONLY_WITH = (5, 6, 9)

_MUST = ("MaHoSo", "MaTTHC", "ChuHoSo", "MaDonViTiepNhan", "NgayNop", "NgayTiepNhan", "ThongTinNguoiNop")
_TEXTS = ("MaHoSo", "MaTTHC", "MaDichVuCong", "ChuHoSo", "MaDonViTiepNhan", "NgayNop", "NgayTiepNhan")


def fault_in_creation(entry: Mapping[str, Any]) -> str:
    """Why a NoiHoSo call is refused, in Vietnamese; "" when it is accepted."""
    return (
        _missing(entry, _MUST)
        or _not(entry, _TEXTS, str, "chuỗi")
        or _bad(entry, "MaDonViTiepNhan", AGENCY)
        or _bad(entry, "MaTTHC", _PROCEDURE)
        or _bad_code(entry)
        or _bad_kind(entry, "LoaiDoiTuong", range(3))
        or _bad_time(entry, "NgayNop", _SECOND, "yyyy-MM-dd HH:mm:ss")
        or _bad_time(entry, "NgayTiepNhan", _SECOND, "yyyy-MM-dd HH:mm:ss")
        or _fault_in_sender(entry["ThongTinNguoiNop"])
        or _fault_in_parts(entry.get("ThanhPhanHoSo"))
        or _fault_in_fees(entry.get("DanhSachLePhi"))
    )


def fault_in_step(entry: object) -> str:
    """Why an entry of TienDo is refused."""
    if not isinstance(entry, Mapping):
        return "Dữ liệu phải là mảng các bước xử lý"
    texts = ("IDHoSo", "MaHoSo", "NguoiXuLy", "ThoiDiemXuLy", "PhongBanXuLy", "NoiDungXuLy")
    return (
        _missing(entry, ("IDHoSo", "MaHoSo", "NguoiXuLy", "ThoiDiemXuLy"))
        or _not(entry, texts, str, "chuỗi")
        or _too_long(entry, "NguoiXuLy", 50)
        or _bad_time(entry, "ThoiDiemXuLy", _MOMENT, "yyyy-MM-ddTHH:mm:ss.fff")
        or _bad_kind(entry, "TrangThai", range(1, 11))
    )


def fault_in_status(entry: object) -> str:
    """Why an entry of TrangThai is refused."""
    if not isinstance(entry, Mapping):
        return "Dữ liệu phải là mảng các trạng thái"
    papers = [n for n in ("DanhSachLePhi", "DanhSachGiayToKetQua") if entry.get(n)]
    fault = (
        _missing(entry, ("IdHoSo", "MaHoSo"))
        or _not(entry, ("IdHoSo", "MaHoSo", "NoiDungYKien", "PhongBanXuLy", "NoiDungXuLy"), str, "chuỗi")
        or _bad_kind(entry, "TrangThai", range(1, 11))
        or _fault_in_fees(entry.get("DanhSachLePhi"))
    )
    if not fault and papers and entry["TrangThai"] not in _PAPERS_ONLY_WITH:
        return f"Chỉ gửi kèm trạng thái 5, 6, 9: {', '.join(papers)}"
    return fault


def _fault_in_sender(sender: object) -> str:
    if not isinstance(sender, Mapping):
        return "ThongTinNguoiNop phải là đối tượng"
    details = sender.get("ThongTinChiTiet")
    if not isinstance(details, Mapping):
        return "Thiếu trường bắt buộc: ThongTinNguoiNop.ThongTinChiTiet"
    return (
        _bad_kind(sender, "LoaiDoiTuong", range(3))
        or _missing(details, ("TenNguoiNop",))
        or _not(details, tuple(details), str, "chuỗi")
        or _bad_time(details, "NgaySinh", _COMPACT, "yyyyMMddHHmmss")
    )


def _fault_in_parts(parts: object) -> str:
    if parts is None:
        return ""
    if not _is_list_of_objects(parts):
        return "ThanhPhanHoSo phải là mảng"
    for part in parts:
        papers = part.get("GiayToDinhKem")
        fault = (
            _missing(part, ("TenThanhPhanHoSo",))
            or _not(part, ("MaThanhPhanHoSo", "TenThanhPhanHoSo"), str, "chuỗi")
            or (_bad_kind(part, "LoaiBan", range(3)) if "LoaiBan" in part else "")
            or ("" if papers is None or _is_list_of_objects(papers) else "GiayToDinhKem phải là mảng")
        )
        if fault:
            return fault
        if fault := next((f for p in papers or () if (f := _fault_in_paper(p))), ""):
            return fault
    return ""


def _fault_in_paper(paper: Mapping[str, Any]) -> str:
    return (
        _missing(paper, ("IdGiayTo", "HashTepTin", "TenGiayTo"))
        or _not(paper, ("IdGiayTo", "HashTepTin", "TenGiayTo"), str, "chuỗi")
        or _too_long(paper, "TenGiayTo", 4000)
        or _bad(paper, "HashTepTin", _SHA256)
    )


def _fault_in_fees(fees: object) -> str:
    if fees is not None and not _is_list_of_objects(fees):
        return "DanhSachLePhi phải là mảng"
    return ""


def _is_list_of_objects(value: object) -> TypeGuard[list[Mapping[str, Any]]]:
    return isinstance(value, list) and all(isinstance(v, Mapping) for v in value)


def _missing(entry: Mapping[str, Any], names: tuple[str, ...]) -> str:
    gaps = [name for name in names if not entry.get(name)]
    return f"Thiếu trường bắt buộc: {', '.join(gaps)}" if gaps else ""


def _not(entry: Mapping[str, Any], names: tuple[str, ...], kind: type[Any], word: str) -> str:
    wrong = [n for n in names if entry.get(n) is not None and not isinstance(entry[n], kind)]
    return f"Trường phải là {word}: {', '.join(wrong)}" if wrong else ""


def _bad(entry: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    return "" if pattern.fullmatch(entry[name]) else f"Giá trị không hợp lệ: {name}"


def _bad_code(entry: Mapping[str, Any]) -> str:
    """Only a code that GetNextValue gave: agency, day, seven digits."""
    pattern = rf"(?:{AGENCY.pattern})-\d{{8}}-\d{{7}}"
    return "" if re.fullmatch(pattern, entry["MaHoSo"], re.ASCII) else "Mã hồ sơ phải do GetNextValue cấp"


def _bad_kind(entry: Mapping[str, Any], name: str, allowed: range) -> str:
    value = entry.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        return f"Trường phải là số: {name}"
    return "" if value in allowed else f"Giá trị không có trong danh mục: {name}"


def _bad_time(entry: Mapping[str, Any], name: str, form: re.Pattern[str], words: str) -> str:
    value = entry.get(name)
    if not value:
        return ""
    digits = re.sub(r"\D", "", value)[:14]
    try:
        datetime.strptime(digits, "%Y%m%d%H%M%S")
    except ValueError:
        return f"Sai định dạng {words}: {name}"
    return "" if form.fullmatch(value) else f"Sai định dạng {words}: {name}"


def _too_long(entry: Mapping[str, Any], name: str, longest: int) -> str:
    return f"Quá độ dài cho phép: {name}" if len(entry.get(name) or "") > longest else ""
