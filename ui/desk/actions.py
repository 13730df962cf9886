"""Every act of the desk with its words and its key: shortcuts, buttons and the F1 sheet come from here. No Qt.

No Alt+Z and no bare Ctrl+Shift: Vietnamese typing programs use them to switch. Ctrl+Shift with a letter switches
nothing (docs/decisions/0012-desk-screen.md) and is left to what is done a few times a day. An act without a key is done
from the palette.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    id: str
    words: str
    key: str
    section: str
    shown: str = ""

    @property
    def cap(self) -> str:
        """The key as printed on a key cap."""
        return self.shown or self.key


QUEUE, INTAKE, PAPERS, OTHER = "Gọi số", "Tiếp nhận", "Giấy tờ và trang quét", "Khác"
SCREEN = "Màn hình"

ACTIONS: tuple[Action, ...] = (
    Action("next", "Gọi số tiếp theo", "F2", QUEUE),
    Action("recall", "Gọi lại", "F3", QUEUE),
    Action("miss", "Vắng mặt", "F4", QUEUE),
    Action("park", "Tạm hoãn", "F5", QUEUE),
    Action("finish", "Xong lượt", "F7", QUEUE),
    Action("transfer", "Chuyển số", "F11", QUEUE),
    Action("pause", "Tạm nghỉ quầy", "F12", QUEUE),
    Action("return", "Số vắng trở lại", "Ctrl+B", QUEUE),
    Action("appointment", "Cấp số: hẹn ngoài sổ", "Ctrl+H", QUEUE),
    Action("register", "Sổ hẹn", "Ctrl+E", QUEUE),
    Action("dossiers", "Số hồ sơ mang theo", "Ctrl+D", QUEUE),
    Action("card", "Về ô thẻ căn cước", "Ctrl+L", INTAKE),
    Action("submitter", "Người nộp hộ", "Ctrl+W", INTAKE),
    Action("link", "Nối hồ sơ mang số định danh cũ", "", INTAKE, "–"),
    Action("secret", "Đánh dấu hồ sơ bí mật nhà nước", "", INTAKE, "–"),
    Action("procedure", "Tìm thủ tục", "Ctrl+F", INTAKE),
    Action("case", "Chọn trường hợp", "Ctrl+T", INTAKE),
    Action("agency", "Cơ quan khác giải quyết (phi địa giới)", "Ctrl+Shift+A", INTAKE),
    Action("receive", "Tiếp nhận", "Ctrl+Return", INTAKE, "Ctrl+Enter"),
    Action("on_the_spot", "Giải quyết và trả ngay", "Ctrl+Shift+N", INTAKE),
    Action("supplement", "Yêu cầu bổ sung", "F9", INTAKE),
    Action("refuse", "Từ chối", "F10", INTAKE),
    Action("new", "Hồ sơ mới", "Ctrl+N", INTAKE),
    Action("undo", "Hoàn tác", "Ctrl+Z", INTAKE),
    Action("redo", "Làm lại", "Ctrl+Shift+Z", INTAKE),
    Action("correct", "Sửa hồ sơ đã tiếp nhận", "Ctrl+Shift+K", INTAKE),
    Action("group", "Thêm hồ sơ của người này, phiếu chung", "Ctrl+Shift+G", INTAKE),
    Action("money", "Thu phí, lệ phí", "Ctrl+Shift+T", INTAKE),
    Action("all", "Đủ giấy tờ", "F6", PAPERS),
    Action("extra_paper", "Thêm giấy tờ ngoài danh mục", "Ctrl+Shift+B", PAPERS),
    Action("scan", "Quét giấy tờ", "F8", PAPERS),
    Action("scan_other", "Quét bằng máy thứ hai", "Shift+F8", PAPERS),
    Action("files", "Thêm tệp", "Ctrl+O", PAPERS),
    Action("stopped", "Trang, tệp bị dừng", "Ctrl+S", PAPERS),
    Action("separators", "In tờ ngăn", "Ctrl+I", PAPERS),
    Action("take", "Lấy thông tin từ thẻ đã quét", "Ctrl+U", PAPERS),
    Action("reading", "Xem giấy tờ đã đọc", "Ctrl+J", PAPERS),
    Action("list", "Về danh sách giấy tờ", "Ctrl+G", PAPERS),
    Action("coming", "Báo đang ra giúp", "Ctrl+K", OTHER),
    Action("unprinted", "Giấy chưa in", "Ctrl+P", OTHER),
    Action("recent", "Hồ sơ gần đây", "Ctrl+R", OTHER),
    Action("dossier", "Mở hồ sơ", "Ctrl+Y", OTHER),
    Action("ready", "Kết quả chờ trả", "Ctrl+Shift+R", OTHER),
    Action("alarms", "Sắp hết hạn, quá hạn, chờ báo", "Ctrl+Shift+L", OTHER),
    Action("exchange", "Gửi lên tỉnh", "Ctrl+Shift+X", OTHER),
    Action("online", "Hồ sơ trực tuyến", "Ctrl+Shift+O", OTHER),
    Action("drawer", "Kiểm quỹ cuối ngày", "", OTHER, "–"),
    Action("stations", "Các máy của cơ quan", "Ctrl+M", OTHER),
    Action("help", "Phím tắt", "F1", OTHER),
    Action("back", "Đóng bảng, quay lại", "Escape", OTHER, "Esc"),
    Action("palette", "Tìm lệnh", "Ctrl+Shift+P", SCREEN),
    Action("citizen", "Màn hình cho người dân", "Ctrl+Shift+M", SCREEN),
    Action("theme", "Nền sáng, tối, tương phản cao", "Ctrl+Shift+D", SCREEN),
    Action("larger", "Chữ to hơn", "Ctrl+=", SCREEN),
    Action("smaller", "Chữ nhỏ hơn", "Ctrl+-", SCREEN),
    Action("usual_size", "Chữ cỡ thường", "Ctrl+0", SCREEN),
    Action("density", "Dòng sát hay thoáng", "", SCREEN, "–"),
)

BY_ID = {action.id: action for action in ACTIONS}

# Keys that work while the list of papers has the focus: letter -> what it notes.
LETTERS: tuple[tuple[str, str, str], ...] = (
    ("C", "original", "Bản chính"),
    ("S", "copy", "Bản sao"),
    ("T", "certified", "Chứng thực"),
    ("D", "database", "Khai thác CSDL"),
    ("G", "held", "Đã có: dùng lại giấy cũ"),
    ("K", "not_needed", "Không cần"),
    ("X", "missing", "Thiếu"),
)

# Keys for pages that the quality gate stopped at: letter -> act of `FlawsPresenter`.
GATE_LETTERS: tuple[tuple[str, str, str], ...] = (
    ("L", "next", "Đến trang có lỗi"),
    ("Q", "again", "Quét lại trang này"),
    ("V", "accept", "Vẫn dùng trang này"),
)

# Keys of an open dossier: letter -> act of `ui.desk.dossier_acts`. One letter each: a burst of a scanner is no key.
DOSSIER_KEYS: tuple[tuple[str, str, str], ...] = (
    ("R", "return", "Trả kết quả"),
    ("V", "post", "Gửi bưu chính"),
    ("B", "notify", "Báo người dân"),
    ("P", "notice", "In giấy báo"),
    ("K", "result", "Ghi kết quả"),
    ("C", "start", "Chuyển giải quyết"),
    ("L", "consult", "Lấy ý kiến"),
    ("Y", "answer", "Ghi ý kiến trả lời"),
    ("T", "demand_payment", "Yêu cầu nộp tiền"),
    ("D", "payment_done", "Đã nộp tiền"),
    ("H", "extend", "Hẹn lại, xin lỗi"),
    ("E", "supplement", "Yêu cầu bổ sung"),
    ("X", "refuse", "Từ chối"),
    ("S", "stop", "Dừng giải quyết"),
    ("U", "withdraw", "Công dân rút"),
    ("A", "transfer", "Chuyển cơ quan khác"),
    ("Q", "competent", "Cơ quan thẩm quyền đã nhận"),
    ("M", "correct", "Sửa thông tin đã ghi"),
    ("F", "fee", "Tính lại mức thu"),
    ("N", "pay", "Thu phí, lệ phí"),
    ("J", "exempt", "Miễn phí, lệ phí"),
    ("W", "refund", "Hoàn tiền"),
    ("Z", "cancel_receipt", "Hủy biên lai"),
    ("I", "receipt_again", "In lại biên lai"),
    ("O", "hold", "Giữ bản chính"),
    ("G", "give_back", "Trả bản chính"),
)
DOSSIER = "Hồ sơ đang mở"

# Where the zoomed desk, or a panel over it, is larger than the screen.
SCROLL_KEYS: tuple[tuple[str, str], ...] = (("Alt+↑ ↓ ← →", "Cuộn khi chữ to hơn màn hình"),)

LIST_KEYS: tuple[tuple[str, str], ...] = (
    *((letter, words) for letter, _state, words in LETTERS),
    ("B", "Giấy tờ cần sửa, bổ sung"),
    ("1 … 9", "Gắn trang quét vào giấy tờ"),
    ("← →", "Chọn trang quét"),
    ("Del", "Bỏ trang, lấy lại trang"),
    *((letter, words) for letter, _act, words in GATE_LETTERS),
)
