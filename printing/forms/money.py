"""Papers of a payment on A5: the receipt of money (biên lai thu phí, lệ phí) and the demand with its VietQR.

The layout is ours, after what such receipts say; no statutory one was verified (docs/legal.md#fees).
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Spacer, Table

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.amount_words import amount_words
from kiosk.domain.fees import KIND_WORDS, FeeKind, FeeLine, sum_of
from kiosk.domain.money import METHOD_WORDS, Ask, BankAccount, MoneyReceipt
from kiosk.domain.slip import OfficeHead
from printing.forms import blocks
from printing.forms.codes import QrCode, barcode
from printing.forms.sheet import Sheet, render
from printing.forms.style import BODY_W, CELL, CELL_MID, MIDDLE, TITLE, bold, field, italic, para, plain
from printing.forms.words import money_words, or_blank, time_words

LEAVES = ("Liên 1: Lưu tại cơ quan thu", "Liên 2: Giao người nộp tiền")
TITLES = {
    FeeKind.FEE: "BIÊN LAI THU PHÍ",
    FeeKind.CHARGE: "BIÊN LAI THU LỆ PHÍ",
    FeeKind.UNTOLD: "BIÊN LAI THU PHÍ, LỆ PHÍ",
}
FOOTER = "Lập bằng chương trình Một Cửa. Mỗi số chỉ cấp một lần; biên lai hủy vẫn được lưu cùng số."
NOTES = ("Giữ biên lai này để đối chiếu; tra cứu hồ sơ bằng mã hồ sơ ở trên.",)
PAY_QR, CODE_W = 46 * mm, 60 * mm


def render_receipt(receipt: MoneyReceipt, reprint: int = 0) -> bytes:
    """Both leaves. reprint: how many times it was printed before; above 0 every page is marked."""
    title = _title(receipt.lines)
    code = receipt.dossier_code or receipt.dossier_key
    sheet = Sheet(title.capitalize(), code, FOOTER, reprint)
    return render(sheet, lambda leaf: _receipt(receipt, title, code, leaf), LEAVES)


def render_demand(
    ask: Ask, bank: BankAccount, office: OfficeHead, payer: str, procedure: str, lines: Sequence[FeeLine]
) -> bytes:
    """What the citizen takes to pay by transfer: the amount, why, the account, and the code."""
    sheet = Sheet("Thông tin nộp tiền", ask.dossier_key, "Chưa phải biên lai: biên lai được lập khi cơ quan nhận tiền.")
    return render(sheet, lambda _leaf: _demand(ask, bank, office, payer, procedure, lines), ("",))


def _receipt(receipt: MoneyReceipt, title: str, code: str, leaf: str) -> list[Flowable]:
    number = f"Ký hiệu: {receipt.series}   Số: {receipt.number:07d}"
    paid = f"{METHOD_WORDS[receipt.method]}" + (f", mã giao dịch {receipt.reference}" if receipt.reference else "")
    return [
        blocks.head_of(receipt.office, number, receipt.issued_at, leaf),
        *_top(title, receipt, code),
        field("Người nộp tiền", receipt.payer, strong=True),
        field("Địa chỉ", or_blank(receipt.address)),
        field("Lý do nộp", receipt.procedure_name),
        _lines(receipt.lines, receipt.amount),
        field("Số tiền", money_words(receipt.amount), strong=True),
        field("Viết bằng chữ", f"{amount_words(receipt.amount).capitalize()} đồng"),
        field("Hình thức nộp", paid),
        field("Thời điểm nộp", time_words(receipt.issued_at)),
        blocks.signatures(("NGƯỜI NỘP TIỀN", receipt.payer), ("NGƯỜI THU TIỀN", receipt.officer), NOTES),
    ]


def _top(title: str, receipt: MoneyReceipt, code: str) -> list[Flowable]:
    parts: list[Flowable] = [Spacer(1, 2 * mm), para(bold(title), TITLE)]
    if receipt.cancelled_at is not None:
        parts += [_cancelled(receipt), Spacer(1, 1 * mm)]
    parts += [para(f"{plain('Mã hồ sơ')}: {bold(code)}", MIDDLE), Spacer(1, 1 * mm)]
    if (bars := barcode(code, CODE_W, 8 * mm)) is not None:
        parts.append(Table([[bars]], [BODY_W], style=[*blocks.TIGHT, ("ALIGN", (0, 0), (-1, -1), "CENTER")]))
    return [*parts, Spacer(1, 2 * mm)]


def _cancelled(receipt: MoneyReceipt) -> Flowable:
    assert receipt.cancelled_at is not None, "asked for by a cancelled receipt"
    at = receipt.cancelled_at.astimezone(OFFICE_ZONE)
    words = para(bold(f"ĐÃ HỦY lúc {at:%H:%M ngày %d/%m/%Y}: {receipt.cancel_reason}"), CELL_MID)
    box = [
        ("BOX", (0, 0), (-1, -1), 1, "black"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    return Table([[words]], [BODY_W * 0.8], style=box, spaceBefore=1.5 * mm)


def _lines(lines: Sequence[FeeLine], amount: int) -> Flowable:
    """Each fee with how it was worked out, and its text; phí and lệ phí told apart below."""
    rows = [[para(bold(text), CELL_MID) for text in ("TT", "Khoản thu, cách tính, căn cứ", "Số tiền (đồng)")]]
    for number, line in enumerate(lines, 1):
        why = "; ".join(part for part in (line.how, line.basis) if part)
        about = plain(line.name) + (f"<br/>{italic(why)}" if why else "")
        rows.append([para(str(number), CELL_MID), para(about, CELL), para(_number(line.amount or 0), CELL_MID)])
    parts = [f"{KIND_WORDS[kind]} {_number(total)}" for kind in FeeKind if (total := sum_of(lines, kind))]
    total_words = "Cộng" + (f" ({'; '.join(parts)})" if parts else "")
    rows.append([para("", CELL), para(bold(total_words), CELL), para(bold(_number(amount)), CELL_MID)])
    widths = [8 * mm, BODY_W - 36 * mm, 28 * mm]
    return Table(rows, widths, repeatRows=1, spaceBefore=1.5 * mm, spaceAfter=2 * mm, style=blocks.GRID)


def _demand(
    ask: Ask, bank: BankAccount, office: OfficeHead, payer: str, procedure: str, lines: Sequence[FeeLine]
) -> list[Flowable]:
    words = [
        field("Ngân hàng", bank.bank or bank.bin),
        field("Số tài khoản", bank.account, strong=True),
        field("Chủ tài khoản", bank.holder, strong=True),
        field("Số tiền", money_words(ask.amount), strong=True),
        field("Nội dung chuyển khoản", f"HS {ask.dossier_key}", strong=True),
        Spacer(1, 2 * mm),
        para(plain("Mở ứng dụng ngân hàng, quét mã bên cạnh; đối chiếu tên chủ tài khoản trước khi chuyển."), CELL),
    ]
    row = Table(
        [[words, QrCode(ask.payload, PAY_QR)]],
        [BODY_W - PAY_QR - 2 * mm, PAY_QR + 2 * mm],
        style=[*blocks.TIGHT, ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("ALIGN", (1, 0), (1, 0), "RIGHT")],
    )
    return [
        blocks.head_of(office, f"Mã hồ sơ: {ask.dossier_key}", ask.asked_at, ""),
        Spacer(1, 3 * mm),
        para(bold("THÔNG TIN NỘP PHÍ, LỆ PHÍ"), TITLE),
        Spacer(1, 2 * mm),
        field("Người nộp", payer, strong=True),
        field("Nội dung", procedure),
        _lines(lines, ask.amount),
        HRFlowable(width=BODY_W, thickness=0.4, color="black", spaceAfter=4),
        row,
    ]


def _title(lines: Sequence[FeeLine]) -> str:
    kinds = {line.kind for line in lines if line.amount}
    return TITLES[kinds.pop() if len(kinds) == 1 else FeeKind.UNTOLD]


def _number(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
