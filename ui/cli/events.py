"""`motcua events …`: the log of acts, shown and verified."""

from __future__ import annotations

from typing import Annotated

import typer

from kiosk.errors import StorageError
from kiosk.services.rating import shown_data
from ui.app import open_office
from ui.cli.console import frame, show

events_app = typer.Typer(help="Nhật ký các việc đã làm.", rich_markup_mode=None)


class BrokenLogError(StorageError):
    """A line of the log was changed or taken out. details: seq."""

    code = "event.broken"


def register(app: typer.Typer) -> None:
    app.add_typer(events_app, name="events")


@events_app.command("list")
def listed(
    after: Annotated[int, typer.Option("--after", min=0, help="Chỉ những dòng sau số này.")] = 0,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000)] = 100,
) -> None:
    """Các dòng nhật ký."""
    with open_office(frame.data) as office, office.reads() as look:
        found = look.events.after(after, limit)
        rows = [
            {"seq": e.seq, "at": e.at.isoformat(), "kind": e.kind, "subject": e.subject, "data": shown_data(e)}
            for e in found
        ]
        show({"events": rows}, "\n".join(f"{r['seq']:>6}  {r['at']}  {r['kind']:<24} {r['subject']}" for r in rows))


@events_app.command("verify")
def verify() -> None:
    """Kiểm tra chuỗi băm của nhật ký từ dòng đầu."""
    with open_office(frame.data) as office:
        broken = office.store.first_broken()
        if broken is not None:
            raise BrokenLogError(seq=broken)
        with office.reads() as look:
            last = look.events.last_seq()
        show({"ok": True, "events": last}, f"Nhật ký nguyên vẹn, {last} dòng.")
