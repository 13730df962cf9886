"""Form 05 of TT 03/2025: Thông báo dừng giải quyết hồ sơ. The set of 2018 has no such form."""

from __future__ import annotations

from reportlab.platypus import Flowable

from kiosk.domain.slip import Slip
from printing.forms import blocks
from printing.forms.sets import FormText
from printing.forms.style import REASON, bold, field, para, plain
from printing.forms.words import BLANK, fee_words, time_words

LEAVES = ("Liên 1: Lưu tại cơ quan", "Liên 2: Giao người nộp hồ sơ")

NOTES = (
    "Nếu không đồng ý với nội dung trên, Ông/Bà có quyền phản ánh, kiến nghị, khiếu nại theo quy định của pháp luật.",
    "Khi nhận lại giấy tờ, mang theo giấy tiếp nhận hồ sơ và thẻ căn cước; người nhận thay mang thêm giấy ủy quyền.",
)


def story(slip: Slip, form: FormText, leaf: str) -> list[Flowable]:
    """Contents of one leaf. Source: docs/legal.md#forms (form 05); fields inferred, the body's words are ours."""
    opening = f"{slip.office.name} thông báo dừng giải quyết hồ sơ này với lý do cụ thể như sau:"
    given_back = [para(plain("Giấy tờ đã nộp gồm:")), blocks.papers(slip.papers)] if slip.papers else []
    return [
        blocks.head(slip, form, leaf),
        blocks.title(slip, form),
        *blocks.applicant(slip, received_by=False),
        field("Thời gian nhận hồ sơ", time_words(slip.received_at) if slip.received_at else BLANK),
        field("Thời gian dừng giải quyết", time_words(slip.issued_at)),
        para(plain(opening), REASON),
        para(bold(slip.reason), REASON),
        *given_back,
        field("Phí, lệ phí", fee_words(slip.fee, slip.fee_note)),
        field("Xử lý phí, lệ phí đã nộp", BLANK),
        blocks.contact(slip),
        blocks.signatures(None, ("NGƯỜI CÓ THẨM QUYỀN", ""), NOTES, "(Ký, đóng dấu, ghi rõ họ tên)"),
    ]
