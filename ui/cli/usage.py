"""The command-line library's own words in Vietnamese: headings of its help, and what is wrong with a command line."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

from typer._click.formatting import HelpFormatter  # the library exports it nowhere else

# The lines of `motcua --help`, so that it need not load every area; an area without one is loaded.
LINES = {
    "kiosk": "Mở máy lấy số.",
    "desk": "Mở quầy tiếp nhận.",
    "display": "Mở màn hình gọi số.",
    "rating": "Mở màn hình đánh giá ở một quầy.",
    "manager": "Mở số liệu hàng chờ cho lãnh đạo bộ phận.",
    "demo": "Mở một văn phòng mẫu; không có màn hình thì chạy trọn một ngày và in kết quả.",
    "work": "Chạy các việc nền (số hóa, in, gửi lên tỉnh) đến khi bị dừng.",
    "ticket": "Số thứ tự: lấy số, gọi, gọi lại, hoãn, kết thúc.",
    "appointment": "Sổ hẹn: khung giờ, đặt, dời, hủy, người hẹn đã đến.",
    "dossier": "Hồ sơ: tiếp nhận, bổ sung, từ chối, kết quả, trả, tra cứu.",
    "fee": "Phí, lệ phí của một thủ tục: từng khoản, cách tính, căn cứ.",
    "money": "Tiền thu: trong ngày, sổ thu, kiểm quỹ, biên lai.",
    "pay": "Mã chuyển khoản VietQR của một hồ sơ.",
    "digitise": "Số hóa ảnh, PDF hoặc thư mục thành PDF/A có chữ tìm được.",
    "scan": "Quét vào thư mục, từng trang một.",
    "scanners": "Các máy quét đang dùng được.",
    "card": "Thẻ căn cước: đọc mã QR hoặc ba dòng ở mặt sau.",
    "due": "Ngày hẹn trả kết quả và lý do.",
    "calendar": "Lịch làm việc: xem, kiểm tra gói lịch, tính lại các ngày hẹn.",
    "print": "In ra tệp; giấy chưa in xong.",
    "printers": "Các máy in của máy này và tình trạng của chúng.",
    "catalogue": "Danh mục thủ tục: nhập, xem, so sánh, chốt chỗ chưa rõ.",
    "sync": "Trao đổi với hệ thống của tỉnh.",
    "province": "Máy chủ đóng vai tỉnh, để thử, tập huấn và trình diễn.",
    "bench": "Đo tốc độ và độ bền.",
    "events": "Nhật ký các việc đã làm.",
    "report": "Báo cáo số liệu từ nhật ký.",
    "voice": "Giọng đọc gọi số ở phòng chờ.",
    "paper": "Loại giấy tờ mà cơ quan đã dạy cho máy: xem, quên điều sai.",
    "station": "Các máy của cơ quan: ghép máy mới, danh sách, ngắt máy.",
    "notices": "Tin nhắn cho người dân: xem, gửi, ý muốn nhận tin.",
    "simulate": "Mô phỏng hàng chờ để thử cách gọi số và giờ chờ.",
}
_HEADINGS = {"Options": "Tùy chọn", "Commands": "Các lệnh", "Arguments": "Tham số"}
_HELP = {"Show this message and exit.": "Hiện hướng dẫn này rồi thoát."}
_NOTES = (("[required]", "[bắt buộc]"), ("[default: ", "[mặc định: "))
_KINDS = (
    *(("<int range>", "<số>"), ("<float range>", "<số>"), ("<int>", "<số>"), ("<str>", "<chữ>")),
    *(("<path>", "<đường dẫn>"), ("<list[str]>", "<chữ>"), ("<list[Path]>", "<đường dẫn>")),
)


class VietnameseHelp(HelpFormatter):
    """Help with Vietnamese headings and notes; the texts of commands and options are Vietnamese already."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        args = args.replace("[OPTIONS]", "[TÙY CHỌN]").replace("COMMAND [ARGS]", "LỆNH [THAM SỐ]")
        super().write_usage(prog, args, prefix or "Cách dùng: ")

    @contextmanager
    def section(self, name: str) -> Generator[None]:
        with super().section(_HEADINGS.get(name, name)):
            yield

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_in(left, _KINDS), _note(right)) for left, right in rows], col_max, col_spacing)


def _in(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for english, vietnamese in pairs:
        text = text.replace(english, vietnamese)
    return text


def _note(text: str) -> str:
    return _in(_HELP.get(text, text), _NOTES)


def speak(command: Any, lang: str) -> None:
    """Give the help of this run its language."""
    command.context_class.formatter_class = VietnameseHelp if lang == "vi" else HelpFormatter


def problem_of(wrong: Any, lang: str) -> str:
    """What is wrong with the command line, in one phrase. wrong: the library's UsageError or one of its kinds."""
    if lang == "en":
        return str(wrong.format_message()).rstrip(".")
    option = getattr(wrong, "option_name", None)
    match type(wrong).__name__:
        case "NoSuchOption":
            return f"không có tùy chọn {option}"
        case "BadOptionUsage":
            return f"tùy chọn {option} thiếu giá trị hoặc thừa giá trị"
        case "MissingParameter":
            return f"còn thiếu {_label(wrong.param)}"
        case "BadParameter":
            return f"giá trị của {_label(wrong.param)} không hợp lệ{_allowed(wrong)}"
        case _:
            return _of_group(wrong)


def _label(parameter: Any) -> str:
    """--out (Thư mục ghi kết quả), or the help of an argument, which has no name of its own for a person."""
    if parameter is None:
        return "một tham số"
    meaning = (getattr(parameter, "help", "") or "").rstrip(".")
    if parameter.param_type_name == "argument":
        return f"“{meaning or parameter.name}”"
    name = max(parameter.opts, key=len)
    return f"{name} ({meaning})" if meaning else str(name)


def _allowed(wrong: Any) -> str:
    """The range that a number must keep, as the help of its option names it: 1<=x<=64 or x>=1."""
    shown = wrong.param.get_help_record(wrong.ctx) if wrong.param and wrong.ctx else None
    words = shown[1] if shown else ""
    if both := re.search(r"([\d.]+)<=x<=([\d.]+\d|\d)", words):
        return f"; cần số từ {both[1]} đến {both[2]}"
    least = re.search(r"x>=(\d+)", words)
    return f"; cần số từ {least[1]} trở lên" if least else ""


def _of_group(wrong: Any) -> str:
    commands = list(getattr(wrong.ctx.command, "commands", {})) if wrong.ctx else []
    unknown = re.match(r"No such command '([^']+)'", str(wrong))
    if unknown:
        near = get_close_matches(unknown[1], commands, 1)
        return f"không có lệnh “{unknown[1]}”" + (f"; có phải “{near[0]}” không?" if near else "")
    if commands:
        return f"còn thiếu tên việc; chọn một trong: {', '.join(commands)}"
    return "có từ thừa; nội dung có khoảng trắng phải đặt trong ngoặc kép"
