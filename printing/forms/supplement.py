"""Form 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ. It may be issued once, so it names everything at once."""

from __future__ import annotations

from reportlab.platypus import Flowable

from kiosk.domain.slip import Slip
from printing.forms import blocks
from printing.forms.sets import FormText
from printing.forms.style import bold, para, plain

LEAVES = ("Liên 1: Lưu tại cơ quan", "Liên 2: Giao người nộp hồ sơ")

NOTES = (
    "Khi nộp bổ sung, mang theo phiếu này và thẻ căn cước; người nộp thay mang thêm giấy ủy quyền.",
    "Cơ quan chỉ yêu cầu bổ sung một lần. Thời gian giải quyết được tính từ khi nhận đủ hồ sơ hợp lệ.",
)


def story(slip: Slip, form: FormText, leaf: str) -> list[Flowable]:
    """Contents of one leaf. Source: docs/legal.md#forms (form 02)."""
    basis = [para(f"{bold('Căn cứ')}: {plain(slip.legal_basis)}")] if slip.legal_basis else []
    return [
        blocks.head(slip, form, leaf),
        blocks.title(slip, form),
        *blocks.applicant(slip, received_by=False),
        para(plain("Đề nghị Ông/Bà bổ sung, hoàn thiện hồ sơ gồm những giấy tờ, nội dung sau:")),
        blocks.papers(slip.papers, note_head="Nội dung cần bổ sung"),
        para(f"{bold('Lý do')}: {plain(slip.reason)}"),
        *basis,
        blocks.contact(slip),
        blocks.signatures(None, ("NGƯỜI HƯỚNG DẪN", slip.officer), NOTES),
    ]
