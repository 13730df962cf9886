"""The three slips: what each one says, in whose name, and how it runs over pages."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from printing_samples import LONG_NAME, PAPERS, RECEIPT, REFUSAL, SUPPLEMENT, codes, pages, texts

from kiosk.domain.slip import PaperLine, Slip, SlipKind
from printing.errors import UnknownFormSetError
from printing.forms import render_slip
from printing.forms.sets import FORM_SETS, form_set, in_force

MANY = tuple(PaperLine(f"Giấy tờ thứ {n} của hồ sơ đất đai", "Bản chính", 1) for n in range(1, 31))


def test_receipt_promises_a_return_time_in_words_and_names_every_paper() -> None:
    text = texts(render_slip(RECEIPT))[0]
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in text
    assert "08 giờ 05 phút, ngày 23 tháng 11 năm 2026" in text
    assert "17 giờ 00 phút, ngày 25 tháng 11 năm 2026" in text
    assert "trừ lễ 24/11 (Ngày Văn hóa Việt Nam)" in text
    assert "8.000 đồng" in text
    assert "1 ngày làm việc" in text
    assert all(paper.name in text and paper.kind in text for paper in PAPERS)
    assert "quyển số 2026, số thứ tự 07" in text


def test_receipt_has_a_leaf_for_the_office_and_one_for_the_citizen() -> None:
    found = texts(render_slip(RECEIPT))
    assert ["Liên 1: Lưu tại cơ quan" in found[0], "Liên 2: Giao người nộp hồ sơ" in found[1]] == [True, True]
    assert len(found) == 2


def test_one_copy_of_a_receipt_is_the_citizens() -> None:
    found = texts(render_slip(RECEIPT, copies=1))
    assert len(found) == 1
    assert "Liên 2" in found[0]


def test_supplement_lists_what_to_mend_with_reason_basis_and_contact() -> None:
    (text,) = texts(render_slip(SUPPLEMENT))
    assert "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ" in text
    assert "Số: 07/HDHS" in text
    for words in ("Còn thiếu", "Chưa ký; ghi sai năm sinh của mẹ", SUPPLEMENT.reason, SUPPLEMENT.legal_basis):
        assert words in text
    assert "0240 000 000" in text
    assert "NGƯỜI HƯỚNG DẪN" in text


def test_refusal_gives_its_reason_and_the_papers_back() -> None:
    (text,) = texts(render_slip(REFUSAL))
    assert "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ" in text
    assert REFUSAL.reason in text
    assert "Giấy tờ trả lại người nộp" in text


@pytest.mark.parametrize("slip", [RECEIPT, SUPPLEMENT, REFUSAL], ids=lambda s: s.kind.name)
def test_every_slip_has_the_nations_head_and_codes_that_scan(slip: Slip) -> None:
    pdf = render_slip(slip)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in texts(pdf)[0]
    for page in pages(pdf):
        assert codes(page) == {"Code128": slip.dossier_key, "QRCode": slip.lookup}


def test_codes_carry_the_official_code_once_there_is_one() -> None:
    official = replace(RECEIPT, dossier_code="000.00.16.H26-261123-0007", lookup="")
    assert codes(pages(render_slip(official, 1))[0]) == {
        "Code128": "000.00.16.H26-261123-0007",
        "QRCode": "000.00.16.H26-261123-0007",
    }


@pytest.mark.parametrize("set_id", [s.id for s in FORM_SETS])
def test_legal_footer_follows_the_set_the_dossier_came_under(set_id: str) -> None:
    text = texts(render_slip(replace(SUPPLEMENT, form_set=set_id)))[0]
    assert form_set(set_id).legal_footer(SlipKind.SUPPLEMENT) in text


def test_set_in_force_changes_on_the_day_of_the_circular() -> None:
    assert [in_force(date(2025, 9, 14)), in_force(date(2025, 9, 15))] == ["TT01-2018", "TT03-2025"]
    assert in_force(date(2026, 11, 23)) == "TT03-2025"


def test_unknown_set_is_refused_by_name() -> None:
    with pytest.raises(UnknownFormSetError) as caught:
        render_slip(replace(RECEIPT, form_set="BTP-2031"))
    assert caught.value.details["form_set"] == "BTP-2031"


def test_thirty_papers_flow_over_pages_that_say_which_and_whose() -> None:
    found = texts(render_slip(replace(RECEIPT, papers=MANY, procedure_name=LONG_NAME)))
    leaf = len(found) // 2
    assert leaf > 1
    for place, text in enumerate(found):
        assert f"Trang {place % leaf + 1}/{leaf}" in text
        assert f"Mã hồ sơ: {RECEIPT.dossier_key}" in text
    assert all(paper.name in " ".join(found[:leaf]) for paper in MANY)
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in found[leaf - 1]


def test_a_row_higher_than_a_page_still_prints() -> None:
    endless = PaperLine("Giấy tờ có phần mô tả rất dài " * 300, "Bản chính", 1, "cần bổ sung " * 100)
    assert len(texts(render_slip(replace(SUPPLEMENT, papers=(endless,))))) > 2


def test_reprint_is_marked_on_every_page_and_the_first_print_is_not() -> None:
    assert all("BẢN IN LẠI" not in text for text in texts(render_slip(RECEIPT)))
    assert all("BẢN IN LẠI LẦN 2" in text for text in texts(render_slip(RECEIPT, reprint=2)))


def test_marks_that_arrive_decomposed_print_composed() -> None:
    loose = replace(RECEIPT, applicant=unicodedata.normalize("NFD", RECEIPT.applicant))
    assert render_slip(loose) == render_slip(RECEIPT)


def test_words_that_look_like_markup_are_printed_as_they_are() -> None:
    sly = replace(REFUSAL, reason="Giá trị <b>nhỏ hơn</b> 5 & lớn hơn 3 </para>")
    assert sly.reason in texts(render_slip(sly))[0]


def test_what_is_unknown_is_left_to_be_written_never_guessed() -> None:
    bare = replace(RECEIPT, phone="", due_at=None, due_reason="", fee=None, term="")
    text = texts(render_slip(bare))[0]
    assert "Số điện thoại: ……" in text
    assert "cơ quan sẽ thông báo" in text
    assert "Chưa xác định" in text


def test_same_slip_gives_the_same_bytes_with_embedded_fonts_on_a5() -> None:
    pdf = render_slip(RECEIPT)
    assert pdf == render_slip(RECEIPT)
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            assert [round(float(side) / 72 * 25.4) for side in page.mediabox][2:] == [148, 210]
            for font in page.Resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor


@pytest.mark.parametrize(
    "code", ["000.00.19.H26-261123-0123", "000.00.12.H62-201105-0004", "H26.152-250701-0001", "261123100078"]
)
@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_long_official_code_scans_as_well_and_the_receipt_stays_on_its_page(code: str, dpi: int) -> None:
    official = replace(RECEIPT, dossier_code=code)
    (page,) = pages(render_slip(official, 1), dpi)
    assert codes(page)["Code128"] == code
