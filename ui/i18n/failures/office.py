"""The hall at work: stations, numbers, counters, ratings."""

from __future__ import annotations

from ui.i18n.failures.text import Text

TEXTS: dict[str, Text] = {
    "station.unknown": Text(
        "Văn phòng chưa có máy nào tên “{name}”.",
        "Xem danh sách bằng `motcua station list`, hoặc ghép máy này bằng mã trên màn hình quầy.",
        "The office has no station named “{name}”.",
        "See `motcua station list`, or pair this machine with the code on a desk's screen.",
    ),
    "station.revoked": Text(
        "Máy “{name}” đã bị ngắt khỏi văn phòng.",
        "Nếu máy này vẫn được dùng, ghép lại bằng mã trên màn hình quầy.",
        "The station “{name}” was shut out of the office.",
        "If it is still in use, pair it again with the code on a desk's screen.",
    ),
    "station.doubtful": Text(
        "Máy “{name}” có thể là bản sao hoặc vừa được khôi phục từ bản cũ.",
        "Kiểm tra xem còn máy nào cùng tên, rồi ghép lại bằng mã trên màn hình quầy để nhận dãy số mới.",
        "The station “{name}” may be a copy, or was restored from an older state.",
        "See whether another machine bears its name, then pair it again: it gets a new series.",
    ),
    "station.no_letter": Text(
        "Không còn chữ cái nào cho dãy số của kiosk mới.",
        "Ngắt kiosk không còn dùng bằng `motcua station revoke`; chữ của nó dùng lại được từ ngày kia.",
        "No letter is left for a new kiosk's numbers.",
        "Shut out a kiosk that is no longer used; its letter is free the day after tomorrow.",
    ),
    "station.name": Text(
        "Tên máy “{name}” không dùng được.",
        "Đặt tên bằng chữ thường không dấu, số và gạch nối, tối đa 30 ký tự, ví dụ kiosk-1.",
        "The station name “{name}” cannot be used.",
        "Use small letters, digits and hyphens, at most 30, such as kiosk-1.",
    ),
    "station.wrong_clock": Text(
        "Đồng hồ máy này lệch {minutes} phút so với máy chủ, chưa cấp số được.",
        "Chỉnh ngày giờ của máy này rồi thử lại, hoặc lấy số ở kiosk.",
        "This machine's clock is {minutes} minutes off the server's; no number was given.",
        "Set its date and time right and try again, or take the number at a kiosk.",
    ),
    "ticket.label": Text(
        "“{text}” không phải một số trên phiếu.",
        "Gõ cả chữ cái và số như trên phiếu, ví dụ A012, hoặc quét mã trên phiếu.",
        "“{text}” is not the number of a ticket.",
        "Type the letter and the number as on the paper, such as A012, or scan its code.",
    ),
    "desk.waits_for_server": Text(
        "Việc này chờ máy chủ.",
        "Trong lúc mất máy chủ vẫn gọi, gọi lại, tạm hoãn, ghi vắng và kết thúc theo số trên phiếu.",
        "This waits for the server.",
        "While it is away, call, call again, set aside, note as absent and finish by the number on the paper.",
    ),
    "desk.receiving_waits": Text(
        "Tiếp nhận chờ máy chủ. Chưa lưu vào kho của cơ quan, chưa in phiếu.",
        "Những gì đã nhập còn trên màn hình và được giữ trên máy này; bấm lại khi máy chủ trở lại.",
        "Receiving waits for the server. Nothing was stored or printed.",
        "What was typed stays on the screen and on this machine; press again when the server is back.",
    ),
    "desk.server_just_lost": Text(
        "Vừa mất máy chủ, chưa gọi được số tiếp theo.",
        "Bấm F2 lần nữa để gọi theo số trên phiếu.",
        "The server was lost just now; nobody was called.",
        "Press F2 again to call by the number on the paper.",
    ),
    "kiosk.stopped": Text(
        "Máy này tạm ngừng cấp số.",
        "Mời ông/bà gặp cán bộ để lấy số. Cán bộ: cần ghép lại máy này, bấm Ctrl+M ở quầy để lấy mã.",
        "This machine gives no numbers for now.",
        "Please ask an officer for a number. Staff: pair this machine again with the code from a desk (Ctrl+M).",
    ),
    "kiosk.office_silent": Text(
        "Hiện chưa xem được: máy chưa liên lạc được với văn phòng.",
        "Mời ông/bà thử lại sau ít phút hoặc hỏi cán bộ. Lấy số vẫn dùng được.",
        "This cannot be seen now: the office does not answer.",
        "Please try again in a few minutes or ask an officer. Numbers are given as usual.",
    ),
    "kiosk.nobody_heard": Text(
        "Chưa báo được cho cán bộ: máy chưa liên lạc được với văn phòng.",
        "Mời ông/bà đến quầy gần nhất; máy sẽ báo lại khi liên lạc được.",
        "No officer was told: the office does not answer.",
        "Please go to the nearest counter; the call will be sent when the office answers.",
    ),
    "kiosk.spare_letter": Text(
        "Không dùng được chữ “{letter}” cho máy này.",
        "Chọn chữ dự phòng khác; nếu máy đã bị ngắt khỏi văn phòng thì ghép lại bằng mã trên màn hình quầy.",
        "The letter “{letter}” cannot be used here.",
        "Choose another spare letter; a machine that was shut out must be paired again.",
    ),
    "ticket.illegal": Text(
        "Số {number} đang ở trạng thái không cho phép việc này.",
        "Xem lại trạng thái của số trên màn hình.",
        "Ticket {number} does not allow this now.",
        "Look at its state.",
    ),
    "ticket.counter_busy": Text(
        "Quầy {counter} còn đang phục vụ số {number}.",
        "Kết thúc, tạm hoãn hoặc ghi vắng số đó trước khi gọi số mới.",
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
    "touchless.unreadable": Text(
        "Mã này không lấy được số.",
        "Đưa thẻ căn cước hoặc giấy tiếp nhận vào đầu đọc, hoặc chạm vào một ô.",
        "This code gives no number.",
        "Use an identity card or a receipt, or touch a box.",
    ),
    "touchless.touch_first": Text(
        "Ở đây cần chọn việc trước.",
        "Mời ông/bà chạm vào một ô để lấy số.",
        "Please choose what you need.",
        "Touch a box to get a number.",
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
    "rating.closed": Text(
        "Số {number} đã hết thời gian đánh giá.",
        "Chỉ đánh giá được trong 2 phút sau khi phục vụ xong; mời ông/bà góp ý với cán bộ hoặc qua hòm thư.",
        "Ticket {number} can no longer be rated.",
        "Votes are taken for 2 minutes after the service.",
    ),
    "rating.other_counter": Text(
        "Màn hình này không được ghép cho quầy này, nên chưa ghi được đánh giá.",
        "Mời ông/bà góp ý với cán bộ. Cán bộ: ghép lại màn hình đánh giá (Ctrl+M, phím L) và chọn đúng quầy.",
        "This screen was not paired for this counter, so your rating was not recorded.",
        "Please tell the staff. Staff: pair this screen again (Ctrl+M, key L) and choose its counter.",
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
}
