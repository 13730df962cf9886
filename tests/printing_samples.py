"""Papers that the printing tests share, and readers of what came out."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pypdfium2
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.slip import OfficeHead, PaperLine, Passing, Slip, SlipKind
from printing.forms import render_slip
from printing.paper import PdfSheet, TicketSheet
from printing.tickets import TicketPaper, render_ticket

MORNING = datetime(2026, 11, 23, 8, 5, tzinfo=OFFICE_ZONE)
HEAD = OfficeHead(
    "Ủy ban nhân dân xã Mẫu",
    "Trung tâm Phục vụ hành chính công xã Mẫu",
    "Mẫu",
    "Thôn 1",
    "0240 000 000",
    "mau.example.vn",
)
PAPERS = (
    PaperLine("Tờ khai đăng ký khai sinh theo mẫu", "Bản chính"),
    PaperLine("Giấy chứng sinh do cơ sở y tế cấp", "Bản chính"),
    PaperLine("Giấy tờ chứng minh nơi cư trú", "Khai thác từ CSDL"),
    PaperLine("Giấy chứng nhận kết hôn của cha, mẹ", "Bản sao chứng thực"),
)
RECEIPT = Slip(
    id="s-1",
    kind=SlipKind.RECEIPT,
    form_set="TT03-2025",
    number=7,
    year=2026,
    issued_at=MORNING,
    office=HEAD,
    dossier_key="261123100078",
    dossier_code=None,
    procedure_code="1.001193",
    procedure_name="Đăng ký khai sinh",
    applicant="NGUYỄN THỊ HỒNG ÁNH",
    address="Thôn 2, xã Mẫu",
    phone="0912 000 111",
    email="",
    officer="Trần Quốc Dũng",
    papers=PAPERS,
    received_at=MORNING,
    due_at=datetime(2026, 11, 25, 17, 0, tzinfo=OFFICE_ZONE),
    term="1 working days",
    fee=8000,
    return_at=HEAD.name,
    lookup="https://mau.example.vn/tra-cuu?ma=261123100078",
    due_reason="trừ lễ 24/11 (Ngày Văn hóa Việt Nam)",
)
SUPPLEMENT = replace(
    RECEIPT,
    kind=SlipKind.SUPPLEMENT,
    papers=(
        PaperLine("Giấy chứng sinh do cơ sở y tế cấp", "Bản chính", 1, "Còn thiếu"),
        PaperLine("Tờ khai đăng ký khai sinh theo mẫu", "Bản chính", 1, "Chưa ký; ghi sai năm sinh của mẹ"),
    ),
    reason="Hồ sơ chưa đủ thành phần theo quy định.",
    legal_basis="Điều 16 Luật Hộ tịch năm 2014",
)
REFUSAL = replace(
    RECEIPT,
    kind=SlipKind.REFUSAL,
    papers=PAPERS[:2],
    reason="Nơi cư trú của người yêu cầu không thuộc thẩm quyền đăng ký của xã Mẫu.",
    legal_basis="Điều 13 Luật Hộ tịch năm 2014",
)
APOLOGY = replace(
    RECEIPT,
    kind=SlipKind.APOLOGY,
    reason="Chờ ý kiến của Sở Nông nghiệp và Môi trường về nguồn gốc thửa đất.",
    previous_due_at=RECEIPT.due_at,
    due_at=datetime(2026, 11, 30, 17, 0, tzinfo=OFFICE_ZONE),
)
STOP = replace(
    RECEIPT,
    kind=SlipKind.STOP,
    reason="Theo đề nghị của người nộp hồ sơ tại đơn ngày 24/11/2026.",
    fee_note="đã thu",
)
CONTROL = replace(
    RECEIPT,
    kind=SlipKind.CONTROL,
    passings=(
        Passing(MORNING, "Người nộp hồ sơ", "Bộ phận tiếp nhận", took="Trần Quốc Dũng"),
        Passing(MORNING + timedelta(hours=1), "Bộ phận tiếp nhận", "Bộ phận giải quyết", gave="Trần Quốc Dũng"),
        Passing(
            MORNING + timedelta(hours=2),
            "Bộ phận giải quyết",
            "Bộ phận trả kết quả",
            gave="Lê Thị Minh",
            outcome="Trước hạn",
            note="Hạn 25/11/2026",
        ),
    ),
)
LONG_NAME = ("Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất " * 5)[:300].strip()
TICKET = TicketPaper(
    HEAD.name, "A012", "Chứng thực", MORNING, ahead=4, wait_minutes=(10, 20), lookup="https://mau.example.vn/s/A012"
)


def a_ticket() -> TicketSheet:
    return TicketSheet("so-A012-261123", "Số A012", render_ticket(TICKET))


def a_slip() -> PdfSheet:
    return PdfSheet("mau01-261123100078-0007", "Mẫu 01 số 7/2026", render_slip(RECEIPT))


def pixels(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image.convert("L"))


def pages(pdf: bytes, dpi: int = 200) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def texts(pdf: bytes) -> list[str]:
    """Of every page, with its blanks made single."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            words = page.get_textpage().get_text_bounded()
            found.append(" ".join(unicodedata.normalize("NFC", words).split()))
    return found


def codes(image: Image.Image) -> dict[str, str]:
    """Kind -> text of every code that can be read."""
    return {found.format.name: found.text for found in zxingcpp.read_barcodes(image.convert("L"))}
