"""Form 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả, the promise that the citizen takes home."""

from __future__ import annotations

from reportlab.platypus import Flowable

from kiosk.domain.slip import Slip
from printing.forms import blocks
from printing.forms.sets import FormText
from printing.forms.style import bold, field, italic, para, plain
from printing.forms.words import BLANK, fee_words, term_words, time_words

LEAVES = ("Liên 1: Lưu tại cơ quan", "Liên 2: Giao người nộp hồ sơ")

NOTES = (
    "Giấy này lập thành 02 liên: liên 1 chuyển kèm Phiếu kiểm soát quá trình giải quyết hồ sơ và lưu tại cơ quan; "
    "liên 2 giao cho người nộp hồ sơ.",
    "Khi đến nhận kết quả, mang theo giấy này và thẻ căn cước; người nhận thay mang thêm giấy ủy quyền. "
    "Có thể đăng ký nhận kết quả qua bưu chính công ích.",
)


def story(slip: Slip, form: FormText, leaf: str) -> list[Flowable]:
    """Contents of one leaf. Source: docs/legal.md#forms (form 01)."""
    return [
        blocks.head(slip, form, leaf),
        blocks.title(slip, form),
        *blocks.applicant(slip, received_by=True),
        para(plain("1. Thành phần hồ sơ nộp gồm:")),
        blocks.papers(slip.papers),
        *_promise(slip),
        blocks.signatures(
            ("NGƯỜI NỘP HỒ SƠ", slip.submitter or slip.applicant), ("NGƯỜI TIẾP NHẬN HỒ SƠ", slip.officer), NOTES
        ),
    ]


def _promise(slip: Slip) -> list[Flowable]:
    received = time_words(slip.received_at or slip.issued_at)
    return [
        field("2. Số lượng hồ sơ", f"{slip.sets:02d} bộ"),
        field("3. Thời gian giải quyết hồ sơ theo quy định", term_words(slip.term)),
        field("4. Thời gian nhận hồ sơ", received),
        _due(slip),
        field("6. Đăng ký nhận kết quả tại", slip.return_at or slip.office.name),
        field("7. Phí, lệ phí", fee_words(slip.fee, slip.fee_note)),
        para(plain(f"Vào Sổ theo dõi hồ sơ: quyển số {slip.year}, số thứ tự {slip.number:02d}")),
    ]


def _due(slip: Slip) -> Flowable:
    """The promise stands out; why it is not an earlier day stands beside it."""
    when = bold(time_words(slip.due_at)) if slip.due_at else plain(f"{BLANK} (cơ quan sẽ thông báo)")
    why = f"; {italic(slip.due_reason)}" if slip.due_at and slip.due_reason else ""
    return para(f"{plain('5. Thời gian trả kết quả')}: {when}{why}")
