"""Form 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ. A refusal is an answer too, so its reason is written out."""

from __future__ import annotations

from reportlab.platypus import Flowable

from kiosk.domain.slip import Slip
from printing.forms import blocks
from printing.forms.sets import FormText
from printing.forms.style import REASON, bold, para, plain
from printing.forms.words import BLANK

LEAVES = ("Liên 1: Lưu tại cơ quan", "Liên 2: Giao người nộp hồ sơ")

NOTES = (
    "Nếu không đồng ý với nội dung trên, Ông/Bà có quyền phản ánh, kiến nghị, khiếu nại theo quy định của pháp luật.",
    "Khi nộp lại hồ sơ, mang theo phiếu này và thẻ căn cước; người nộp thay mang thêm giấy ủy quyền.",
)


def story(slip: Slip, form: FormText, leaf: str) -> list[Flowable]:
    """Contents of one leaf. Source: docs/legal.md#forms (form 03)."""
    opening = f"{slip.office.name} xin thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:"
    basis = [para(f"{bold('Căn cứ')}: {plain(slip.legal_basis)}", REASON)] if slip.legal_basis else []
    return [
        blocks.head(slip, form, leaf),
        blocks.title(slip, form),
        *blocks.applicant(slip, received_by=False),
        para(plain(opening), REASON),
        para(bold(slip.reason), REASON),
        *basis,
        *_given_back(slip),
        para(plain(_contact(slip)), REASON),
        blocks.signatures(
            ("NGƯỜI NỘP HỒ SƠ", slip.submitter or slip.applicant), ("NGƯỜI TIẾP NHẬN HỒ SƠ", slip.officer), NOTES
        ),
    ]


def _given_back(slip: Slip) -> list[Flowable]:
    if not slip.papers:
        return []
    return [para(plain("Giấy tờ trả lại người nộp gồm:")), blocks.papers(slip.papers)]


def _contact(slip: Slip) -> str:
    website = f" hoặc trang thông tin {slip.office.website}" if slip.office.website else ""
    return f"Thông tin chi tiết, Ông/Bà liên hệ số điện thoại {slip.office.phone or BLANK}{website}."
