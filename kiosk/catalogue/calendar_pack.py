"""Working calendars of an office: the `holidays` package under the shipped pack under the province's and the office's.

The package is a seed, not an authority: it misses swaps that the Government announced (docs/legal.md#calendar).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time, timedelta
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path

from kiosk.catalogue.calendar_reading import (
    FIRST_YEAR,
    LAST_YEAR,
    OFF,
    WORK,
    PackDay,
    PackFile,
    YearlyDay,
    read_calendar,
)
from kiosk.catalogue.errors import CalendarRangeError, PackError
from kiosk.catalogue.toml_reader import read_pack, shipped_pack
from kiosk.domain.calendar import STANDARD_DAY, DayKind, Season, Span, WorkingCalendar
from kiosk.domain.procedure import Term
from kiosk.text import fold

_EXPECTED = " (dự kiến)"


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
class Off:
    """A day off as the layers together have it."""

    reason: str
    kind: DayKind
    basis: str
    tag: str


@dataclass(frozen=True)
class CalendarPack:
    """Everything that decides whether a day counts. announced_through: the last year with an official notice;
    online_accept: within which a dossier sent online is looked at and accepted."""

    hours: Mapping[int, tuple[Span, ...]]
    cut_off: time
    saturday: tuple[Span, ...]
    saturday_counts: bool
    saturday_fields: tuple[str, ...]
    announced_through: int
    days: Mapping[date, tuple[PackDay, ...]] = field(default_factory=dict)
    yearly: tuple[YearlyDay, ...] = ()
    seasons: tuple[Season, ...] = ()
    day_length: timedelta | None = None
    online_accept: Term | None = None
    _by_field: dict[str, tuple[DaysByYear, DaysByYear]] = field(default_factory=dict, repr=False, compare=False)
    _years: dict[tuple[int, str], Mapping[date, Off]] = field(default_factory=dict, repr=False, compare=False)

    def calendar(self, field_name: str = "", saturday_fields: tuple[str, ...] = ()) -> WorkingCalendar:
        """The calendar of one field of procedures; the police's fields also take papers in on Saturday morning."""
        opens = _is_named(field_name, (*self.saturday_fields, *saturday_fields))
        hours, reception = self.hours, {}
        seasons = self.seasons
        if opens and self.saturday_counts:
            hours = _with_saturday(hours, self.saturday)
            seasons = tuple(_in_season(season, self.saturday) for season in seasons)
        elif opens:
            reception = {5: self.saturday}
        off, work = self._of_field(field_name)
        lines = (self.line(day, field_name) for day in self.days)
        own_hours = {line.day: line.spans for line in lines if line is not None and line.kind == WORK and line.spans}
        natures = _Natures(lambda day: self.off(day, field_name))
        return WorkingCalendar(hours, off, work, self.cut_off, reception, seasons, own_hours, self.day_length, natures)

    def off(self, day: date, field_name: str = "") -> Off | None:
        """Why a day is off by a holiday or a line, None for a day that is not."""
        return self._year_off(day.year, field_name).get(day)

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
    def fingerprint(self) -> str:
        """The same for the same content, whatever the order of files and lines, and with the same package."""
        parts = [version("holidays")]
        for one in (f for f in fields(self) if f.compare):
            value = getattr(self, one.name)
            parts.append(repr(sorted(value.items()) if isinstance(value, Mapping) else value))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def _of_field(self, field_name: str) -> tuple[DaysByYear, DaysByYear]:
        """One pair for all fields that no line names, so that a year is worked out once."""
        named = any(_is_named(field_name, line.fields) for lines in self.days.values() for line in lines)
        key = fold(field_name) if named else ""
        if key not in self._by_field:
            name = field_name if named else ""
            self._by_field[key] = (
                DaysByYear(lambda year: {day: off.reason for day, off in self._year_off(year, name).items()}),
                DaysByYear(lambda year: self._year_worked(year, name)),
            )
        return self._by_field[key]

    def _year_off(self, year: int, field_name: str) -> Mapping[date, Off]:
        key = (year, fold(field_name))
        if key not in self._years:
            self._years[key] = self._work_out(year, field_name)
        return self._years[key]

    def _work_out(self, year: int, field_name: str) -> dict[date, Off]:
        expected = "" if year <= self.announced_through else _EXPECTED
        near = {day: name for y in (year - 1, year, year + 1) for day, name in _known_holidays(y).items()}
        off = {
            day: Off(near[day] + expected, _kind(near[day]), "Gói holidays", "V2" if not expected else "?")
            for day in public_holidays(year)[0]
            if day in near
        }
        for rule in sorted(self.yearly, key=lambda r: (r.month, r.day)):
            for origin in (year - 1, year):  # a day in lieu of 31/12 stands in January
                for day, is_in_lieu in _yearly(rule, origin, near):
                    if day.year == year and not (is_in_lieu and day in off):
                        kind = DayKind.IN_LIEU if is_in_lieu else DayKind.HOLIDAY
                        reason = f"{rule.reason} (nghỉ bù)" if is_in_lieu else rule.reason
                        off[day] = Off(reason, kind, rule.basis, rule.tag)
        for line in self._lines(year, field_name):
            off.pop(line.day, None)
            if line.kind == OFF:
                off[line.day] = Off(line.reason, line.nature, line.basis, line.tag)
        return off

    def _year_worked(self, year: int, field_name: str) -> Mapping[date, str]:
        worked = {day: "Làm bù" for day in public_holidays(year)[1] if day not in self.days}
        weekends = [n for n in self._lines(year, field_name) if n.kind == WORK and n.day.weekday() >= 5]
        return worked | {line.day: line.reason for line in weekends}

    def line(self, day: date, field_name: str = "") -> PackDay | None:
        """The line that decides a day for a field, if any; a line of the field's own goes before one for all."""
        mine = [line for line in self.days.get(day, ()) if not line.fields or _is_named(field_name, line.fields)]
        return min(mine, key=lambda line: not line.fields, default=None)

    def _lines(self, year: int, field_name: str) -> list[PackDay]:
        found = (self.line(day, field_name) for day in self.days if day.year == year)
        return [line for line in found if line is not None]


class _Natures(Mapping[date, DayKind]):
    """Day off -> its kind, asked of the pack."""

    def __init__(self, off: Callable[[date], Off | None]) -> None:
        self._off = off

    def __getitem__(self, day: date) -> DayKind:
        found = self._off(day)
        if found is None:
            raise KeyError(day)
        return found.kind

    def __iter__(self) -> Iterator[date]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _is_named(field_name: str, names: Iterable[str]) -> bool:
    return bool(field_name) and fold(field_name) in {fold(name) for name in names}


def _with_saturday(week: Mapping[int, tuple[Span, ...]], spans: tuple[Span, ...]) -> Mapping[int, tuple[Span, ...]]:
    return week if week.get(5) else {**week, 5: spans}


def _in_season(season: Season, spans: tuple[Span, ...]) -> Season:
    hours = _with_saturday(season.hours, spans)
    return Season(season.first, season.last, hours, season.since, season.until)


def _kind(name: str) -> DayKind:
    """By the package's own wording."""
    if name.endswith("(nghỉ bù)"):
        return DayKind.IN_LIEU
    return DayKind.SWAP if name.startswith("Ngày nghỉ (thay cho ngày") else DayKind.HOLIDAY


def _yearly(rule: YearlyDay, year: int, off: Mapping[date, str]) -> list[tuple[date, bool]]:
    """The holiday of a year, and the day off in its stead where it falls on a weekend. off: other holidays."""
    if not rule.since <= year < rule.until:
        return []
    day = date(year, rule.month, rule.day)
    if day in off or day.weekday() < 5:
        return [(day, False)]
    stead = day + timedelta(days=1)
    while stead.weekday() >= 5 or stead in off:
        stead += timedelta(days=1)
    return [(day, False), (stead, True)]


def _known_holidays(year: int) -> Mapping[date, str]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    names, worked = public_holidays(year)
    return {day: name for day, name in names.items() if day not in worked}


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


def load_calendars(overlays: Iterable[Path] = (), saturday_fields: tuple[str, ...] = ()) -> OfficeCalendars:
    """The office's calendars. overlays: packs of province and office. Raises: PackError."""
    return OfficeCalendars(load_calendar_pack(*overlays), saturday_fields)


def load_calendar_pack(*overlays: Path) -> CalendarPack:
    """The shipped pack with each overlay on top, by its scope and date of issue and not by the order given.

    Raises: PackError, also where two packs of one scope and date disagree about a day.
    """
    return layered([read_calendar(shipped_pack("calendar.toml")), *(read_calendar(read_pack(p)) for p in overlays)])


def layered(packs: Iterable[PackFile]) -> CalendarPack:
    """Raises: PackError for two packs of equal rank that disagree about a day."""
    ordered = sorted(packs, key=lambda pack: (*pack.rank, pack.name))
    _check_ties(ordered)
    hours: dict[int, tuple[Span, ...]] = dict.fromkeys(range(5), STANDARD_DAY)
    days: dict[tuple[date, tuple[str, ...]], PackDay] = {}
    yearly: dict[tuple[int, int], YearlyDay] = {}
    for pack in ordered:
        hours |= pack.week
        days |= {(line.day, line.fields): line for line in pack.days}
        yearly |= {(rule.month, rule.day): rule for rule in pack.yearly}
    by_day: dict[date, tuple[PackDay, ...]] = {}
    for (day, _), line in sorted(days.items()):
        by_day[day] = (*by_day.get(day, ()), line)
    upper = ordered[::-1]
    return CalendarPack(
        hours={day: spans for day, spans in hours.items() if spans},
        cut_off=next((p.cut_off for p in upper if p.cut_off is not None), time(15)),
        saturday=next((p.saturday for p in upper if p.saturday), ()),
        saturday_counts=next((p.saturday_counts for p in upper if p.saturday_counts is not None), False),
        saturday_fields=next((p.saturday_fields for p in upper if p.saturday_fields), ()),
        announced_through=max((p.announced_through for p in ordered), default=0),
        days=by_day,
        yearly=tuple(rule for _, rule in sorted(yearly.items())),
        seasons=tuple(season for pack in upper for season in pack.seasons),
        day_length=next((p.day_length for p in upper if p.day_length is not None), None),
        online_accept=next((p.online_accept for p in upper if p.online_accept is not None), None),
    )


def _check_ties(ordered: list[PackFile]) -> None:
    said: dict[tuple[tuple[int, date], date, tuple[str, ...]], tuple[str, PackDay]] = {}
    for pack in ordered:
        for line in pack.days:
            name, before = said.setdefault((pack.rank, line.day, line.fields), (pack.name, line))
            if (before.kind, before.spans) != (line.kind, line.spans):
                raise PackError(
                    file=pack.name,
                    key=f"day {line.day.isoformat()}",
                    problem=f"gói {name} cùng cấp, cùng ngày ban hành ghi khác; đặt issued_on của gói mới hơn",
                )
