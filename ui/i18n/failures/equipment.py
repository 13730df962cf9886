"""Equipment, papers in and out: scanners, recognition, printers, voice."""

from __future__ import annotations

from ui.i18n.failures.text import Text

TEXTS: dict[str, Text] = {
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
    "device.jam.feeder": Text(
        "{device} không kéo được giấy: tờ giấy lệch, quá ngắn, hoặc khay quá đầy. Các trang đã quét vẫn được giữ.",
        "Lấy giấy ra, xếp thẳng mép, bớt tờ, đặt lại từ tờ chưa quét rồi quét tiếp.",
        "{device} cannot draw the paper in: askew, too short, or too many sheets. Pages so far are kept.",
        "Take the paper out, straighten it, load fewer sheets from the one not yet scanned, and go on.",
    ),
    "device.io.refused": Text(
        "{device} không nhận cách quét này (khổ giấy, màu hoặc độ phân giải).",
        "Chọn khổ A4, màu, 200 hoặc 300 dpi rồi quét lại; nếu vẫn lỗi, tắt và bật lại máy quét.",
        "{device} refuses this scan (size, colour or resolution).",
        "Choose A4, colour, 200 or 300 dpi; if it goes on, switch the scanner off and on.",
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
    "device.offline.folder": Text(
        "Không thấy thư mục quét {device}.",
        "Kiểm tra mạng và máy chứa thư mục. Tệp trong đó vẫn còn, được lấy ngay khi thư mục trở lại.",
        "The scan folder {device} is away.",
        "Check the network and the machine it is on. Its files are safe and are taken when it is back.",
    ),
    "device.io": Text(
        "Lỗi đường truyền với {device}.", "Rút dây, cắm lại rồi thử lại.", "I/O error with {device}.", "Reconnect it."
    ),
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
    "page.unreadable": Text(
        "Không đọc được trang {pages} nên chưa lập được tài liệu.",
        "Quét lại trang đó, rồi loại trang hỏng ra.",
        "Page {pages} cannot be read, so its document was not made.",
        "Scan it again, then set the bad page aside.",
    ),
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
    "scan.small": Text(
        "Ảnh {file} quá nhỏ ({width} × {height} điểm), không phải trang giấy.",
        "Chọn đúng ảnh của trang giấy, hoặc quét lại.",
        "{file} is too small ({width} x {height} pixels) to be a paper.",
        "Choose the picture of the paper, or scan again.",
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
    "scan.dpi": Text(
        "Không quét ở {dpi} dpi: hồ sơ số hóa phải từ {least} dpi trở lên (Nghị định 30/2020/NĐ-CP, Phụ lục I).",
        "Chọn {least} hoặc 300 dpi.",
        "No scan at {dpi} dpi: digitised papers need at least {least} dpi (Decree 30/2020/NĐ-CP, annex I).",
        "Choose {least} or 300 dpi.",
    ),
    "scan.setting": Text(
        "Không quét được với {setting} “{value}”.",
        "Chỉ dùng: {allowed}.",
        "No scan with {setting} “{value}”.",
        "Allowed: {allowed}.",
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
    "scan.not_a_file": Text(
        "{file} không phải là tệp thường (lối tắt, đường ống, thiết bị hoặc thư mục).",
        "Chép tệp thật vào rồi thử lại.",
        "{file} is no ordinary file (a link, pipe, device or folder).",
        "Copy the real file there and try again.",
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
    "ocr.lost": Text(
        "Việc đọc chữ của một trang bị dừng giữa chừng; trang vẫn được giữ.",
        "Chương trình tự đọc lại trang đó.",
        "Recognition of a page was cut short; the page is safe.",
        "It is read again by itself.",
    ),
    "ocr.timeout": Text(
        "Nhận dạng chữ quá {seconds} giây nên đã dừng. Ảnh trang vẫn được giữ.",
        "Chương trình sẽ tự thử lại; nếu vẫn lỗi, quét lại trang này.",
        "Recognition took more than {seconds} s and was stopped. The page is kept.",
        "It is tried again; if it fails, scan the page again.",
    ),
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
