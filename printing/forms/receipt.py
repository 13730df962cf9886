"""Form 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả, the promise that the citizen takes home."""

from __future__ import annotations

from reportlab.platypus import Flowable

from kiosk.domain.slip import Slip
from printing.forms import blocks
from printing.forms.sets import FormText
from printing.forms.style import MIDDLE, bold, field, italic, para, plain
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
        *_amended(slip),
        *blocks.applicant(slip, received_by=True),
        para(plain("1. Thành phần hồ sơ nộp gồm:")),
        blocks.papers(slip.papers),
        *_promise(slip),
        *_steps(slip),
        blocks.signatures(
            ("NGƯỜI NỘP HỒ SƠ", slip.submitter or slip.applicant), ("NGƯỜI TIẾP NHẬN HỒ SƠ", slip.officer), NOTES
        ),
    ]


def _promise(slip: Slip) -> list[Flowable]:
    received = time_words(slip.received_at or slip.issued_at)
    return [
        field("2. Số lượng hồ sơ", f"{slip.sets:02d} bộ"),
        field("3. Thời gian giải quyết hồ sơ theo quy định", _term(slip)),
        field("4. Thời gian nhận hồ sơ", received),
        _due(slip),
        *_elsewhere(slip),
        field("6. Đăng ký nhận kết quả tại", _where(slip)),
        field("7. Phí, lệ phí", fee_words(slip.fee, slip.fee_note)),
        para(plain(f"Vào Sổ theo dõi hồ sơ: quyển số {slip.year}, số thứ tự {slip.number:02d}")),
    ]


def _amended(slip: Slip) -> list[Flowable]:
    """The mark of a receipt that was corrected, and which one no longer holds."""
    if not slip.amendment:
        return []
    return [para(f"{bold(f'SỬA ĐỔI LẦN {slip.amendment}')} {italic(f'(thay {slip.replaces})')}", MIDDLE)]


def _where(slip: Slip) -> str:
    """Where the result is taken, and by whom beside the owner."""
    where = slip.return_at or slip.office.name
    return f"{where}; người nhận: {' hoặc '.join(slip.collectors)}" if len(slip.collectors) > 1 else where


def _due(slip: Slip) -> Flowable:
    """The promise stands out; why it is not an earlier day stands beside it."""
    when = bold(time_words(slip.due_at)) if slip.due_at else plain(f"{BLANK} (cơ quan sẽ thông báo)")
    why = f"; {italic(slip.due_reason)}" if slip.due_at and slip.due_reason else ""
    return para(f"{plain('5. Thời gian trả kết quả')}: {when}{why}")


def _term(slip: Slip) -> str:
    return f"{len(slip.steps)} bước, theo bảng các bước liên thông" if slip.steps else term_words(slip.term)


def _steps(slip: Slip) -> list[Flowable]:
    """What is solved in turn under this one receipt; the date of the whole is in line 5, this unit's own here."""
    if not slip.steps:
        return []
    here = [field("Phần việc của cơ quan này xong trước", time_words(slip.unit_due_at))] if slip.unit_due_at else []
    return [para(plain("Các bước liên thông, cùng một lần nộp hồ sơ:")), blocks.steps(slip.steps), *here]


def _elsewhere(slip: Slip) -> list[Flowable]:
    """Regardless of boundary: who solves it, and both days in words (docs/legal.md#reception)."""
    if not slip.competent_agency:
        return []
    if slip.competent_at is None:
        start = "thời hạn tính từ khi cơ quan này nhận được hồ sơ; thời gian trả ở mục 5 là dự kiến"
    else:
        start = f"đã nhận hồ sơ lúc {time_words(slip.competent_at)}; thời hạn tính từ lúc đó"
    return [field("Cơ quan có thẩm quyền giải quyết", f"{slip.competent_agency}, {start}")]
