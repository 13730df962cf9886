"""The fields of G1.5, row by row. Sources and what is known of each: docs/exchange.md#messages."""

from __future__ import annotations

from sync.messages import limits
from sync.messages.canonical import Status
from sync.messages.codes import AGENCY
from sync.messages.profile import Profile
from sync.messages.table import Field, Kind, Message, Must, Table

DOSSIER_CODE = rf"{AGENCY}-(?:\d{{6}}|\d{{8}})-\d{{4,7}}"
CODE_LIKE = "H26.107-261123-10007"
PROCEDURE_CODE = r"\d\.\d{6}"
STATUSES = tuple(status.value for status in Status)
OWNER_KINDS = ("1", "2", "3", "4")
BIT, TRUTH = ("0", "1"), ("False", "True")
# A dossier that was never accepted has no acceptance time, and none is made up for it.
NEVER_ACCEPTED = {Status.REGISTERED, Status.NOT_ACCEPTED, Status.SUPPLEMENT_ASKED, Status.WITHDRAWN}
ENDED = {Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.STOPPED, Status.DONE, Status.RETURNED}
WITH_RESULT = {Status.DONE, Status.RETURNED}


def _accepted(message: Message, profile: Profile) -> bool:  # noqa: ARG001
    return message.get("TrangThaiHoSo") not in NEVER_ACCEPTED


def _ended(message: Message, profile: Profile) -> bool:  # noqa: ARG001
    return message.get("TrangThaiHoSo") in ENDED


def _has_result(message: Message, profile: Profile) -> bool:  # noqa: ARG001
    return message.get("TrangThaiHoSo") in WITH_RESULT


def _identity_required(message: Message, profile: Profile) -> bool:  # noqa: ARG001
    return profile.identity_required


FILE: Table = (
    Field("TepDinhKemId", "Mã tệp"),
    Field("TenTepDinhKem", "Tên tệp", Must.YES, longest=limits.FILE_NAME),
    Field("IsDeleted", "Đã xóa", Must.YES, among=TRUTH),
    Field("MaThanhPhanHoSo", "Mã thành phần hồ sơ"),
    Field("DuongDanTaiTepTin", "Địa chỉ tải tệp", Must.YES),
    Field("DuocSoHoa", "Được số hóa", Must.YES, among=BIT),
    Field("DuocTaiSuDung", "Được tái sử dụng", Must.YES, among=BIT),
    Field("DuocLayTuKhoDMQG", "Lấy từ kho quốc gia", Must.YES, among=BIT),
    Field("MaKetQuaThayThe", "Mã kết quả thay thế"),
)
FEE: Table = (
    Field("TenPhiLePhi", "Tên phí, lệ phí", Must.YES),
    Field("MaPhiLePhi", "Mã phí, lệ phí"),
    Field("HinhThucThu", "Thời điểm thu", Must.YES, among=("1", "2", "4")),
    Field("Gia", "Số tiền", Must.YES, pattern=r"\d+"),
    Field("LoaiPhiLePhi", "Loại phí, lệ phí", Must.YES, among=("1", "2", "3")),
)
OTHER_PAPER: Table = (
    Field("TenGiayTo", "Tên giấy tờ", Must.YES, longest=limits.RESULT_NAME),
    Field("SoLuong", "Số lượng", Must.YES, pattern=r"\d+"),
    Field("LoaiGiayTo", "Loại giấy tờ"),
)
SUPPLEMENT: Table = (
    Field("HoSoBoSungId", "Mã lần bổ sung", Must.YES),
    Field("NguoiYeuCauBoSung", "Người yêu cầu bổ sung", Must.YES, longest=limits.OFFICER),
    Field("NoiDungBoSung", "Nội dung bổ sung", Must.YES, longest=limits.SUMMARY),
    Field("NgayBoSung", "Ngày yêu cầu bổ sung", Must.YES, Kind.COMPACT),
    Field("NguoiTiepNhanBoSung", "Người tiếp nhận bổ sung", longest=limits.OFFICER),
    Field("ThongTinTiepNhan", "Thông tin tiếp nhận bổ sung"),
    Field("NgayTiepNhanBoSung", "Ngày tiếp nhận bổ sung", kind=Kind.COMPACT),
    Field("TrangThaiBoSung", "Đã bổ sung", Must.YES, among=BIT),
    Field("DanhSachGiayToBoSung", "Giấy tờ bổ sung", kind=Kind.ITEMS, members=FILE),
    Field("DanhSachLePhiBoSung", "Phí, lệ phí bổ sung", kind=Kind.ITEMS, members=FEE),
    Field("NgayHenTraTruoc", "Ngày hẹn trả trước", kind=Kind.COMPACT),
    Field("NgayHenTraMoi", "Ngày hẹn trả mới", kind=Kind.COMPACT),
)
RESULT: Table = (
    Field("TenGiayTo", "Tên kết quả", Must.YES, longest=limits.RESULT_NAME),
    Field("MaThanhPhanHoSo", "Mã thành phần hồ sơ"),
    Field("GiayToId", "Mã tệp kết quả", Must.YES),
    Field("DuongDanTepTinKetQua", "Địa chỉ tải kết quả", Must.YES),
    Field(
        "MaGiayToKetQua",
        "Mã kết quả",
        Must.COUNTED,
        words="Chưa rõ mã kết quả: hồ sơ chưa được tính là có kết quả điện tử",
    ),
)
DOSSIER: Table = (
    Field("MaHoSo", "Mã hồ sơ", Must.YES, longest=limits.CODE, pattern=DOSSIER_CODE, like=CODE_LIKE),
    Field("MaTTHC", "Mã thủ tục hành chính quốc gia", Must.YES, pattern=PROCEDURE_CODE, like="1.001193"),
    Field("TenTTHC", "Tên thủ tục hành chính", Must.YES),
    Field("MaLinhVuc", "Mã lĩnh vực", Must.YES),
    Field("TenLinhVuc", "Tên lĩnh vực", Must.YES),
    Field("KenhThucHien", "Kênh thực hiện", Must.YES, among=("1", "2", "3")),
    Field("SoBienNhan", "Số biên nhận"),
    Field("ChuHoSo", "Họ và tên chủ hồ sơ", Must.YES),
    Field("SoGiayToChuHoSo", "Số giấy tờ của chủ hồ sơ"),
    Field(
        "LoaiDoiTuong",
        "Loại đối tượng",
        Must.YES,
        among=OWNER_KINDS,
        also=lambda profile: profile.owner_kinds.values(),
    ),
    Field("MaDoiTuong", "Mã định danh trên cổng"),
    Field("ThongTinKhac", "Thông tin khác"),
    Field("Email", "Thư điện tử"),
    Field("Fax", "Fax"),
    Field("SoDienThoai", "Số điện thoại"),
    Field("TrichYeuHoSo", "Trích yếu hồ sơ", Must.YES, longest=limits.SUMMARY),
    Field("NgayNopHoSo", "Ngày nộp hồ sơ", Must.YES, Kind.COMPACT),
    Field("NgayTiepNhan", "Ngày tiếp nhận", Must.YES, Kind.COMPACT, when=_accepted),
    Field(
        "NgayHenTra",
        "Ngày hẹn trả",
        Must.COUNTED,
        Kind.COMPACT,
        words="Chưa có ngày hẹn trả: chỉ số đúng hạn tính theo thời gian tối đa của thủ tục",
    ),
    Field("TrangThaiHoSo", "Trạng thái hồ sơ", Must.YES, among=STATUSES),
    Field("NgayTra", "Ngày trả", kind=Kind.COMPACT),
    Field("ThongTinTra", "Thông tin trả"),
    Field("HinhThuc", "Hình thức trả kết quả", Must.YES, among=BIT),
    Field(
        "NgayKetThucXuLy",
        "Ngày kết thúc xử lý",
        Must.COUNTED,
        Kind.COMPACT,
        when=_ended,
        words="Chưa có ngày kết thúc xử lý: hồ sơ bị tính là chưa xong",
    ),
    Field("NgayTuChoi", "Ngày từ chối", kind=Kind.COMPACT),
    Field("DonViXuLy", "Đơn vị xử lý", Must.YES),
    Field("GhiChu", "Ghi chú", longest=limits.SUMMARY),
    Field("NoiNopHoSo", "Nơi nộp hồ sơ", Must.YES),
    Field("HoSoCoThanhPhanSoHoa", "Hồ sơ có thành phần số hóa", Must.YES, among=BIT),
    Field("TaiKhoanDuocXacThucVoiVNeID", "Tài khoản xác thực VNeID", Must.YES, among=BIT),
    Field("DuocThanhToanTrucTuyen", "Thanh toán trực tuyến", Must.YES, among=("0", "1", "2", "3")),
    Field(
        "DinhDanhCHS",
        "Số định danh của chủ hồ sơ",
        Must.YES,
        Kind.ITEMS,
        members=(
            Field("LoaiDinhDanh", "Loại định danh", Must.YES, among=("1", "2")),
            Field("SoDinhDanh", "Số định danh", Must.YES, pattern=r"\d{12}|\d{9}"),
        ),
        when=_identity_required,
    ),
    Field(
        "DSKetNoiCSDL",
        "Cơ sở dữ liệu đã khai thác",
        Must.COUNTED,
        Kind.ITEMS,
        members=(Field("MaCSDL", "Mã cơ sở dữ liệu", Must.YES),),
        words="Chưa ghi cơ sở dữ liệu quốc gia nào đã khai thác",
    ),
    Field(
        "TaiLieuNop",
        "Thành phần hồ sơ",
        Must.COUNTED,
        Kind.ITEMS,
        members=FILE,
        words="Chưa có thành phần hồ sơ nào được số hóa",
    ),
    Field(
        "DanhSachLePhi",
        "Phí, lệ phí",
        Must.COUNTED,
        Kind.ITEMS,
        members=FEE,
        words="Chưa ghi phí, lệ phí (miễn phí cũng ghi, số tiền 0)",
    ),
    Field("DanhSachTepDinhKemKhac", "Giấy tờ khác", kind=Kind.ITEMS, members=OTHER_PAPER),
    Field("DanhSachHoSoBoSung", "Các lần bổ sung", kind=Kind.ITEMS, members=SUPPLEMENT),
    Field(
        "DanhSachGiayToKetQua",
        "Kết quả",
        Must.COUNTED,
        Kind.ITEMS,
        members=RESULT,
        when=_has_result,
        words="Chưa có tệp kết quả điện tử",
    ),
)
PROGRESS: Table = (
    Field("MaHoSo", "Mã hồ sơ", Must.YES, longest=limits.CODE, pattern=DOSSIER_CODE, like=CODE_LIKE),
    Field("NguoiXuLy", "Người xử lý", Must.YES, longest=limits.OFFICER),
    Field("ChucDanh", "Chức danh"),
    Field("ThoiDiemXuLy", "Thời điểm xử lý", Must.YES, Kind.COMPACT),
    Field("PhongBanXuLy", "Phòng ban xử lý"),
    Field("NoiDungXuLy", "Nội dung xử lý", Must.YES, longest=limits.SUMMARY),
    Field("TrangThai", "Trạng thái", Must.YES, among=STATUSES),
    Field("NgayBatDau", "Ngày bắt đầu", kind=Kind.COMPACT),
    Field("NgayKetThucTheoQuyDinh", "Ngày kết thúc theo quy định", kind=Kind.COMPACT),
)
