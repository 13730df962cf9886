"""Appointments: slots, codes, what has ended."""

from __future__ import annotations

from ui.i18n.failures.text import Text

TEXTS: dict[str, Text] = {
    "appointment.ended": Text(
        "Lịch hẹn {code} đã hủy, đã quá ngày hoặc đã có số{numbered}.",
        "Mở sổ hẹn (Ctrl+E) để xem; nếu cần thì đặt hẹn mới hoặc lấy số thường.",
        "The appointment {code} was called off, is over, or has its number{numbered} already.",
        "See the register (Ctrl+E); book anew or take an ordinary number.",
    ),
    "appointment.slot_full": Text(
        "Khung giờ này đã đủ {room} người hẹn.",
        "Chọn khung giờ khác còn chỗ.",
        "This slot has its {room} appointments.",
        "Choose another slot.",
    ),
    "appointment.no_slot": Text(
        "Nhóm này không nhận hẹn vào lúc {at}.",
        "Chọn một khung giờ trong danh sách; số chỗ của từng nhóm ghi ở dòng appointments của office.toml.",
        "This line has no appointment slot at {at}.",
        "Choose a slot of the list; places are set by `appointments` in office.toml.",
    ),
    "appointment.time": Text(
        "Không hiểu thời gian “{text}”.",
        "Ghi ngày dạng 2026-11-23, khung giờ dạng 2026-11-23T08:30.",
        "The time “{text}” cannot be understood.",
        "Write a day as 2026-11-23 and a slot as 2026-11-23T08:30.",
    ),
    "appointment.unknown": Text(
        "Hôm nay không có lịch hẹn nào mang mã này.",
        "Xem lại ngày và mã hẹn, hoặc hỏi cán bộ.",
        "No appointment of today has this code.",
        "Check the day and the code, or ask an officer.",
    ),
    "appointment.other_day": Text(
        "Lịch hẹn này không phải của hôm nay mà của ngày {day}.",
        "Đến vào ngày đã hẹn, hoặc dời lịch hẹn về hôm nay trong sổ hẹn (Ctrl+E).",
        "This appointment is for {day}, not for today.",
        "Come on that day, or move it in the register (Ctrl+E).",
    ),
}
