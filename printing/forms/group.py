"""One sheet for several dossiers that came in together: each with its own code, date and fee. No statutory form.

It goes beside the receipts and replaces none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from kiosk.domain.dossier import Dossier
from kiosk.domain.slip import OfficeHead
from printing.forms import blocks
from printing.forms.sheet import Sheet, render
from printing.forms.style import BODY_W, CELL, CELL_MID, NOTE, TITLE, bold, field, italic, para, plain
from printing.forms.words import fee_words, time_words

TITLE_WORDS = "PHIẾU CHUNG CÁC HỒ SƠ ĐÃ NỘP"
FOOTER = "Lập bằng chương trình Một Cửa. Phiếu này không thay giấy tiếp nhận hồ sơ và hẹn trả kết quả của từng hồ sơ."
WIDTHS = (8 * mm, 0.0, 34 * mm, 24 * mm)


def render_group(dossiers: Sequence[Dossier], office: OfficeHead, at: datetime) -> bytes:
    """dossiers: of one citizen, oldest first; at least one."""
    first = dossiers[0]
    sheet = Sheet(TITLE_WORDS.capitalize(), first.code or first.key, FOOTER)
    return render(sheet, lambda _leaf: _story(dossiers, office, at), ("",))


def _story(dossiers: Sequence[Dossier], office: OfficeHead, at: datetime) -> list[Flowable]:
    first = dossiers[0]
    submitter = [field("Người nộp thay", first.submitter.full_name)] if first.submitter else []
    return [
        blocks.head_of(office, f"{len(dossiers)} hồ sơ", at, ""),
        Spacer(1, 2 * mm),
        para(bold(TITLE_WORDS), TITLE),
        Spacer(1, 2 * mm),
        field("Chủ hồ sơ", first.owner.full_name, strong=True),
        *submitter,
        _lines(dossiers),
        para(
            italic("Mang theo giấy tiếp nhận của từng hồ sơ khi đến nhận kết quả. Mỗi hồ sơ có ngày hẹn riêng."), NOTE
        ),
    ]


def _lines(dossiers: Sequence[Dossier]) -> Flowable:
    heads = ("TT", "Hồ sơ", "Hẹn trả kết quả", "Phí, lệ phí")
    rows = [[para(bold(words), CELL_MID) for words in heads]]
    rows += [_row(number, dossier) for number, dossier in enumerate(dossiers, 1)]
    widths = [w or BODY_W - sum(WIDTHS) for w in WIDTHS]
    return Table(rows, widths, repeatRows=1, style=blocks.GRID, spaceBefore=1 * mm, spaceAfter=2 * mm)


def _row(number: int, dossier: Dossier) -> list[Flowable]:
    due = time_words(dossier.due_at) if dossier.due_at else "cơ quan sẽ thông báo"
    return [
        para(str(number), CELL_MID),
        para(f"{plain(dossier.procedure_name)}<br/>{plain('Mã hồ sơ')}: {bold(dossier.code or dossier.key)}", CELL),
        para(plain(due), CELL_MID),
        para(plain(fee_words(dossier.fee, dossier.fee_note)), CELL_MID),
    ]
