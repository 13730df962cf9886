"""`motcua money day/ledger/count`: the day's money, the fee ledger, the counted drawer."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kiosk.clock import OFFICE_ZONE, business_day, office_now
from kiosk.domain.fees import FeeKind
from kiosk.domain.money import (
    METHOD_WORDS,
    MOVE_WORDS,
    BadNoteError,
    CashCount,
    MoveKind,
    PayMethod,
)
from kiosk.domain.slip import OfficeHead
from kiosk.services.drawer import CountToPrint, MoneyDays, count_drawer, money_days
from kiosk.services.slips import office_head
from ui.app import OpenedOffice, open_office
from ui.cli import money_receipts
from ui.cli.console import frame, show
from ui.cli.money_words import Out, Reason, check_suffix, move_row, write_out
from ui.cli.report import From, To, day_of, period
from ui.training import marked
from ui.words import dong

money_app = typer.Typer(help="Tiền thu: trong ngày, sổ thu, kiểm quỹ, biên lai.", rich_markup_mode=None)
pay_app = typer.Typer(help="Mã chuyển khoản VietQR.", rich_markup_mode=None)

Officer = Annotated[str, typer.Option("--officer", help="Tên đăng nhập của cán bộ; mặc định cả cơ quan.")]
LEDGER_COLUMNS = (
    *("thời điểm", "việc", "hình thức", "biên lai", "mã hồ sơ", "mã thủ tục", "thủ tục", "người nộp"),
    *("số tiền", "phí", "lệ phí", "chưa phân loại", "cán bộ", "máy", "mã giao dịch", "lý do"),
)


def register(app: typer.Typer) -> None:
    money_receipts.register(money_app, pay_app)
    app.add_typer(money_app, name="money")
    app.add_typer(pay_app, name="pay")


@money_app.command("day")
def day(on: Annotated[str, typer.Option("--date", help="Ngày, dạng 2026-11-23.")] = "", officer: Officer = "") -> None:
    """Tiền thu trong một ngày: theo hình thức, phí và lệ phí riêng, tiền mặt phải có."""
    first = day_of("--date", on, business_day(office_now()))
    with open_office(frame.data) as office:
        with office.reads() as look:
            days, counts = money_days(look, first, first, officer), look.money.counts(first)
        mine = [c for c in counts if c.officer == officer]
    data = _sums(days) | {"counts": [_count_row(c) for c in mine]}
    show(data, _day_text(days, mine))


@money_app.command("ledger")
def ledger(start: From = "", end: To = "", officer: Officer = "", out: Out = None) -> None:
    """Sổ thu phí, lệ phí của một khoảng ngày; ghi ra tệp .pdf hoặc .csv nếu có --out."""
    first, last = period(start, end)
    check_suffix(out, (".pdf", ".csv"))
    with open_office(frame.data) as office, office.reads() as look:
        days = money_days(look, first, last, officer)
        head = office_head(office.facts)
        names = {key: receipt.name for key, receipt in days.receipts.items()}
        if out is not None:
            as_table = out.suffix.lower() == ".csv"
            write_out(out, _ledger_csv(days) if as_table else marked(office, _ledger_pdf(head, days, names)))
    rows = [move_row(m, days.receipts.get(m.receipt)) for m in days.moves]
    lines = [f"{r['at'][:16].replace('T', ' ')}  {r['amount']:>12,}  {r['receipt']:<22} {r['dossier']}" for r in rows]
    lines.append(f"Cộng {len(rows)} dòng: {dong(days.totals.net)}" + (f" · đã ghi vào {out}" if out else ""))
    show(_sums(days) | {"moves": rows, "file": str(out) if out else ""}, "\n".join(lines))


@money_app.command("count")
def count(
    notes: Annotated[list[str] | None, typer.Argument(help="Mệnh giá=số tờ, ví dụ 50000=3 2000=10.")] = None,
    on: Annotated[str, typer.Option("--date", help="Ngày thu, dạng 2026-11-23; mặc định hôm nay.")] = "",
    officer: Officer = "",
    opening: Annotated[int, typer.Option("--opening", min=0, help="Tiền lẻ có sẵn đầu ngày, đồng.")] = 0,
    reason: Reason = "",
    out: Out = None,
) -> None:
    """Kiểm quỹ cuối ngày: đếm tiền theo mệnh giá, so với sổ; lệch thì phải ghi lý do. --out: biên bản PDF."""
    counted, first = _notes(notes or []), day_of("--date", on, business_day(office_now()))
    check_suffix(out, (".pdf",))
    with open_office(frame.data) as office:
        who, now = office.actor, office_now()
        made = count_drawer(office.units(), first, officer, counted, opening=opening, reason=reason, actor=who, now=now)
        with office.reads() as look:
            days = money_days(look, first, first, officer)
        if out is not None:
            write_out(out, marked(office, _count_pdf(office, made, days)))
    words = "khớp sổ" if not made.difference else f"lệch {made.difference:+,} ₫: {made.reason}".replace(",", ".")
    text = f"Phải có {dong(made.expected)}, đếm được {dong(made.counted)}, {words}"
    show(_count_row(made) | {"file": str(out) if out else ""}, text + (f" · biên bản: {out}" if out else ""))


def _sums(days: MoneyDays) -> dict[str, Any]:
    totals = days.totals
    return {
        "from": days.first.isoformat(),
        "to": days.last.isoformat(),
        "officer": days.officer,
        "moves_count": totals.moves,
        "taken": totals.taken,
        "refunded": totals.refunded,
        "cancelled": totals.cancelled,
        "net": totals.net,
        "cash": days.cash,
        "by_method": {method.value: amount for method, amount in totals.by_method.items()},
        "by_kind": {kind.value: amount for kind, amount in totals.by_kind.items()},
    }


def _day_text(days: MoneyDays, counts: list[CashCount]) -> str:
    totals, kinds = days.totals, days.totals.by_kind
    lines = [f"Ngày {days.first:%d/%m/%Y}" + (f", cán bộ {days.officer}" if days.officer else ", cả cơ quan")]
    lines += [f"  {METHOD_WORDS[m]}: {dong(totals.by_method[m])}" for m in PayMethod]
    lines.append(f"  phí {dong(kinds[FeeKind.FEE])}, lệ phí {dong(kinds[FeeKind.CHARGE])}")
    if kinds[FeeKind.UNTOLD]:
        lines.append(f"  chưa phân loại {dong(kinds[FeeKind.UNTOLD])}")
    many = {kind: sum(m.kind is kind for m in days.moves) for kind in MoveKind}
    lines.append("  " + ", ".join(f"{MOVE_WORDS[kind]} {n}" for kind, n in many.items()))
    lines.append(f"Tiền mặt phải có: {dong(days.cash)} (chưa kể tiền lẻ đầu ngày)")
    lines += [f"Đã kiểm quỹ lúc {c.at.astimezone(OFFICE_ZONE):%H:%M}: đếm {dong(c.counted)}" for c in counts]
    return "\n".join(lines)


def _count_row(made: CashCount) -> dict[str, Any]:
    return {
        "day": made.day.isoformat(),
        "officer": made.officer,
        "opening": made.opening,
        "expected": made.expected,
        "counted": made.counted,
        "difference": made.difference,
        "reason": made.reason,
        "notes": {str(value): many for value, many in made.notes.items()},
    }


def _notes(words: list[str]) -> dict[int, int]:
    """Raises: BadNoteError."""
    counted: dict[int, int] = {}
    for word in words:
        value, _, many = word.replace(".", "").partition("=")
        if not (value.isdecimal() and many.isdecimal()) or int(value) in counted:
            raise BadNoteError(note=word)
        counted[int(value)] = int(many)
    return counted


def _ledger_csv(days: MoneyDays) -> bytes:
    from ui.cli.tables import csv_bytes

    rows: list[tuple[Any, ...]] = [
        (
            f"{m.at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M:%S}",
            MOVE_WORDS[m.kind],
            METHOD_WORDS[m.method],
            days.receipts[m.receipt].name if m.receipt else m.external,
            *(m.dossier_key, m.procedure_code, m.procedure_name, m.payer, m.amount),
            *(m.of(kind) for kind in FeeKind),
            *(m.officer, m.station, m.reference, m.reason),
        )
        for m in days.moves
    ]
    kinds = days.totals.by_kind
    sums = ("Cộng", *[""] * 7, days.totals.net, *(kinds[kind] for kind in FeeKind), *[""] * 4)
    return csv_bytes(LEDGER_COLUMNS, [*rows, sums])


def _ledger_pdf(head: OfficeHead, days: MoneyDays, names: dict[str, str]) -> bytes:
    from printing.forms.money_book import render_ledger

    return render_ledger(head, days.first, days.last, days.moves, names, days.totals, office_now())


def _count_pdf(office: OpenedOffice, made: CashCount, days: MoneyDays) -> bytes:
    from printing.worker import count_sheet

    return count_sheet(CountToPrint(office_head(office.facts), made, days, office.config.officers)).pdf
