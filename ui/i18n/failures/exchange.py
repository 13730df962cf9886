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
    "sync.corrupted_download": Text(
        "Tệp “{reason}” tỉnh gửi không đúng với mã kiểm tra mà tỉnh báo; chưa đính kèm vào hồ sơ nào.",
        "Báo tỉnh gửi lại tệp này; khi tỉnh đã sửa, bấm Enter để tải lại.",
        "The file {reason} is not what the province announced; it was attached to nothing.",
        "Ask the province to send it again; press Enter to fetch it once more.",
    ),
    "sync.foreign_address": Text(
        "Tỉnh ghi địa chỉ tệp ở máy khác ({reason}), không phải máy chủ của tỉnh: không tải về.",
        "Báo tỉnh địa chỉ này; nếu đúng là máy của tỉnh, nhờ người quản trị thêm vào cấu hình.",
        "The file is said to be at {reason}, which is not the province: nothing was fetched.",
        "Tell the province; if the machine is theirs, have it added to the settings.",
    ),
    "sync.too_large": Text(
        "Tệp của tỉnh lớn hơn {reason} MB, quá mức cho phép.",
        "Nhờ tỉnh gửi bản nhỏ hơn, hoặc nhận qua USB.",
        "A file of the province is larger than {reason} MB.",
        "Ask for a smaller one, or take it by USB.",
    ),
    "online.settled": Text(
        "Hồ sơ trực tuyến {code} đã được xử lý xong.",
        "Mở lại danh sách để xem hồ sơ còn chờ.",
        "The online dossier {code} was settled already.",
        "Open the list again.",
    ),
    "online.here_already": Text(
        "Hồ sơ trực tuyến {code} đã có tại cơ quan, số {key}.",
        "Mở hồ sơ {key} và làm tiếp ở đó; không tiếp nhận lần nữa.",
        "The online dossier {code} is here already as {key}.",
        "Go on with dossier {key}.",
    ),
    "online.papers_coming": Text(
        "Còn {count} tệp của hồ sơ trực tuyến chưa tải về xong.",
        "Đợi tệp về hết rồi tiếp nhận; xem Gửi lên tỉnh nếu lâu.",
        "{count} files of this online dossier are still on their way.",
        "Wait until they are here.",
    ),
    "sync.settling": Text(
        "Đã gửi nhưng chưa rõ tỉnh đã nhận chưa: đang chờ một lát rồi hỏi lại, để không gửi hai lần.",
        "Không cần làm gì.",
        "Sent, but it is not known whether it arrived: the province is asked again shortly.",
        "Nothing to do.",
    ),
    "sync.parked": Text(
        "Thử nhiều lần không được trong khi hồ sơ khác vẫn gửi được ({reason}); đã để riêng, không mất gì.",
        "Xem câu trả lời của tỉnh trong hồ sơ (Trao đổi với tỉnh); bấm Enter để gửi lại khi tỉnh đã sửa.",
        "It failed several times while others got through ({reason}); it is put aside and kept.",
        "Look at the province's answers in the dossier; press Enter to send it again.",
    ),
    "sync.line_down": Text(
        "Đường truyền lên tỉnh đang mất; hồ sơ vẫn nằm an toàn tại xã và sẽ tự gửi khi có mạng.",
        "Không cần làm gì. Nếu kéo dài, kiểm tra dây mạng và địa chỉ của tỉnh trong cấu hình.",
        "No line to the province; it will be sent when the line returns.",
        "Nothing to do; check the network if it lasts.",
    ),
    "sync.unknown_host": Text(
        "Không tìm thấy máy chủ của tỉnh “{host}”: tên trong địa chỉ sai, hoặc mạng của xã không có máy chủ tên miền.",
        "So lại url trong config.toml với văn bản của tỉnh; thử mở một trang web khác trên máy này.",
        "The province's server {host} is not known: the name is wrong, or this network has no name server.",
        "Compare the url in config.toml; try another web page on this machine.",
    ),
    "sync.certificate_time": Text(
        "Chứng thư số của máy chủ tỉnh không còn (hoặc chưa) hiệu lực theo giờ của máy này; chưa gửi gì.",
        "Xem ngày giờ của máy này trước; nếu đúng, báo tỉnh gia hạn. Chạy motcua sync test để biết ngày hết hạn.",
        "The province's certificate is not valid at this machine's time; nothing was sent.",
        "Check this machine's clock first; if it is right, tell the province. `motcua sync test` shows the dates.",
    ),
    "sync.certificate_host": Text(
        "Máy chủ trả lời ở {host} đưa chứng thư của địa chỉ khác; chưa gửi gì.",
        "So lại url trong config.toml; nếu đúng, báo tỉnh: có thể máy chủ cấu hình nhầm hoặc có kẻ giả mạo.",
        "Whoever answers at {host} shows a certificate of another address; nothing was sent.",
        "Compare the url; if it is right, tell the province.",
    ),
    "sync.certificate_ca": Text(
        "Không tin được máy chủ {host}: chứng thư không do tổ chức mà kết nối này tin cậy ký; chưa gửi gì.",
        "Xin tỉnh tệp chứng thư gốc (CA) rồi ghi vào ca_file. Không tắt kiểm tra.",
        "The server {host} cannot be trusted: its certificate was signed by another authority; nothing was sent.",
        "Ask the province for its CA file and set ca_file. Do not turn checking off.",
    ),
    "sync.client_certificate": Text(
        "Máy chủ tỉnh đòi chứng thư của xã, hoặc không nhận chứng thư đang dùng; chưa gửi gì.",
        "Đặt client_cert và client_key bằng tệp tỉnh cấp; nếu đã đặt, xem tệp còn hạn không.",
        "The province wants a certificate of this office, or does not take the one shown; nothing was sent.",
        "Set client_cert and client_key to the files that the province gave; check that they have not run out.",
    ),
    "sync.not_a_province": Text(
        "Ở {host} có một trang web trả lời chứ không phải cổng kết nối của tỉnh.",
        "So lại url trong config.toml; nếu mạng đòi đăng nhập (Wi-Fi, bộ định tuyến) thì đăng nhập mạng trước.",
        "A web page answers at {host}, not a province's interface.",
        "Compare the url; if the network wants a login, log in to it first.",
    ),
    "sync.by_folder": Text(
        "Thủ tục này gửi bằng thư mục (USB) theo kết nối “{connection}”.",
        "Xuất bằng motcua sync export THƯ-MỤC rồi chuyển USB đến nơi nhận.",
        "This procedure goes by folder, through “{connection}”.",
        "Export with motcua sync export FOLDER and carry the stick there.",
    ),
    "sync.code_taken": Text(
        "Tỉnh cấp mã {code} nhưng mã đó đã thuộc hồ sơ khác; chương trình sẽ xin mã mới.",
        "Không cần làm gì; nếu lặp lại, báo tỉnh kiểm tra bộ cấp số.",
        "The province gave the code {code}, which another dossier has; a new one is asked for.",
        "Nothing to do; if it recurs, tell the province.",
    ),
    "sync.missing_secret": Text(
        "Chưa có mật khẩu (token) cho kết nối “{name}”.",
        "Cất bằng motcua sync secret {name}, hoặc đặt secret_file, hoặc dùng LoadCredential={name}:… của systemd.",
        "No password or token is kept for the connection “{name}”.",
        "Keep it with motcua sync secret {name}, or set secret_file, or use systemd's LoadCredential={name}:….",
    ),
    "sync.no_keyring": Text(
        "Máy này không có kho mật khẩu mở được, nên chưa lấy được mật khẩu của kết nối “{name}”.",
        "Trên máy chủ không màn hình: dùng LoadCredential={name}:TỆP trong dịch vụ systemd, hoặc secret_file.",
        "This machine has no keyring that can be opened, so the secret of “{name}” was not found.",
        "On a machine without a screen use systemd's LoadCredential={name}:FILE, or secret_file.",
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
    "province.port_taken": Text(
        "Không lắng nghe được ở {host}:{port}; cổng đang có chương trình khác dùng hoặc địa chỉ không đúng.",
        "Chọn cổng khác bằng --port, hoặc --port 0 để lấy cổng trống.",
        "Cannot listen on {host}:{port}.",
        "Choose another --port, or --port 0.",
    ),
    "province.database": Text(
        "Không mở được cơ sở dữ liệu của máy chủ đóng vai tỉnh: {url}",
        "Kiểm tra địa chỉ sau --database và máy chủ PostgreSQL có chạy không.",
        "The stand-in's database cannot be opened: {url}",
        "Check the address after --database, and that PostgreSQL runs.",
    ),
    "province.not_running": Text(
        "Không có máy chủ đóng vai tỉnh nào trả lời ở {url}.",
        "Chạy motcua province serve trước, hoặc ghi đúng địa chỉ sau --url.",
        "No stand-in answers at {url}.",
        "Run motcua province serve first, or give its address after --url.",
    ),
    "province.refused": Text(
        "Máy chủ đóng vai tỉnh không làm được việc này: {reason}",
        "Kiểm tra mã hồ sơ, trạng thái (1…10) hoặc tên công tắc.",
        "The stand-in cannot do this: {reason}",
        "Check the dossier's code, the status (1…10) or the switch's name.",
    ),
    "province.folder": Text(
        "Không ghi được vào thư mục {folder} của máy chủ đóng vai tỉnh.",
        "Chọn thư mục khác bằng --data.",
        "The stand-in's folder {folder} cannot be written.",
        "Choose another with --data.",
    ),
}
