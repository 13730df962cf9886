"""What a citizen hands in at the portal: a sample with nobody's name in it, the form and a paper as base64 inside."""

from __future__ import annotations

import base64
from typing import Any

# A small, valid PDF of one empty page.
EMPTY_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def sample(office: str, code: str, at: str) -> dict[str, Any]:
    """at: yyyyMMddHHmmss. Members as in sync/messages/incoming.py."""
    paper = base64.b64encode(EMPTY_PDF).decode()
    return {
        "MaHoSo": code,
        "MaDonVi": office,
        "MaTTHC": "1.001193",
        "TenTTHC": "Thủ tục đăng ký khai sinh",
        "TruongHop": "",
        "ChuHoSo": "Nguyễn Thị Mẫu",
        "SoGiayToChuHoSo": "001195000007",
        "NgaySinh": "19950102",
        "GioiTinh": "Nữ",
        "DiaChi": "Số 1, Thôn Mẫu, Xã Mẫu",
        "SoDienThoai": "0900000000",
        "Email": "",
        "TrichYeuHoSo": "Đăng ký khai sinh nộp trực tuyến (mẫu tập huấn)",
        "NgayNopHoSo": at,
        "HinhThuc": "0",
        "TepDonDangKy": {"TepDinhKemId": f"{code}-don", "TenTepDinhKem": "to-khai.pdf", "Base64": paper},
        "TaiLieuNop": [
            {
                "TepDinhKemId": f"{code}-1",
                "TenTepDinhKem": "giay-chung-sinh.pdf",
                "MaThanhPhanHoSo": "",
                "Base64": paper,
            }
        ],
    }


def paper_entries(dossier: dict[str, Any]) -> list[dict[str, Any]]:
    """The papers of a dossier that bring their bytes along."""
    papers = dossier.get("TaiLieuNop")
    listed = papers if isinstance(papers, list) else []
    return [dict(p) for p in listed if isinstance(p, dict) and is_base64(p.get("Base64"))]


def is_base64(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(base64.b64decode(text, validate=True))
    except ValueError:
        return False
