"""What a province sends of itself, by polling and by push in one form: statuses, results, online dossiers.

An item is a JSON object; all scalars are strings, times yyyyMMddHHmmss in local time. `LoaiTin` says which it is:

"TrangThai", or none: a status, as DongBoTrangThaiHoSo of interop has it: MaHoSo (the portal's), MaHoSoDonVi (ours),
  MaHoSoQuocGia, TrangThai "1".."10", NoiDung, NgayXuLy; ChuHoSo, where the province tells whose dossier it has.
"KetQua": MaHoSo, MaHoSoDonVi, MaHoSoQuocGia, NgayXuLy and DanhSachGiayToKetQua, whose entries have GiayToId,
  TenGiayTo, SoKyHieu, NgayCap, MaGiayToKetQua and a file: DuongDanTepTinKetQua or Base64; MaBam (SHA-256, hex),
  KichThuoc (bytes).
"HoSoTrucTuyen": MaHoSo (the portal's code), MaTTHC, TenTTHC, TruongHop, ChuHoSo, SoGiayToChuHoSo, NgaySinh (yyyyMMdd),
  GioiTinh, DiaChi, SoDienThoai, Email, TrichYeuHoSo, NgayNopHoSo, HinhThuc ("1": result by post), TepDonDangKy (one
  file, the form) and TaiLieuNop (files): TepDinhKemId, TenTepDinhKem, MaThanhPhanHoSo and Base64, or
  DuongDanTaiTepTin with MaBam and KichThuoc.

Polled: GET /TrangThaiHoSo?contro=<cursor>&madonvi=<agency> -> {error_code, message, result: [item], contro, con_nua}.
Pushed: POST /TinTuTinh of the office, body [item], headers X-Thoi-Diem (Unix seconds) and X-Chu-Ky (hex HMAC-SHA256,
  with the shared secret, of X-Thoi-Diem, a line feed and the body) -> {error_code: 0 taken, -1 not, message}.
An item may come twice and by both ways; what it is about has a code of its own, so the second changes nothing.
The field has no public form of this; these names are the known ones where there are any (docs/exchange.md).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.incoming import SentFile, SentOutcome
from kiosk.domain.person import Person
from kiosk.text import nfc
from sync.messages.wire import read_time

KIND = "LoaiTin"
STATUS, RESULT, ONLINE = "TrangThai", "KetQua", "HoSoTrucTuyen"
CODE_MAX, WORDS_MAX, FILES_MAX = 50, 1000, 50
FORM = "Tờ khai điện tử"


@dataclass(frozen=True)
class Carried:
    """A file of an item, with the bytes that came in it; None for what is to be fetched."""

    file: SentFile
    content: bytes | None = None


@dataclass(frozen=True)
class SentOnline:
    """An online dossier as it was sent. submitted: yyyyMMddHHmmss, "" when it was not told."""

    code: str
    procedure_code: str
    procedure_name: str
    owner: Person
    submitted: str
    case: str
    summary: str
    return_by_post: bool
    files: tuple[Carried, ...]


@dataclass(frozen=True)
class SentResult:
    outcome: SentOutcome
    content: bytes | None = None


def kind_of(item: Mapping[str, Any]) -> str:
    """STATUS, RESULT or ONLINE; whatever else it says is given back as it is, and is not for us."""
    return _text(item, KIND) or STATUS


def results_of(item: Mapping[str, Any]) -> list[SentResult]:
    """Those of a RESULT item that have a file; [] for one that cannot be read."""
    code = _text(item, "MaHoSoDonVi") or _text(item, "MaHoSo")
    official = _text(item, "MaHoSoQuocGia")
    found = []
    for entry in _entries(item.get("DanhSachGiayToKetQua"))[:FILES_MAX]:
        carried = _file(entry, "GiayToId", "TenGiayTo", "DuongDanTepTinKetQua")
        at = read_time(_text(entry, "NgayCap")) or read_time(_text(item, "NgayXuLy"))
        if code and carried is not None:
            number, name = _text(entry, "SoKyHieu"), _text(entry, "TenGiayTo", WORDS_MAX)
            found.append(SentResult(SentOutcome(code, number, name, at, carried.file, official), carried.content))
    return found


def online_of(item: Mapping[str, Any]) -> SentOnline | None:
    """None for one that has no code, procedure or name: it cannot be put before an officer."""
    code, procedure, name = _text(item, "MaHoSo"), _text(item, "MaTTHC"), _text(item, "ChuHoSo", WORDS_MAX)
    if not (code and procedure and name):
        return None
    number = _text(item, "SoGiayToChuHoSo")
    owner = Person(
        key=number,
        full_name=name,
        id_number=number,
        born_on=_day(_text(item, "NgaySinh")),
        sex=_text(item, "GioiTinh"),
        address=_text(item, "DiaChi", WORDS_MAX),
        phone=_text(item, "SoDienThoai"),
        email=_text(item, "Email", WORDS_MAX),
        source="portal",
    )
    form = item.get("TepDonDangKy")
    sent = [*([{**form, "la_don": True}] if isinstance(form, Mapping) else []), *_entries(item.get("TaiLieuNop"))]
    files = [_file(entry, "TepDinhKemId", "TenTepDinhKem", "DuongDanTaiTepTin") for entry in sent[:FILES_MAX]]
    return SentOnline(
        code,
        procedure,
        _text(item, "TenTTHC", WORDS_MAX),
        owner,
        _text(item, "NgayNopHoSo"),
        _text(item, "TruongHop", WORDS_MAX),
        _text(item, "TrichYeuHoSo", WORDS_MAX),
        _text(item, "HinhThuc") == "1",
        tuple(f for f in files if f is not None),
    )


def _file(entry: Mapping[str, Any], id_name: str, name: str, url_name: str) -> Carried | None:
    """None for an entry without bytes and without an address. A hash that was not told is of the bytes that came."""
    content, url = _bytes(entry.get("Base64")), str(entry.get(url_name) or "").strip()
    if content is None and not url:
        return None
    told = _text(entry, "MaBam", 64).lower()
    digest = told or (hashlib.sha256(content).hexdigest() if content is not None else "")
    size = _text(entry, "KichThuoc")
    file = SentFile(
        id=_text(entry, id_name, 100) or digest or url[-100:],
        name=_text(entry, name, 200) or (FORM if entry.get("la_don") else ""),
        component=_text(entry, "MaThanhPhanHoSo"),
        sha256=digest,
        size=int(size) if size.isascii() and size.isdigit() else len(content or b""),
        url="" if content is not None else url,
    )
    return Carried(file, content)


def _bytes(text: object) -> bytes | None:
    if not isinstance(text, str) or not text:
        return None
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _text(entry: Mapping[str, Any], name: str, longest: int = CODE_MAX) -> str:
    """NFC, on one line, no longer than the tables say; "" for what is not there."""
    value = entry.get(name)
    if value is None or isinstance(value, bool | Mapping | list):
        return ""
    return " ".join(nfc(str(value)).split())[:longest]


def _entries(value: object) -> Sequence[Mapping[str, Any]]:
    return [e for e in value if isinstance(e, Mapping)] if isinstance(value, list) else []


def _day(text: str) -> str:
    """yyyyMMdd -> YYYY-MM-DD; the year alone where only that is known; "" for anything else."""
    if len(text) == 4 and text.isascii() and text.isdigit():
        return text
    at = read_time(f"{text}000000")
    return f"{at.astimezone(OFFICE_ZONE):%Y-%m-%d}" if at is not None else ""
