"""Slips of nobody, with the longest names that the shipped catalogue and real names give: what every form must bear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.register import Closing, Entry, Reopening
from kiosk.domain.slip import OfficeHead, PaperLine, Passing, Slip, SlipKind, StepLine
from kiosk.domain.term_words import term_words
from printing.forms.register import Book, render_register
from printing.forms.sets import FormSet

COMPONENTS = 25
AT = datetime(2026, 11, 23, 15, 45, tzinfo=OFFICE_ZONE)
DUE = datetime(2026, 12, 22, 16, 30, tzinfo=OFFICE_ZONE)
# Longest names that are borne: a person of the former royal house, a commune, the desk of a special zone.
PERSON = "CÔNG TẰNG TÔN NỮ THỊ HOÀNG HẠNH NGUYÊN PHƯƠNG KHUÊ"
SUBMITTER = "Nguyễn Phúc Công Tằng Tôn Nữ Thanh Trúc Quỳnh Hương"
OFFICER = "Hoàng Thị Phương Nguyên Khánh Huyền"
ADDRESS = (
    "Số 1234B, ngách 56/78, ngõ 910, đường Nguyễn Thị Minh Khai nối dài, tổ dân phố Phước Long Thượng Đình 15, "
    "xã Nguyễn Nghiêm Trường Sơn Đông, thành phố Hồ Chí Minh"
)
OFFICE = OfficeHead(
    "Ủy ban nhân dân xã Nguyễn Nghiêm Trường Sơn Đông",
    "Trung tâm Phục vụ hành chính công xã Nguyễn Nghiêm Trường Sơn Đông",
    "Nguyễn Nghiêm Trường Sơn Đông",
    ADDRESS,
    "0240 3 123 456",
    "trungtamphucvuhanhchinhcong.nguyennghiemtruongsondong.example.vn",
)
REASON = (
    "Chờ ý kiến bằng văn bản của Sở Nông nghiệp và Môi trường, Chi nhánh Văn phòng đăng ký đất đai và Ủy ban nhân dân "
    "xã nơi có đất về nguồn gốc, quá trình sử dụng, ranh giới và tình trạng tranh chấp của thửa đất số 1234, "
    "tờ bản đồ số 56."
)
BASIS = "khoản 3 Điều 19 Nghị định số 61/2018/NĐ-CP; Điều 17, Điều 18 Nghị định số 118/2025/NĐ-CP"


def specimens(of: FormSet) -> list[Slip]:
    """One slip for each form of a set, all in the longest words."""
    return [_of_kind(slip, slip.kind) for slip in (replace(_base(of), kind=kind) for kind in of.forms)]


def specimen_register(of: FormSet) -> bytes:
    """The register of a closed year with a line for each of the set's receipts, as PDF."""
    receipt = next(s for s in specimens(of) if s.kind is SlipKind.RECEIPT)
    entries = [
        Entry(replace(receipt, number=n), OFFICE.name, n % 2 == 0, DUE, SUBMITTER, REASON if n == 2 else "")
        for n in range(1, 13)
    ]
    year = AT.year
    closed_at = AT.replace(month=12, day=31)
    closing = Closing(year, len(entries), len(entries), closed_at, "lan")
    reopened = (Reopening(year, len(entries) - 1, len(entries) - 1, closed_at, "lan", REASON),)
    first, last = AT.date().replace(month=1, day=1), closed_at.date()
    return render_register(Book(OFFICE, first, last, of.id, AT, closing, reopened), entries)


def _base(of: FormSet) -> Slip:
    code, name, papers = _longest()
    return Slip(
        id="mau",
        kind=SlipKind.RECEIPT,
        form_set=of.id,
        number=123456,
        year=AT.year,
        issued_at=AT,
        office=OFFICE,
        dossier_key="261123100078",
        dossier_code="000.00.19.H26-261123-0123",
        procedure_code=code,
        procedure_name=name,
        applicant=PERSON,
        address=ADDRESS,
        phone="+84 912 000 111",
        email="congtangtonnu.hoanghanhnguyenphuongkhue@example.vn",
        officer=OFFICER,
        papers=papers,
        sets=2,
        received_at=AT,
        due_at=DUE,
        term="Không quá 20 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ",
        fee=1_234_000,
        fee_note="theo Nghị quyết của Hội đồng nhân dân tỉnh",
        return_at=OFFICE.name,
        submitter=SUBMITTER,
        lookup="https://mau.example.vn/tra-cuu?ma=000.00.19.H26-261123-0123",
        due_reason="trừ lễ 24/11 (Ngày Văn hóa Việt Nam); trừ thứ Bảy, Chủ nhật",
    )


def _of_kind(slip: Slip, kind: SlipKind) -> Slip:
    if kind is SlipKind.RECEIPT:
        return replace(slip, steps=_steps(), unit_due_at=DUE - timedelta(days=9))
    if kind is SlipKind.SUPPLEMENT:
        lacking = tuple(replace(p, note="Chưa ký; ghi sai năm sinh, thiếu trang 2") for p in slip.papers)
        return replace(slip, papers=lacking, reason=REASON, legal_basis=BASIS)
    if kind is SlipKind.REFUSAL:
        return replace(slip, reason=REASON, legal_basis=BASIS)
    if kind is SlipKind.APOLOGY:
        return replace(slip, reason=REASON, previous_due_at=DUE - timedelta(days=14))
    if kind is SlipKind.CONTROL:
        return replace(slip, passings=_passings())
    return replace(slip, reason=REASON)


def _longest() -> tuple[str, str, tuple[PaperLine, ...]]:
    """Code and name of the procedure with the longest name, and the longest names of papers, of our catalogue."""
    from kiosk.catalogue.starter import load_starter

    catalogue = load_starter()
    longest = max(catalogue, key=lambda p: (len(p.name), p.code))
    names = {c.name for p in catalogue for c in p.components}
    papers = sorted(names, key=lambda name: (-len(name), name))[:COMPONENTS]
    lines = (PaperLine(name, "Bản sao chứng thực", n % 9 + 1) for n, name in enumerate(papers))
    return longest.code, longest.name, tuple(lines)


def _steps() -> tuple[StepLine, ...]:
    from kiosk.catalogue.starter import load_starter

    steps = next(p.steps for p in load_starter() if p.steps)
    return tuple(
        StepLine(s.name, s.agency, term_words(s.term), DUE - timedelta(days=9 * (n != 1))) for n, s in enumerate(steps)
    )


def _passings() -> tuple[Passing, ...]:
    unit = "Phòng Kinh tế, Hạ tầng và Đô thị xã Nguyễn Nghiêm Trường Sơn Đông"
    desk, told = "Bộ phận tiếp nhận", "Hạn 22/12/2026; giao kèm 25 thành phần"
    hands: Sequence[tuple[str, str, str]] = (
        ("Người nộp hồ sơ", desk, ""),
        (desk, unit, ""),
        (unit, "Chi nhánh Văn phòng đăng ký đất đai khu vực", ""),
        ("Chi nhánh Văn phòng đăng ký đất đai khu vực", unit, ""),
        (unit, "Bộ phận trả kết quả", "Trước hạn"),
        ("Bộ phận trả kết quả", "Người nộp hồ sơ", "Trước hạn"),
    )
    return tuple(
        Passing(AT + timedelta(days=n), giver, taker, SUBMITTER, OFFICER, outcome, told)
        for n, (giver, taker, outcome) in enumerate(hands)
    )
