"""The fields of G2. What is mandatory is told by no source; these rows ask for what every known sample has."""

from __future__ import annotations

from sync.messages import limits
from sync.messages.g15_table import CODE_LIKE, DOSSIER_CODE, OWNER_KINDS, PROCEDURE_CODE, STATUSES
from sync.messages.profile import Profile
from sync.messages.table import Field, Kind, Message, Must, Table

SHA256 = r"[0-9a-f]{64}"


def _owner_kinds(profile: Profile) -> list[str]:
    return list(profile.owner_kinds.values())


def _identity_required(message: Message, profile: Profile) -> bool:  # noqa: ARG001
    return profile.identity_required


ATTACHED: Table = (
    Field("IdGiayTo", "Mã tệp trên kho của tỉnh", Must.YES),
    Field("HashTepTin", "Mã băm của tệp", Must.YES, pattern=SHA256),
    Field("TenGiayTo", "Tên giấy tờ", Must.YES, longest=limits.FILE_NAME),
    Field("MaKetQua", "Mã kết quả"),
)
COMPONENT: Table = (
    Field("MaThanhPhanHoSo", "Mã thành phần hồ sơ"),
    Field("TenThanhPhanHoSo", "Tên thành phần hồ sơ", Must.YES, longest=limits.FILE_NAME),
    Field("SoLuong", "Số lượng", Must.YES, Kind.NUMBER),
    Field("LoaiBan", "Loại bản", Must.YES, Kind.NUMBER, among=("0", "1", "2")),
    Field("GiayToDinhKem", "Giấy tờ đính kèm", kind=Kind.ITEMS, members=ATTACHED),
)
FEE: Table = (
    Field("TenPhiLePhi", "Tên phí, lệ phí", Must.YES),
    Field("MaPhiLePhi", "Mã phí, lệ phí"),
    Field("HinhThucThu", "Thời điểm thu", Must.YES, Kind.NUMBER, among=("1", "2", "4")),
    Field("Gia", "Số tiền", Must.YES, Kind.NUMBER, pattern=r"\d+"),
    Field("LoaiPhiLePhi", "Loại phí, lệ phí", Must.YES, Kind.NUMBER, among=("1", "2", "3")),
    Field("TrangThaiThanhToan", "Đã thanh toán", Must.YES, Kind.NUMBER, among=("0", "1")),
)
PERSON: Table = (
    Field("TenNguoiNop", "Họ và tên người nộp", Must.YES),
    Field("SoDinhDanh", "Số định danh của người nộp"),
    Field("NgayCapDinhDanh", "Ngày cấp", kind=Kind.COMPACT),
    Field("NgaySinh", "Ngày sinh", kind=Kind.COMPACT),
    Field("SoDienThoai", "Số điện thoại"),
    Field("Email", "Thư điện tử"),
    Field("Fax", "Fax"),
    Field("MaTinh", "Mã tỉnh"),
    Field("MaHuyen", "Mã huyện"),
    Field("MaXa", "Mã xã"),
    Field("DiaChiChiTiet", "Địa chỉ"),
    Field("TenChuHs", "Họ và tên chủ hồ sơ", Must.YES),
    Field("SoDinhDanhChuHs", "Số định danh của chủ hồ sơ", Must.YES, when=_identity_required),
    Field("MaTinhChuHs", "Mã tỉnh của chủ hồ sơ"),
    Field("MaXaChuHs", "Mã xã của chủ hồ sơ"),
    Field("DiaChiChiTietChuHs", "Địa chỉ của chủ hồ sơ"),
)
SUBMITTER: Table = (
    Field("LoaiDoiTuong", "Loại đối tượng", Must.YES, Kind.NUMBER, among=("0", *OWNER_KINDS), also=_owner_kinds),
    Field("IdDoiTuong", "Mã định danh trên cổng"),
    Field("ThongTinChiTiet", "Người nộp", Must.YES, Kind.OBJECT, members=PERSON),
)
DOSSIER: Table = (
    Field("MaHoSo", "Mã hồ sơ", Must.YES, longest=limits.CODE, pattern=DOSSIER_CODE, like=CODE_LIKE),
    Field("MaTTHC", "Mã thủ tục hành chính quốc gia", Must.YES, pattern=PROCEDURE_CODE, like="1.001193"),
    Field("MaDichVuCong", "Mã dịch vụ công"),
    Field("ChuHoSo", "Họ và tên chủ hồ sơ", Must.YES),
    Field("LoaiDoiTuong", "Loại đối tượng", Must.YES, Kind.NUMBER, among=("0", *OWNER_KINDS), also=_owner_kinds),
    Field("MaDonViTiepNhan", "Mã đơn vị tiếp nhận", Must.YES),
    Field("NgayNop", "Ngày nộp hồ sơ", Must.YES, Kind.SPACED),
    Field("NgayTiepNhan", "Ngày tiếp nhận", Must.YES, Kind.SPACED),
    Field("EformThongTinChiTiet", "Tờ khai điện tử", Must.YES, Kind.OPEN),
    Field(
        "ThanhPhanHoSo",
        "Thành phần hồ sơ",
        Must.COUNTED,
        Kind.ITEMS,
        members=COMPONENT,
        words="Chưa có thành phần hồ sơ nào",
    ),
    Field("ThongTinNguoiNop", "Thông tin người nộp", Must.YES, Kind.OBJECT, members=SUBMITTER),
    Field(
        "DanhSachLePhi",
        "Phí, lệ phí",
        Must.COUNTED,
        Kind.ITEMS,
        members=FEE,
        words="Chưa ghi phí, lệ phí (miễn phí cũng ghi, số tiền 0)",
    ),
)
PROGRESS: Table = (
    Field("IDHoSo", "Mã hồ sơ trên máy chủ"),
    Field("MaHoSo", "Mã hồ sơ", Must.YES, longest=limits.CODE, pattern=DOSSIER_CODE, like=CODE_LIKE),
    Field("NguoiXuLy", "Người xử lý", Must.YES, longest=limits.OFFICER),
    Field("ThoiDiemXuLy", "Thời điểm xử lý", Must.YES, Kind.ISO),
    Field("PhongBanXuLy", "Phòng ban xử lý"),
    Field("NoiDungXuLy", "Nội dung xử lý", Must.YES, longest=limits.SUMMARY),
    Field("TrangThai", "Trạng thái", Must.YES, Kind.NUMBER, among=STATUSES),
    Field("NgayBatDau", "Ngày bắt đầu", kind=Kind.ISO),
    Field("NgayKetThucTheoQuyDinh", "Ngày kết thúc theo quy định", kind=Kind.ISO),
)
STATUS: Table = (
    Field("IdHoSo", "Mã hồ sơ trên máy chủ"),
    Field("MaHoSo", "Mã hồ sơ", Must.YES, longest=limits.CODE, pattern=DOSSIER_CODE, like=CODE_LIKE),
    Field("TrangThai", "Trạng thái", Must.YES, Kind.NUMBER, among=STATUSES),
    Field("NoiDungYKien", "Ý kiến", longest=limits.SUMMARY),
    Field("PhongBanXuLy", "Phòng ban xử lý"),
    Field("NoiDungXuLy", "Nội dung xử lý", longest=limits.SUMMARY),
)
# With 5, 6 and 9 only.
STATUS_WITH_MORE: Table = (
    *STATUS,
    Field("DanhSachLePhi", "Phí, lệ phí", kind=Kind.ITEMS, members=FEE),
    Field("DanhSachGiayToKetQua", "Kết quả", kind=Kind.ITEMS, members=ATTACHED),
)
