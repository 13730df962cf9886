"""The shapes of requests, for the description of the stand-in (OpenAPI 3.1, JSON Schema)."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_TIME: Schema = {
    "type": "string",
    "pattern": "^(19|20)[0-9]{2}0[1-9][0-2]1[01][0-9]([0-5][0-9]){2}$",
    "description": "yyyyMMddHHmmss, giờ Việt Nam",
}
_STATUS: Schema = {"type": "string", "enum": [str(n) for n in range(1, 11)]}
_CODE: Schema = {
    "type": "string",
    "pattern": "^[A-Z][0-9]{2}\\.[0-9]{1,3}-[0-9]{6}-[0-9]{4,7}$",
    "examples": ["H26.107-261123-10007"],
}
_G2_CODE: Schema = {"type": "string", "pattern": "^[A-Z][0-9]{2}\\.[0-9]{1,3}-[0-9]{8}-[0-9]{7}$"}
_SECOND: Schema = {"type": "string", "pattern": "^20[0-9]{2}-0[1-9]-[0-2]1 [01][0-9]:[0-5][0-9]:[0-5][0-9]$"}
_MOMENT: Schema = {"type": "string", "pattern": "^20[0-9]{2}-0[1-9]-[0-2]1T[01][0-9]:[0-5][0-9]:[0-5][0-9]\\.000$"}
_HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


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

_G2_KIND: Schema = {"type": "integer", "enum": [0, 1, 2]}
_G2_STATE: Schema = {"type": "integer", "minimum": 1, "maximum": 10}
_G2_ID: Schema = {"type": "string", "pattern": "^0{23}[0-9a-f]$"}
_G2_STEP = _object(
    {
        "IDHoSo": _G2_ID,
        "MaHoSo": _G2_CODE,
        "NguoiXuLy": {"type": "string", "maxLength": 50},
        "ThoiDiemXuLy": _MOMENT,
        "TrangThai": _G2_STATE,
    }
)
_G2_STATUS = _object({"IdHoSo": _G2_ID, "MaHoSo": _G2_CODE, "TrangThai": _G2_STATE}, {"NoiDungYKien": _TEXT})
_G2_PAPER = _object({"IdGiayTo": _TEXT, "HashTepTin": _HASH, "TenGiayTo": _TEXT})
_G2_PART = _object({"TenThanhPhanHoSo": _TEXT}, {"GiayToDinhKem": {"type": "array", "items": _G2_PAPER}})
_G2_DOSSIER = _object(
    {
        "MaHoSo": _G2_CODE,
        "MaTTHC": {"type": "string", "pattern": r"^[0-9]\.[0-9]{6}$"},
        "ChuHoSo": _TEXT,
        "LoaiDoiTuong": _G2_KIND,
        "MaDonViTiepNhan": {"type": "string", "pattern": r"^[A-Z][0-9]{2}\.[0-9]{1,3}$"},
        "NgayNop": _SECOND,
        "NgayTiepNhan": _SECOND,
        "ThongTinNguoiNop": _object({"LoaiDoiTuong": _G2_KIND, "ThongTinChiTiet": _object({"TenNguoiNop": _TEXT})}),
    },
    {
        "ThanhPhanHoSo": {"type": "array", "items": _G2_PART},
        "DanhSachLePhi": {"type": "array", "items": {"type": "object"}},
    },
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
