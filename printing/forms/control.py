"""Form 06 (05 in 2018): Phiếu kiểm soát quá trình giải quyết hồ sơ. It goes with the papers from hand to hand."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from kiosk.domain.slip import Passing, Slip
from printing.forms import blocks
from printing.forms.sets import FormText
from printing.forms.style import BODY_W, CELL, CELL_MID, NOTE, bold, field, italic, para, plain
from printing.forms.words import BLANK, or_blank, time_words

LEAVES = ("Liên 1: Chuyển kèm hồ sơ", "Liên 2: Lưu tại bộ phận tiếp nhận")
TO_FILL = 2  # empty rows for the hands that the log does not know yet
TIME_TO_FILL = "… giờ … phút, ngày … tháng … năm ……"
WHO_TO_FILL = "…………"
WIDTHS = (25 * mm, BODY_W - 63 * mm, 17 * mm, 21 * mm)
SIGNING_ROOM = 6 * mm

NOTES = (
    "Bên nhận có quyền từ chối nhận hồ sơ chưa đúng, chưa đủ theo quy định.",
    "Việc chuyển hồ sơ chỉ có giá trị khi có đủ chữ ký của bên giao và bên nhận.",
    "Kết quả (Trước hạn, Đúng hạn, Quá hạn) do bên nhận ghi; phần đã in lấy từ nhật ký hồ sơ.",
)


def story(slip: Slip, form: FormText, leaf: str) -> list[Flowable]:
    """Contents of one leaf. Source: docs/legal.md#forms (form 06)."""
    return [
        blocks.head(slip, form, leaf),
        blocks.title(slip, form),
        field("Kèm theo hồ sơ của", slip.applicant, strong=True),
        field("Số điện thoại", or_blank(slip.phone)),
        field("Nội dung yêu cầu giải quyết", f"{slip.procedure_name} (mã thủ tục {slip.procedure_code})"),
        field("Thời gian nhận hồ sơ", time_words(slip.received_at) if slip.received_at else BLANK),
        field("Thời gian hẹn trả kết quả", time_words(slip.due_at) if slip.due_at else BLANK),
        _passings(slip),
        para(bold("Ghi chú:"), NOTE),
        *(para(f"- {plain(text)}", NOTE) for text in NOTES),
    ]


def _passings(slip: Slip) -> Flowable:
    heads = ("Tên cơ quan", "Thời gian giao, nhận hồ sơ", "Kết quả", "Ghi chú")
    rows: list[list[object]] = [[para(bold(text), CELL_MID) for text in heads]]
    rows += [_row(one) for one in slip.passings]
    rows += [_row(None) for _ in range(TO_FILL)]
    return Table(rows, WIDTHS, repeatRows=1, spaceBefore=1 * mm, spaceAfter=1.5 * mm, style=blocks.GRID)


def _row(one: Passing | None) -> list[object]:
    return [
        [_side("Giao", one.giver if one else WHO_TO_FILL), _side("Nhận", one.receiver if one else WHO_TO_FILL)],
        [para(plain(time_words(one.at) if one else TIME_TO_FILL), CELL_MID), _signed(one)],
        para(plain(one.outcome if one else ""), CELL_MID),
        para(plain(one.note if one else ""), CELL),
    ]


def _side(role: str, who: str) -> Paragraph:
    return para(f"{italic(role)}: {plain(who)}", CELL)


def _signed(one: Passing | None) -> Flowable:
    """Both sides sign under their role; whom the log knows is named already."""
    half = (WIDTHS[1] - 6) / 2
    heads = [para(italic(role), CELL_MID) for role in ("Người giao", "Người nhận")]
    names = [para(plain(name), CELL_MID) for name in ((one.gave, one.took) if one else ("", ""))]
    rows = [heads, [Spacer(1, SIGNING_ROOM), Spacer(1, SIGNING_ROOM)], names]
    return Table(rows, [half, half], style=blocks.TIGHT)
