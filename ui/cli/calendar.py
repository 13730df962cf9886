"""`motcua calendar …`: the working days of a year, packs before they are used, and the dates that a new pack moves."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from kiosk.catalogue.calendar_files import pack_files
from kiosk.catalogue.calendar_pack import CalendarPack, load_calendar_pack, load_calendars
from kiosk.catalogue.pulled import differing_days
from kiosk.clock import office_now
from kiosk.domain.calendar import WEEKDAYS, WorkingCalendar
from kiosk.services.recount import Moved, Recount, preview, recount
from ui.app import open_office
from ui.cli.console import frame, show
from ui.words import vietnamese_time

calendar_app = typer.Typer(help="Lịch làm việc: xem, kiểm tra gói lịch, tính lại các ngày hẹn.", rich_markup_mode=None)

FieldOption = Annotated[str, typer.Option("--field", help="Lịch của một lĩnh vực, ví dụ “Đăng ký, quản lý cư trú”.")]


def register(app: typer.Typer) -> None:
    app.add_typer(calendar_app, name="calendar")


@calendar_app.command("show")
def shown(
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, help="Năm; mặc định: năm nay.")] = 0,
    field: FieldOption = "",
) -> None:
    """Ngày nghỉ, ngày làm bù, ngày có giờ riêng của một năm, với căn cứ."""
    year = year or office_now().year
    if frame.data is None:
        calendars = load_calendars()
    else:
        with open_office(frame.data) as office:
            calendars = office.calendars.now
    pack, calendar = calendars.pack, calendars.of_field(field)
    days = _days(pack, calendar, year, field)
    stale = pack.stale(office_now().date())
    data = {"year": year, "calendar": pack.fingerprint, "days": days, "warning": stale}
    lines = [f"{d['words']:<22} {d['kind']:<10} {d['reason']}  [{d['tag']}] {d['basis']}" for d in days]
    show(data, "\n".join([*lines, *([stale] if stale else [])]))


@calendar_app.command("check")
def check(files: Annotated[list[Path], typer.Argument(help="Gói lịch .toml hoặc .json.")]) -> None:
    """Đọc thử gói lịch và cho biết nó đổi những ngày nào; không thay đổi gì."""
    with_data = pack_files(frame.data) if frame.data is not None else []
    under = load_calendar_pack(*with_data)
    over = load_calendar_pack(*with_data, *(f for f in files if f not in with_data))
    years = sorted({day.year for day in over.days} | {office_now().year, office_now().year + 1})
    changed = [{"day": day.isoformat(), "was": was, "is": now} for day, was, now in differing_days(under, over, years)]
    text = [f"{c['day']}: {c['was']} → {c['is']}" for c in changed] or ["Gói lịch đúng, không đổi ngày nào."]
    show({"calendar": over.fingerprint, "changed": changed}, "\n".join(text))


@calendar_app.command("recount")
def count_again(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ cho biết hồ sơ nào sẽ đổi ngày hẹn.")] = False,
) -> None:
    """Tính lại ngày hẹn của các hồ sơ đang giải quyết theo lịch hiện có."""
    with open_office(frame.data) as office:
        if dry_run:
            done = preview(office.reads, office.desk)
        else:
            mark, now = office.calendars.fingerprint, office_now()
            done = recount(office.units, office.desk, mark, actor=office.actor, now=now)
    show({**_recount(done), "dry_run": dry_run}, _recount_text(done, dry_run))


@calendar_app.command("moved")
def moved() -> None:
    """Hồ sơ đang giải quyết có ngày hẹn khác ngày trên giấy đã in."""
    found, after = [], ""
    with open_office(frame.data) as office, office.reads() as look:
        while dossiers := look.dossiers.on_clock(after, 200):
            after = dossiers[-1].key
            for d in dossiers:
                if d.due_at is not None and d.original_due_at is not None and d.due_at != d.original_due_at:
                    changes = [e for e in look.events.of(d.key) if e.data.get("to") == d.due_at.isoformat()]
                    why = str(changes[-1].data.get("why", "")) if changes else ""
                    found.append(Moved(d.key, d.original_due_at, d.due_at, d.original_due_at, why))
    show({"dossiers": [_moved(m) for m in found]}, "\n".join(map(_moved_line, found)) or "Không có hồ sơ nào.")


def _all_days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def _days(pack: CalendarPack, calendar: WorkingCalendar, year: int, field: str) -> list[dict[str, Any]]:
    """Every day that is not what its weekday would make it."""
    found = []
    for day in _all_days(year):
        words = f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"
        row = {"day": day.isoformat(), "words": words}
        if off := pack.off(day, field):
            found.append({**row, "kind": "nghỉ", "reason": off.reason, "basis": off.basis, "tag": off.tag})
        elif day in calendar.working_weekend or day in calendar.day_hours:
            line = pack.line(day, field)
            kind = "làm bù" if day in calendar.working_weekend else "giờ riêng"
            reason = line.reason if line else calendar.working_weekend[day]
            found.append(
                {
                    **row,
                    "kind": kind,
                    "reason": reason,
                    "basis": line.basis if line else "Gói holidays",
                    "tag": line.tag if line else "R",
                }
            )
    return found


def _recount(done: Recount) -> dict[str, Any]:
    return {
        "counted": done.counted,
        "moved": [_moved(m) for m in done.moved],
        "not_counted": list(done.not_counted),
    }


def _moved(one: Moved) -> dict[str, Any]:
    printed = one.printed.isoformat() if one.printed else None
    return {
        "key": one.key,
        "from": one.before.isoformat(),
        "to": one.after.isoformat(),
        "printed": printed,
        "why": one.why,
    }


def _recount_text(done: Recount, dry_run: bool) -> str:
    head = f"Đã xem {done.counted} hồ sơ; {'sẽ đổi' if dry_run else 'đã đổi'} ngày hẹn {len(done.moved)} hồ sơ."
    lines = [head, *map(_moved_line, done.moved)]
    if done.not_counted:
        lines.append(f"Chưa tính được, giữ nguyên: {', '.join(done.not_counted)}")
    return "\n".join(lines)


def _moved_line(one: Moved) -> str:
    return f"  {one.key}: {vietnamese_time(one.before)} → {vietnamese_time(one.after)} ({one.why})"
