"""What replies say, out of the province's own members; shared by every generation's client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.messages.wire import read_time, wire_time
from sync.province import Change, Changes, FileReceipt, Found

ID_NAMES = ("IdHoSo", "IDHoSo", "idHoSo")


def entries_of(result: object) -> list[Mapping[str, Any]]:
    """The objects of a list, or the one object; anything else is nothing."""
    listed = result if isinstance(result, list) else [result]
    return [e for e in listed if isinstance(e, Mapping)]


def found_of(code: str, entry: Mapping[str, Any], body: str) -> Found:
    steps = entry.get("DanhSachTienTrinh")
    return Found(
        code=str(entry.get("MaHoSo") or code),
        official_code=str(entry.get("MaHoSoQuocGia") or ""),
        status=str(entry.get("TrangThaiHoSo") or entry.get("TrangThai") or ""),
        steps=frozenset(_step(s) for s in entries_of(steps)) if isinstance(steps, list) else None,
        body=body,
        remote_id=id_of(entry),
    )


def id_of(entry: Mapping[str, Any]) -> str:
    """The province's own number of a dossier, "" where it has none."""
    return next((str(entry[name]) for name in ID_NAMES if entry.get(name)), "")


def changes_of(reply: Mapping[str, Any], cursor: str) -> Changes:
    """cursor: the one that was asked with; it stays where the reply names none."""
    result = reply.get("result")
    items = tuple(change_of(e) for e in entries_of(result)) if isinstance(result, list) else ()
    return Changes(items, str(reply.get("contro", cursor)), bool(reply.get("con_nua", False)))


def receipt_of(result: object) -> FileReceipt | None:
    entry = next(iter(entries_of(result)), None)
    if entry is None or not entry.get("DuongDan"):
        return None
    return FileReceipt(str(entry["DuongDan"]), str(entry.get("MaBam") or "").lower())


def _step(entry: Mapping[str, Any]) -> tuple[str, str]:
    """(ThoiDiemXuLy, TrangThai) in one form, whichever of the forms of time the province keeps."""
    told = str(entry.get("ThoiDiemXuLy"))
    return wire_time(read_time(told)) or told, str(entry.get("TrangThai"))


def change_of(entry: Mapping[str, Any]) -> Change:
    """One notice in the form of DongBoTrangThaiHoSo: MaHoSo is the portal's code, MaHoSoDonVi ours."""
    return Change(
        code=str(entry.get("MaHoSo") or ""),
        our_code=str(entry.get("MaHoSoDonVi") or ""),
        status=str(entry.get("TrangThai") or ""),
        note=str(entry.get("NoiDung") or ""),
        at=str(entry.get("NgayXuLy") or ""),
        official_code=str(entry.get("MaHoSoQuocGia") or ""),
        raw=dict(entry),
    )
