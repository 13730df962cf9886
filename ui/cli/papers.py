"""`motcua paper …`: what the office has taught the program about kinds of papers, and how to take it back."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Annotated, Any

import typer

from kiosk.clock import OFFICE_ZONE, office_now
from kiosk.errors import InputError
from kiosk.services.understanding import LessonLog, Taught, forget
from ui.app import open_office
from ui.cli.console import frame, show

paper_app = typer.Typer(help="Loại giấy tờ mà cơ quan đã dạy cho máy.", rich_markup_mode=None)


class NothingChosenError(InputError):
    """Nothing says which lessons are to be forgotten: never all of them by a slip."""

    code = "paper.nothing_chosen"


def register(app: typer.Typer) -> None:
    app.add_typer(paper_app, name="paper")


@paper_app.command("learned")
def learned() -> None:
    """Đã học gì: mỗi giấy một dòng, kèm loại, cán bộ xác nhận và ngày."""
    with open_office(frame.data) as office, office.reads() as look:
        log = LessonLog()
        log.read(look)
    lessons = list(log.lessons.values())
    counts = Counter(t.code for t in lessons)
    text = "\n".join(f"{_name(code)}: {n}" for code, n in counts.most_common())
    show({"lessons": [_row(t) for t in lessons], "kinds": dict(counts)}, text or "Chưa học gì.")


@paper_app.command("forget")
def forget_command(
    page: Annotated[list[str] | None, typer.Option("--page", help="Mã trang đầu của giấy.")] = None,
    officer: Annotated[str, typer.Option("--officer", help="Mọi điều cán bộ này đã dạy.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="Mọi điều đã dạy về loại giấy này.")] = "",
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="Chỉ từ ngày này, dạng 2026-11-21.")
    ] = None,
) -> None:
    """Quên những xác nhận sai: máy đề xuất như chưa từng học; giấy tờ đã xác nhận vẫn giữ nguyên."""
    if not (page or officer or kind or since):
        raise NothingChosenError
    first = since.replace(tzinfo=OFFICE_ZONE) if since else None

    def wrong(taught: Taught) -> bool:
        return (
            (not page or taught.page in page)
            and (not officer or taught.officer == officer)
            and (not kind or taught.code == kind)
            and (first is None or (taught.at is not None and taught.at >= first))
        )

    with open_office(frame.data) as office:
        gone = forget(office.units(), wrong, actor=office.actor, now=office_now())
    show({"forgotten": [_row(t) for t in gone]}, f"Đã quên {len(gone)} điều.")


def _row(taught: Taught) -> dict[str, Any]:
    at = taught.at.isoformat() if taught.at else None
    return {"page": taught.page, "kind": taught.code, "name": _name(taught.code), "officer": taught.officer, "at": at}


def _name(code: str) -> str:
    from scanner.classify import TYPE_NAMES

    return TYPE_NAMES.get(code, code)
