"""`motcua print register`: the register of dossiers for a range of days, as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kiosk.clock import office_now
from kiosk.services.register import register_of
from kiosk.services.slips import office_head
from ui.app import open_office
from ui.cli.console import frame, show
from ui.cli.report import From, To, period

Out = Annotated[Path, typer.Option("--out", "-o", help="Tệp PDF nhận sổ.")]


def register_book(out: Out, start: From = "", end: To = "") -> None:
    """Ghi sổ theo dõi hồ sơ (mẫu 07) của các ngày trong một năm ra tệp PDF, khổ A4 ngang."""
    from printing.devices.folder import write_whole
    from printing.errors import UnknownFileKindError
    from printing.forms.register import Book, render_register

    if out.suffix.lower() != ".pdf":
        raise UnknownFileKindError(file=out.name, known=".pdf")
    first, last = period(start, end)
    with open_office(frame.data) as office:
        with office.reads() as look:
            entries = register_of(look, first, last)
        book = Book(office_head(office.facts), first, last, office.desk.form_set(last), office_now())
    write_whole(out, render_register(book, entries))
    data = {"file": str(out), "from": first.isoformat(), "to": last.isoformat(), "dossiers": len(entries)}
    show(data, f"Đã ghi {len(entries)} hồ sơ của sổ theo dõi vào {out}")
