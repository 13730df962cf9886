"""Form 07 (06 in 2018): Sổ theo dõi hồ sơ, A4 landscape, for the days that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.register import Closing, Entry, Reopening
from kiosk.domain.slip import OfficeHead
from printing.forms import blocks
from printing.forms.landscape import BODY_W, SMALL, SMALL_MID, book_head, render_landscape
from printing.forms.sets import form_set
from printing.forms.style import CELL, SIGN, bold, italic, para, plain

TITLE_WORDS = "SỔ THEO DÕI HỒ SƠ"

LONG_CELL = 600  # letters; the narrowest column then fills a page
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
    year whose book is closed; reopened: every time that it was opened again."""

    office: OfficeHead
    first: date
    last: date
    form_set: str
    printed_at: datetime
    closing: Closing | None = None
    reopened: tuple[Reopening, ...] = ()


def render_register(book: Book, entries: Sequence[Entry]) -> bytes:
    """PDF; the same book and lines give the same bytes. Raises: UnknownFormSetError."""
    days = f"từ ngày {book.first:%d/%m/%Y} đến ngày {book.last:%d/%m/%Y}"
    under = f"Quyển số {book.first.year}, {days}"

    def flow() -> list[Flowable]:
        head = book_head(book.office, TITLE_WORDS, under)
        return [*head, _lines(entries), _close(book, len(entries))]

    return render_landscape(TITLE_WORDS, form_set(book.form_set).register_footer, flow)


def _lines(entries: Sequence[Entry]) -> Flowable:
    heads = [para(bold(name), SMALL_MID) for name in (*(name for name, _ in COLUMNS), "Ghi chú")]
    widths = [*(width for _, width in COLUMNS), NOTE_W]
    # Only a row that is higher than a page is split: else the heads are left standing alone at a page's foot.
    huge = any(_longest(one) > LONG_CELL for one in entries)
    return Table(
        [heads, *(_line(one) for one in entries)], widths, repeatRows=1, splitInRow=int(huge), style=blocks.GRID
    )


def _longest(one: Entry) -> int:
    """Letters of the longest cell of a line."""
    slip = one.receipt
    return max(map(len, (slip.procedure_name, slip.applicant + slip.submitter, slip.address, one.agency, one.note)))


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
        numbers = f"{book.closing.count} hồ sơ, từ số 01 đến số {book.closing.last:02d}"
        lines = numbers if book.closing.last else "không có hồ sơ"
        closed = f"Khóa sổ năm {book.closing.year} lúc {at:%H:%M ngày %d/%m/%Y}: {lines}."
        words.insert(0, para(bold(closed), CELL))
    words[:0] = [para(plain(_reopened(one)), CELL) for one in book.reopened]
    table = Table([[words, sign]], [BODY_W * 0.6, BODY_W * 0.4], style=blocks.TIGHT)
    return KeepTogether([Spacer(1, 3 * mm), table])


def _reopened(one: Reopening) -> str:
    at = one.at.astimezone(OFFICE_ZONE)
    return f"Đã khóa ở số {one.last:02d} ({one.count} hồ sơ), mở lại lúc {at:%H:%M ngày %d/%m/%Y}: {one.reason}."


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}" if at else ""
