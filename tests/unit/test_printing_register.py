"""The register: every receipt of the days one line, by its number; A4 landscape, nothing cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import numpy as np
import pikepdf
import pytest
from printing_samples import HEAD, LONG_NAME, MORNING, RECEIPT, pages, pixels, texts

from kiosk.domain.register import Entry
from printing.forms.register import Book, render_register

BOOK = Book(HEAD, date(2026, 11, 1), date(2026, 11, 30), "TT03-2025", MORNING)
LONGEST = replace(
    RECEIPT,
    number=12345,
    dossier_code="000.00.16.H26-261123-0007",
    applicant="NGUYỄN PHÚC CÔNG TẰNG TÔN NỮ THỊ HOÀNG HẠNH NGUYÊN PHƯƠNG KHUÊ",
    address="Số 12B, ngách 34/56, ngõ 789, đường Nguyễn Thị Minh Khai, tổ dân phố số 15, thôn Thượng Đình, xã Mẫu",
    procedure_name=LONG_NAME,
)
DONE = Entry(
    LONGEST,
    "Sở Nông nghiệp và Môi trường",
    False,
    MORNING + timedelta(days=1),
    "Trần Thị Bình",
    "Hẹn lại 30/11/2026 (Mẫu 04 số 1/2026)",
)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_line_says_what_the_receipt_and_the_dossier_say() -> None:
    (text,) = texts(render_register(BOOK, [DONE]))
    assert "SỔ THEO DÕI HỒ SƠ Quyển số 2026, từ ngày 01/11/2026 đến ngày 30/11/2026" in text
    slip = DONE.receipt
    wanted = [
        "12345", "000.00.16.H26-261123-0007", slip.procedure_name, slip.applicant, slip.address, slip.phone,
        DONE.agency, "08:05 23/11/2026", "17:00 25/11/2026", "08:05 24/11/2026", "Tại quầy", "Trần Thị Bình", DONE.note,
    ]  # fmt: skip
    # A reader of PDFs joins the lines of a narrow cell with or without a blank.
    assert [words for words in wanted if squeezed(words) not in squeezed(text)] == []
    assert "Mẫu số 07 – Phụ lục I ban hành kèm theo Thông tư số 03/2025" in text


def test_its_number_in_the_set_of_2018_was_another() -> None:
    (text,) = texts(render_register(replace(BOOK, form_set="TT01-2018"), [DONE]))
    assert "Mẫu số 06 – ban hành kèm theo Thông tư số 01/2018" in text


@pytest.mark.parametrize("count", [0, 1, 60])
def test_lines_run_over_numbered_landscape_pages_and_none_is_lost_or_cut(count: int) -> None:
    lines = [replace(DONE, receipt=replace(LONGEST, number=n, applicant=f"NGƯỜI THỨ {n}")) for n in range(1, count + 1)]
    pdf = render_register(BOOK, lines)
    found = texts(pdf)
    assert all(f"Trang {n}/{len(found)}" in text for n, text in enumerate(found, 1))
    assert [one.receipt.applicant for one in lines if one.receipt.applicant not in " ".join(found)] == []
    assert all("Mã hồ sơ" in text for text in found[: max(count // 10, 1)]), "the head is repeated"
    assert f"{count} hồ sơ." in found[-1]
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            assert [round(float(side) / 72 * 25.4) for side in page.mediabox][2:] == [297, 210]
            assert all("/FontFile2" in font.FontDescriptor for font in page.Resources.Font.values())
    for image in pages(pdf, 60):
        dark, edge = pixels(image) < 128, round(5 / 25.4 * 60)
        assert not np.concatenate([dark[:, :edge].ravel(), dark[:, -edge:].ravel(), dark[-edge:].ravel()]).any()


def test_the_same_lines_give_the_same_bytes() -> None:
    assert render_register(BOOK, [DONE]) == render_register(BOOK, [DONE])
