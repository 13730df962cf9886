"""What a failure says to a person: one row per code, Vietnamese first. Placeholders are filled from `details`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kiosk.errors import KioskError


@dataclass(frozen=True)
class Text:
    """message: what happened; fix: what to do next; the English pair is for IT staff."""

    message: str
    fix: str
    message_en: str
    fix_en: str


@dataclass(frozen=True)
class Explained:
    code: str
    message: str
    fix: str


TEXTS: dict[str, Text] = {
    # The program itself
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
    # Storage
    "storage": Text(
        "Không ghi được vào kho dữ liệu. Việc vừa rồi chưa được lưu.",
        "Thử lại; nếu vẫn lỗi, gọi bộ phận hỗ trợ kiểm tra ổ đĩa.",
        "The store could not be written. Nothing was saved.",
        "Try again; if it fails again, have the disk checked.",
    ),
    "storage.full": Text(
        "Ổ đĩa đã đầy. Việc vừa rồi chưa được lưu, dữ liệu cũ vẫn còn nguyên.",
        "Giải phóng chỗ trống trên ổ đĩa rồi làm lại.",
        "The disk is full. Nothing was saved; earlier data is intact.",
        "Free some space and do it again.",
    ),
    "storage.newer": Text(
        "Dữ liệu do phiên bản mới hơn tạo ra ({found}); phiên bản này chỉ hiểu đến {known}.",
        "Cài phiên bản Một Cửa mới nhất rồi mở lại. Dữ liệu chưa bị thay đổi.",
        "The data was made by a newer version ({found}); this one knows {known}.",
        "Install the newest version. The data was not changed.",
    ),
    "storage.key": Text(
        "Khóa của cơ quan không mở được kho dữ liệu này.",
        "Kiểm tra đúng thư mục dữ liệu và tệp khóa; không xóa gì cả.",
        "This office's key does not open the store.",
        "Check the data folder and the key file; delete nothing.",
    ),
    "storage.engine": Text(
        "Bộ máy SQLite {version} có thể làm mất dữ liệu nên không được dùng.",
        "Cài lại chương trình bằng make setup.",
        "SQLite {version} may lose data and is refused.",
        "Install the program again with make setup.",
    ),
    "storage.damaged": Text(
        "Một tệp trong kho giấy tờ bị thiếu hoặc hỏng ({file}).",
        "Không quét đè. Gọi bộ phận hỗ trợ khôi phục từ bản sao lưu.",
        "A stored file is missing or damaged ({file}).",
        "Do not scan over it; restore from a backup.",
    ),
    "storage.busy": Text(
        "Kho dữ liệu đang bận quá {seconds} giây. Việc vừa rồi chưa được lưu.",
        "Chờ một phút rồi làm lại; nếu vẫn bận, đóng các chương trình đang sao lưu dữ liệu.",
        "The store was busy for more than {seconds} seconds. Nothing was saved.",
        "Wait a minute and do it again; stop programs that copy the data.",
    ),
    "storage.offline": Text(
        "Không kết nối được với máy chủ dữ liệu của cơ quan. Việc vừa rồi chưa được lưu.",
        "Kiểm tra máy chủ và dây mạng nội bộ rồi làm lại; quầy lấy số vẫn hoạt động.",
        "The office's database server cannot be reached. Nothing was saved.",
        "Check the server and the local network, then do it again.",
    ),
    "storage.io": Text(
        "Ổ đĩa báo lỗi khi đọc hoặc ghi. Việc vừa rồi chưa được lưu.",
        "Ngừng làm việc trên máy này, gọi bộ phận hỗ trợ kiểm tra ổ đĩa và bản sao lưu.",
        "The disk reported an error. Nothing was saved.",
        "Stop working on this PC; have the disk and the backups checked.",
    ),
    "storage.foreign": Text(
        "{file} không phải kho dữ liệu của Một Cửa.",
        "Chọn đúng thư mục hoặc cơ sở dữ liệu; tệp này chưa bị thay đổi.",
        "{file} is not a database of this program.",
        "Choose the right folder or database. It was not changed.",
    ),
    "storage.read_only": Text(
        "Không ghi được vào {folder}: thư mục bị khóa ghi, không đủ quyền, hoặc đó không phải thư mục. Chưa lưu gì.",
        "Mở khóa ghi hoặc cấp quyền cho tài khoản đang dùng; hoặc chọn thư mục dữ liệu khác bằng --data.",
        "{folder} cannot be written: it is locked, not permitted, or no folder. Nothing was saved.",
        "Unlock it or grant the right to write; or choose another data folder with --data.",
    ),
    "storage.network_folder": Text(
        "Thư mục {folder} nằm trên máy khác qua mạng ({kind}), dữ liệu ở đó có thể hỏng.",
        "Đặt dữ liệu trên ổ đĩa của máy này; muốn dùng chung nhiều máy thì dùng PostgreSQL.",
        "The folder {folder} is on another machine ({kind}), where data may be damaged.",
        "Keep the data on this PC's own disk; use PostgreSQL to share it.",
    ),
    "storage.key_missing": Text(
        "Có kho dữ liệu nhưng không thấy tệp khóa {file}.",
        "Chép lại tệp khóa của cơ quan từ nơi cất giữ; không tạo khóa mới, không xóa dữ liệu.",
        "There is a store, but its key file {file} is missing.",
        "Bring the office's key file back; make no new key and delete nothing.",
    ),
    "storage.key_file": Text(
        "Tệp khóa {file} bị hỏng.",
        "Chép lại tệp khóa của cơ quan từ nơi cất giữ.",
        "The key file {file} is damaged.",
        "Bring the office's key file back from its safe place.",
    ),
    "storage.conflict": Text(
        "Mục này đã có trong kho dữ liệu ({what}).",
        "Mở mục đã có để xem; không nhập lại.",
        "This exists in the store already ({what}).",
        "Look at the existing one.",
    ),
    "storage.no_postgres": Text(
        "Máy này chưa cài máy chủ PostgreSQL.",
        "Cài gói postgresql, hoặc chỉ ra một cơ sở dữ liệu trống bằng --url.",
        "PostgreSQL's server is not installed on this machine.",
        "Install it, or name an empty database with --url.",
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
    # Equipment
    "device": Text(
        "Thiết bị {device} gặp sự cố.",
        "Kiểm tra thiết bị rồi thử lại.",
        "Trouble with {device}.",
        "Check it and retry.",
    ),
    "device.paper": Text(
        "Thiết bị {device} hết giấy.", "Cho giấy vào rồi bấm tiếp tục.", "{device} is out of paper.", "Load paper."
    ),
    "device.jam": Text(
        "Kẹt giấy ở {device}. Các trang đã quét vẫn được giữ.",
        "Mở nắp, gỡ giấy kẹt, rồi quét tiếp từ trang bị kẹt.",
        "Paper jam in {device}. Pages so far are kept.",
        "Clear the jam and go on from that page.",
    ),
    "device.cover": Text("Nắp của {device} đang mở.", "Đóng nắp rồi thử lại.", "{device}: cover open.", "Close it."),
    "device.double_feed": Text(
        "{device} kéo hai tờ cùng lúc. Các trang đã quét vẫn được giữ.",
        "Tách hai tờ ra rồi quét lại tờ đó.",
        "{device} fed two sheets at once.",
        "Separate them and scan that sheet again.",
    ),
    "device.busy": Text("{device} đang bận.", "Chờ một lát rồi thử lại.", "{device} is busy.", "Wait and retry."),
    "device.cancelled": Text(
        "Đã dừng quét ở {device}. Các trang đã quét vẫn được giữ.",
        "Quét tiếp khi cần.",
        "Cancelled.",
        "Go on when ready.",
    ),
    "device.offline": Text(
        "Không kết nối được với {device}.",
        "Kiểm tra dây, nguồn điện và tên thiết bị.",
        "{device} is not connected.",
        "Check cable, power and name.",
    ),
    "device.io": Text(
        "Lỗi đường truyền với {device}.", "Rút dây, cắm lại rồi thử lại.", "I/O error with {device}.", "Reconnect it."
    ),
    # Printing
    "print.paused": Text(
        "Máy in {device} đang tạm dừng: {reason}",
        "Bấm tiếp tục ở máy in hoặc trong hàng đợi in; phiếu đang chờ sẽ tự in.",
        "{device} is paused: {reason}",
        "Resume it; waiting papers print by themselves.",
    ),
    "print.refused": Text(
        "Máy in {device} đã bỏ lệnh in: {reason}",
        "Kiểm tra giấy và khổ giấy của máy in; phiếu sẽ tự in lại.",
        "{device} gave the job up: {reason}",
        "Check its paper; it is tried again.",
    ),
    "print.unconfirmed": Text(
        "Máy in {device} không báo đã in xong sau {seconds} giây; lệnh in đã được rút lại.",
        "Nhìn khay giấy: nếu chưa ra giấy, kiểm tra máy in. Phiếu in lại sẽ có dấu “bản in lại”.",
        "{device} did not confirm within {seconds} s; the job was taken back.",
        "Look at the tray and the printer.",
    ),
    "print.wrong_kind": Text(
        "Máy {device} không in được loại giấy này ({paper}).",
        "Chọn máy in khác cho loại giấy này trong cấu hình.",
        "{device} cannot print this ({paper}).",
        "Choose another printer for it.",
    ),
    "print.form_set": Text(
        "Không có bộ mẫu “{form_set}”.",
        "Cập nhật chương trình; các bộ mẫu hiện có: {known}.",
        "No form set “{form_set}”.",
        "Known: {known}.",
    ),
    "print.form": Text("Không có mẫu “{name}”.", "Chọn một trong: {known}.", "No form “{name}”.", "Choose: {known}."),
    "print.target": Text(
        "Cấu hình máy in không đúng: “{target}”.",
        "Ghi loại máy in ({known}) kèm địa chỉ của máy.",
        "Wrong printer setting: “{target}”.",
        "Known: {known}.",
    ),
    "print.unwritable": Text(
        "Không ghi được tệp {file}.",
        "Chọn một thư mục có sẵn và được phép ghi.",
        "Cannot write {file}.",
        "Choose a folder that exists and may be written.",
    ),
    "print.file_kind": Text(
        "Không ghi được tệp “{file}” vì không rõ định dạng.",
        "Đặt tên tệp kết thúc bằng một trong: {known}.",
        "Unknown kind of file “{file}”.",
        "Use one of: {known}.",
    ),
    # Numbers
    "ticket.illegal": Text(
        "Số {number} đang ở trạng thái không cho phép việc này.",
        "Xem lại trạng thái của số trên màn hình.",
        "Ticket {number} does not allow this now.",
        "Look at its state.",
    ),
    "ticket.counter_busy": Text(
        "Quầy {counter} còn đang phục vụ số {number}.",
        "Kết thúc, tạm gác hoặc ghi vắng số đó trước khi gọi số mới.",
        "Counter {counter} still serves {number}.",
        "Finish, park or miss it first.",
    ),
    "ticket.queue_empty": Text(
        "Không còn ai chờ ở quầy này.", "Chờ người dân lấy số.", "Nobody waits.", "Wait for the next citizen."
    ),
    "ticket.group_full": Text(
        "Nhóm này hôm nay đã hết số.",
        "Mời ông/bà đến ngày làm việc sau, hoặc gọi cán bộ.",
        "This group has no numbers left today.",
        "Come on the next working day, or call staff.",
    ),
    "lookup.no_code": Text(
        "Mã vừa nhập chưa đúng.",
        "Mã hồ sơ là 12 chữ số in trên giấy tiếp nhận. Mời ông/bà xem lại từng số.",
        "This is no receipt code.",
        "The code has 12 digits and is printed on the receipt. Check each digit.",
    ),
    "lookup.unknown": Text(
        "Không tìm thấy hồ sơ có mã này.",
        "Mời ông/bà xem lại mã trên giấy tiếp nhận, hoặc gọi cán bộ.",
        "No dossier has this code.",
        "Check the code on the receipt, or call staff.",
    ),
    "ticket.unknown_group": Text(
        "Không có nhóm dịch vụ “{group}”.",
        "Chọn một trong: {known}.",
        "No service group “{group}”.",
        "Choose: {known}.",
    ),
    "ticket.unknown_priority": Text(
        "Không có diện ưu tiên “{priority}”.",
        "Chọn một trong: {known}.",
        "No priority “{priority}”.",
        "Choose: {known}.",
    ),
    "ticket.unknown_counter": Text(
        "Không có quầy “{counter}”.", "Chọn một trong: {known}.", "No counter “{counter}”.", "Choose: {known}."
    ),
    # Simulation
    "simulate.scenario": Text(
        "Không có kịch bản mô phỏng “{scenario}”.",
        "Chọn một trong: {known}.",
        "No scenario “{scenario}”.",
        "Choose: {known}.",
    ),
    # Reports
    "report.file": Text(
        "Không ghi được báo cáo vào tệp {file}.",
        "Chọn thư mục khác có quyền ghi rồi chạy lại lệnh.",
        "The report cannot be written to {file}.",
        "Choose a folder that can be written to, and run again.",
    ),
    # Rating
    "rating.closed": Text(
        "Số {number} đã hết thời gian đánh giá.",
        "Chỉ đánh giá được trong 2 phút sau khi phục vụ xong; mời ông/bà góp ý với cán bộ hoặc qua hòm thư.",
        "Ticket {number} can no longer be rated.",
        "Votes are taken for 2 minutes after the service.",
    ),
    "rating.no_vote": Text(
        "Số {number} chưa có đánh giá.",
        "Chọn một khuôn mặt trước, rồi mới chọn lý do.",
        "Ticket {number} has no vote yet.",
        "Give the vote first, then its reasons.",
    ),
    "rating.unknown_score": Text(
        "Không có mức đánh giá “{score}”.", "Chọn một trong: {known}.", "No score “{score}”.", "Choose: {known}."
    ),
    "rating.unknown_reason": Text(
        "Không có lý do “{reason}”.", "Chọn một trong: {known}.", "No reason “{reason}”.", "Choose: {known}."
    ),
    # Dossiers
    "dossier.incomplete": Text(
        "Hồ sơ còn thiếu: {missing}.",
        "Nhận đủ giấy tờ, hoặc lập một Phiếu yêu cầu bổ sung ghi hết các giấy tờ còn thiếu.",
        "Missing: {missing}.",
        "Take them in, or issue one supplement slip naming them all.",
    ),
    "dossier.nothing_missing": Text(
        "Hồ sơ không thiếu giấy tờ nào để yêu cầu bổ sung.",
        "Tiếp nhận hồ sơ, hoặc ghi rõ giấy tờ nào cần hoàn thiện.",
        "Nothing is missing.",
        "Receive it, or note which paper needs mending.",
    ),
    "dossier.reason_required": Text(
        "Chưa ghi lý do.",
        "Ghi lý do và căn cứ pháp lý trước khi lập phiếu.",
        "A reason is needed.",
        "Write the reason.",
    ),
    "dossier.supplement_once": Text(
        "Hồ sơ này đã yêu cầu bổ sung một lần; không được yêu cầu thêm lần nữa.",
        "Tiếp nhận hồ sơ, hoặc từ chối và ghi rõ lý do.",
        "A supplement was already asked for once.",
        "Receive, or refuse with a reason.",
    ),
    "dossier.no_result": Text(
        "Chưa có kết quả nên không được kết thúc hồ sơ.",
        "Nhập số và tệp kết quả trước, rồi mới trả cho người dân.",
        "There is no result, so the dossier cannot be closed.",
        "Record the result first.",
    ),
    "dossier.illegal": Text(
        "Trạng thái của hồ sơ không cho phép việc này.",
        "Xem lại trạng thái hồ sơ trên màn hình.",
        "The dossier's state does not allow this.",
        "Look at its state.",
    ),
    "dossier.no_applicant": Text(
        "Chưa có họ tên chủ hồ sơ.", "Quét thẻ căn cước hoặc nhập họ tên.", "No applicant's name.", "Read the card."
    ),
    "page.unreadable": Text(
        "Không đọc được trang {pages} nên chưa lập được tài liệu.",
        "Quét lại trang đó, rồi loại trang hỏng ra.",
        "Page {pages} cannot be read, so its document was not made.",
        "Scan it again, then set the bad page aside.",
    ),
    "dossier.unknown_field": Text(
        "Không sửa được mục {fields} của người nộp.",
        "Chỉ sửa họ tên, số định danh, ngày sinh, giới tính, địa chỉ, điện thoại, thư điện tử.",
        "The owner's {fields} cannot be mended.",
        "Only name, numbers, date of birth, sex, address, phone and mail can.",
    ),
    "dossier.state_secret": Text(
        "Hồ sơ có bí mật nhà nước: không được quét hay gửi qua mạng.",
        "Xử lý hồ sơ giấy theo đường văn thư mật.",
        "State-secret papers are never scanned or sent.",
        "Use the secure postal route.",
    ),
    "dossier.invalid": Text(
        "Tệp hồ sơ {file} không đúng: {problem}",
        "Sửa tệp theo mẫu trong tài liệu rồi làm lại.",
        "The dossier file {file} is wrong: {problem}",
        "Mend it and run again.",
    ),
    "dossier.result_file": Text(
        "Tệp kết quả {file} không phải PDF.",
        "Số hóa văn bản kết quả thành PDF rồi ghi lại; hồ sơ chưa bị thay đổi.",
        "The result's file {file} is no PDF.",
        "Digitise the document to PDF and record it again; the dossier was not changed.",
    ),
    "term.unknown": Text(
        "Chưa rõ thời hạn giải quyết của thủ tục (nguồn ghi: “{verbatim}”).",
        "Cán bộ phụ trách cần chốt thời hạn trong danh mục thủ tục.",
        "The term is not understood (“{verbatim}”).",
        "Settle it in the catalogue.",
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
    # The rules of the queue
    "ticket.outcome": Text(
        "Số {number} không thể kết thúc theo kiểu “{outcome}”.",
        "Chọn một trong: {known}.",
        "{number} cannot end as “{outcome}”.",
        "Choose one of: {known}.",
    ),
    "ticket.no_shared_line": Text(
        "Cán bộ {officer} không phụ trách nhóm dịch vụ nào của quầy {counter}.",
        "Sang đúng quầy, hoặc sửa mục [[officer]] trong office.toml.",
        "{officer} serves none of the lines of counter {counter}.",
        "Go to the right counter, or mend [[officer]] in office.toml.",
    ),
    "ticket.too_few_calls": Text(
        "Số {number} mới được gọi {calls} lần, chưa thể ghi vắng.",
        "Gọi lại cho đủ {needed} lần, hoặc tạm hoãn số này.",
        "{number} was called {calls} times only.",
        "Call {needed} times first, or set it aside.",
    ),
    "ticket.dossier_count": Text(
        "Số hồ sơ “{count}” không hợp lệ.",
        "Nhập từ 1 đến 99.",
        "“{count}” is no count of dossiers.",
        "Give 1 to 99.",
    ),
    "ticket.no_target": Text(
        "Chưa chọn nơi chuyển đến.",
        "Chọn nhóm dịch vụ hoặc quầy.",
        "No line or counter to send the ticket to.",
        "Choose one.",
    ),
    "ticket.returns": Text(
        "Số {number} vắng mặt đã được trở lại hàng {returns} lần.",
        "Mời người dân lấy số mới.",
        "{number} came back to the line {returns} times already.",
        "Give a new number.",
    ),
    "ticket.nothing_to_undo": Text(
        "Không có việc nào vừa làm để hoàn tác.",
        "Chỉ hoàn tác được trong 10 giây và khi chưa ai làm gì tiếp với số đó.",
        "There is nothing to take back.",
        "Only within 10 seconds, and if nobody acted on the number since.",
    ),
    "bench.officer_lost": Text(
        "Một tiến trình của phép đo đã dừng giữa chừng.",
        "Xem lỗi in phía trên, rồi chạy lại.",
        "A process of the bench ended before its time.",
        "See the error above and run again.",
    ),
    "ticket.time": Text(
        "“{value}” không phải ngày giờ.",
        "Ghi dạng {shape}.",
        "“{value}” is no date or time.",
        "Write it like {shape}.",
    ),
    "counter.paused": Text(
        "Quầy {counter} đang tạm nghỉ ({reason}).",
        "Mở lại quầy rồi mới gọi số.",
        "Counter {counter} is paused ({reason}).",
        "Open it before calling.",
    ),
    "counter.not_paused": Text(
        "Quầy {counter} đang mở.",
        "Không cần làm gì.",
        "Counter {counter} is open.",
        "Nothing to do.",
    ),
    "counter.until": Text(
        "Giờ trở lại {until} đã qua.",
        "Chọn một giờ sắp tới.",
        "The return at {until} is past.",
        "Choose a later time.",
    ),
    "queue.day_not_over": Text(
        "Chưa hết giờ tiếp nhận hôm nay (đến {closes}).",
        "Đợi hết giờ, hoặc thêm --early nếu hôm nay nghỉ sớm.",
        "The desk is open until {closes}.",
        "Wait, or add --early when it closes early.",
    ),
    # Calendar, catalogue and other data packs
    "calendar.no_working_day": Text(
        "Lịch làm việc không có ngày làm việc nào trong hai tháng sau {day}.",
        "Kiểm tra giờ làm việc và các ngày nghỉ trong tệp lịch của cơ quan.",
        "The calendar has no working day in the two months after {day}.",
        "Check the hours and days off in the office's calendar file.",
    ),
    "calendar.range": Text(
        "Không có lịch cho năm {year}; chương trình chỉ biết từ năm {first} đến {last}.",
        "Kiểm tra lại năm vừa nhập.",
        "No calendar for {year}; known are {first} to {last}.",
        "Check the year.",
    ),
    "pack.invalid": Text(
        "Tệp dữ liệu {file} sai ở “{key}”: {problem}.",
        "Sửa đúng khóa được nêu rồi chạy lại; dữ liệu đang dùng chưa bị thay đổi.",
        "The data file {file} is wrong at “{key}”: {problem}.",
        "Mend that key and run again; nothing was changed.",
    ),
    "catalogue.file": Text(
        "Tệp {file} không phải danh mục thủ tục: {problem}.",
        "Chọn tệp JSON tải từ dịch vụ LayThuTuc của Cổng dịch vụ công quốc gia. Danh mục đang dùng chưa bị thay đổi.",
        "{file} is not a procedure catalogue: {problem}.",
        "Choose the JSON of LayThuTuc. The catalogue was not changed.",
    ),
    "catalogue.truncated": Text(
        "Tệp {file} bị đứt hoặc hỏng ở dòng {line}.",
        "Tải lại tệp đầy đủ rồi nhập lại. Danh mục đang dùng chưa bị thay đổi.",
        "{file} breaks off or is damaged at line {line}.",
        "Fetch it again. The catalogue was not changed.",
    ),
    "catalogue.shape": Text(
        "Tệp {file} là JSON nhưng không đúng dạng LayThuTuc: {problem}.",
        "Chọn đúng tệp kết quả của LayThuTuc (có khóa result). Danh mục đang dùng chưa bị thay đổi.",
        "{file} is JSON but not the answer of LayThuTuc: {problem}.",
        "Choose the right file. The catalogue was not changed.",
    ),
    "catalogue.too_large": Text(
        "Tệp {file} lớn {megabytes} MB, vượt quá cỡ của một danh mục thủ tục.",
        "Kiểm tra lại tệp; danh mục cả nước chỉ khoảng vài chục MB.",
        "{file} has {megabytes} MB, more than any catalogue.",
        "Check the file.",
    ),
    "due.date": Text(
        "Ngày giờ nhận “{value}” không có thật hoặc sai cách ghi.",
        "Ghi dạng 2026-02-13T15:30 (năm-tháng-ngày, chữ T, giờ:phút).",
        "“{value}” is no date and time.",
        "Write it like 2026-02-13T15:30.",
    ),
    "due.term": Text(
        "Không hiểu thời hạn “{value}”.",
        'Ghi một số và một đơn vị: "3 working days", "8 giờ", "15 ngày", hoặc "trong ngày".',
        "“{value}” is no term.",
        'Write one number and one unit: "3 working days", "8 hours", "15 calendar days", or "same day".',
    ),
    "due.no_term": Text(
        "Chưa biết thời hạn: cần --term, hoặc --procedure với mã thủ tục đã rõ thời hạn.",
        'Ví dụ: motcua due --received 2026-02-13T15:30 --term "3 ngày làm việc".',
        "No term: give --term or --procedure.",
        'Example: motcua due --received 2026-02-13T15:30 --term "3 working days".',
    ),
    "card.unusable": Text(
        "Dữ liệu thẻ chưa dùng được: {problem}.",
        "Quét lại mã QR trên thẻ, hoặc nhập tay các mục còn thiếu theo thẻ.",
        "The card's data cannot be used: {problem}.",
        "Read the card again, or type what is missing.",
    ),
    "card.image": Text(
        "Không đọc được mã trên thẻ trong ảnh {file}: {problem}.",
        "Chụp lại rõ nét, đủ sáng, thấy trọn mã QR hoặc ba dòng chữ số ở mặt sau thẻ; hoặc nhập tay.",
        "No card code in {file}: {problem}.",
        "Take the picture again, or type the data in.",
    ),
    "work.already": Text(
        "Máy này đang chạy việc nền cho văn phòng rồi.",
        "Không cần chạy thêm; nếu treo, khởi động lại dịch vụ.",
        "The background work already runs here.",
        "Nothing to do; restart the service if it hangs.",
    ),
    # Papers and files
    "scan.empty": Text(
        "Tệp {file} rỗng (0 byte).",
        "Quét hoặc sao chép lại tệp rồi chọn lại.",
        "{file} is empty (0 bytes).",
        "Scan or copy it again.",
    ),
    "scan.format": Text(
        "Tệp {file} không phải ảnh hay PDF, dù tên có thể ghi như vậy.",
        "Chọn tệp PNG, JPEG, TIFF hoặc PDF.",
        "{file} is not a picture or PDF, whatever its name says.",
        "Choose a PNG, JPEG, TIFF or PDF.",
    ),
    "scan.damaged": Text(
        "Tệp {file} bị cắt cụt hoặc hỏng.",
        "Lấy lại bản gốc hoặc quét lại giấy tờ.",
        "{file} is cut off or damaged.",
        "Get the original again or rescan.",
    ),
    "scan.pixels": Text(
        "Ảnh {file} quá lớn ({width} × {height} điểm; giới hạn {limit} triệu điểm).",
        "Quét lại ở 200 đến 300 dpi.",
        "{file} is too large ({width} x {height} pixels; limit {limit} million).",
        "Scan again at 200 to 300 dpi.",
    ),
    "scan.pages": Text(
        "Tệp {file} có {pages} trang, nhiều hơn giới hạn {limit}.",
        "Tách thành nhiều tệp nhỏ hơn.",
        "{file} has {pages} pages; the limit is {limit}.",
        "Split it.",
    ),
    "scan.size": Text(
        "Tệp {file} nặng {megabytes} MB, quá giới hạn {limit} MB.",
        "Tách tệp, hoặc quét lại ở 200 dpi.",
        "{file} has {megabytes} MB; the limit is {limit} MB.",
        "Split it, or scan at 200 dpi.",
    ),
    "scan.locked": Text(
        "Tệp PDF {file} có mật khẩu.",
        "Bỏ mật khẩu, hoặc in ra rồi quét lại.",
        "{file} is locked with a password.",
        "Remove the password, or print and scan it.",
    ),
    "scan.heavy": Text(
        "Tệp {file} cần quá nhiều bộ nhớ hoặc thời gian để mở nên đã bị dừng.",
        "Không dùng tệp này; lấy lại bản khác hoặc quét giấy tờ.",
        "{file} needs too much memory or time; it was stopped.",
        "Do not use it; get another copy or scan the paper.",
    ),
    "scan.nothing": Text(
        "Thư mục {file} không có ảnh hay PDF nào.",
        "Chọn thư mục có tệp PNG, JPEG, TIFF hoặc PDF.",
        "No picture or PDF in {file}.",
        "Choose another folder.",
    ),
    "scan.folder": Text(
        "Không ghi được vào {folder}: đó là một tệp, thư mục bị khóa ghi, hoặc không tạo được.",
        "Chọn thư mục khác bằng --out, hoặc cấp quyền ghi; tệp gốc vẫn còn nguyên.",
        "{folder} cannot be written: it is a file, is locked, or cannot be made.",
        "Choose another folder with --out; the originals are untouched.",
    ),
    "window.no_screen": Text(
        "Không mở được cửa sổ vì máy này không có màn hình đang dùng được.",
        "Ngồi trước máy có màn hình rồi chạy lại; muốn chạy thử không cần màn hình: motcua demo --headless.",
        "No window can be opened: there is no screen here.",
        "Run it on a PC with a screen, or try motcua demo --headless.",
    ),
    "scan.unreadable": Text(
        "Không mở được tệp {file}.",
        "Kiểm tra quyền đọc tệp và ổ đĩa.",
        "{file} cannot be opened.",
        "Check its permissions and the disk.",
    ),
    "device.feeder": Text(
        "Khay nạp của {device} không có giấy.",
        "Đặt giấy vào khay rồi quét lại.",
        "{device}: no paper in the feeder.",
        "Load the feeder and scan again.",
    ),
    "device.timeout": Text(
        "{device} không trả lời sau {seconds} giây. Các trang đã quét vẫn được giữ.",
        "Tắt rồi bật lại thiết bị, sau đó quét tiếp.",
        "{device} did not answer for {seconds} s. Pages so far are kept.",
        "Switch it off and on, then go on.",
    ),
    "device.no_program": Text(
        "Máy này chưa có chương trình quét (scanimage).",
        "Cài gói {package}: sudo apt install {package}",
        "The scanning program (scanimage) is not installed.",
        "sudo apt install {package}",
    ),
    "ocr": Text(
        "Không nhận dạng được chữ trên trang. Ảnh trang vẫn được giữ.",
        "Thử lại; nếu vẫn lỗi, gọi bộ phận hỗ trợ.",
        "Recognition failed. The page itself is kept.",
        "Try again; if it fails again, call support.",
    ),
    "ocr.engine": Text(
        "Máy này chưa có bộ nhận dạng chữ Tesseract. Ảnh trang vẫn được giữ.",
        "Cài gói {package}: sudo apt install {package}",
        "Tesseract is not installed. The page itself is kept.",
        "sudo apt install {package}",
    ),
    "ocr.language": Text(
        "Tesseract chưa có dữ liệu ngôn ngữ “{lang}”. Ảnh trang vẫn được giữ.",
        "Cài gói {package}: sudo apt install {package}",
        "Tesseract lacks the language data “{lang}”. The page itself is kept.",
        "sudo apt install {package}",
    ),
    "ocr.timeout": Text(
        "Nhận dạng chữ quá {seconds} giây nên đã dừng. Ảnh trang vẫn được giữ.",
        "Chương trình sẽ tự thử lại; nếu vẫn lỗi, quét lại trang này.",
        "Recognition took more than {seconds} s and was stopped. The page is kept.",
        "It is tried again; if it fails, scan the page again.",
    ),
    "demo.not_in_time": Text(
        "Văn phòng mẫu không kịp: {what}.",
        "Xem các tệp .log trong thư mục dữ liệu, rồi chạy lại.",
        "The sample office was too slow: {what}.",
        "See the .log files in the data folder and run again.",
    ),
    # Province
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
    # The hall's voice
    "voice.no_device": Text(
        "Máy này không có loa hoặc chưa bật dịch vụ âm thanh.",
        "Cắm loa, bật âm thanh của máy; màn hình vẫn hiện số bình thường.",
        "No loudspeaker.",
        "Plug one in; the screen goes on showing numbers.",
    ),
    "voice.device": Text(
        "Loa ngừng phát giữa chừng ({reason}).",
        "Kiểm tra dây loa và âm lượng; chương trình tự thử lại ở số gọi sau.",
        "The loudspeaker stopped ({reason}).",
        "Check the cable; the next call tries again.",
    ),
    "voice.damaged": Text(
        "Bộ giọng đọc {folder} chưa dùng được: {problem}",
        "Sửa các tệp đã nêu rồi chạy: motcua voice seal THƯ-MỤC.",
        "The voice {folder} cannot be used: {problem}",
        "Mend the files named, then run motcua voice seal DIR.",
    ),
    "voice.clip": Text(
        "Tệp âm thanh {file} chưa đúng: {problem}",
        "Xuất lại thành WAV 22.050 Hz, 1 kênh, 16 bit.",
        "The clip {file} is wrong: {problem}",
        "Export it as WAV, 22,050 Hz, mono, 16 bit.",
    ),
    "voice.folder": Text(
        "Không ghi được vào {folder}.",
        "Chọn chỗ khác còn trống và được phép ghi.",
        "Cannot write to {folder}.",
        "Choose another place.",
    ),
    "voice.number": Text(
        "“{text}” không phải số thứ tự.",
        "Số thứ tự gồm chữ cái và số, ví dụ A012.",
        "“{text}” is not a ticket number.",
        "A number looks like A012.",
    ),
    "voice.synthesiser": Text(
        "Chưa cài chương trình {program} để tạo giọng đọc.",
        "Chạy: apt-get install espeak-ng. Chỉ cần khi tạo lại giọng, không cần ở xã.",
        "{program} is not installed.",
        "apt-get install espeak-ng; needed only to make a voice again.",
    ),
}


# What cannot be found, for the English text.
WHATS = {
    "hồ sơ": "dossier",
    "kênh": "channel",
    "mục bị từ chối": "refused entry",
    "mã trên thẻ": "code on the card",
    "giấy tiếp nhận và hẹn trả": "receipt",
    "phiếu yêu cầu bổ sung": "supplement slip",
    "phiếu từ chối": "refusal slip",
    "số thứ tự": "ticket",
    "tệp": "file",
    "thiết bị": "device",
    "thời hạn chưa rõ của thủ tục": "unclear term of the procedure",
    "thủ tục": "procedure",
    "việc": "job",
    "thành phần hồ sơ": "paper of the dossier",
    "trang": "page",
    "trường hợp": "case",
    "ảnh": "picture",
}


def explain(error: Exception, lang: str = "vi") -> Explained:
    """The words for a failure. What is not a KioskError is a bug and says so; its own text stays in the log."""
    code = error.code if isinstance(error, KioskError) else "internal"
    text = TEXTS.get(code) or TEXTS[next((c for c in _parents(code) if c in TEXTS), "kiosk")]
    details = defaultdict(lambda: "?", getattr(error, "details", {}))
    if lang == "en" and "what" in details:
        details["what"] = WHATS.get(str(details["what"]), "entry")
    pair = (text.message_en, text.fix_en) if lang == "en" else (text.message, text.fix)
    return Explained(code, *(words.format_map(details) for words in pair))


def _parents(code: str) -> list[str]:
    parts = code.split(".")
    return [".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1)]
