"""`motcua print register`: the register of dossiers for a range of days, or of a year that it closes, as PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kiosk.clock import office_now
from kiosk.domain.register import Closing, Reopening
from kiosk.services.register import register_of
from kiosk.services.register_lock import close_year, closing_of, reopen_year, reopenings_of
from kiosk.services.slips import office_head
from ui.app import OpenedOffice, open_office
from ui.cli.console import UsageError, frame, show
from ui.cli.report import From, To, period
from ui.office_clock import office_hours
from ui.training import marked

Out = Annotated[Path, typer.Option("--out", "-o", help="Tệp PDF nhận sổ.")]
Year = Annotated[int | None, typer.Option("--year", min=2000, max=2999, help="Cả sổ của một năm.")]
Lock = Annotated[bool, typer.Option("--lock", help="Khóa sổ của năm, sau lần tiếp nhận cuối cùng.")]
Reopen = Annotated[bool, typer.Option("--reopen", help="Lãnh đạo mở lại sổ đã khóa, phải có --reason.")]
Reason = Annotated[str, typer.Option("--reason", help="Lý do mở lại sổ; ghi vào sổ.")]


def register_book(
    out: Out,
    start: From = "",
    end: To = "",
    year: Year = None,
    lock: Lock = False,
    reopen: Reopen = False,
    reason: Reason = "",
) -> None:
    """Ghi sổ theo dõi hồ sơ (mẫu 07) ra tệp PDF, khổ A4 ngang: các ngày trong một năm, hoặc cả năm và khóa sổ."""
    from printing.devices.folder import write_whole
    from printing.errors import UnknownFileKindError
    from printing.forms.register import Book, render_register

    if out.suffix.lower() != ".pdf":
        raise UnknownFileKindError(file=out.name, known=".pdf")
    if (lock or reopen) and not year:
        wanted = "--lock" if lock else "--reopen"
        raise UsageError(problem=f"{wanted} cần --year, ví dụ --year 2026 {wanted}")
    if lock and reopen:
        raise UsageError(problem="chỉ một trong hai: --lock hoặc --reopen")
    if year and (start or end):
        raise UsageError(problem="--year là cả năm: bỏ --from, --to")
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else period(start, end)
    with open_office(frame.data) as office:
        _act(office, first.year, lock, reopen, reason)
        with office.reads() as look:
            entries = register_of(look, first, last)
            closing, reopened = closing_of(look, first.year), reopenings_of(look, first.year)
        head, forms = office_head(office.facts), office.desk.form_set(last)
        book = Book(head, first, last, forms, office_now(), closing if year else None, reopened if year else ())
        pdf = marked(office, render_register(book, entries))
    write_whole(out, pdf)
    data = {
        "file": str(out),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "dossiers": len(entries),
        "closed": {"count": closing.count, "last": closing.last} if closing else None,
        "reopened": [{"at": one.at.isoformat(), "by": one.officer, "reason": one.reason} for one in reopened],
    }
    words = [f"Đã ghi {len(entries)} hồ sơ của sổ theo dõi vào {out}", *map(_reopened_words, reopened)]
    show(data, "\n".join([*words, _closed_words(closing)] if closing else words))


def _act(office: OpenedOffice, year: int, lock: bool, reopen: bool, reason: str) -> None:
    if lock:
        calendars = office_hours(office).calendars
        close_year(office.units(), year, actor=office.actor, now=office_now(), calendars=calendars)
    elif reopen:
        reopen_year(office.units(), year, reason, actor=office.actor, now=office_now())


def _reopened_words(one: Reopening) -> str:
    return f"Sổ năm {one.year} (khóa ở số {one.last}) được mở lại lúc {one.at:%H:%M %d/%m/%Y}: {one.reason}."


def _closed_words(closing: Closing) -> str:
    return (
        f"Sổ năm {closing.year} đã khóa lúc {closing.at:%H:%M %d/%m/%Y}: {closing.count} hồ sơ, số cuối {closing.last}."
    )
