"""G2, of 2026: numbers as numbers, three forms of time, files named by id and hash, a dossier created once.

One source only (docs/exchange.md); what a dossier says later goes by status calls.
"""

from __future__ import annotations

from typing import Any

from sync.messages import limits
from sync.messages.canonical import CanonicalDossier, FeeLine, FileRef, Owner, ProgressEntry, SentComponent, Status
from sync.messages.codes import national_procedure
from sync.messages.profile import Profile
from sync.messages.wire import birth_time, composed, cut, iso_time, spaced_time

Message = dict[str, Any]

TITLE_OF_NOBODY = "Chuyên viên"
# Only with these may a status call carry fees and results.
CARRIES_MORE = frozenset({Status.SUPPLEMENT_ASKED, Status.PAYMENT_ASKED, Status.DONE})


def dossier_message(dossier: CanonicalDossier, profile: Profile) -> Message:
    """The body of NoiHoSo. MaHoSo was given by the server before."""
    return composed(
        {
            "MaHoSo": dossier.code,
            "MaTTHC": national_procedure(dossier.procedure_code),
            "MaDichVuCong": profile.services.get(dossier.procedure_code, ""),
            "ChuHoSo": dossier.owner.name,
            "LoaiDoiTuong": int(profile.owner_kind(dossier.owner.kind)),
            "MaDonViTiepNhan": dossier.agency,
            "NgayNop": spaced_time(dossier.submitted_at),
            "NgayTiepNhan": spaced_time(dossier.received_at),
            "EformThongTinChiTiet": _form(dossier),
            "ThanhPhanHoSo": [_component(c) for c in dossier.components if not c.is_gone],
            "ThongTinNguoiNop": _submitter(dossier, profile),
            "DanhSachLePhi": [fee(line) for line in dossier.fees],
        }
    )


def leaves_unsaid(dossier: CanonicalDossier) -> bool:
    """A creation says that a dossier was accepted, and nothing of what became of it."""
    return dossier.status not in (Status.REGISTERED, Status.ACCEPTED)


def status_messages(dossier: CanonicalDossier) -> list[Message]:
    """What became of the dossier, as status calls in their order.

    A result travels with status 9 only; a dossier handed over meanwhile says 9 first, or its result would never come.
    """
    if dossier.status is Status.RETURNED and dossier.result and dossier.result.file:
        return [_status(dossier, Status.DONE), _status(dossier, Status.RETURNED)]
    return [_status(dossier, dossier.status)]


def progress_message(entry: ProgressEntry) -> Message:
    """One step. IDHoSo is filled in by the client, which knows it from the creation or asks."""
    return composed(
        {
            "IDHoSo": "",
            "MaHoSo": entry.code,
            "NguoiXuLy": cut(entry.officer or TITLE_OF_NOBODY, limits.OFFICER),
            "ThoiDiemXuLy": iso_time(entry.at),
            "PhongBanXuLy": entry.unit,
            "NoiDungXuLy": cut(entry.content, limits.SUMMARY),
            "TrangThai": int(entry.status),
            "NgayBatDau": "",
            "NgayKetThucTheoQuyDinh": "",
        }
    )


def fee(line: FeeLine) -> Message:
    return {
        "TenPhiLePhi": line.name,
        "MaPhiLePhi": line.code,
        "HinhThucThu": int(line.collected),
        "Gia": line.amount,
        "LoaiPhiLePhi": 1,
        "TrangThaiThanhToan": int(line.is_paid),
    }


def _status(dossier: CanonicalDossier, status: Status) -> Message:
    message: Message = {
        "IdHoSo": "",
        "MaHoSo": dossier.code,
        "TrangThai": int(status),
        "NoiDungYKien": cut(dossier.note, limits.SUMMARY),
        "PhongBanXuLy": dossier.handling_unit,
        "NoiDungXuLy": cut(dossier.summary, limits.SUMMARY),
    }
    if status in CARRIES_MORE:
        message["DanhSachLePhi"] = [fee(line) for line in dossier.fees]
        result = dossier.result
        message["DanhSachGiayToKetQua"] = (
            [_file(result.file, result.name or result.number, result.type_code)] if result and result.file else []
        )
    return composed(message)


def _form(dossier: CanonicalDossier) -> Message:
    """The e-form's own values; its names are ours, for no public form of them exists."""
    return {
        "TrichYeuHoSo": cut(dossier.summary, limits.SUMMARY),
        "KenhThucHien": dossier.channel,
        "NgayHenTra": spaced_time(dossier.due_at),
        "HinhThuc": "1" if dossier.by_post else "0",
        "GioiTinh": dossier.owner.sex,
        "NgaySinh": birth_time(dossier.owner.born_on),
    }


def _component(component: SentComponent) -> Message:
    return {
        "MaThanhPhanHoSo": component.code,
        "TenThanhPhanHoSo": cut(component.name, limits.FILE_NAME),
        "SoLuong": component.count,
        "LoaiBan": int(component.copy),
        "GiayToDinhKem": [_file(f, f.name, component.replaced_by) for f in component.files if not f.is_gone],
    }


def _file(file: FileRef, name: str, result_code: str) -> Message:
    return {
        "IdGiayTo": file.url,
        "HashTepTin": file.sha256,
        "TenGiayTo": cut(name, limits.FILE_NAME),
        "MaKetQua": result_code,
    }


def _submitter(dossier: CanonicalDossier, profile: Profile) -> Message:
    owner = dossier.owner
    submitter: Owner = dossier.submitter or owner
    return {
        "LoaiDoiTuong": int(profile.owner_kind(submitter.kind)),
        "IdDoiTuong": "",
        "ThongTinChiTiet": {
            "TenNguoiNop": submitter.name,
            "SoDinhDanh": submitter.id_number,
            "NgayCapDinhDanh": "",
            "NgaySinh": birth_time(submitter.born_on),
            "SoDienThoai": submitter.phone,
            "Email": submitter.email,
            "Fax": "",
            "MaTinh": "",
            "MaHuyen": "",
            "MaXa": "",
            "DiaChiChiTiet": submitter.address,
            "TenChuHs": owner.name,
            "SoDinhDanhChuHs": owner.id_number,
            "MaTinhChuHs": "",
            "MaXaChuHs": "",
            "DiaChiChiTietChuHs": owner.address,
        },
    }
