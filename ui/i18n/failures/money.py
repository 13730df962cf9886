"""Fees, payments, receipts, the count of a drawer."""

from __future__ import annotations

from ui.i18n.failures.text import Text

TEXTS: dict[str, Text] = {
    "vietqr.bad": Text(
        "Mã chuyển tiền VietQR không dùng được: {problem}.",
        "Quét lại mã, hoặc sửa mục [bank] trong office.toml nếu là mã của cơ quan.",
        "The VietQR code cannot be used: {problem}.",
        "Scan it again, or mend [bank] in office.toml.",
    ),
    "fees.unknown_relief": Text(
        "Thủ tục này không có diện miễn, giảm “{relief}” đang áp dụng.",
        "Chọn một trong: {known}. Diện khác: thêm vào tệp fees-….toml, hoặc miễn có căn cứ (motcua dossier exempt).",
        "No relief {relief} is in force for this procedure.",
        "Choose one of: {known}.",
    ),
    "fees.bad_quantity": Text(
        "Số lượng chưa đúng: {what} “{value}”.",
        "Ghi số từ 1 đến 10.000.",
        "Not a valid number ({value}).",
        "Give a number from 1 to 10,000.",
    ),
    "money.part": Text(
        "Số tiền {amount} chưa đủ; còn phải thu {owed}.",
        'Thu đủ một lần. Cơ quan cho nộp nhiều lần: đặt parts = "complete" ở mục [money] trong office.toml.',
        "{amount} is less than the {owed} that is owed.",
        "Take the whole amount; parts are allowed only where office.toml says so.",
    ),
    "money.over": Text(
        "Số tiền {amount} nhiều hơn số còn phải thu {owed}.",
        "Chỉ ghi số phải thu; trả lại tiền thừa cho người dân.",
        "{amount} is more than the {owed} that is owed.",
        "Enter what is owed and give the change back.",
    ),
    "money.bad_amount": Text(
        "Số tiền “{amount}” không hợp lệ.",
        "Ghi số đồng nguyên lớn hơn 0, ví dụ 8000.",
        "Not an amount of money ({amount}).",
        "Give a whole number of đồng above 0.",
    ),
    "money.fee_unknown": Text(
        "Chưa rõ phải thu bao nhiêu ({asks}).",
        "Nhập số bản, số trang, hoặc mức thu kèm căn cứ (motcua dossier fee), rồi thu tiền.",
        "Nobody has settled what is to be paid.",
        "Enter the quantity or the fee first.",
    ),
    "money.closed": Text(
        "Hồ sơ {dossier} đã kết thúc mà không có kết quả (từ chối, rút, dừng hoặc chuyển), nên không thu tiền nữa.",
        "Trả lại tiền cho người dân. Thu nhầm hồ sơ: mở đúng hồ sơ rồi thu.",
        "The dossier ended without a result: nothing is to be paid.",
        "Give the money back, or open the right dossier.",
    ),
    "money.part_stands": Text(
        "Đã thu một phần là {taken}; mức thu mới phải nhiều hơn số đó.",
        "Hủy biên lai của phần đã thu (phải có lý do), rồi định lại mức thu hoặc ghi miễn.",
        "{taken} was already paid; the fee must stay above it.",
        "Cancel that receipt first, then set the fee or the exemption.",
    ),
    "money.refund_over": Text(
        "Số tiền hoàn {amount} nhiều hơn số cơ quan đang giữ của hồ sơ này: {held}.",
        "Ghi số tiền không quá {held}.",
        "{amount} is more than the {held} that is held for this dossier.",
        "Give back no more than that.",
    ),
    "money.part_goes_on": Text(
        "Hồ sơ còn giải quyết và mới thu một phần là {taken}, nên chưa hoàn.",
        "Thu nhầm thì hủy biên lai của phần ấy (phím Z, có lý do). Hoàn tiền khi hồ sơ đã thu đủ, hoặc đã kết thúc.",
        "Only {taken} was paid and the dossier goes on.",
        "Cancel that receipt instead.",
    ),
    "money.receipt_refunded": Text(
        "Hồ sơ đã hoàn một phần tiền, nên không hủy biên lai {receipt} được.",
        "Hoàn tiếp phần còn lại (phím W, hoặc motcua dossier refund), có lý do.",
        "Money of this dossier was already given back, so receipt {receipt} stands.",
        "Give back the rest instead.",
    ),
    "money.no_bank": Text(
        "Cơ quan chưa khai tài khoản nhận chuyển khoản nên không lập được mã VietQR.",
        "Thu tiền mặt, hoặc quản trị ghi mục [bank] (bin, account, holder) trong office.toml.",
        "The office has no bank account, so there is no VietQR.",
        "Take cash, or add [bank] to office.toml.",
    ),
    "money.reference_needed": Text(
        "Chưa có mã giao dịch của ngân hàng hoặc của cổng thanh toán.",
        "Ghi mã giao dịch trên thông báo đã nhận tiền; chưa nhận được thì chưa ghi là đã thu.",
        "The reference of the bank or the portal is missing.",
        "Enter the reference of the money that arrived.",
    ),
    "money.reference_taken": Text(
        "Giao dịch {reference} đã ghi cho hồ sơ {dossier}.",
        "Không thu hai lần một giao dịch. Xem lại mã giao dịch trên sao kê.",
        "Transfer {reference} was entered before, for {dossier}.",
        "One transfer counts once; check the reference.",
    ),
    "money.no_book": Text(
        "Đã hết số biên lai của năm {year}.",
        "Quản trị khai quyển mới ở mục [[receipt_book]] trong office.toml, rồi thu lại.",
        "There is no receipt number left for {year}.",
        "Add a [[receipt_book]] to office.toml.",
    ),
    "money.receipt_cancelled": Text(
        "Biên lai {receipt} đã hủy.",
        "Biên lai đã hủy vẫn được lưu; không hủy lần nữa.",
        "Receipt {receipt} is cancelled already.",
        "A cancelled receipt is kept as it is.",
    ),
    "money.unexplained": Text(
        "Tiền trong ngăn kéo lệch {difference} so với sổ.",
        "Đếm lại. Vẫn lệch thì ghi lý do (--reason) để lưu cùng biên bản.",
        "The drawer differs from the ledger by {difference}.",
        "Count again, or give the reason.",
    ),
    "money.bad_note": Text(
        "Chưa đếm được “{note}”: không phải loại tiền đang lưu hành, hoặc số tờ chưa đúng.",
        "Ghi mệnh giá=số tờ, ví dụ 50000=3; mệnh giá từ 200 đến 500.000 đồng.",
        "{note} is no note in circulation, or no number of them.",
        "Write value=count, such as 50000=3.",
    ),
}
