"""The fee ledger (sổ thu phí, lệ phí) on A4 landscape, and the sheet of a counted drawer on A5."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.amount_words import amount_words
from kiosk.domain.fees import KIND_WORDS, FeeKind
from kiosk.domain.money import METHOD_WORDS, MOVE_WORDS, CashCount, Move, MoveKind, PayMethod, Totals
from kiosk.domain.slip import OfficeHead
from printing.forms import blocks
from printing.forms.landscape import BODY_W as BOOK_W
from printing.forms.landscape import SMALL, SMALL_MID, book_head, render_landscape
from printing.forms.sheet import Sheet, render
from printing.forms.style import BODY_W, CELL, CELL_MID, MIDDLE, SIGN, TITLE, bold, field, italic, para, plain

LEDGER = "SỔ THU PHÍ, LỆ PHÍ"
FOOTER = "Trích từ sổ của chương trình Một Cửa; dòng đã ghi không sửa, sai thì ghi dòng hủy hoặc hoàn."
COLUMNS = (
    ("Số TT", 9 * mm),
    ("Thời điểm", 15 * mm),
    ("Biên lai", 24 * mm),
    ("Mã hồ sơ", 21 * mm),
    ("Người nộp", 36 * mm),
    ("Thủ tục", 42 * mm),
    ("Việc, hình thức", 20 * mm),
    ("Phí (đồng)", 17 * mm),
    ("Lệ phí (đồng)", 17 * mm),
    ("Chưa phân loại (đồng)", 17 * mm),
    ("Cán bộ", 15 * mm),
)
NOTE_W = BOOK_W - sum(width for _, width in COLUMNS)


def render_ledger(
    office: OfficeHead,
    first: date,
    last: date,
    moves: Sequence[Move],
    receipts: Mapping[str, str],
    totals: Totals,
    printed_at: datetime,
) -> bytes:
    """receipts: what a receipt is called, by its key. The same lines give the same bytes."""
    days = f"ngày {first:%d/%m/%Y}" if first == last else f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"

    def flow() -> list[Flowable]:
        head = book_head(office, LEDGER, days[0].upper() + days[1:])
        return [*head, _moves(moves, receipts, totals), _close(totals, printed_at)]

    return render_landscape(LEDGER, FOOTER, flow)


def render_count(
    office: OfficeHead, count: CashCount, totals: Totals, whose: str, numbers: str, names: Mapping[str, str]
) -> bytes:
    """The signed sheet. whose: the drawer in words; numbers: receipts of the day; names: login -> name."""
    sheet = Sheet("Biên bản kiểm quỹ", f"{count.day:%d/%m/%Y}", FOOTER)
    return render(sheet, lambda _leaf: _count(office, count, totals, whose, numbers, names), ("",))


def _moves(moves: Sequence[Move], receipts: Mapping[str, str], totals: Totals) -> Flowable:
    heads = [para(bold(name), SMALL_MID) for name in (*(name for name, _ in COLUMNS), "Ghi chú")]
    rows = [_move(number, move, receipts) for number, move in enumerate(moves, 1)]
    by_kind = [number(totals.by_kind[kind]) for kind in FeeKind]
    words = (f"Cộng {totals.moves} dòng: {number(totals.net)} đồng", *[""] * 6, *by_kind, "", "")
    sums = [para(bold(text), SMALL_MID) for text in words]
    widths = [*(width for _, width in COLUMNS), NOTE_W]
    style = [*blocks.GRID, ("SPAN", (0, -1), (6, -1))]
    return Table([heads, *rows, sums], widths, repeatRows=1, style=style)


def _move(place: int, move: Move, receipts: Mapping[str, str]) -> list[Paragraph]:
    note = "; ".join(part for part in (move.reason, move.reference) if part)
    cells = (
        (str(place), SMALL_MID),
        (f"{move.at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}", SMALL_MID),
        (receipts.get(move.receipt, move.external), SMALL_MID),
        (move.dossier_key, SMALL_MID),
        (move.payer, SMALL),
        (move.procedure_name, SMALL),
        (f"{MOVE_WORDS[move.kind]}, {METHOD_WORDS[move.method]}", SMALL_MID),
        *((number(move.of(kind)), SMALL_MID) for kind in FeeKind),
        (move.officer or "ngoài", SMALL_MID),
        (note, SMALL),
    )
    return [para(plain(text), style) for text, style in cells]


def _close(totals: Totals, printed_at: datetime) -> Flowable:
    parts = [f"{METHOD_WORDS[method]} {number(amount)}" for method, amount in totals.by_method.items()]
    kinds = [f"{KIND_WORDS[kind]} {number(amount)}" for kind, amount in totals.by_kind.items() if amount]
    left = [
        para(plain(f"Theo hình thức: {'; '.join(parts)} đồng."), SMALL),
        para(plain(f"Theo khoản: {'; '.join(kinds) or '0'} đồng."), SMALL),
        para(
            plain(
                f"Thu {number(totals.taken)}; hoàn {number(totals.refunded)}; hủy {number(totals.cancelled)}; "
                f"còn lại {number(totals.net)} đồng."
            ),
            SMALL,
        ),
        para(italic(f"In lúc {printed_at.astimezone(OFFICE_ZONE):%H:%M ngày %d/%m/%Y}."), SMALL),
    ]
    signs = [_sign("NGƯỜI LẬP SỔ"), _sign("THỦ TRƯỞNG")]
    style = [*blocks.TIGHT, ("VALIGN", (0, 0), (-1, -1), "TOP")]
    table = Table([[left, *signs]], [BOOK_W * 0.5, BOOK_W * 0.25, BOOK_W * 0.25], style=style)
    return KeepTogether([Spacer(1, 3 * mm), table])


def _sign(who: str) -> list[Flowable]:
    return [para(bold(who), SIGN), para(italic("(Ký, ghi rõ họ tên)"), SIGN), Spacer(1, 14 * mm)]


def _count(
    office: OfficeHead, count: CashCount, totals: Totals, whose: str, numbers: str, names: Mapping[str, str]
) -> list[Flowable]:
    at = count.at.astimezone(OFFICE_ZONE)
    difference = f"{count.difference:+,}".replace(",", ".") + " đồng" if count.difference else "không lệch"
    methods = "; ".join(
        f"{METHOD_WORDS[m]} {number(totals.by_method[m])} đồng" for m in PayMethod if totals.by_method[m]
    )
    by = names.get(count.by, count.by)
    return [
        blocks.head_of(office, f"Ngày thu: {count.day:%d/%m/%Y}", count.at, ""),
        Spacer(1, 2 * mm),
        para(bold("BIÊN BẢN KIỂM QUỸ CUỐI NGÀY"), TITLE),
        para(plain(f"Đếm lúc {at:%H:%M ngày %d/%m/%Y}"), MIDDLE),
        Spacer(1, 1 * mm),
        field("Ngăn kéo của", whose, strong=True),
        field("Biên lai trong ngày", numbers or "không có"),
        field("Thu trong ngày", methods or "không có"),
        _notes(count),
        field("Tiền lẻ đầu ngày", f"{number(count.opening)} đồng"),
        field("Phải có theo sổ", f"{number(count.expected)} đồng", strong=True),
        field("Đếm được", f"{number(count.counted)} đồng ({amount_words(count.counted)} đồng)", strong=True),
        field("Chênh lệch", difference + (f"; lý do: {count.reason}" if count.reason else "")),
        blocks.signatures(("NGƯỜI THU TIỀN", by), ("LÃNH ĐẠO BỘ PHẬN", ""), ()),
    ]


def _notes(count: CashCount) -> Flowable:
    rows = [[para(bold(text), CELL_MID) for text in ("Loại tiền (đồng)", "Số tờ", "Thành tiền (đồng)")]]
    for value, many in count.notes.items():
        rows.append([para(plain(text), CELL_MID) for text in (number(value), number(many), number(value * many))])
    if not count.notes:
        rows.append([para(plain("Không có tiền mặt"), CELL), para("", CELL), para("0", CELL_MID)])
    widths = [BODY_W * 0.4, BODY_W * 0.2, BODY_W * 0.4]
    return Table(rows, widths, spaceBefore=1 * mm, spaceAfter=2 * mm, style=blocks.GRID)


def number(amount: int) -> str:
    """8000 -> "8.000"."""
    return f"{amount:,}".replace(",", ".")


def receipt_numbers(moves: Sequence[Move], receipts: Mapping[str, str]) -> str:
    """Receipts of a day in words: how many, from which to which, and those that were cancelled."""
    taken = [receipts[m.receipt] for m in moves if m.kind is MoveKind.TAKEN and m.receipt in receipts]
    gone = [receipts[m.receipt] for m in moves if m.kind is MoveKind.CANCELLED and m.receipt in receipts]
    words = ""
    if taken:
        words = f"{len(taken)} biên lai, {taken[0]}" + (f" đến {taken[-1]}" if len(taken) > 1 else "")
    return words + (f"; hủy: {', '.join(gone)}" if gone else "")
