"""Form 07 (06 in 2018): Sổ theo dõi hồ sơ, A4 landscape, for the days that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from io import BytesIO

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Spacer, Table

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.register import Closing, Entry
from kiosk.domain.slip import OfficeHead
from printing.forms import blocks
from printing.forms.sets import form_set
from printing.forms.style import CELL, CELL_MID, HEAD, ITALIC, MIDDLE, REGULAR, SIGN, TITLE, bold, italic, para, plain

PAGE_W, PAGE_H = 297 * mm, 210 * mm
LEFT, RIGHT, TOP, BOTTOM = 20 * mm, 12 * mm, 15 * mm, 14 * mm
BODY_W = PAGE_W - LEFT - RIGHT
TITLE_WORDS = "SỔ THEO DÕI HỒ SƠ"
SMALL = ParagraphStyle("register", CELL, fontSize=7.6, leading=9)
SMALL_MID = ParagraphStyle("register-mid", CELL_MID, fontSize=7.6, leading=9)

COLUMNS = (
    ("Số TT", 9 * mm),
    ("Mã hồ sơ", 34 * mm),
    ("Thủ tục hành chính", 35 * mm),
    ("Số bộ", 8 * mm),
    ("Tên cá nhân, tổ chức", 29 * mm),
    ("Địa chỉ, số điện thoại", 33 * mm),
    ("Cơ quan chủ trì giải quyết", 23 * mm),
    ("Nhận hồ sơ", 16 * mm),
    ("Hẹn trả kết quả", 16 * mm),
    ("Trả kết quả", 16 * mm),
    ("Cách nhận kết quả", 14 * mm),
    ("Ký nhận", 14 * mm),
)
NOTE_W = BODY_W - sum(width for _, width in COLUMNS)


@dataclass(frozen=True)
class Book:
    """What the pages say around the lines. form_set: in force on the last day; printed_at: aware; closing: of a whole
    year whose book is closed."""

    office: OfficeHead
    first: date
    last: date
    form_set: str
    printed_at: datetime
    closing: Closing | None = None


def render_register(book: Book, entries: Sequence[Entry]) -> bytes:
    """PDF; the same book and lines give the same bytes. Raises: UnknownFormSetError."""
    pages = _build(book, entries, 0)[1]
    return _build(book, entries, pages)[0]


def _build(book: Book, entries: Sequence[Entry], pages: int) -> tuple[bytes, int]:
    out = BytesIO()
    doc = BaseDocTemplate(
        out,
        pagesize=(PAGE_W, PAGE_H),
        title=TITLE_WORDS.capitalize(),
        author="Một Cửa",
        lang="vi",
        invariant=1,
        initialFontName=REGULAR,
    )
    frame = Frame(
        LEFT, BOTTOM, BODY_W, PAGE_H - TOP - BOTTOM, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )
    doc.addPageTemplates([PageTemplate("page", [frame], onPage=partial(_decorate, book=book, pages=pages))])
    doc.build([*_head(book), _lines(entries), _close(book, len(entries))])
    return out.getvalue(), doc.page


def _head(book: Book) -> list[Flowable]:
    left = [para(plain(book.office.parent.upper()), HEAD), para(bold(book.office.name.upper()), HEAD)]
    right = [para(bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), HEAD), para(bold(blocks.MOTTO), HEAD)]
    days = f"từ ngày {book.first:%d/%m/%Y} đến ngày {book.last:%d/%m/%Y}"
    return [
        Table([[left, right]], [BODY_W / 2, BODY_W / 2], style=[*blocks.TIGHT, ("VALIGN", (0, 0), (-1, -1), "TOP")]),
        Spacer(1, 3 * mm),
        para(bold(TITLE_WORDS), TITLE),
        para(plain(f"Quyển số {book.first.year}, {days}"), MIDDLE),
        Spacer(1, 2 * mm),
    ]


def _lines(entries: Sequence[Entry]) -> Flowable:
    heads = [para(bold(name), SMALL_MID) for name in (*(name for name, _ in COLUMNS), "Ghi chú")]
    widths = [*(width for _, width in COLUMNS), NOTE_W]
    return Table([heads, *(_line(one) for one in entries)], widths, repeatRows=1, splitInRow=1, style=blocks.GRID)


def _line(one: Entry) -> list[Paragraph]:
    slip = one.receipt
    whose = slip.applicant if slip.submitter in ("", slip.applicant) else f"{slip.applicant} (nộp: {slip.submitter})"
    where = ", ".join(part for part in (slip.address, slip.phone) if part)
    cells = (
        (f"{slip.number:02d}", SMALL_MID),
        (blocks.code_of(slip), SMALL_MID),
        (slip.procedure_name, SMALL),
        (str(slip.sets), SMALL_MID),
        (whose, SMALL),
        (where, SMALL),
        (one.agency, SMALL),
        (_time(slip.received_at or slip.issued_at), SMALL_MID),
        (_time(slip.due_at), SMALL_MID),
        (_time(one.returned_at), SMALL_MID),
        ("Bưu chính" if one.by_post else "Tại quầy", SMALL_MID),
        (one.receiver, SMALL),
        (one.note, SMALL),
    )
    return [para(plain(text), style) for text, style in cells]


def _close(book: Book, count: int) -> Flowable:
    printed = f"In lúc {book.printed_at.astimezone(OFFICE_ZONE):%H:%M ngày %d/%m/%Y}; {count} hồ sơ."
    sign = [para(bold("THỦ TRƯỞNG"), SIGN), para(italic("(Ký, đóng dấu, ghi rõ họ tên)"), SIGN), Spacer(1, 16 * mm)]
    words = [para(italic(printed), SMALL)]
    if book.closing is not None:
        at = book.closing.at.astimezone(OFFICE_ZONE)
        closed = (
            f"Khóa sổ năm {book.closing.year} lúc {at:%H:%M ngày %d/%m/%Y}: {book.closing.count} hồ sơ, "
            f"từ số 01 đến số {book.closing.last:02d}."
        )
        words.insert(0, para(bold(closed), CELL))
    table = Table([[words, sign]], [BODY_W * 0.6, BODY_W * 0.4], style=blocks.TIGHT)
    return KeepTogether([Spacer(1, 3 * mm), table])


def _decorate(canvas: Canvas, doc: BaseDocTemplate, *, book: Book, pages: int) -> None:
    canvas.saveState()
    canvas.setFont(ITALIC, 7)
    canvas.drawString(LEFT, 7 * mm, form_set(book.form_set).register_footer)
    canvas.setFont(REGULAR, 8)
    canvas.drawRightString(PAGE_W - RIGHT, 7 * mm, f"Trang {doc.page}/{pages}")
    canvas.restoreState()


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}" if at else ""
