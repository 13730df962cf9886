"""Dossiers that citizens hand in at the portal: made by the admin's hand, pulled by or pushed to their office."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from sync.reference.database import Database
from sync.reference.requests import now_text, text_of
from sync.reference.tables import online

# A small, valid PDF with nobody's name in it.
_FORM = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


class Online:
    """Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hand_in(self, office: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """A citizen's dossier for `office`; `wanted` replaces fields of the sample. Returns it as the office gets it.

        The same MaHoSo again replaces nothing and adds nothing: a citizen's second click is no second dossier.
        """
        at = now_text()
        with self._database.write() as connection:
            number = self._database.next_number(connection, f"online {at[:8]}")
            dossier = {**_sample(office, f"G22.99-{at[:8]}-{number:07d}", at), **wanted}
            new = self._database.upsert(online).values(
                office=office, code=text_of(dossier["MaHoSo"]), at=at, body=json.dumps(dossier, ensure_ascii=False)
            )
            connection.execute(new.on_conflict_do_nothing(index_elements=["code"]))
        return dossier

    def after(self, cursor: int, limit: int, office: str = "") -> Sequence[Row[Any]]:
        """In the order in which they came. office: "" for those of all offices."""
        mine = online.c.office == office if office else online.c.seq > 0
        query = select(online).where(online.c.seq > cursor, mine).order_by(online.c.seq).limit(limit)
        with self._database.read() as connection:
            return connection.execute(query).all()


def _sample(office: str, code: str, at: str) -> dict[str, Any]:
    """Fields as in DongBoHoSoMC, the form and the papers as base64 inside."""
    form = base64.b64encode(_FORM).decode()
    return {
        "MaHoSo": code,
        "MaDonVi": office,
        "MaTTHC": "1.001193",
        "TenTTHC": "Thủ tục đăng ký khai sinh",
        "KenhThucHien": "2",
        "NoiNopHoSo": "1",
        "ChuHoSo": "Nguyễn Thị Mẫu",
        "SoGiayToChuHoSo": "001195000007",
        "LoaiDoiTuong": "1",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "001195000007"}],
        "SoDienThoai": "0900000000",
        "Email": "",
        "TrichYeuHoSo": "Đăng ký khai sinh nộp trực tuyến (mẫu tập huấn)",
        "NgayNopHoSo": at,
        "TrangThaiHoSo": "1",
        "HinhThuc": "0",
        "TaiKhoanDuocXacThucVoiVNeID": "1",
        "DuocThanhToanTrucTuyen": "0",
        "TepDonDangKy": {"TenTepDinhKem": "to-khai.pdf", "Base64": form},
        "TaiLieuNop": [{"TepDinhKemId": "1", "TenTepDinhKem": "giay-chung-sinh.pdf", "Base64": form}],
    }
