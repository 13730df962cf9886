"""A receipt for linked steps, and for what another agency solves: both dates in words, nothing cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
from printing_samples import MORNING, RECEIPT, pages, pixels, texts

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.slip import StepLine
from printing.forms import render_slip


def on(day: int) -> datetime:
    return datetime(2026, 12, day, 17, tzinfo=OFFICE_ZONE)


LONG = "Giải quyết chế độ tử tuất, hỗ trợ chi phí mai táng cho thân nhân của người có công với cách mạng"
STEPS = (
    StepLine("Đăng ký khai sinh", "UBND cấp xã", "trong ngày", on(1)),
    StepLine("Đăng ký thường trú", "Công an cấp xã", "7 ngày làm việc", on(10)),
    StepLine(LONG, "Cơ quan Bảo hiểm xã hội khu vực liên xã Mẫu – Hòa An", "5 ngày làm việc", on(8)),
)
LINKED = replace(RECEIPT, steps=STEPS, due_at=on(10), unit_due_at=on(1), term="3 bước liên thông")


def test_the_receipt_of_linked_procedures_has_every_step_and_two_dates() -> None:
    text = " ".join(texts(render_slip(LINKED, 1)))
    for line in STEPS:
        assert all(words in text for words in (line.name, line.agency, line.term, f"{line.due_at:%d/%m/%Y}"))
    assert "3. Thời gian giải quyết hồ sơ theo quy định: 3 bước, theo bảng các bước liên thông" in text
    assert "5. Thời gian trả kết quả: 17 giờ 00 phút, ngày 10 tháng 12 năm 2026" in text
    assert "Phần việc của cơ quan này xong trước: 17 giờ 00 phút, ngày 01 tháng 12 năm 2026" in text


def test_the_steps_keep_inside_the_margins() -> None:
    for page in pages(render_slip(LINKED), 100):
        dark, edge = pixels(page) < 128, 16
        assert not np.concatenate([dark[:, :edge].ravel(), dark[:, -edge:].ravel(), dark[-edge:].ravel()]).any()


def test_where_another_agency_solves_it_the_date_is_expected_until_that_agency_has_it() -> None:
    before = " ".join(texts(render_slip(replace(RECEIPT, competent_agency="UBND xã Hòa An"), 1)))
    assert (
        "Cơ quan có thẩm quyền giải quyết: UBND xã Hòa An, thời hạn tính từ khi cơ quan này nhận được hồ sơ" in before
    )
    assert "thời gian trả ở mục 5 là dự kiến" in before


def test_then_the_receipt_says_both_days_in_words() -> None:
    told = replace(RECEIPT, competent_agency="UBND xã Hòa An", competent_at=on(2), due_at=on(7))
    text = " ".join(texts(render_slip(told, 1, reprint=1)))
    assert f"4. Thời gian nhận hồ sơ: 08 giờ 05 phút, ngày {MORNING:%d tháng %m năm %Y}" in text
    assert "UBND xã Hòa An, đã nhận hồ sơ lúc 17 giờ 00 phút, ngày 02 tháng 12 năm 2026" in text
    assert "5. Thời gian trả kết quả: 17 giờ 00 phút, ngày 07 tháng 12 năm 2026" in text
    assert "BẢN IN LẠI" in text


def test_an_ordinary_receipt_says_nothing_of_either() -> None:
    (text,) = texts(render_slip(RECEIPT, 1))
    assert "liên thông" not in text
    assert "thẩm quyền" not in text
