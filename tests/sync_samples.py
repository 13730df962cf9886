"""G1.5 messages that every province accepts."""

from __future__ import annotations

from typing import Any


def a_message(code: str, **changes: Any) -> dict[str, Any]:
    message: dict[str, Any] = {
        "MaHoSo": code,
        "MaTTHC": "1.001193",
        "TenTTHC": "Đăng ký khai sinh",
        "MaLinhVuc": "G15-HT",
        "TenLinhVuc": "Hộ tịch",
        "KenhThucHien": "1",
        "ChuHoSo": "Nguyễn Thị Ánh",
        "LoaiDoiTuong": "1",
        "TrichYeuHoSo": "Đăng ký khai sinh",
        "NgayNopHoSo": "20261123100000",
        "NgayTiepNhan": "20261123100000",
        "NgayHenTra": "20261126170000",
        "TrangThaiHoSo": "2",
        "HinhThuc": "0",
        "DonViXuLy": "UBND xã Mẫu",
        "NoiNopHoSo": "2",
        "HoSoCoThanhPhanSoHoa": "0",
        "TaiKhoanDuocXacThucVoiVNeID": "0",
        "DuocThanhToanTrucTuyen": "0",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "001195000007"}],
        "TaiLieuNop": [],
    }
    return {**message, **changes}


def a_step(code: str, **changes: Any) -> dict[str, Any]:
    step = {"MaHoSo": code, "NguoiXuLy": "lan", "ThoiDiemXuLy": "20261123100000", "TrangThai": "2"}
    return {**step, **changes}
