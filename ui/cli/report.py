"""`motcua report …`: figures of a period from the event log, as text and as JSON. Definitions: docs/measures.md."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.clock import business_day, office_now
from kiosk.errors import DiskFullError, StorageError
from ui.app import open_office
from ui.cli.console import UsageError, frame, show

if TYPE_CHECKING:
    from kiosk.services.rating import Satisfaction

report_app = typer.Typer(help="Báo cáo số liệu từ nhật ký.", rich_markup_mode=None)

From = Annotated[str, typer.Option("--from", help="Từ ngày, dạng 2026-11-01; mặc định hôm nay.")]
To = Annotated[str, typer.Option("--to", help="Đến hết ngày này; mặc định hôm nay.")]
Out = Annotated[Path | None, typer.Option("--out", help="Ghi số liệu vào tệp JSON này.")]


class ReportFileError(StorageError):
    """The file for the figures cannot be written. details: file."""

    code = "report.file"


def register(app: typer.Typer) -> None:
    app.add_typer(report_app, name="report")


@report_app.command("queue")
def queue(
    start: From = "",
    end: To = "",
    out: Out = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Bỏ số đã chốt từng ngày, tính lại toàn bộ từ nhật ký.")
    ] = False,
) -> None:
    """Số thứ tự: thời gian chờ, phục vụ, bỏ về, công suất quầy."""
    from kiosk.services.queue_stats import plain_summary, queue_summary, settle_days
    from ui.cli.report_text import queue_text

    first, last = period(start, end)
    with open_office(frame.data) as office:
        now = office_now()
        settle_days(office.reads, office.units, now=now, anew=rebuild)
        summary = queue_summary(office.reads(), office.facts, first, last, now=now, rebuild=rebuild)
        head = _head(first, last) | {"as_of": now.isoformat(), "target_minutes": office.facts.wait_target_min}
        data = head | plain_summary(summary)
        _answer(data, queue_text(office.facts, data), out)


@report_app.command("rating")
def rating(start: From = "", end: To = "", out: Out = None) -> None:
    """Đánh giá: mức hài lòng và lý do; dưới 5 lượt thì chưa hiện."""
    from kiosk.services.rating import satisfaction
    from ui.cli.report_text import rating_text

    first, last = period(start, end)
    with open_office(frame.data) as office:
        data = _head(first, last) | _plain(satisfaction(office.reads(), first, last))
        _answer(data, rating_text(office.facts, office.config.officers, data), out)


@report_app.command("reuse")
def reuse(start: From = "", end: To = "", out: Out = None) -> None:
    """Giấy tờ không phải nộp: đã có tại cơ quan, khai thác từ CSDL; và giấy đã có mà vẫn nhận, theo lý do."""
    from kiosk.services.reuse import reuse_between
    from ui.cli.report_text import reuse_text

    first, last = period(start, end)
    with open_office(frame.data) as office, office.reads() as look:
        found = reuse_between(look, first, last)
        data = _head(first, last) | {
            "dossiers": found.dossiers,
            "dossiers_spared": found.spared,
            "share": round(found.share, 4) if found.share is not None else None,
            "not_asked": found.not_asked,
            "held": found.held,
            "database": found.database,
            "asked_anyway": dict(found.asked),
        }
        _answer(data, reuse_text(data), out)


def period(start: str, end: str) -> tuple[date, date]:
    """First and last day of what was asked for; today where nothing was. Raises: UsageError."""
    today = business_day(office_now())
    first, last = day_of("--from", start, today), day_of("--to", end, today)
    if first > last:
        raise UsageError(problem=f"--from {first} ở sau --to {last}")
    return first, last


def day_of(option: str, text: str, default: date) -> date:
    try:
        return date.fromisoformat(text) if text else default
    except ValueError:
        raise UsageError(problem=f"{option} {text}: cần một ngày dạng 2026-11-01") from None


def _head(first: date, last: date) -> dict[str, Any]:
    return {"from": first.isoformat(), "to": last.isoformat()}


def _plain(found: Satisfaction) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(found) | {"response_rate": round(found.votes / found.served, 4) if found.served else None}


def _answer(data: dict[str, Any], text: str, out: Path | None) -> None:
    if out is not None:
        try:
            out.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            if error.errno == 28:
                raise DiskFullError from error
            raise ReportFileError(file=str(out)) from error
    show(data, text)
