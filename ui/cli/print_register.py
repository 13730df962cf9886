"""`motcua print register`: the register of dossiers for a range of days, or of a year that it closes, as PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kiosk.clock import office_now
from kiosk.domain.register import Closing
from kiosk.services.register import register_of
from kiosk.services.register_lock import close_year, closing_of
from kiosk.services.slips import office_head
from ui.app import OpenedOffice, open_office
from ui.cli.console import UsageError, frame, show
from ui.cli.report import From, To, period
from ui.training import marked

Out = Annotated[Path, typer.Option("--out", "-o", help="Tệp PDF nhận sổ.")]
Year = Annotated[int | None, typer.Option("--year", min=2000, max=2999, help="Cả sổ của một năm.")]
Lock = Annotated[bool, typer.Option("--lock", help="Khóa sổ của năm: không ghi thêm được nữa.")]


def register_book(out: Out, start: From = "", end: To = "", year: Year = None, lock: Lock = False) -> None:
    """Ghi sổ theo dõi hồ sơ (mẫu 07) ra tệp PDF, khổ A4 ngang: các ngày trong một năm, hoặc cả năm và khóa sổ."""
    from printing.devices.folder import write_whole
    from printing.errors import UnknownFileKindError
    from printing.forms.register import Book, render_register

    if out.suffix.lower() != ".pdf":
        raise UnknownFileKindError(file=out.name, known=".pdf")
    if lock and not year:
        raise UsageError(problem="--lock cần --year, ví dụ --year 2026 --lock")
    if year and (start or end):
        raise UsageError(problem="--year là cả năm: bỏ --from, --to")
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else period(start, end)
    with open_office(frame.data) as office:
        closing = _closing(office, first.year, lock)
        with office.reads() as look:
            entries = register_of(look, first, last)
        book = Book(
            office_head(office.facts), first, last, office.desk.form_set(last), office_now(), closing if year else None
        )
        pdf = marked(office, render_register(book, entries))
    write_whole(out, pdf)
    data = {
        "file": str(out),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "dossiers": len(entries),
        "closed": {"count": closing.count, "last": closing.last} if closing else None,
    }
    words = f"Đã ghi {len(entries)} hồ sơ của sổ theo dõi vào {out}"
    show(data, f"{words}\n{_closed_words(closing)}" if closing else words)


def _closing(office: OpenedOffice, year: int, lock: bool) -> Closing | None:
    if lock:
        return close_year(office.units(), year, actor=office.actor, now=office_now())
    with office.reads() as look:
        return closing_of(look, year)


def _closed_words(closing: Closing) -> str:
    return (
        f"Sổ năm {closing.year} đã khóa lúc {closing.at:%H:%M %d/%m/%Y}: {closing.count} hồ sơ, số cuối {closing.last}."
    )
