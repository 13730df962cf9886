"""G1.5, the extended form of 2022-2025: bare JSON arrays, strings everywhere, local time without a zone."""

from __future__ import annotations

from typing import Any

from sync.messages import limits
from sync.messages.canonical import (
    CanonicalDossier,
    FeeLine,
    FileRef,
    OtherPaper,
    ProgressEntry,
    SentComponent,
    SentResult,
    Supplement,
)
from sync.messages.codes import identity_kind, national_procedure
from sync.messages.profile import Profile
from sync.messages.wire import composed, cut, flag, wire_time, word

Message = dict[str, Any]

TITLE_OF_NOBODY = "Chuyên viên"


def dossier_message(dossier: CanonicalDossier, profile: Profile) -> Message:
    """One DongBoHoSoMC object; wrap it in a list to send. Unknown optional values are ""."""
    return composed(
        {
            "MaHoSo": dossier.code,
            "MaTTHC": national_procedure(dossier.procedure_code),
            "TenTTHC": dossier.procedure_name,
            "MaLinhVuc": dossier.field_code or profile.field_codes.get(dossier.field_name, ""),
            "TenLinhVuc": dossier.field_name,
            "KenhThucHien": dossier.channel,
            "SoBienNhan": "",
            "ChuHoSo": dossier.owner.name,
            "SoGiayToChuHoSo": dossier.owner.id_number,
            "LoaiDoiTuong": profile.owner_kind(dossier.owner.kind),
            # The portal's TechID, which a desk does not know; the identity number does not belong here.
            "MaDoiTuong": "",
            "ThongTinKhac": _submitter_words(dossier),
            "Email": dossier.owner.email,
            "Fax": "",
            "SoDienThoai": dossier.owner.phone,
            "TrichYeuHoSo": cut(dossier.summary, limits.SUMMARY),
            "NgayNopHoSo": wire_time(dossier.submitted_at),
            "NgayTiepNhan": wire_time(dossier.received_at),
            "NgayHenTra": wire_time(dossier.due_at),
            "TrangThaiHoSo": dossier.status.value,
            "NgayTra": wire_time(dossier.returned_at),
            "ThongTinTra": dossier.returned_to,
            "HinhThuc": flag(dossier.by_post),
            "NgayKetThucXuLy": wire_time(dossier.finished_at),
            "NgayTuChoi": wire_time(dossier.refused_at),
            "DonViXuLy": dossier.handling_unit,
            "GhiChu": cut(dossier.note, limits.SUMMARY),
            "NoiNopHoSo": profile.submitted_to,
            "HoSoCoThanhPhanSoHoa": flag(bool(dossier.files)),
            "TaiKhoanDuocXacThucVoiVNeID": flag(dossier.is_vneid),
            "DuocThanhToanTrucTuyen": _payment(dossier, profile),
            "DinhDanhCHS": _identity(dossier.owner.id_number),
            "DSKetNoiCSDL": [
                {"MaCSDL": profile.databases[name]} for name in dossier.databases if name in profile.databases
            ],
            "TaiLieuNop": [_submitted(c, f) for c in dossier.components for f in c.files],
            "DanhSachLePhi": [_fee(line) for line in dossier.fees],
            "DanhSachTepDinhKemKhac": [_other(p) for p in dossier.other_papers],
            "DanhSachHoSoBoSung": [_supplement(s) for s in dossier.supplements],
            "DanhSachGiayToKetQua": [_result(dossier.result)] if dossier.result and dossier.result.file else [],
        }
    )


def progress_message(entry: ProgressEntry) -> Message:
    """One CapNhatTienDoHoSoMC object; wrap up to ten in a list to send."""
    return composed(
        {
            "MaHoSo": entry.code,
            "NguoiXuLy": cut(entry.officer or TITLE_OF_NOBODY, limits.OFFICER),
            "ChucDanh": entry.title,
            "ThoiDiemXuLy": wire_time(entry.at),
            "PhongBanXuLy": entry.unit,
            "NoiDungXuLy": cut(entry.content, limits.SUMMARY),
            "TrangThai": entry.status.value,
            "NgayBatDau": "",
            "NgayKetThucTheoQuyDinh": "",
        }
    )


def _submitter_words(dossier: CanonicalDossier) -> str:
    """The form has no field for whoever brings it for the owner."""
    if dossier.submitter is None:
        return ""
    known = [dossier.submitter.name, dossier.submitter.id_number, dossier.standing]
    return "Người nộp: " + ", ".join(words for words in known if words)


def _payment(dossier: CanonicalDossier, profile: Profile) -> str:
    if dossier.is_paid_online:
        return profile.paid_online
    return profile.unpaid_online if any(f.amount for f in dossier.fees) else "0"


def _other(paper: OtherPaper) -> Message:
    """LoaiGiayTo: its codes are known to nobody outside."""
    return {"TenGiayTo": cut(paper.name, limits.RESULT_NAME), "SoLuong": str(paper.count), "LoaiGiayTo": ""}


def _supplement(supplement: Supplement) -> Message:
    return {
        "HoSoBoSungId": supplement.id,
        "NguoiYeuCauBoSung": cut(supplement.asked_by or TITLE_OF_NOBODY, limits.OFFICER),
        "NoiDungBoSung": cut(supplement.content, limits.SUMMARY),
        "NgayBoSung": wire_time(supplement.asked_at),
        "NguoiTiepNhanBoSung": cut(supplement.taken_by, limits.OFFICER),
        "ThongTinTiepNhan": "",
        "NgayTiepNhanBoSung": wire_time(supplement.came_at),
        "TrangThaiBoSung": flag(supplement.came_at is not None),
        "DanhSachGiayToBoSung": [_submitted(c, f) for c in supplement.papers for f in c.files],
        "DanhSachLePhiBoSung": [],
        "NgayHenTraTruoc": wire_time(supplement.due_before),
        "NgayHenTraMoi": wire_time(supplement.due_after),
    }


def _identity(number: str) -> list[Message]:
    kind = identity_kind(number)
    return [{"LoaiDinhDanh": kind, "SoDinhDanh": number}] if kind else []


def _submitted(component: SentComponent, file: FileRef) -> Message:
    return {
        "TepDinhKemId": file.id,
        "TenTepDinhKem": cut(file.name, limits.FILE_NAME),
        "IsDeleted": word(file.is_gone),
        "MaThanhPhanHoSo": component.code,
        "DuongDanTaiTepTin": file.url,
        "DuocSoHoa": "1",
        "DuocTaiSuDung": flag(component.is_reused),
        "DuocLayTuKhoDMQG": "0",
        "MaKetQuaThayThe": component.replaced_by,
    }


def _fee(line: FeeLine) -> Message:
    return {
        "TenPhiLePhi": line.name,
        "MaPhiLePhi": line.code,
        "HinhThucThu": line.collected.value,
        "Gia": str(line.amount),
        "LoaiPhiLePhi": "1",
    }


def _result(result: SentResult) -> Message:
    assert result.file is not None
    return {
        "TenGiayTo": cut(result.name or result.number, limits.RESULT_NAME),
        "MaThanhPhanHoSo": "",
        "GiayToId": result.file.id,
        "DuongDanTepTinKetQua": result.file.url,
        "MaGiayToKetQua": result.type_code,
    }
