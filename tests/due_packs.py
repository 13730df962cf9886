"""Packs that lie on the shipped calendar in the table of return dates; `due_slow.OFFICES` knows them by hand."""

from __future__ import annotations

from pathlib import Path

from kiosk.catalogue.calendar_pack import OfficeCalendars, layered, load_calendars
from kiosk.catalogue.calendar_reading import PackFile, read_calendar
from kiosk.catalogue.toml_reader import parse_pack, shipped_pack

PACKS = {
    "eight-hours": "[hours]\nexact_hours = 8",
    "full-eight": '[hours]\nweekdays = ["07:30-11:30", "13:00-17:00"]',
    "summer": """
        [[season]]
        name = "Giờ mùa hè"
        from_month = 4
        from_day = 16
        to_month = 10
        to_day = 15
        weekdays = ["07:00-11:00", "14:00-17:30"]
        basis = "Quyết định của Ủy ban nhân dân tỉnh"
    """,
    "storm": """
        [[day]]
        date = 2026-09-14
        until = 2026-09-15
        kind = "off"
        reason = "Phòng chống bão"
        basis = "Công điện"
        [[day]]
        date = 2026-09-16
        kind = "work"
        spans = ["07:30-11:30"]
        reason = "Chỉ làm buổi sáng sau bão"
        basis = "Thông báo"
    """,
    "saturday-counts": "[saturday]\ncounts = true",
    "land-closed": """
        [[day]]
        date = 2026-11-26
        until = 2026-11-27
        kind = "off"
        fields = ["Đất đai"]
        reason = "Chuyển hệ thống đất đai"
        basis = "Thông báo"
    """,
    "no-swap": """
        [pack]
        scope = "province"
        [[day]]
        date = 2026-01-02
        kind = "work"
        reason = "Tỉnh không hoán đổi"
        basis = "Công văn"
        [[day]]
        date = 2026-01-10
        kind = "off"
        reason = "Thứ Bảy"
        basis = "Công văn"
    """,
    "tet-notice": """
        [pack]
        scope = "nation"
        issued_on = 2026-12-15
        announced_through = 2027
        [[day]]
        date = 2027-02-11
        kind = "off"
        nature = "swap"
        reason = "Nghỉ hoán đổi với thứ Bảy 20/02/2027"
        basis = "Thông báo (ví dụ)"
        [[day]]
        date = 2027-02-20
        kind = "work"
        reason = "Làm bù ngày 11/02/2027"
        basis = "Thông báo (ví dụ)"
    """,
}


def a_pack(name: str) -> PackFile:
    return read_calendar(parse_pack(PACKS[name].encode(), f"calendar-{name}.toml"))


def calendars(name: str = "") -> OfficeCalendars:
    """The shipped calendar, with one of the packs on top."""
    if not name:
        return load_calendars()
    return OfficeCalendars(layered([read_calendar(shipped_pack("calendar.toml")), a_pack(name)]))


def write_pack(folder: Path, name: str) -> Path:
    path = folder / f"calendar-{name}.toml"
    path.write_text(PACKS[name], encoding="utf-8")
    return path
