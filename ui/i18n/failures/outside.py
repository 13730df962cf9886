"""Sticks, lists from the province, messages to citizens."""

from __future__ import annotations

from ui.i18n.failures.text import Text

TEXTS: dict[str, Text] = {
    "stick.gone": Text(
        "Không thấy thư mục {folder}: USB đã bị rút, hoặc đường dẫn sai. Dữ liệu tại xã còn nguyên.",
        "Cắm lại USB rồi chạy lại lệnh này: phần đã ghi xong được giữ, chỉ ghi tiếp phần còn thiếu.",
        "The folder {folder} is not there: the stick was pulled out, or the path is wrong. Nothing is lost.",
        "Put it back and run the command again: it goes on where it stopped.",
    ),
    "stick.read_only": Text(
        "Không ghi được vào {folder}: USB đang khóa chống ghi, hoặc không có quyền.",
        "Gạt công tắc khóa trên USB, hoặc chọn USB khác.",
        "Nothing can be written to {folder}: the stick is write-protected, or there is no right to.",
        "Unlock the stick, or take another one.",
    ),
    "stick.full": Text(
        "{folder} không đủ chỗ: cần thêm khoảng {needed_mb} MB, còn trống {free_mb} MB.",
        "Xóa bớt trên USB hoặc dùng USB lớn hơn rồi chạy lại; thêm --max-size để chỉ mang một phần.",
        "{folder} has not enough room: about {needed_mb} MB are needed, {free_mb} MB are free.",
        "Make room or take a larger stick and run it again; --max-size takes a part only.",
    ),
    "stick.no_key": Text(
        "Chưa có khóa công khai của “{partner}”, nên không thể khóa gói để chỉ nơi đó mở được.",
        "Xin tệp khóa công khai của nơi đó, chạy: motcua sync trust TỆP, và so dấu khóa qua điện thoại.",
        "The public key of “{partner}” is not known here, so nothing can be sealed for it.",
        "Ask for its key file and run `motcua sync trust FILE`; compare the fingerprint by telephone.",
    ),
    "stick.bad_key": Text(
        "Tệp {file} không phải tệp khóa công khai của Một Cửa.",
        "Xin lại tệp do lệnh motcua sync key hoặc motcua province key tạo ra.",
        "{file} is not a file with public keys.",
        "Ask again for the file made by `motcua sync key` or `motcua province key`.",
    ),
    "stick.other_key": Text(
        "“{partner}” đã có khóa khác: đang tin {known}, tệp đưa vào là {given}.",
        "Gọi điện cho nơi đó để so dấu khóa. Nếu đúng là khóa mới, chạy lại với --replace.",
        "“{partner}” is known with another key: {known} is trusted, {given} was given.",
        "Compare the fingerprint by telephone; if the new key is right, run it again with --replace.",
    ),
    "stick.no_bundle": Text(
        "Trong {folder} không có gói nào dành cho nơi này.",
        "Kiểm tra đã cắm đúng USB và chọn đúng thư mục chứa các thư mục motcua-….",
        "There is no bundle for this side in {folder}.",
        "Look whether it is the right stick, and the folder that holds the motcua-… folders.",
    ),
    "stick.bundle": Text(
        "Không nhận gói {bundle}: {reason}. Chưa có gì bị thay đổi.",
        "Xin bên gửi ghi lại gói.",
        "The bundle {bundle} is not taken: {reason}. Nothing was changed.",
        "Ask the sender for a new one.",
    ),
    "stick.unfinished": Text(
        "Gói {bundle} chưa đủ: {reason}. USB có thể bị rút khi đang ghi, hoặc chép thiếu.",
        "Cắm USB lại ở nơi gửi và chạy lệnh xuất một lần nữa; chép cả thư mục, không chép từng tệp.",
        "The bundle {bundle} is not whole: {reason}. The stick was pulled out early, or only part was copied.",
        "Run the export again at the sender; copy the whole folder.",
    ),
    "stick.altered": Text(
        "Gói {bundle} không còn như lúc ghi: {reason}. Không nhận gì từ gói này.",
        "Thử USB khác và ghi lại gói. Nếu vẫn vậy, báo người phụ trách an toàn thông tin.",
        "The bundle {bundle} is not as it was written: {reason}. Nothing was taken from it.",
        "Write it again on another stick; if it stays so, tell whoever looks after security.",
    ),
    "stick.stranger": Text(
        "Không biết ai gửi gói {bundle}: {reason}.",
        "Xin tệp khóa công khai của bên gửi và nạp bằng lệnh trust, sau khi so dấu khóa qua điện thoại.",
        "The sender of {bundle} is not known: {reason}.",
        "Take in the sender's public key with `trust`, after comparing the fingerprint by telephone.",
    ),
    "stick.not_for_us": Text(
        "Gói {bundle} không dành cho nơi này: {reason}.",
        "Đưa gói đến đúng nơi nhận, hoặc xin bên gửi ghi lại với khóa của nơi này.",
        "The bundle {bundle} is for somebody else: {reason}.",
        "Bring it to whom it is for, or have it made for this side's key.",
    ),
    "stick.old_epoch": Text(
        "Không nhận gói {bundle}: {reason}.",
        "Ở đơn vị: chạy motcua sync export với --again để ghi gói mới; sau khi khôi phục dữ liệu, thêm --new-epoch.",
        "The bundle {bundle} is not taken: {reason}.",
        "At the office run `motcua sync export` with --again; after a restore add --new-epoch.",
    ),
    "stick.form": Text(
        "Gói {bundle} có dạng mà phiên bản này không đọc được: {reason}.",
        "Cập nhật Một Cửa ở nơi nhận, hoặc xin bên gửi ghi lại gói.",
        "The bundle {bundle} has a form that this version does not read: {reason}.",
        "Update the program here, or ask for a new bundle.",
    ),
    "proposal.decided": Text(
        "Đề xuất số {id} đã được quyết định hoặc đã có bản mới hơn ({state}).",
        "Xem các đề xuất đang chờ: motcua catalogue proposals.",
        "Proposal {id} was decided already, or a newer one replaced it ({state}).",
        "`motcua catalogue proposals` lists those that wait.",
    ),
}
