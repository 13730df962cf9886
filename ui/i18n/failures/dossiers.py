"""The desk at work: dossiers, their terms, catalogue, calendar, cards."""

from __future__ import annotations

from ui.i18n.failures.text import Text

TEXTS: dict[str, Text] = {
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
        "Hồ sơ này đã yêu cầu bổ sung đủ {most} lần; không được yêu cầu thêm.",
        "Tiếp nhận hồ sơ, hoặc từ chối và ghi rõ lý do.",
        "A supplement may be asked for no more than {most} time(s).",
        "Receive, or refuse with a reason.",
    ),
    "dossier.no_result": Text(
        "Chưa có kết quả nên không được kết thúc hồ sơ.",
        "Nhập số và tệp kết quả trước, rồi mới trả cho người dân.",
        "There is no result, so the dossier cannot be closed.",
        "Record the result first.",
    ),
    "dossier.standing": Text(
        "Tư cách “{standing}” không dùng được với lĩnh vực {field}.",
        "Chọn tư cách khác của người nộp hộ; các tư cách ghi ở tệp people.toml.",
        "Standing “{standing}” is not known in the field {field}.",
        "Choose another; they are listed in people.toml.",
    ),
    "dossier.nothing_changed": Text(
        "Không có gì khác với thông tin đang ghi.",
        "Ghi lại mục cần sửa, hoặc bấm Esc để thôi.",
        "Nothing is different.",
        "Write what has to be mended.",
    ),
    "dossier.another_owner": Text(
        "Hồ sơ {key} của người khác nên không gộp chung được.",
        "Tiếp nhận riêng, hoặc gộp với hồ sơ của cùng chủ hồ sơ.",
        "Dossier {key} is somebody else's.",
        "Receive it apart.",
    ),
    "dossier.held_paper": Text(
        "Cơ quan đã có, hoặc tra được trong CSDL: {papers}.",
        "Dùng lại giấy đã có (phím G). Nếu vẫn phải nộp thì ghi rõ lý do.",
        "Already held, or given by a database: {papers}.",
        "Use what is there, or write why it is asked for.",
    ),
    "dossier.not_held": Text(
        "Cơ quan không còn giữ bản dùng được của: {papers}.",
        "Nhận giấy của người dân, rồi ghi lại là bản chính hay bản sao.",
        "Not held, or no longer valid: {papers}.",
        "Take the paper in from the citizen.",
    ),
    "dossier.same_submitter": Text(
        "Người nộp hộ trùng với chủ hồ sơ.",
        "Bỏ người nộp hộ, hoặc quét thẻ của người đang nộp.",
        "The submitter is the owner.",
        "Leave the submitter out, or scan the card of who has come.",
    ),
    "dossier.no_result_copy": Text(
        "Kết quả chưa có bản điện tử.",
        "Ghi kết quả lại kèm tệp PDF, hoặc ghi lý do chưa có bản điện tử.",
        "The result has no electronic copy.",
        "Record it again with its PDF, or write why there is none.",
    ),
    "dossier.day_text": Text(
        "Không hiểu ngày “{value}”.",
        "Ghi ngày/tháng/năm, ví dụ 05/12/2026.",
        "“{value}” is not a day.",
        "Write it as day/month/year, such as 05/12/2026.",
    ),
    "original.nothing_to_hold": Text(
        "Không có bản chính nào để giữ thêm.",
        "Chỉ giữ được giấy tờ đã nhận là bản chính và chưa giữ.",
        "There is no further original to keep.",
        "Only papers that were brought as originals can be kept.",
    ),
    "original.not_in_custody": Text(
        "Không giữ bản chính nào của hồ sơ này.",
        "Xem mục nhật ký của hồ sơ để biết đã trả lúc nào.",
        "None of these originals is in custody.",
        "The dossier's history says when they were given back.",
    ),
    "dossier.illegal": Text(
        "Hồ sơ đang ở trạng thái không làm được việc “{task}”.",
        "Lúc này chỉ làm được: {may}.",
        "The dossier's state does not allow this.",
        "Look at its state.",
    ),
    "dossier.not_your_act": Text(
        "Bạn chưa được giao việc “{act}”.",
        "Việc này của cán bộ: {roles}. Quản trị giao thêm việc ở mục [[officer]] trong office.toml.",
        "You are not trusted with this act.",
        "It needs one of these roles: {roles}. They are given in office.toml, under [[officer]].",
    ),
    "dossier.illegal_step": Text(
        "Chưa làm được việc “{act}”: hồ sơ đang ở bước “{now}”.",
        "Xem hồ sơ (motcua dossier show): mục tiền và trả kết quả.",
        "This step does not fit: the dossier's money or hand-over stands elsewhere ({state}).",
        "Look at the dossier: money and hand-over.",
    ),
    "dossier.fee_still_owed": Text(
        "Hồ sơ chờ nộp tiền tại đây và chưa thu: {fee}.",
        "Thu tiền (phím N, hoặc motcua dossier pay) thì hồ sơ tự trở lại giải quyết. Nộp ở nơi khác: ghi số chứng từ.",
        "The fee asked for at this desk is not paid yet: {fee}.",
        "Take the money, or give the number of the receipt of the other agency.",
    ),
    "dossier.missing_words": Text(
        "Còn thiếu {what}.",
        "Ghi rõ {what} rồi làm lại.",
        "Something in writing is missing ({what}).",
        "Write it and try again.",
    ),
    "dossier.no_applicant": Text(
        "Chưa có họ tên chủ hồ sơ.", "Quét thẻ căn cước hoặc nhập họ tên.", "No applicant's name.", "Read the card."
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
    "term.extension": Text(
        "“{value}” không phải một thời gian gia hạn.",
        'Ghi thêm bao lâu bằng một số và một đơn vị, ví dụ "5 ngày làm việc" hoặc "8 giờ".',
        "“{value}” is no time to extend a term by.",
        'Write one number and one unit, such as "5 working days" or "8 hours".',
    ),
    "term.order": Text(
        "Thời điểm không đúng thứ tự: {what} sớm hơn thời điểm trước nó.",
        "Xem lại ngày giờ vừa ghi; lúc sau không thể trước lúc nhận hồ sơ hoặc trước lúc bắt đầu chờ.",
        "The instants are out of order: {what} comes before the one that it follows.",
        "Check the dates and times.",
    ),
    "term.still_to_come": Text(
        "Thời điểm {at} chưa đến.",
        "Ghi lúc việc đã xảy ra; việc chưa xảy ra thì chưa ghi.",
        "{at} is still to come.",
        "Give the time when it happened.",
    ),
    "term.stands": Text(
        "Thời hạn của hồ sơ này đang tạm dừng.",
        "Ghi lúc hết chờ trước, rồi làm tiếp.",
        "This dossier's clock stands still already.",
        "End what is waited for first.",
    ),
    "term.runs": Text(
        "Thời hạn của hồ sơ này không tạm dừng.",
        "Không cần ghi hết chờ; kiểm tra lại mã hồ sơ.",
        "This dossier's clock is not standing still.",
        "Check the code of the dossier.",
    ),
    "term.evidence_required": Text(
        "Thiếu số văn bản làm căn cứ.",
        "Ghi số thông báo nộp tiền, hoặc số văn bản xin lỗi và gia hạn.",
        "The number of the paper behind it is missing.",
        "Give the number of the notice of payment, or of the letter of apology.",
    ),
    "term.extend_once": Text(
        "Hồ sơ này đã được gia hạn một lần; chỉ được hẹn lại một lần.",
        "Báo lãnh đạo bộ phận; không ghi thêm ngày hẹn mới.",
        "This dossier was extended before; only one new date is allowed.",
        "Tell the head of the desk.",
    ),
    "term.competent_known": Text(
        "Đã ghi lúc cơ quan có thẩm quyền nhận hồ sơ này: {at}.",
        "Kiểm tra lại mã hồ sơ.",
        "When the competent agency received this dossier was noted before: {at}.",
        "Check the code of the dossier.",
    ),
    "term.still_waiting": Text(
        "Hồ sơ đang chờ người dân từ {since}, chưa có ngày hẹn.",
        "Ghi lúc hết chờ thì có ngày hẹn mới.",
        "The dossier waits for the citizen since {since}; there is no date yet.",
        "Say when the waiting ended.",
    ),
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
        "Ngày giờ “{value}” không có thật hoặc sai cách ghi.",
        "Ghi dạng 2026-02-13T15:30 (năm-tháng-ngày, chữ T, giờ:phút), hoặc 2026-02-13 khi chỉ cần ngày.",
        "“{value}” is no date and time.",
        "Write it like 2026-02-13T15:30.",
    ),
    "due.term": Text(
        "Không hiểu thời hạn “{value}”.",
        'Ghi một số và một đơn vị: "3 working days", "8 giờ", "15 ngày", hoặc "trong ngày".',
        "“{value}” is no term.",
        'Write one number and one unit: "3 working days", "8 hours", "15 calendar days", or "same day".',
    ),
    "due.pause": Text(
        "Không hiểu thời gian chờ “{value}”.",
        "Ghi lúc bắt đầu và lúc hết chờ cách nhau một dấu gạch chéo: 2026-11-03T10:00/2026-11-05T09:00; "
        "chờ nộp tiền thì thêm payment: ở trước.",
        "“{value}” is no pause.",
        "Write its beginning and its end with a stroke between: 2026-11-03T10:00/2026-11-05T09:00.",
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
}
