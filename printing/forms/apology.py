"""Form 04: the letter of apology with the one new date (TT 01/2018: Phiếu xin lỗi và hẹn lại; TT 03/2025: Văn bản xin
lỗi và đề nghị gia hạn)."""

from __future__ import annotations

from datetime import datetime

from reportlab.platypus import Flowable

from kiosk.domain.slip import Slip
from printing.forms import blocks
from printing.forms.sets import FormText
from printing.forms.style import MIDDLE, REASON, bold, field, italic, para, plain
from printing.forms.words import BLANK, or_blank, time_words

LEAVES = ("Liên 1: Lưu tại cơ quan", "Liên 2: Giao người nộp hồ sơ")

NOTES = (
    "Hồ sơ chỉ được hẹn lại một lần.",
    "Khi đến nhận kết quả, mang theo giấy tiếp nhận hồ sơ, văn bản này và thẻ căn cước; người nhận thay mang thêm "
    "giấy ủy quyền.",
)


def story(slip: Slip, form: FormText, leaf: str) -> list[Flowable]:
    """Contents of one leaf. Source: docs/legal.md#forms (form 04); the body's words are ours."""
    why = f" ({italic(slip.due_reason)})" if slip.due_reason else ""
    return [
        blocks.head(slip, form, leaf),
        blocks.title(slip, form),
        para(f"{plain('Kính gửi:')} {bold(f'Ông/Bà {slip.applicant}')}", MIDDLE),
        field("Địa chỉ", or_blank(slip.address)),
        field("Số điện thoại", or_blank(slip.phone)),
        para(plain(_facts(slip)), REASON),
        field("Thời gian hẹn trả kết quả trước đây", _when(slip.previous_due_at)),
        para(plain("Đến nay hồ sơ chưa giải quyết xong, không trả được kết quả đúng hẹn."), REASON),
        field("Lý do", slip.reason, strong=True),
        para(
            plain(
                f"{slip.office.name} xin lỗi Ông/Bà vì sự chậm trễ này và đề nghị gia hạn thời gian giải quyết hồ sơ."
            ),
            REASON,
        ),
        para(f"{plain('Thời gian trả kết quả mới')}: {bold(_when(slip.due_at))}{why}"),
        blocks.contact(slip),
        blocks.signatures(None, ("THỦ TRƯỞNG CƠ QUAN GIẢI QUYẾT", ""), NOTES, "(Ký, đóng dấu, ghi rõ họ tên)"),
    ]


def _facts(slip: Slip) -> str:
    return (
        f"{slip.office.name} đã tiếp nhận lúc {_when(slip.received_at)} hồ sơ mã {blocks.code_of(slip)} của Ông/Bà, "
        f"đề nghị giải quyết thủ tục {slip.procedure_name} (mã thủ tục {slip.procedure_code})."
    )


def _when(at: datetime | None) -> str:
    return time_words(at) if at else BLANK
