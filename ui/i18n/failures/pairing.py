"""A new machine and the desk that shows the code."""

from __future__ import annotations

from ui.i18n.failures.text import Text

TEXTS: dict[str, Text] = {
    "pairing.sign": Text(
        "Mã ghép không có ký tự “{sign}”.",
        "Mã không dùng I, O, 0 và 1 để khỏi nhầm. Nhìn lại màn hình quầy: có thể là {likely}.",
        "No pairing code has the sign “{sign}”.",
        "Codes have no I, O, 0 or 1. Look at the desk's screen again: it may be {likely}.",
    ),
    "pairing.foreign_sign": Text(
        "Mã ghép không có ký tự “{sign}”.",
        "Tắt bộ gõ tiếng Việt rồi gõ lại; mã chỉ có chữ không dấu và số.",
        "No pairing code has the sign “{sign}”.",
        "Switch the Vietnamese input method off and type again: codes are plain letters and digits.",
    ),
    "pairing.length": Text(
        "Mã ghép có {needed} ký tự, vừa nhận {found}.",
        "Gõ đủ ba nhóm bốn ký tự trên màn hình quầy.",
        "A pairing code has {needed} signs; {found} were given.",
        "Type all three groups of four from the desk's screen.",
    ),
    "pairing.no_counter": Text(
        "Chưa nói máy mới đặt ở quầy nào.",
        "Thêm --counter MÃ; chọn một trong: {known}.",
        "Nobody said at which counter the new machine will stand.",
        "Add --counter CODE; choose: {known}.",
    ),
    "pairing.nobody": Text(
        "Không thấy quầy nào đang hiện mã này.",
        "Kiểm tra lại mã, và xem hai máy có cùng mạng không. Nếu vẫn không thấy, đưa mã QR vào máy quét, hoặc dùng "
        "lệnh motcua station join MÃ --address ĐỊA-CHỈ (ghi dưới mã).",
        "No desk on this network shows this code.",
        "Check the code and that both machines are on one network; else hold the QR to the reader, or run motcua "
        "station join CODE --address PLACE (as shown below the code).",
    ),
    "pairing.stranger": Text(
        "Máy trả lời ở {address} không phải quầy đang hiện mã này, hoặc câu trả lời đã bị sửa trên đường.",
        "Chưa có gì được ghi. Kiểm tra địa chỉ; nếu lặp lại, báo người quản trị mạng.",
        "What answers at {address} is not the desk that shows this code, or its answer was changed on the way.",
        "Nothing was written. Check the address; if it happens again, tell whoever runs the network.",
    ),
    "pairing.cut": Text(
        "Mất kết nối với quầy giữa chừng.",
        "Chưa có gì được ghi. Nhập lại đúng mã đó.",
        "The connection to the desk was cut.",
        "Nothing was written. Enter the same code again.",
    ),
    "pairing.wrong": Text(
        "Quầy không nhận mã này.",
        "Nhìn lại mã trên màn hình quầy; sai năm lần thì mã hết hiệu lực.",
        "The desk does not accept this code.",
        "Look at the desk's screen again; after five wrong tries the code ends.",
    ),
    "pairing.expired": Text(
        "Mã ghép đã hết hạn.",
        "Lấy mã mới ở quầy; mỗi mã có hiệu lực 10 phút.",
        "The pairing code has expired.",
        "Get a new one at the desk; a code is valid for ten minutes.",
    ),
    "pairing.used": Text(
        "Mã ghép đã được máy khác dùng.",
        "Lấy mã mới ở quầy; mỗi mã chỉ ghép một máy.",
        "Another machine has used this code.",
        "Get a new one at the desk; a code is for one machine.",
    ),
    "pairing.spent": Text(
        "Mã ghép bị khóa vì nhập sai năm lần.",
        "Lấy mã mới ở quầy. Nếu không ai ở cơ quan nhập sai, báo người quản trị mạng.",
        "The code ended after five wrong tries.",
        "Get a new one at the desk. If nobody here mistyped it, tell whoever runs the network.",
    ),
    "pairing.older": Text(
        "Chương trình trên máy này ({mine}) cũ hơn của cơ quan ({theirs}).",
        "Cập nhật máy này rồi ghép lại bằng đúng mã đó, hoặc mã mới.",
        "The program on this machine ({mine}) is older than the office's ({theirs}).",
        "Update this machine, then pair again.",
    ),
    "pairing.newer": Text(
        "Chương trình trên máy này ({mine}) mới hơn của cơ quan ({theirs}).",
        "Cập nhật các máy của cơ quan trước, rồi ghép lại.",
        "The program on this machine ({mine}) is newer than the office's ({theirs}).",
        "Update the office's machines first, then pair again.",
    ),
    "pairing.failed": Text(
        "Mã đúng, nhưng cơ quan chưa nhận được máy này.",
        "Xem lý do trên màn hình quầy, xử lý rồi nhập lại đúng mã đó.",
        "The code is right, but the office could not take this machine in.",
        "See why on the desk's screen, then enter the same code again.",
    ),
    "pairing.needs_server": Text(
        "Cơ quan đang lưu dữ liệu trong một máy, chưa ghép thêm máy được.",
        "Cài PostgreSQL và ghi `database` vào config.toml của máy này trước (xem docs/stations.md).",
        "The office keeps its data on one PC, so no machine can be added yet.",
        "Install PostgreSQL and set `database` in this machine's config.toml first (docs/stations.md).",
    ),
    "pairing.port": Text(
        "Không mở được cổng {address} để chờ máy mới.",
        "Chọn cổng khác bằng --port, hoặc xem lại địa chỉ ở mục [pairing] trong config.toml.",
        "Cannot listen on {address}.",
        "Choose another port with --port, or check [pairing] in config.toml.",
    ),
    "pairing.address": Text(
        "Không hiểu địa chỉ “{address}”.",
        "Ghi như dưới mã trên màn hình quầy, ví dụ 192.168.1.10:27110.",
        "The address “{address}” is not understood.",
        "Write it as shown below the code, such as 192.168.1.10:27110.",
    ),
    "pairing.configured": Text(
        "Máy này đã có cấu hình ({file}).",
        "Nếu muốn ghép lại, thêm --again; cấu hình cũ được giữ trong config.toml.before.",
        "This machine is configured already ({file}).",
        "To pair it again add --again; the old settings are kept in config.toml.before.",
    ),
    "pairing.other_key": Text(
        "Thư mục {folder} đang giữ khóa của một cơ quan khác.",
        "Ghi đè khóa là mất mọi giấy tờ của cơ quan đó. Chọn thư mục dữ liệu khác bằng --data.",
        "The folder {folder} holds the key of another office.",
        "Overwriting it would lose all papers of that office. Choose another folder with --data.",
    ),
    "pairing.no_database": Text(
        "Mã đúng, nhưng máy này không nối được với cơ sở dữ liệu {address}.",
        "Chưa có gì được ghi. Cho phép máy này trong PostgreSQL (listen_addresses, pg_hba.conf, tường lửa), rồi nhập "
        "lại đúng mã đó.",
        "The code is right, but the database {address} does not answer this machine.",
        "Nothing was written. Allow this machine in PostgreSQL and the firewall, then enter the same code again.",
    ),
}
