"""Return dates by looking at every day and every minute: slow, plain, and with nothing of the program's own counting.

Days off are written here by hand from the instruments that docs/legal.md names, not read from the shipped pack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import islice

ZONE = timezone(timedelta(hours=7))
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
Hours = list[tuple[str, str]]
USUAL: Hours = [("07:30", "11:30"), ("13:30", "17:00")]
MORNING: Hours = [("07:30", "11:30")]


def _days(*texts: str) -> set[date]:
    """ "2026-02-16..20" is five days."""
    found: set[date] = set()
    for text in texts:
        first, _, last = text.partition("..")
        start = date.fromisoformat(first)
        found |= {start.replace(day=n) for n in range(start.day, int(last or start.day) + 1)}
    return found


OFF = _days(
    # 2024 to 2027: BLLĐ 2019 Art 112; Giỗ Tổ by the lunar calendar; swaps and blocks as announced, 2027 by law only
    *("2024-01-01", "2024-02-08..14", "2024-04-18", "2024-04-29..30", "2024-05-01", "2024-09-02..03"),
    *("2025-01-01", "2025-01-27..31", "2025-04-07", "2025-04-30", "2025-05-01..02", "2025-09-01..02"),
    *("2026-01-01..02", "2026-02-16..20", "2026-04-26..27", "2026-04-30", "2026-05-01", "2026-08-31"),
    *("2026-09-01..02", "2026-11-24"),
    *("2027-01-01", "2027-02-04..10", "2027-04-16", "2027-04-30", "2027-05-01", "2027-05-03", "2027-09-02..03"),
    *("2027-11-24", "2028-01-01", "2028-01-03", "2028-01-24..29"),
)
MADE_UP = _days("2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22")
POLICE = {"Đăng ký, quản lý cư trú", "Cấp, quản lý căn cước", "Định danh và xác thực điện tử"}


def _plain(day: date, off: set[date] = OFF, made_up: set[date] = MADE_UP, hours: Hours = USUAL) -> Hours:
    if day in off:
        return []
    return hours if day.weekday() < 5 or day in made_up else []


def _summer(day: date, _field: str) -> Hours:
    is_summer = (4, 16) <= (day.month, day.day) <= (10, 15)
    return _plain(day, hours=[("07:00", "11:00"), ("14:00", "17:30")] if is_summer else USUAL)


def _storm(day: date, _field: str) -> Hours:
    if day in _days("2026-09-14..15"):
        return []
    return MORNING if day == date(2026, 9, 16) else _plain(day)


def _saturday(day: date, field: str) -> Hours:
    return MORNING if field in POLICE and day.weekday() == 5 and day not in OFF | MADE_UP else _plain(day)


def _land(day: date, field: str) -> Hours:
    return [] if field == "Đất đai" and day in _days("2026-11-26..27") else _plain(day)


# Working hours of a day by the name of the pack that lies on the shipped one (tests/due_packs.py).
OFFICES: dict[str, Callable[[date, str], Hours]] = {
    "": lambda day, _: _plain(day),
    "eight-hours": lambda day, _: _plain(day),
    "full-eight": lambda day, _: _plain(day, hours=[("07:30", "11:30"), ("13:00", "17:00")]),
    "summer": _summer,
    "storm": _storm,
    "saturday-counts": _saturday,
    "land-closed": _land,
    "no-swap": lambda day, _: _plain(day, OFF - _days("2026-01-02"), MADE_UP - _days("2026-01-10")),
    "tet-notice": lambda day, _: _plain(day, OFF | _days("2027-02-11"), MADE_UP | _days("2027-02-20")),
}
DAY_MINUTES = {"eight-hours": 480, "full-eight": 480}


@dataclass(frozen=True)
class SlowCase:
    """pauses: pairs of instants. counting: "end-of-day" or "exact-hours"; extension: "" for none."""

    received: datetime
    term: str
    pack: str = ""
    field: str = ""
    counting: str = "end-of-day"
    competent: datetime | None = None
    pauses: Sequence[tuple[datetime, datetime]] = ()
    extension: str = ""

    def hours(self, day: date) -> list[tuple[datetime, datetime]]:
        found = OFFICES[self.pack](day, self.field)
        return [(_at(day, begin), _at(day, end)) for begin, end in found]

    def reception(self, day: date) -> list[tuple[datetime, datetime]]:
        if self.hours(day) or day in OFF or day.weekday() != 5 or self.field not in POLICE:
            return self.hours(day)
        return [(_at(day, begin), _at(day, end)) for begin, end in MORNING]

    def waits(self, at: datetime) -> bool:
        return any(since <= at < until for since, until in self.pauses)

    def due(self) -> datetime:
        began = (self.competent or self.received).astimezone(ZONE)
        start = self._start(began, self.term)
        end = self._end(start, self.term)
        return self._end(end, self.extension) if self.extension else end

    def transfer(self) -> datetime:
        at = self.received.astimezone(ZONE)
        day = at.date()
        if self.reception(day) and not (self.hours(day) and at.time() <= time(15)):
            return self.hours(next(self._worked(day + DAY)))[0][0]
        return self.hours(next(self._worked(day)))[-1][1]

    def _start(self, began: datetime, term: str) -> datetime:
        """The first minute at which the desk is open, from the minute it began."""
        hours = self.hours if self._in_minutes(term) else self.reception
        at = began
        while not any(begin <= at <= end for begin, end in hours(at.date())):
            at += MINUTE
        return at

    def _in_minutes(self, term: str) -> bool:
        number, _, unit = term.partition(" ")
        return unit == "hours" or (unit == "working days" and self.counting == "exact-hours" and number != "")

    def _end(self, start: datetime, term: str) -> datetime:
        number, _, unit = term.partition(" ")
        if term == "same day":
            is_early = bool(self.hours(start.date())) and start.time() <= time(15)
            return self._close(next(self._counted(start.date() if is_early else start.date() + DAY)))
        if self._in_minutes(term):
            per = 60 if unit == "hours" else DAY_MINUTES.get(self.pack, 450)
            minutes = (at for at in self._minutes(start) if not self.waits(at))
            return next(islice(minutes, int(number) * per - 1, None)) + MINUTE
        if unit == "working days":
            return self._close(next(islice(self._counted(start.date() + DAY), int(number) - 1, None)))
        days = (d for d in _from(start.date() + DAY) if not self.waits(self._last(d)))
        last = next(islice(days, int(number) - 1, None))
        return self._close(next(self._counted(last)))

    def _minutes(self, start: datetime) -> Iterator[datetime]:
        for day in _from(start.date()):
            for begin, end in self.hours(day):
                at = begin
                while at < end:
                    if at >= start:
                        yield at
                    at += MINUTE

    def _worked(self, first: date) -> Iterator[date]:
        return (day for day in _from(first) if self.hours(day))

    def _counted(self, first: date) -> Iterator[date]:
        return (day for day in self._worked(first) if not self.waits(self._close(day)))

    def _close(self, day: date) -> datetime:
        return self.hours(day)[-1][1]

    def _last(self, day: date) -> datetime:
        return self._close(day) if self.hours(day) else _at(day + DAY, "00:00")


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += DAY


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE)
