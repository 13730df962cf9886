"""What every slip must bear: the longest names, 25 components, codes that scan at 150 and 300 dpi, nothing clipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import numpy as np
import pikepdf
import pytest
from printing_samples import (
    APOLOGY,
    CONTROL,
    LONG_NAME,
    RECEIPT,
    REFUSAL,
    STOP,
    SUPPLEMENT,
    codes,
    pages,
    pixels,
    texts,
)

from kiosk.domain.slip import PaperLine, Slip, SlipKind
from kiosk.services.printing import SlipToPrint
from printing.errors import UnknownFormError
from printing.forms import MODULES, render_slip
from printing.forms.words import time_words
from printing.worker import slip_sheet

SLIPS = [RECEIPT, SUPPLEMENT, REFUSAL, APOLOGY, STOP, CONTROL]
LONG_PERSON = "NGUYỄN PHÚC CÔNG TẰNG TÔN NỮ THỊ HOÀNG HẠNH NGUYÊN PHƯƠNG KHUÊ"
LONG_ADDRESS = "Số 12B, ngách 34/56, ngõ 789, đường Nguyễn Thị Minh Khai, tổ dân phố số 15, thôn Thượng Đình, xã Mẫu"
COMPONENTS = tuple(
    PaperLine(f"Giấy tờ thứ {n}: giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở", "Bản sao chứng thực", n)
    for n in range(1, 26)
)
LONGEST: dict[str, Any] = {
    "applicant": LONG_PERSON,
    "submitter": LONG_PERSON.title(),
    "address": LONG_ADDRESS,
    "email": "nguyenphuccongtangtonnuthihoanghanhnguyen@example.vn",
    "procedure_name": LONG_NAME,
    "reason": "Chờ ý kiến của cơ quan chuyên môn về nguồn gốc và quá trình sử dụng thửa đất. " * 6,
    "papers": COMPONENTS,
    "passings": tuple(
        replace(one, giver=f"Phòng Kinh tế, Hạ tầng và Đô thị xã Mẫu {n}", gave=LONG_PERSON)
        for n, one in enumerate(CONTROL.passings * 4)
    ),
}


@pytest.fixture(params=SLIPS, ids=lambda s: s.kind.name)
def slip(request: pytest.FixtureRequest) -> Slip:
    found = request.param
    assert isinstance(found, Slip)
    return found


def test_the_samples_are_all_the_forms_there_are() -> None:
    assert [s.kind for s in SLIPS] == list(SlipKind) == list(MODULES)


@pytest.mark.parametrize("dpi", [150, 300])
def test_its_codes_are_read_from_a_scan(slip: Slip, dpi: int) -> None:
    first, *_ = pages(render_slip(slip, 1), dpi)
    assert codes(first) == {"Code128": slip.dossier_key, "QRCode": slip.lookup}


def test_the_longest_facts_are_all_there_and_inside_the_margins(slip: Slip) -> None:
    full = replace(slip, **LONGEST)
    pdf = render_slip(full, 1)
    text = " ".join(texts(pdf))
    wanted = [full.procedure_name, full.applicant]
    if slip.kind is SlipKind.CONTROL:
        wanted += [one.giver for one in full.passings]
    else:
        wanted.append(full.address)
    if slip.kind not in (SlipKind.APOLOGY, SlipKind.CONTROL):
        wanted += [paper.name for paper in full.papers]
    if slip.kind not in (SlipKind.RECEIPT, SlipKind.CONTROL):
        wanted.append(" ".join(full.reason.split()))
    assert [words for words in wanted if words not in text] == []
    for page in pages(pdf, 100):
        dark = pixels(page) < 128
        edge = round(4 / 25.4 * 100)  # no printer reaches closer to the edge than 4 mm
        assert not np.concatenate([dark[:, :edge].ravel(), dark[:, -edge:].ravel(), dark[-edge:].ravel()]).any()


def test_a_reprint_is_marked_and_the_first_print_is_not(slip: Slip) -> None:
    assert "BẢN IN LẠI" not in " ".join(texts(render_slip(slip)))
    assert all("BẢN IN LẠI LẦN 1" in text for text in texts(render_slip(slip, reprint=1)))


def test_its_fonts_are_embedded_and_its_bytes_the_same_again(slip: Slip) -> None:
    pdf = render_slip(slip)
    assert pdf == render_slip(slip)
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            assert all("/FontFile2" in font.FontDescriptor for font in page.Resources.Font.values())


def test_the_letter_of_apology_says_both_dates_the_reason_and_its_number() -> None:
    (text,) = texts(render_slip(APOLOGY))
    assert "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN" in text
    assert "Số: 07/PXL" in text
    assert f"Thời gian hẹn trả kết quả trước đây: {_at(APOLOGY.previous_due_at)}" in text
    assert f"Thời gian trả kết quả mới: {_at(APOLOGY.due_at)}" in text
    assert f"Lý do: {APOLOGY.reason}" in text
    assert f"Kính gửi: Ông/Bà {APOLOGY.applicant}" in text
    assert "THỦ TRƯỞNG CƠ QUAN GIẢI QUYẾT (Ký, đóng dấu, ghi rõ họ tên)" in text
    assert "Mẫu số 04" in text


def test_the_letter_of_apology_had_another_name_in_2018() -> None:
    (text,) = texts(render_slip(replace(APOLOGY, form_set="TT01-2018")))
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in text


def test_the_stop_notice_says_why_what_was_handed_in_and_the_money() -> None:
    (text,) = texts(render_slip(STOP))
    assert "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ" in text
    assert "Số: 07/TB" in text
    assert STOP.reason in text
    assert f"Thời gian nhận hồ sơ: {_at(STOP.received_at)}" in text
    assert f"Thời gian dừng giải quyết: {_at(STOP.issued_at)}" in text
    assert "Phí, lệ phí: 8.000 đồng (đã thu)" in text
    assert all(paper.name in text for paper in STOP.papers)
    assert "Mẫu số 05 – Phụ lục I ban hành kèm theo Thông tư số 03/2025" in text


def test_the_set_of_2018_has_no_stop_notice() -> None:
    with pytest.raises(UnknownFormError) as caught:
        render_slip(replace(STOP, form_set="TT01-2018"))
    assert caught.value.details["name"] == "05"


@pytest.mark.parametrize(("form_set", "label"), [("TT01-2018", "Mẫu số 05"), ("TT03-2025", "Mẫu số 06")])
def test_the_control_slip_has_a_row_for_every_passing_and_its_number_in_the_set(form_set: str, label: str) -> None:
    text = " ".join(texts(render_slip(replace(CONTROL, form_set=form_set))))
    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ" in text
    assert label in text
    assert [time_words(one.at) in text for one in CONTROL.passings] == [True] * 3
    for words in (
        "Giao: Bộ phận giải quyết",
        "Nhận: Bộ phận trả kết quả",
        "Lê Thị Minh",
        "Trước hạn",
        "Hạn 25/11/2026",
    ):
        assert words in text


@pytest.mark.parametrize("kind", [SlipKind.RECEIPT, SlipKind.SUPPLEMENT, SlipKind.REFUSAL])
def test_the_feedback_slip_goes_with_what_is_handed_out_and_names_nobody(kind: SlipKind) -> None:
    """TT 01/2018/TT-VPCP Art 12.2."""
    slip = next(s for s in SLIPS if s.kind is kind)
    alone, (*before, last) = texts(render_slip(slip)), texts(render_slip(slip, feedback=True))
    assert before == alone
    assert "PHIẾU ĐÁNH GIÁ, GÓP Ý" in last
    assert slip.procedure_name in last
    assert [w for w in (slip.applicant, slip.dossier_key, slip.address, slip.phone, "Số:") if w in last] == []
    assert codes(pages(render_slip(slip, feedback=True))[-1]) == {}


@pytest.mark.parametrize("kind", [SlipKind.APOLOGY, SlipKind.STOP, SlipKind.CONTROL])
def test_no_feedback_slip_goes_with_the_others(kind: SlipKind) -> None:
    slip = next(s for s in SLIPS if s.kind is kind)
    assert render_slip(slip, feedback=True) == render_slip(slip)


def test_the_longest_procedure_leaves_the_feedback_slip_on_one_page() -> None:
    full = replace(RECEIPT, procedure_name=LONG_NAME)
    assert len(texts(render_slip(full, feedback=True))) == len(texts(render_slip(full))) + 1


def test_a_printed_slip_brings_its_feedback_slip_once() -> None:
    assert "GÓP Ý" in texts(slip_sheet(SlipToPrint(RECEIPT, 2, 1)).pdf)[-1]
    assert "GÓP Ý" not in " ".join(texts(slip_sheet(SlipToPrint(RECEIPT, 2, 2)).pdf))


def _at(when: datetime | None) -> str:
    assert when is not None
    return time_words(when)
