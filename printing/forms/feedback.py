"""The feedback slip that is handed out with each receipt, supplement and refusal (TT 01/2018/TT-VPCP Art 12.2). It
bears no name, no code and no number: whoever fills it in stays unknown."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from kiosk.domain.slip import Slip, SlipKind
from printing.forms import blocks
from printing.forms.style import BODY_W, CELL, CELL_MID, NOTE, SMALL_HEAD, TITLE, bold, italic, para, plain
from printing.forms.words import BLANK

GOES_WITH = frozenset({SlipKind.RECEIPT, SlipKind.SUPPLEMENT, SlipKind.REFUSAL})
LEVELS = ("Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng")
QUESTIONS = (
    "Hướng dẫn đầy đủ, một lần, dễ hiểu",
    "Thái độ của cán bộ tiếp nhận",
    "Thời gian chờ và thời hạn hẹn trả",
    "Không đòi thêm giấy tờ ngoài quy định",
    "Nơi tiếp nhận, trả kết quả",
    "Đánh giá chung",
)
BOX = 4 * mm
ROW = 8.5 * mm
LINES_TO_WRITE = 5


def page(slip: Slip) -> list[Flowable]:
    """One page. Source: docs/legal.md#forms; the questions are ours, no layout of it was found."""
    office = slip.office
    return [
        para(plain(office.parent.upper()), SMALL_HEAD),
        para(bold(office.name.upper()), SMALL_HEAD),
        Spacer(1, 4 * mm),
        para(bold("PHIẾU ĐÁNH GIÁ, GÓP Ý"), TITLE),
        para(italic("Không cần ghi họ tên. Đánh dấu X vào ô Ông/Bà chọn, rồi bỏ phiếu vào hòm góp ý."), CELL_MID),
        Spacer(1, 3 * mm),
        para(f"{plain('Thủ tục')}: {plain(slip.procedure_name)}"),
        _questions(),
        Spacer(1, 3 * mm),
        para(bold("Ông/Bà đã phải đi lại bao nhiêu lần cho hồ sơ này?") + f" {BLANK}"),
        para(bold("Điều chưa được và góp ý:")),
        *_lines(),
        Spacer(1, 3 * mm),
        para(plain(_answering(slip)), NOTE),
    ]


def _questions() -> Flowable:
    heads = [para(bold(text), CELL_MID) for text in ("Nội dung", *LEVELS)]
    rows = [[para(plain(text), CELL), *(_box() for _ in LEVELS)] for text in QUESTIONS]
    level = 17 * mm
    widths = [BODY_W - level * len(LEVELS), *(level for _ in LEVELS)]
    heights = [None, *(ROW for _ in QUESTIONS)]
    return Table([heads, *rows], widths, heights, style=[*blocks.GRID, ("ALIGN", (1, 0), (-1, -1), "CENTER")])


def _box() -> Flowable:
    return Table([[""]], [BOX], [BOX], style=[("BOX", (0, 0), (-1, -1), 0.8, "black"), *blocks.TIGHT])


def _lines() -> list[Flowable]:
    rule = [("LINEBELOW", (0, 0), (-1, -1), 0.4, "black"), *blocks.TIGHT]
    return [Table([[""]] * LINES_TO_WRITE, [BODY_W], [7.5 * mm] * LINES_TO_WRITE, style=rule)]


def _answering(slip: Slip) -> str:
    website = f", trang thông tin {slip.office.website}" if slip.office.website else ""
    return f"Phản ánh, kiến nghị: {slip.office.name}, số điện thoại {slip.office.phone or BLANK}{website}."
