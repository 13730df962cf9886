"""The program itself: commands, settings, stations, the demo."""

from __future__ import annotations

from ui.i18n.failures.text import Text

TEXTS: dict[str, Text] = {
    "kiosk": Text(
        "Việc này chưa làm được.",
        "Thử lại; nếu vẫn lỗi, gọi bộ phận hỗ trợ.",
        "This could not be done.",
        "Try again; if it fails again, call support.",
    ),
    "internal": Text(
        "Chương trình gặp lỗi ngoài dự kiến. Dữ liệu đã lưu vẫn còn nguyên.",
        "Khởi động lại chương trình; nếu vẫn lỗi, gửi nhật ký cho bộ phận hỗ trợ.",
        "The program met an unexpected fault. What was saved is still there.",
        "Start the program again; if it fails again, send the log to support.",
    ),
    "usage": Text(
        "Lệnh chưa đúng: {problem}",
        "Xem cách dùng: motcua --help, hoặc motcua TÊN-LỆNH --help.",
        "Wrong use: {problem}",
        "See motcua --help, or motcua COMMAND --help.",
    ),
    "rule": Text("Chưa đúng quy định.", "Xem lại thông tin vừa nhập.", "Against the rules.", "Check what was entered."),
    "input": Text(
        "Dữ liệu đưa vào không dùng được.",
        "Kiểm tra lại dữ liệu rồi làm lại.",
        "Unusable input.",
        "Check it and retry.",
    ),
    "input.not_found": Text(
        "Không tìm thấy {what} “{key}”.",
        "Kiểm tra lại tên hoặc mã rồi thử lại.",
        "No {what} “{key}”.",
        "Check the name or code and retry.",
    ),
    "config.invalid": Text(
        "Tệp cấu hình {file} có chỗ sai: {problem}",
        "Sửa đúng chỗ được nêu rồi chạy lại.",
        "The configuration {file} is wrong: {problem}",
        "Mend the place named and run again.",
    ),
    "bench.stuck": Text(
        "Máy lấy số “{name}” chưa báo hết về văn phòng sau hai phút.",
        "Chạy lại với --kills nhỏ hơn; nếu vẫn vậy, gửi kết quả cho người bảo trì.",
        "The kiosk “{name}” had not told the office everything after two minutes.",
        "Run it again with fewer --kills; if it stays, report it to the maintainers.",
    ),
    "bench.sync_stuck": Text(
        "Ba phút không gửi được gì dù còn {waiting} mục chờ.",
        "Chạy lại với cùng --seed; nếu vẫn vậy, gửi kết quả cho người bảo trì.",
        "Nothing could be sent for three minutes although {waiting} items wait.",
        "Run it again with the same --seed; if it stays, report it to the maintainers.",
    ),
    "bench.needs_root": Text(
        "Không dựng được đường truyền giả để đo: {problem}.",
        "Chạy trên Linux với quyền root: sudo motcua bench sync --only line.",
        "The emulated line cannot be set up: {problem}.",
        "Run on Linux as root: sudo motcua bench sync --only line.",
    ),
    "bench.worker_died": Text(
        "Một tiến trình đo đã dừng giữa chừng (mã {code}).",
        "Xem lỗi in ở trên, gửi cho bộ phận hỗ trợ; dữ liệu thật không bị ảnh hưởng.",
        "A measuring process died (code {code}).",
        "Look at its words above; no real data is concerned.",
    ),
    "input.text": Text(
        "Nội dung có ký tự không lưu được.",
        "Xóa các ký tự lạ rồi làm lại.",
        "The text holds characters that cannot be kept.",
        "Remove the odd characters and do it again.",
    ),
    "stale": Text(
        "Người khác vừa xử lý mục này.",
        "Màn hình đã cập nhật; xem lại rồi làm tiếp.",
        "Somebody else has just changed this.",
        "Look again and go on.",
    ),
    "event.duplicate_command": Text(
        "Lệnh này đã được thực hiện trước đó.",
        "Không cần làm lại.",
        "This command was done before.",
        "Nothing to do.",
    ),
    "event.broken": Text(
        "Nhật ký bị sửa hoặc mất ở dòng {seq}.",
        "Không dùng tiếp dữ liệu này; gọi bộ phận hỗ trợ đối chiếu với bản sao lưu.",
        "The log was changed or cut at line {seq}.",
        "Stop; compare with a backup.",
    ),
    "simulate.scenario": Text(
        "Không có kịch bản mô phỏng “{scenario}”.",
        "Chọn một trong: {known}.",
        "No scenario “{scenario}”.",
        "Choose: {known}.",
    ),
    "report.file": Text(
        "Không ghi được báo cáo vào tệp {file}.",
        "Chọn thư mục khác có quyền ghi rồi chạy lại lệnh.",
        "The report cannot be written to {file}.",
        "Choose a folder that can be written to, and run again.",
    ),
    "job.postponed": Text(
        "Chưa đến lượt việc này.", "Chương trình sẽ tự làm tiếp.", "Not yet.", "It goes on by itself."
    ),
    "job.bug": Text(
        "Chương trình gặp lỗi khi làm việc nền ({kind}).",
        "Gửi nhật ký cho bộ phận hỗ trợ; dữ liệu vẫn còn nguyên.",
        "A background job met a bug ({kind}).",
        "Send the log to support; the data is intact.",
    ),
    "bench.officer_lost": Text(
        "Một tiến trình của phép đo đã dừng giữa chừng.",
        "Xem lỗi in phía trên, rồi chạy lại.",
        "A process of the bench ended before its time.",
        "See the error above and run again.",
    ),
    "bench.no_x": Text(
        "Phép đo này cần màn hình ảo, nhưng máy còn thiếu: {missing}.",
        "Cài gói xvfb, openbox và libxtst6 rồi chạy lại.",
        "This bench needs a virtual screen; missing: {missing}.",
        "Install xvfb, openbox and libxtst6, then run again.",
    ),
    "bench.desk_silent": Text(
        "Quầy không hiện bước “{step}” sau {seconds} giây.",
        "Chạy lại khi máy rảnh; nếu vẫn vậy, gửi kết quả cho người bảo trì.",
        "The desk did not show the step “{step}” after {seconds} s.",
        "Run it again on an idle machine; if it stays, report it to the maintainers.",
    ),
    "bench.kiosk_not_up": Text(
        "Máy lấy số không lên màn hình trong {seconds} giây.",
        "Chạy `motcua kiosk` để xem lỗi, rồi đo lại.",
        "The kiosk did not come up within {seconds} s.",
        "Run `motcua kiosk` to see why, then measure again.",
    ),
    "work.already": Text(
        "Máy này đang chạy việc nền cho văn phòng rồi.",
        "Không cần chạy thêm; nếu treo, khởi động lại dịch vụ.",
        "The background work already runs here.",
        "Nothing to do; restart the service if it hangs.",
    ),
    "window.no_screen": Text(
        "Không mở được cửa sổ vì máy này không có màn hình đang dùng được.",
        "Ngồi trước máy có màn hình rồi chạy lại; muốn chạy thử không cần màn hình: motcua demo --headless.",
        "No window can be opened: there is no screen here.",
        "Run it on a PC with a screen, or try motcua demo --headless.",
    ),
    "demo.not_in_time": Text(
        "Văn phòng mẫu không kịp: {what}.",
        "Xem các tệp .log trong thư mục dữ liệu, rồi chạy lại.",
        "The sample office was too slow: {what}.",
        "See the .log files in the data folder and run again.",
    ),
}
