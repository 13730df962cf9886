"""The shapes of requests, for the description of the stand-in (OpenAPI 3.1, JSON Schema)."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TIME: Schema = {"type": "string", "pattern": "^((19|20)[0-9]{12})?$", "description": "yyyyMMddHHmmss, giờ Việt Nam"}
_STATUS: Schema = {"type": "string", "enum": [str(n) for n in range(1, 11)]}
_CODE: Schema = {"type": "string", "maxLength": 50, "examples": ["H26.107-261123-10007"]}


def _object(must: dict[str, Schema], may: dict[str, Schema] | None = None) -> Schema:
    return {"type": "object", "required": list(must), "properties": {**must, **(may or {})}}


def _json(schema: Schema) -> Schema:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


_DOSSIER = _object(
    {
        "MaHoSo": _CODE,
        "MaTTHC": {"type": "string", "pattern": r"^\d\.\d{6}$"},
        "TenTTHC": _TEXT,
        "MaLinhVuc": _TEXT,
        "TenLinhVuc": _TEXT,
        "KenhThucHien": {"type": "string", "enum": ["1", "2", "3"]},
        "ChuHoSo": _TEXT,
        "LoaiDoiTuong": {"type": "string", "enum": ["1", "2", "3", "4"]},
        "TrichYeuHoSo": {"type": "string", "maxLength": 1000},
        "NgayNopHoSo": _TIME,
        "TrangThaiHoSo": _STATUS,
        "HinhThuc": {"type": "string", "enum": ["0", "1"]},
        "DonViXuLy": _TEXT,
        "NoiNopHoSo": _TEXT,
        "DinhDanhCHS": {"type": "array", "items": _object({"LoaiDinhDanh": _TEXT, "SoDinhDanh": _TEXT})},
        "HoSoCoThanhPhanSoHoa": {"type": "string", "enum": ["0", "1"]},
        "TaiKhoanDuocXacThucVoiVNeID": {"type": "string", "enum": ["0", "1"]},
        "DuocThanhToanTrucTuyen": {"type": "string", "enum": ["0", "1", "2", "3"]},
    },
    {
        "NgayTiepNhan": _TIME,
        "NgayHenTra": _TIME,
        "TaiLieuNop": {
            "type": "array",
            "items": _object({"TenTepDinhKem": _TEXT, "DuongDanTaiTepTin": _TEXT, "IsDeleted": _TEXT}),
        },
    },
)
_STEP = _object(
    {"MaHoSo": _CODE, "NguoiXuLy": {"type": "string", "maxLength": 50}, "ThoiDiemXuLy": _TIME, "TrangThai": _STATUS}
)
_ENVELOPE = _object(
    {
        "session": _TEXT,
        "madonvi": _TEXT,
        "service": {
            "type": "string",
            "enum": [
                *("DongBoHoSoMC", "CapNhatTienDoHoSoMC", "TraCuuHoSo", "TrangThaiHoSo"),
                *("LayThuTuc", "LayDanhSachTTHC"),
            ],
        },
    },
    {
        "isUpdating": {"type": "string", "enum": ["True", "False"]},
        "mahoso": _TEXT,
        "maTTHC": _TEXT,
        "data": {"type": "array", "items": {"type": "object"}},
    },
)

_G2_STEP = _object(
    {"IDHoSo": _TEXT, "MaHoSo": _CODE, "NguoiXuLy": _TEXT, "ThoiDiemXuLy": _TEXT, "TrangThai": {"type": "integer"}}
)
_G2_STATUS = _object({"IdHoSo": _TEXT, "MaHoSo": _CODE, "TrangThai": {"type": "integer"}})
_G2_DOSSIER = _object(
    {
        "MaHoSo": _CODE,
        "MaTTHC": _TEXT,
        "ChuHoSo": _TEXT,
        "LoaiDoiTuong": {"type": "integer", "enum": [0, 1, 2]},
        "MaDonViTiepNhan": _TEXT,
        "NgayNop": {"type": "string", "description": "yyyy-MM-dd HH:mm:ss"},
        "NgayTiepNhan": {"type": "string", "description": "yyyy-MM-dd HH:mm:ss"},
        "ThongTinNguoiNop": {"type": "object"},
    },
    {"ThanhPhanHoSo": {"type": "array", "items": {"type": "object"}}, "DanhSachLePhi": {"type": "array"}},
)

DOSSIERS = _json({"type": "array", "items": _DOSSIER, "minItems": 1})
STEPS = _json({"type": "array", "items": _STEP, "minItems": 1, "maxItems": 10})
LOGIN = _json(_object({"username": _TEXT, "password": _TEXT}))
LOOKUP = _json(_object({"mahoso": _CODE}))
ENVELOPE = _json(_ENVELOPE)
GET_FILE = _json(_object({"DuongDan": _TEXT}))
BYTES: Schema = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
TOKEN: Schema = {
    "required": True,
    "content": {
        "application/json": {"schema": _object({"client_id": _TEXT, "client_secret": _TEXT})},
        "application/x-www-form-urlencoded": {"schema": _object({"client_id": _TEXT, "client_secret": _TEXT})},
    },
}
FORM_FILES: Schema = {
    "required": True,
    "content": {
        "multipart/form-data": {"schema": _object({"files": {"type": "string", "format": "binary"}})},
    },
}
G2_DOSSIER = _json(_G2_DOSSIER)
G2_STEPS = _json({"type": "array", "items": _G2_STEP, "minItems": 1})
G2_STATUSES = _json({"type": "array", "items": _G2_STATUS, "minItems": 1})
TUS_PIECE: Schema = {
    "required": True,
    "content": {"application/offset+octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
FAULTS = _json({"type": "object", "description": "Công tắc: docs/stand-in.md"})
DECISION = _json(_object({"code": _CODE, "status": _STATUS}, {"note": _TEXT, "official": _TEXT}))
HAND_IN = _json(_object({"office": _TEXT}, {"dossier": {"type": "object"}}))
