"""The parts that all forms share, top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Paragraph, Spacer, Table

from kiosk.domain.slip import OfficeHead, PaperLine, Slip, StepLine
from kiosk.text import tidy
from printing.forms import style
from printing.forms.codes import QrCode, barcode
from printing.forms.sets import FormText
from printing.forms.style import (
    BODY_W,
    BOLD,
    CELL,
    CELL_MID,
    HEAD,
    MIDDLE,
    NOTE,
    REASON,
    REGULAR,
    SIGN,
    SMALL_HEAD,
    TITLE,
    bold,
    italic,
    para,
    plain,
)
from printing.forms.words import BLANK, day_words, or_blank

MOTTO = "Độc lập - Tự do - Hạnh phúc"
LEFT_HEAD_W = 57 * mm
QR_SIZE = 21 * mm
SIGNING_ROOM = 13 * mm
LONG_ROW = 900  # letters; such a row may be higher than a page

TIGHT = [
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]


def code_of(slip: Slip) -> str:
    """What the slip is found by: the official code, or our own key until the province has given one."""
    return slip.dossier_code or slip.dossier_key


def head(slip: Slip, form: FormText, leaf: str) -> Flowable:
    """The head of a statutory slip."""
    return head_of(slip.office, f"Số: {slip.number:02d}/{form.mark}", slip.issued_at, leaf)


def head_of(office: OfficeHead, number: str, at: datetime, leaf: str) -> Flowable:
    """Issuing office and number on the left; the nation, place and day on the right (NĐ 30/2020, Annex I)."""
    left = [
        para(plain(office.parent.upper()), SMALL_HEAD),
        para(bold(office.name.upper()), SMALL_HEAD),
        _rule(LEFT_HEAD_W * 0.34),
        para(plain(number), HEAD),
    ]
    right = [
        para(bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), SMALL_HEAD),
        para(bold(MOTTO), HEAD),
        _rule(stringWidth(MOTTO, BOLD, HEAD.fontSize)),
        para(italic(f"{office.place}, {day_words(at)}"), HEAD),
    ]
    if leaf:
        right.append(para(italic(f"({leaf})"), SMALL_HEAD))
    apart = ("RIGHTPADDING", (0, 0), (0, 0), 2 * mm)  # a long office must not run into the place beside it
    return Table([[left, right]], [LEFT_HEAD_W, BODY_W - LEFT_HEAD_W], style=[*TIGHT, *_CENTRED_TOP, apart])


def _rule(width: float) -> Flowable:
    return HRFlowable(width=width, thickness=0.6, color="black", spaceBefore=1.6, spaceAfter=2.6)


def title(slip: Slip, form: FormText) -> Flowable:
    """The form's name over the code and its Code 128, in the middle; the QR code at the right."""
    code = tidy(code_of(slip))
    room = BODY_W - 2 * QR_SIZE
    middle = [para(bold(line), TITLE) for line in form.title]
    middle += [Spacer(1, 1.2 * mm), para(f"{plain('Mã hồ sơ')}: {bold(code)}", MIDDLE), Spacer(1, 0.8 * mm)]
    rows: list[list[object]] = [[[], middle, QrCode(slip.lookup or code, QR_SIZE)]]
    style: list[tuple[object, ...]] = [*TIGHT, *_CENTRED_TOP]
    if (bars := barcode(code, room - 5 * mm, 8.5 * mm)) is not None:
        middle.append(bars)
    elif (broad := barcode(code, BODY_W - QR_SIZE - 2 * mm, 8.5 * mm)) is not None:
        # The official code is long: under the title it has all the width that the QR code leaves.
        rows.append([broad, "", ""])
        style += SPANS
    widths = [QR_SIZE, room, QR_SIZE]
    return Table(rows, widths, style=style, spaceBefore=2.5 * mm, spaceAfter=2.5 * mm)


def applicant(slip: Slip, *, received_by: bool) -> list[Flowable]:
    """Who brought what; the submitter is named beside the owner when somebody else came."""
    lines = [style.field("Bộ phận tiếp nhận", slip.office.name)] if received_by else []
    lines.append(style.field("Tiếp nhận hồ sơ của", slip.applicant, strong=True))
    if slip.submitter and slip.submitter != slip.applicant:
        standing = f" ({slip.standing[:1].lower()}{slip.standing[1:]})" if slip.standing else ""
        lines.append(
            style.field(
                "Người nộp thay" if standing else "Người nộp thay (theo ủy quyền)", f"{slip.submitter}{standing}"
            )
        )
    return [
        *lines,
        style.field("Địa chỉ", or_blank(slip.address)),
        para(
            f"{plain(f'Số điện thoại: {or_blank(slip.phone)}')}&nbsp;&nbsp; {plain(f'Email: {or_blank(slip.email)}')}"
        ),
        style.field("Nội dung yêu cầu giải quyết", f"{slip.procedure_name} (mã thủ tục {slip.procedure_code})"),
    ]


def papers(lines: Sequence[PaperLine], *, note_head: str = "") -> Flowable:
    """The table of papers; rows flow over pages under a repeated head. Notes get a column where they are the point
    (`note_head`), else they stand under the name."""
    heads = ["TT", "Tên thành phần hồ sơ", "Loại bản", "Số lượng", *([note_head] if note_head else [])]
    rows = [[para(bold(text), CELL_MID) for text in heads]]
    rows += [_paper_row(number, line, bool(note_head)) for number, line in enumerate(lines, 1)]
    huge = any(len(line.name) + len(line.note) > LONG_ROW for line in lines)
    return Table(
        rows,
        _widths(lines, bool(note_head)),
        repeatRows=1,
        splitInRow=int(huge),
        spaceBefore=1 * mm,
        spaceAfter=1.5 * mm,
        style=GRID,
    )


def _paper_row(number: int, line: PaperLine, note_apart: bool) -> list[Paragraph]:
    remark = "" if note_apart or not line.note else f"<br/>{italic(line.note)}"
    row = [
        para(str(number), CELL_MID),
        para(plain(line.name) + remark, CELL),
        para(plain(line.kind), CELL_MID),
        para(str(line.count), CELL_MID),
    ]
    return [*row, para(plain(line.note), CELL)] if note_apart else row


def _widths(lines: Sequence[PaperLine], note_apart: bool) -> list[float]:
    """The kind is as broad as its longest word group, within reason; the name gets what the others leave."""
    longest = max((stringWidth(tidy(line.kind), REGULAR, CELL.fontSize) for line in lines), default=0.0)
    kind = min(max(longest + 2.5 * mm, 18 * mm), 34 * mm)
    widths = [8 * mm, 0.0, kind, 16 * mm, *([42 * mm] if note_apart else [])]
    widths[1] = BODY_W - sum(widths)
    return widths


SPANS = (("SPAN", (0, 1), (1, 1)), ("SPAN", (2, 0), (2, 1)), ("ALIGN", (0, 1), (1, 1), "LEFT"))
_CENTRED_TOP = [("ALIGN", (0, 0), (-1, -1), "CENTER"), ("VALIGN", (0, 0), (-1, -1), "TOP")]

GRID = [
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("GRID", (0, 0), (-1, -1), 0.5, "black"),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2),
]


def steps(lines: Sequence[StepLine]) -> Flowable:
    """The table of a linked procedure: who solves what, in which time, promised when."""
    rows = [[para(bold(text), CELL_MID) for text in ("TT", "Bước", "Cơ quan giải quyết", "Thời hạn", "Hẹn")]]
    rows += [
        [
            para(str(number), CELL_MID),
            para(plain(line.name), CELL),
            para(plain(line.agency), CELL),
            para(plain(line.term), CELL_MID),
            para(plain(f"{line.due_at:%d/%m/%Y}"), CELL_MID),
        ]
        for number, line in enumerate(lines, 1)
    ]
    widths = [8 * mm, 0.0, 36 * mm, 22 * mm, 18 * mm]
    widths[1] = BODY_W - sum(widths)
    return Table(rows, widths, repeatRows=1, spaceBefore=1 * mm, spaceAfter=1.5 * mm, style=GRID)


def contact(slip: Slip) -> Flowable:
    """Whom the citizen asks."""
    website = f", trang thông tin {slip.office.website}" if slip.office.website else ""
    words = (
        f"Nếu có vướng mắc, Ông/Bà liên hệ {slip.officer}, {slip.office.name}, "
        f"số điện thoại {slip.office.phone or BLANK}{website} để được hướng dẫn."
    )
    return para(plain(words), REASON)


def signatures(
    left: tuple[str, str] | None, right: tuple[str, str], notes: Sequence[str], how: str = "(Ký, ghi rõ họ tên)"
) -> Flowable:
    """(role, name) of who signs where, and the notes; kept together, so that no signature stands alone on a page."""
    cells = [_signature(*who, how) if who else [] for who in (left, right)]
    first = BODY_W * (0.5 if left else 0.4)  # alone, a long office is not broken
    table = Table([cells], [first, BODY_W - first], style=[*TIGHT, *_CENTRED_TOP])
    remarks: list[Flowable] = [para(bold("Ghi chú:"), NOTE), *(para(f"- {plain(text)}", NOTE) for text in notes)]
    return KeepTogether([Spacer(1, 1.5 * mm), table, Spacer(1, 1.5 * mm), *(remarks if notes else [])])


def _signature(role: str, name: str, how: str) -> list[Flowable]:
    return [
        para(bold(role), SIGN),
        para(italic(how), SIGN),
        Spacer(1, SIGNING_ROOM),
        para(bold(name), SIGN),
    ]
