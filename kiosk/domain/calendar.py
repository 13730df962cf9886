"""The working calendar and the return date (ngày hẹn trả). Rules: docs/legal.md#terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.procedure import Term, TermUnit
from kiosk.errors import RuleError
from kiosk.text import fold

MAX_TERM = 3650  # ten years of days; a larger figure is a slip of the pen, not a term
_MAX_GAP_DAYS = 60  # the longest run of days off on record is under three weeks


class UnknownTermError(RuleError):
    """The procedure's time to solve is not understood; an officer must settle it first. details: verbatim."""

    code = "term.unknown"
    exit_code = 2


class NoWorkingDayError(RuleError):
    """The office's calendar has no working day within sight of `day`. details: day."""

    code = "calendar.no_working_day"


class Counting(StrEnum):
    """How n working days are counted: to the end of the n-th day, or n times a day's hours from the minute."""

    END_OF_DAY = "end-of-day"
    EXACT_HOURS = "exact-hours"


@dataclass(frozen=True)
class Skipped:
    day: date
    reason: str


@dataclass(frozen=True)
class Due:
    """The promise and its reason. starts_at: when the clock starts; all aware, office zone."""

    received_at: datetime
    starts_at: datetime
    due_at: datetime
    term: Term
    skipped: tuple[Skipped, ...] = ()
    counting: Counting = Counting.END_OF_DAY


Span = tuple[time, time]
STANDARD_DAY: tuple[Span, ...] = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))


@dataclass(frozen=True)
class WorkingCalendar:
    """Working hours by weekday (0 = Monday), days off with their reason, make-up days worked on a weekend.

    cut_off: after it a same-day procedure is due at the end of the next working day (NĐ 61/2018 Art 18.2, kept in
    NĐ 118/2025). spans default to 7:30-11:30 and 13:30-17:00; a province decides its own.
    reception: hours by weekday in which papers are taken in but which are no working day for a term, such as the
    police's Saturday morning: the day of reception is then that Saturday, and counting begins on Monday.
    """

    hours: Mapping[int, tuple[Span, ...]] = field(default_factory=lambda: dict.fromkeys(range(5), STANDARD_DAY))
    days_off: Mapping[date, str] = field(default_factory=dict)
    working_weekend: Mapping[date, str] = field(default_factory=dict)
    cut_off: time = time(15, 0)
    reception: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)

    def spans(self, day: date) -> tuple[Span, ...]:
        """Working hours of a day, () on a day off."""
        if day in self.days_off:
            return ()
        if day in self.working_weekend:
            return self.ordinary_day
        return tuple(self.hours.get(day.weekday(), ()))

    def open_spans(self, day: date) -> tuple[Span, ...]:
        """Hours in which papers are taken in: the working hours, or those of reception only."""
        if day in self.days_off:
            return ()
        return self.spans(day) or tuple(self.reception.get(day.weekday(), ()))

    @property
    def ordinary_day(self) -> tuple[Span, ...]:
        """The week's longest working day; a make-up day is worked like it."""
        return max(self.hours.values(), key=_length, default=()) or STANDARD_DAY

    def is_working(self, day: date) -> bool:
        return bool(self.spans(day))

    def reason_off(self, day: date) -> str:
        """Why a day does not count, in Vietnamese."""
        if day in self.days_off:
            return self.days_off[day]
        if self.reception.get(day.weekday()):
            return f"{WEEKDAYS[day.weekday()]}: chỉ tiếp nhận hồ sơ, không tính vào thời hạn"
        return WEEKDAYS[day.weekday()]

    def next_working(self, day: date, skipped: list[Skipped] | None = None) -> date:
        """The first working day after `day`; the days passed over are appended to `skipped`.

        Raises: NoWorkingDayError when there is none within two months.
        """
        start = day
        day += timedelta(days=1)
        while not self.is_working(day):
            if (day - start).days > _MAX_GAP_DAYS:
                raise NoWorkingDayError(day=f"{start:%d/%m/%Y}")
            if skipped is not None:
                skipped.append(Skipped(day, self.reason_off(day)))
            day += timedelta(days=1)
        return day

    def end_of(self, day: date) -> datetime:
        return datetime.combine(day, self.spans(day)[-1][1], OFFICE_ZONE)


WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def due(calendar: WorkingCalendar, received_at: datetime, term: Term, counting: Counting = Counting.END_OF_DAY) -> Due:
    """When the result is promised. `received_at`: aware instant of complete reception.

    Received outside the hours, the clock starts at the next opening. Working days and calendar days leave out the day
    of the start (BLDS 2015 Art 147); calendar days that end on a day off move to the next working day (Art 148).
    Raises: UnknownTermError, NoWorkingDayError; ValueError for a naive datetime. Source: docs/legal.md#terms
    """
    if received_at.tzinfo is None:
        raise ValueError("naive datetime")
    value = term.value or 0
    if not term.is_known or (term.unit is not TermUnit.SAME_DAY and not 1 <= value <= MAX_TERM):
        raise UnknownTermError(verbatim=term.verbatim or str(term))
    received = received_at.astimezone(OFFICE_ZONE)
    skipped: list[Skipped] = []
    exact = counting is Counting.EXACT_HOURS and term.unit is TermUnit.WORKING_DAYS
    by_hours = exact or term.unit is TermUnit.HOURS
    start = _opening(calendar, calendar.spans if by_hours else calendar.open_spans, received, skipped)
    if by_hours:
        amount = _length(calendar.ordinary_day) * value if exact else timedelta(hours=value)
        due_at = _walk(calendar, start, amount, skipped)
    elif term.unit is TermUnit.SAME_DAY:
        due_at = _same_day(calendar, start, skipped)
    elif term.unit is TermUnit.WORKING_DAYS:
        due_at = _nth_working_day(calendar, start.date(), value, skipped)
    else:
        due_at = _calendar_day(calendar, start.date() + timedelta(days=value), skipped)
    return Due(received, start, due_at, term, tuple(skipped), counting)


Spans = Callable[[date], tuple[Span, ...]]


def _opening(calendar: WorkingCalendar, spans: Spans, at: datetime, skipped: list[Skipped]) -> datetime:
    """The instant itself when the desk is open, else the next opening by `spans`."""
    day, clock = at.date(), at.timetz().replace(tzinfo=None)
    while True:
        for start, end in spans(day):
            if clock <= end:
                return datetime.combine(day, max(clock, start), OFFICE_ZONE)
        if not spans(day):
            skipped.append(Skipped(day, calendar.reason_off(day)))
        if (day - at.date()).days > _MAX_GAP_DAYS:
            raise NoWorkingDayError(day=f"{at:%d/%m/%Y}")
        day, clock = day + timedelta(days=1), time(0)


def _same_day(calendar: WorkingCalendar, start: datetime, skipped: list[Skipped]) -> datetime:
    day = start.date()
    if not calendar.is_working(day):
        skipped.append(Skipped(day, calendar.reason_off(day)))
    elif start.timetz().replace(tzinfo=None) <= calendar.cut_off:
        return calendar.end_of(day)
    return calendar.end_of(calendar.next_working(day, skipped))


def _nth_working_day(calendar: WorkingCalendar, day: date, count: int, skipped: list[Skipped]) -> datetime:
    for _ in range(count):
        day = calendar.next_working(day, skipped)
    return calendar.end_of(day)


def _calendar_day(calendar: WorkingCalendar, day: date, skipped: list[Skipped]) -> datetime:
    if not calendar.is_working(day):
        skipped.append(Skipped(day, calendar.reason_off(day)))
        day = calendar.next_working(day, skipped)
    return calendar.end_of(day)


def _walk(calendar: WorkingCalendar, start: datetime, amount: timedelta, skipped: list[Skipped]) -> datetime:
    """`amount` of working time after `start`; work that fills a span to its end is due at that end."""
    day, at = start.date(), start
    while True:
        for opens, closes in calendar.spans(day):
            begin = max(at, datetime.combine(day, opens, OFFICE_ZONE))
            end = datetime.combine(day, closes, OFFICE_ZONE)
            if begin < end:
                if amount <= end - begin:
                    return begin + amount
                amount -= end - begin
        day = calendar.next_working(day, skipped)


def _length(spans: tuple[Span, ...]) -> timedelta:
    day = date(2000, 1, 1)
    return sum((datetime.combine(day, end) - datetime.combine(day, start) for start, end in spans), timedelta())


_SAME_DAY = {"same day", "trong ngay", "trong ngay lam viec", "ngay trong ngay", "ngay trong ngay lam viec"}
_UNITS = {
    "hour": TermUnit.HOURS,
    "hours": TermUnit.HOURS,
    "working hours": TermUnit.HOURS,
    "gio": TermUnit.HOURS,
    "gio lam viec": TermUnit.HOURS,
    "working day": TermUnit.WORKING_DAYS,
    "working days": TermUnit.WORKING_DAYS,
    "ngay lam viec": TermUnit.WORKING_DAYS,
    "calendar day": TermUnit.CALENDAR_DAYS,
    "calendar days": TermUnit.CALENDAR_DAYS,
    "day": TermUnit.CALENDAR_DAYS,
    "days": TermUnit.CALENDAR_DAYS,
    "ngay": TermUnit.CALENDAR_DAYS,
    "ngay lich": TermUnit.CALENDAR_DAYS,
}
# "Không quá 03 (ba) ngày làm việc, kể từ ngày nhận đủ hồ sơ": one number, one unit, and no condition.
_TERM = re.compile(r"(?:khong qua )?(\d{1,4}) ?(?:\([a-z ]+\) ?)?([a-z ]+?)(?:,? ke tu (?:ngay|khi) nhan [a-z ]+)?\.?")


def parse_term(text: str) -> Term:
    """ "3 working days", "8 giờ", "15 ngày", "trong ngày" -> Term; "ngày" alone is a calendar day, as in the catalogue.

    Raises: UnknownTermError for anything that is not exactly one number and one unit.
    """
    words = fold(text)
    if words in _SAME_DAY:
        return Term(None, TermUnit.SAME_DAY, text.strip())
    found = _TERM.fullmatch(words)
    unit = _UNITS.get(found[2].strip()) if found else None
    if found is None or unit is None or not 1 <= int(found[1]) <= MAX_TERM:
        raise UnknownTermError(verbatim=text.strip())
    return Term(int(found[1]), unit, text.strip())
