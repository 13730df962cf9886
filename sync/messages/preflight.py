"""Before sending: which mandatory fields of a G1.5 dossier are missing or malformed, in the officer's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.errors import IncompleteMessageError
from sync.messages.canonical import Status
from sync.messages.codes import is_dossier_code, is_national_procedure
from sync.messages.profile import Profile

CODE_MAX = 50

LABELS: dict[str, str] = {
    "MaHoSo": "Mã hồ sơ",
    "MaTTHC": "Mã thủ tục hành chính quốc gia",
    "TenTTHC": "Tên thủ tục hành chính",
    "MaLinhVuc": "Mã lĩnh vực",
    "TenLinhVuc": "Tên lĩnh vực",
    "KenhThucHien": "Kênh thực hiện",
    "ChuHoSo": "Họ và tên chủ hồ sơ",
    "LoaiDoiTuong": "Loại đối tượng",
    "TrichYeuHoSo": "Trích yếu hồ sơ",
    "NgayNopHoSo": "Ngày nộp hồ sơ",
    "NgayTiepNhan": "Ngày tiếp nhận",
    "TrangThaiHoSo": "Trạng thái hồ sơ",
    "HinhThuc": "Hình thức trả kết quả",
    "DonViXuLy": "Đơn vị xử lý",
    "NoiNopHoSo": "Nơi nộp hồ sơ",
    "HoSoCoThanhPhanSoHoa": "Hồ sơ có thành phần số hóa",
    "TaiKhoanDuocXacThucVoiVNeID": "Tài khoản xác thực VNeID",
    "DuocThanhToanTrucTuyen": "Thanh toán trực tuyến",
    "DinhDanhCHS": "Số định danh của chủ hồ sơ",
}
# A dossier that was never accepted has no acceptance time, and none is made up for it.
_NEVER_ACCEPTED = {Status.REGISTERED, Status.NOT_ACCEPTED, Status.SUPPLEMENT_ASKED, Status.WITHDRAWN}


def missing_fields(message: Mapping[str, Any], profile: Profile) -> list[str]:
    """Vietnamese names of what must be mended before this can be sent, in the order of the form; [] when complete."""
    problems = [label for field, label in LABELS.items() if not message.get(field) and _needed(field, message, profile)]
    code = str(message.get("MaHoSo", ""))
    if code and (len(code) > CODE_MAX or not is_dossier_code(code)):
        problems.append(f"Mã hồ sơ “{code}” không đúng mẫu <mã cơ quan>-<năm tháng ngày>-<số>")
    procedure = str(message.get("MaTTHC", ""))
    if procedure and not is_national_procedure(procedure):
        problems.append(f"Mã thủ tục “{procedure}” không phải mã quốc gia (ví dụ 1.001193)")
    problems += [
        f"Thành phần “{entry['TenTepDinhKem']}” chưa có địa chỉ tải tệp"
        for entry in message.get("TaiLieuNop", ())
        if not entry.get("DuongDanTaiTepTin")
    ]
    return problems


def index_warnings(message: Mapping[str, Any]) -> list[str]:
    """Optional fields that the service-quality index counts (QĐ 766/QĐ-TTg) and that are still empty."""
    warnings = []
    if not message.get("NgayHenTra"):
        warnings.append("Chưa có ngày hẹn trả: chỉ số đúng hạn tính theo thời gian tối đa của thủ tục")
    if not message.get("TaiLieuNop"):
        warnings.append("Chưa có thành phần hồ sơ nào được số hóa")
    if message.get("TrangThaiHoSo") in (Status.DONE, Status.RETURNED) and not message.get("DanhSachGiayToKetQua"):
        warnings.append("Chưa có tệp kết quả điện tử")
    return warnings


def require_complete(message: Mapping[str, Any], profile: Profile) -> None:
    """Raises: IncompleteMessageError naming every problem at once."""
    if problems := missing_fields(message, profile):
        raise IncompleteMessageError(reason="; ".join(problems))


def _needed(field: str, message: Mapping[str, Any], profile: Profile) -> bool:
    if field == "NgayTiepNhan":
        return message.get("TrangThaiHoSo") not in _NEVER_ACCEPTED
    return field != "DinhDanhCHS" or profile.identity_required
