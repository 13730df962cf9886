"""One calendar pack as it is written (TOML or JSON): lines with their basis, checked one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from kiosk.catalogue.toml_reader import Table
from kiosk.domain.calendar import DayKind, Season, Span
from kiosk.domain.procedure import Term
from kiosk.domain.term_words import UnknownTermError, parse_term

FIRST_YEAR, LAST_YEAR = 2000, 2100  # the lunar table of the package ends in 2100
OFF, WORK = "off", "work"
SCOPES = ("nation", "province", "office")  # a later one lies on top
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NATURES = {kind.value: kind for kind in (DayKind.HOLIDAY, DayKind.SWAP, DayKind.IN_LIEU, DayKind.LOCAL)}
_LONGEST_RUN = timedelta(days=31)


@dataclass(frozen=True)
class PackDay:
    """One day of a pack. kind: "off" or "work"; basis: the instrument; tag: V, V2, R, ? as in docs/legal.md. nature:
    of a day off; spans: hours of a day worked, () for the usual ones; fields: of procedures, () for all."""

    day: date
    kind: str
    reason: str
    basis: str
    tag: str
    nature: DayKind = DayKind.LOCAL
    spans: tuple[Span, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class YearlyDay:
    """A public holiday on a fixed date from a year on, until one where it is given (excluded); on a weekend the next
    working day is off in its stead."""

    month: int
    day: int
    since: int
    reason: str
    basis: str
    tag: str
    until: int = LAST_YEAR + 1


@dataclass(frozen=True)
class PackFile:
    """A pack as written; None and empty where it says nothing. rank: what lies on top: scope, then date of issue."""

    name: str
    scope: str
    issued_on: date
    week: Mapping[int, tuple[Span, ...]]
    cut_off: time | None
    day_length: timedelta | None
    saturday: tuple[Span, ...]
    saturday_counts: bool | None
    saturday_fields: tuple[str, ...]
    online_accept: Term | None
    announced_through: int
    days: tuple[PackDay, ...]
    yearly: tuple[YearlyDay, ...]
    seasons: tuple[Season, ...]

    @property
    def rank(self) -> tuple[int, date]:
        return SCOPES.index(self.scope), self.issued_on


def read_calendar(table: Table) -> PackFile:
    """Raises: PackError naming the key and its line."""
    table.allow("pack", "hours", "saturday", "online", "day", "yearly", "season")
    about, hours, saturday = table.table("pack"), table.table("hours"), table.table("saturday")
    about.allow("name", "scope", "issued_on", "announced_through", "checked_on", "note")
    hours.allow("weekdays", *_WEEK, "cut_off", "exact_hours")
    saturday.allow("spans", "counts", "fields", "basis")
    online = table.table("online").allow("accept", "basis", "tag")
    scope = about.text("scope", "office")
    if scope not in SCOPES:
        about.fail("scope", f"chỉ là {', '.join(SCOPES)}")
    exact = hours.number("exact_hours", 0, low=0, high=12)
    return PackFile(
        name=table.file,
        scope=scope,
        issued_on=about.day("issued_on", date(FIRST_YEAR, 1, 1)),
        week=_week(hours),
        cut_off=_clock(hours, "cut_off"),
        day_length=timedelta(hours=exact) if exact else None,
        saturday=saturday.spans("spans"),
        saturday_counts=saturday.flag("counts", False) if "counts" in saturday.values else None,
        saturday_fields=saturday.texts("fields"),
        online_accept=_term(online, "accept"),
        announced_through=about.number("announced_through", 0, high=LAST_YEAR),
        days=tuple(_days(table)),
        yearly=tuple(_yearly_day(row) for row in table.tables("yearly")),
        seasons=_seasons(table),
    )


def _week(row: Table) -> dict[int, tuple[Span, ...]]:
    """Hours by weekday; `weekdays` stands for Monday to Friday, a day's own key for that day, [] for closed."""
    every = row.spans("weekdays")
    week = dict.fromkeys(range(5), every) if every else {}
    return week | {n: row.spans(name) for n, name in enumerate(_WEEK) if name in row.values}


def _clock(row: Table, key: str) -> time | None:
    if key not in row.values:
        return None
    try:
        return time.fromisoformat(row.text(key))
    except ValueError:
        row.fail(key, "cần giờ dạng 15:00")


def _term(row: Table, key: str) -> Term | None:
    if key not in row.values:
        return None
    try:
        return parse_term(row.text(key))
    except UnknownTermError:
        row.fail(key, 'cần một số và một đơn vị, ví dụ "8 giờ"')


def _days(table: Table) -> Iterator[PackDay]:
    known: set[tuple[date, tuple[str, ...]]] = set()
    for row in table.tables("day"):
        for line in _run(row):
            if (line.day, line.fields) in known:
                row.fail("date", f"ngày {line.day:%d/%m/%Y} đã ghi ở dòng khác")
            known.add((line.day, line.fields))
            yield line


def _run(row: Table) -> Iterator[PackDay]:
    """One day, or all from `date` to `until`."""
    row.allow("date", "until", "kind", "nature", "reason", "basis", "tag", "spans", "fields")
    day = row.day("date")
    last = row.day("until", day)
    if not day <= last <= day + _LONGEST_RUN:
        row.fail("until", "phải từ date trở đi và không quá 31 ngày")
    kind, nature = row.text("kind"), row.text("nature", DayKind.LOCAL.value)
    if kind not in (OFF, WORK):
        row.fail("kind", 'chỉ là "off" (nghỉ) hoặc "work" (làm việc)')
    if nature not in _NATURES:
        row.fail("nature", f"chỉ là {', '.join(_NATURES)}")
    spans = row.spans("spans")
    if spans and kind == OFF:
        row.fail("spans", "ngày nghỉ không có giờ làm việc")
    reason, basis, tag, fields = row.text("reason"), row.text("basis"), row.text("tag", "R"), row.texts("fields")
    for n in range((last - day).days + 1):
        yield PackDay(day + timedelta(days=n), kind, reason, basis, tag, _NATURES[nature], spans, fields)


def _yearly_day(row: Table) -> YearlyDay:
    row.allow("month", "day", "since", "until", "reason", "basis", "tag")
    month, day = _month_day(row, "month", "day")
    since, until = row.number("since", high=LAST_YEAR), row.number("until", LAST_YEAR + 1, high=LAST_YEAR + 1)
    return YearlyDay(month, day, since, row.text("reason"), row.text("basis"), row.text("tag", "R"), until)


def _month_day(row: Table, month_key: str, day_key: str) -> tuple[int, int]:
    month, day = row.number(month_key, low=1, high=12), row.number(day_key, low=1, high=31)
    try:
        date(2001, month, day)
    except ValueError:
        row.fail(day_key, f"không có ngày {day}/{month}")
    return month, day


def _seasons(table: Table) -> tuple[Season, ...]:
    seasons: list[Season] = []
    for row in table.tables("season"):
        row.allow("name", "from_month", "from_day", "to_month", "to_day", "since", "until", "basis", "weekdays", *_WEEK)
        row.text("name"), row.text("basis")
        hours = _week(row)
        if not any(hours.values()):
            row.fail("weekdays", "cần giờ làm việc của mùa này")
        since = row.day("since") if "since" in row.values else None
        until = row.day("until") if "until" in row.values else None
        first, last = _month_day(row, "from_month", "from_day"), _month_day(row, "to_month", "to_day")
        season = Season(first, last, hours, since, until)
        if any(_overlap(season, other) for other in seasons):
            row.fail("from_month", "trùng ngày với một mùa khác của gói này")
        seasons.append(season)
    return tuple(seasons)


def _overlap(one: Season, other: Season) -> bool:
    """Seasons repeat each year, so ten years of days tell."""
    start = max(one.since or date(FIRST_YEAR, 1, 1), other.since or date(FIRST_YEAR, 1, 1))
    return any(one.covers(day) and other.covers(day) for day in (start + timedelta(days=n) for n in range(3660)))
