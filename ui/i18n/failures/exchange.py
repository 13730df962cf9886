"""The exchange with the province."""

from __future__ import annotations

from ui.i18n.failures.text import Text

TEXTS: dict[str, Text] = {
    "sync.transient": Text(
        "Chưa gửi được lên tỉnh; hồ sơ vẫn nằm an toàn tại xã và sẽ tự gửi lại.",
        "Không cần làm gì. Nếu kéo dài, kiểm tra đường mạng.",
        "The province cannot be reached; it will be sent again.",
        "Nothing to do; check the line if it lasts.",
    ),
    "sync.rejected": Text(
        "Hệ thống tỉnh không nhận: {reason}",
        "Sửa thông tin được nêu rồi bấm Gửi lại.",
        "The province refused: {reason}",
        "Correct it and send again.",
    ),
    "sync.line_down": Text(
        "Đường truyền lên tỉnh đang mất; hồ sơ vẫn nằm an toàn tại xã và sẽ tự gửi khi có mạng.",
        "Không cần làm gì. Nếu kéo dài, kiểm tra dây mạng và địa chỉ của tỉnh trong cấu hình.",
        "No line to the province; it will be sent when the line returns.",
        "Nothing to do; check the network if it lasts.",
    ),
    "sync.reply_lost": Text(
        "Đã gửi nhưng chưa nhận được trả lời rõ ràng; chương trình sẽ hỏi lại tỉnh trước khi gửi tiếp.",
        "Không cần làm gì và không nhập lại hồ sơ ở nơi khác.",
        "Sent, but no clear answer; the program asks before sending again.",
        "Nothing to do; do not enter it elsewhere.",
    ),
    "sync.signed_out": Text(
        "Hệ thống tỉnh không chấp nhận tài khoản kết nối của xã: {reason}",
        "Báo cán bộ tin học kiểm tra tài khoản, mật khẩu hoặc token; hồ sơ vẫn chờ gửi.",
        "The province does not accept the connection's login: {reason}",
        "Have IT check the login; dossiers wait.",
    ),
    "sync.busy": Text(
        "Hệ thống tỉnh đang bận: {reason}",
        "Không cần làm gì; chương trình sẽ tự gửi lại.",
        "The province is busy: {reason}",
        "Nothing to do; it will be sent again.",
    ),
    "sync.refused": Text(
        "Hệ thống tỉnh không nhận: {reason}",
        "Sửa thông tin được nêu rồi bấm Gửi lại.",
        "The province refused: {reason}",
        "Correct it and send again.",
    ),
    "sync.incomplete": Text(
        "Chưa gửi được lên tỉnh vì còn thiếu: {reason}",
        "Bổ sung các mục được nêu rồi bấm Gửi lại.",
        "Not sent; missing: {reason}",
        "Fill in what is named and send again.",
    ),
    "sync.wrong_hash": Text(
        "Tệp lưu ở tỉnh khác với tệp đã gửi; chương trình sẽ gửi lại.",
        "Không cần làm gì.",
        "The province stored other bytes; the file is sent again.",
        "Nothing to do.",
    ),
    "sync.corrupted_upload": Text(
        "Tỉnh nhiều lần lưu sai nội dung tệp {reason}; đã dừng gửi tệp này.",
        "Báo cán bộ tin học của tỉnh; khi tỉnh đã sửa, bấm Gửi lại.",
        "The province keeps storing a wrong copy of {reason}.",
        "Tell the province's IT; then send again.",
    ),
    "sync.no_province": Text(
        "Chưa có kết nối nào lên tỉnh cho thủ tục này.",
        "Thêm mục [[provinces]] với url vào config.toml, hoặc xuất ra USB bằng motcua sync export THƯ-MỤC.",
        "No connection to a province takes this procedure.",
        "Add [[provinces]] with a url to config.toml, or use motcua sync export DIR.",
    ),
    "sync.bad_connection": Text(
        "Cấu hình kết nối tỉnh sai ở “{field}”: {value}",
        "Sửa mục đó trong config.toml rồi chạy lại.",
        "The connection's setting “{field}” is wrong: {value}",
        "Mend it in config.toml and run again.",
    ),
    "sync.export_folder": Text(
        "Không ghi được vào thư mục {folder}.",
        "Kiểm tra USB còn chỗ, không khóa ghi, rồi xuất lại; chưa có gì bị mất.",
        "The folder {folder} cannot be written.",
        "Check the stick and export again; nothing is lost.",
    ),
    "province.port_taken": Text(
        "Không lắng nghe được ở {host}:{port}; cổng đang có chương trình khác dùng hoặc địa chỉ không đúng.",
        "Chọn cổng khác bằng --port, hoặc --port 0 để lấy cổng trống.",
        "Cannot listen on {host}:{port}.",
        "Choose another --port, or --port 0.",
    ),
    "province.folder": Text(
        "Không ghi được vào thư mục {folder} của máy chủ đóng vai tỉnh.",
        "Chọn thư mục khác bằng --data.",
        "The stand-in's folder {folder} cannot be written.",
        "Choose another with --data.",
    ),
}
