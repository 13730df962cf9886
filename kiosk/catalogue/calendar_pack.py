"""Working calendars of an office: the `holidays` package under the shipped pack under the province's own pack.

The package is a seed, not an authority: it misses swaps that the Government announced (docs/legal.md#calendar).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property, lru_cache
from pathlib import Path

from kiosk.catalogue.errors import CalendarRangeError
from kiosk.catalogue.toml_reader import Table, read_pack, shipped_pack
from kiosk.domain.calendar import STANDARD_DAY, Span, WorkingCalendar
from kiosk.text import fold

FIRST_YEAR, LAST_YEAR = 2000, 2100  # the lunar table of the package ends in 2100
OFF, WORK = "off", "work"


@dataclass(frozen=True)
class PackDay:
    """One line of a pack. kind: "off" or "work"; basis: the instrument; tag: V, V2, R as in docs/legal.md."""

    day: date
    kind: str
    reason: str
    basis: str
    tag: str


@dataclass(frozen=True)
class YearlyDay:
    """A public holiday on a fixed date from a year on; on a weekend the next working day is off in its stead."""

    month: int
    day: int
    since: int
    reason: str
    basis: str


class DaysByYear(Mapping[date, str]):
    """Day -> reason, worked out a year at a time when a day of that year is first asked for."""

    def __init__(self, of_year: Callable[[int], Mapping[date, str]]) -> None:
        self._of_year = of_year
        self._years: dict[int, Mapping[date, str]] = {}

    def _year(self, year: int) -> Mapping[date, str]:
        if year not in self._years:
            self._years[year] = self._of_year(year)
        return self._years[year]

    def __getitem__(self, day: date) -> str:
        return self._year(day.year)[day]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in self._year(day.year)

    def __iter__(self) -> Iterator[date]:
        """The days of the years asked for so far."""
        return iter([day for year in self._years.values() for day in year])

    def __len__(self) -> int:
        return sum(len(year) for year in self._years.values())


@dataclass(frozen=True)
class CalendarPack:
    """Everything that decides whether a day counts. announced_through: the last year with an official notice."""

    hours: Mapping[int, tuple[Span, ...]]
    cut_off: time
    saturday: tuple[Span, ...]
    saturday_counts: bool
    saturday_fields: tuple[str, ...]
    announced_through: int
    days: Mapping[date, PackDay] = field(default_factory=dict)
    yearly: tuple[YearlyDay, ...] = ()

    def calendar(self, field_name: str = "", saturday_fields: tuple[str, ...] = ()) -> WorkingCalendar:
        """The calendar of one field of procedures; the police's fields also take papers in on Saturday morning."""
        names = {fold(name) for name in (*self.saturday_fields, *saturday_fields)}
        opens = bool(field_name) and fold(field_name) in names
        hours = dict(self.hours)
        reception: dict[int, tuple[Span, ...]] = {}
        if opens and not hours.get(5):
            (hours if self.saturday_counts else reception)[5] = self.saturday
        return WorkingCalendar(hours, self._off, self._work, self.cut_off, reception)

    def stale(self, today: date) -> str | None:
        """A sentence when next year's official notice ought to be here and is not (from 1 November)."""
        wanted = today.year + (1 if today.month >= 11 else 0)
        if wanted <= self.announced_through:
            return None
        return (
            f"Lịch nghỉ năm {wanted} mới tính theo luật, chưa có thông báo chính thức. "
            "Cập nhật gói lịch khi có thông báo; ngày hẹn trả sang năm đó có thể lệch."
        )

    @cached_property
    def _off(self) -> DaysByYear:
        return DaysByYear(self._days_off)

    @cached_property
    def _work(self) -> DaysByYear:
        return DaysByYear(self._days_worked)

    def _days_off(self, year: int) -> Mapping[date, str]:
        names, worked = public_holidays(year)
        expected = "" if year <= self.announced_through else " (dự kiến)"
        off = {day: name + expected for day, name in names.items() if day not in worked}
        for rule in self.yearly:
            off |= {d: r for d, r in _yearly(rule, year, off).items() if d not in off}
        for day, line in self._lines(year).items():
            off.pop(day, None)
            if line.kind == OFF:
                off[day] = line.reason
        return off

    def _days_worked(self, year: int) -> Mapping[date, str]:
        _, worked = public_holidays(year)
        lines = self._lines(year)
        own = {day: line.reason for day, line in lines.items() if line.kind == WORK}
        return {day: "Làm bù" for day in worked if day not in lines} | own

    def _lines(self, year: int) -> dict[date, PackDay]:
        return {day: line for day, line in self.days.items() if day.year == year}


def _yearly(rule: YearlyDay, year: int, off: Mapping[date, str]) -> dict[date, str]:
    if year < rule.since:
        return {}
    day = date(year, rule.month, rule.day)
    if day in off or day.weekday() < 5:
        return {day: rule.reason}
    stead = day + timedelta(days=1)
    while stead.weekday() >= 5 or stead in off:
        stead += timedelta(days=1)
    return {day: rule.reason, stead: f"{rule.reason} (nghỉ bù)"}


@lru_cache(maxsize=64)
def public_holidays(year: int) -> tuple[Mapping[date, str], frozenset[date]]:
    """Days off by name, and weekend days worked in exchange, as the package knows them.

    Raises: CalendarRangeError outside 2000..2100.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarRangeError(year=year, first=FIRST_YEAR, last=LAST_YEAR)
    import holidays  # heavy: only a process that asks for a date pays for it

    found = holidays.country_holidays("VN", years=[year], language="vi")
    worked = frozenset(d for d in found.weekend_workdays if d.year == year)
    return {day: str(name) for day, name in found.items() if day.year == year}, worked


@dataclass(frozen=True)
class OfficeCalendars:
    """One calendar a field of procedures, built once each."""

    pack: CalendarPack
    saturday_fields: tuple[str, ...] = ()
    _built: dict[str, WorkingCalendar] = field(default_factory=dict)

    def of_field(self, field_name: str) -> WorkingCalendar:
        if field_name not in self._built:
            self._built[field_name] = self.pack.calendar(field_name, self.saturday_fields)
        return self._built[field_name]


def load_calendars(overlay: Path | None = None, saturday_fields: tuple[str, ...] = ()) -> OfficeCalendars:
    """The office's calendars. overlay: its own calendar.toml, if any. Raises: PackError."""
    return OfficeCalendars(load_calendar_pack(*([overlay] if overlay else [])), saturday_fields)


def load_calendar_pack(*overlays: Path) -> CalendarPack:
    """The shipped pack, then each overlay on top (province, then office). Raises: PackError."""
    pack = _merge(None, shipped_pack("calendar.toml"))
    for path in overlays:
        pack = _merge(pack, read_pack(path))
    return pack


def _merge(under: CalendarPack | None, table: Table) -> CalendarPack:
    table.allow("pack", "hours", "saturday", "day", "yearly")
    base = under or CalendarPack(dict.fromkeys(range(5), STANDARD_DAY), time(15), (), False, (), 0)
    about, hours, saturday = table.table("pack"), table.table("hours"), table.table("saturday")
    about.allow("name", "announced_through", "checked_on", "note")
    hours.allow("weekdays", "cut_off")
    saturday.allow("spans", "counts", "fields", "basis")
    weekdays = hours.spans("weekdays")
    return CalendarPack(
        hours=dict.fromkeys(range(5), weekdays) if weekdays else base.hours,
        cut_off=_clock(hours, base.cut_off),
        saturday=saturday.spans("spans") or base.saturday,
        saturday_counts=saturday.flag("counts", base.saturday_counts),
        saturday_fields=saturday.texts("fields") or base.saturday_fields,
        announced_through=about.number("announced_through", base.announced_through, high=LAST_YEAR),
        days={**base.days, **_pack_days(table)},
        yearly=(*base.yearly, *(_yearly_day(row) for row in table.tables("yearly"))),
    )


def _clock(hours: Table, default: time) -> time:
    try:
        return time.fromisoformat(hours.text("cut_off", default.isoformat("minutes")))
    except ValueError:
        hours.fail("cut_off", "cần giờ dạng 15:00")


def _pack_days(table: Table) -> dict[date, PackDay]:
    days: dict[date, PackDay] = {}
    for row in table.tables("day"):
        row.allow("date", "kind", "reason", "basis", "tag")
        line = PackDay(row.day("date"), row.text("kind"), row.text("reason"), row.text("basis"), row.text("tag", "R"))
        if line.kind not in (OFF, WORK):
            row.fail("kind", 'chỉ là "off" (nghỉ) hoặc "work" (làm việc)')
        if line.day in days:
            row.fail("date", f"ngày {line.day:%d/%m/%Y} đã ghi ở dòng khác")
        days[line.day] = line
    return days


def _yearly_day(row: Table) -> YearlyDay:
    row.allow("month", "day", "since", "reason", "basis", "tag")
    month, day = row.number("month", low=1, high=12), row.number("day", low=1, high=31)
    try:
        date(2001, month, day)
    except ValueError:
        row.fail("day", f"không có ngày {day}/{month}")
    return YearlyDay(month, day, row.number("since", high=LAST_YEAR), row.text("reason"), row.text("basis"))
