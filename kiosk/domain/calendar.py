"""The working calendar of a field of procedures: hours, days off, days worked instead. See docs/legal.md#calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiosk.clock import OFFICE_ZONE
from kiosk.errors import RuleError

_MAX_GAP_DAYS = 60  # the longest run of days off on record is under three weeks

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

Span = tuple[time, time]
STANDARD_DAY: tuple[Span, ...] = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))


class NoWorkingDayError(RuleError):
    """The office's calendar has no working day within sight of `day`. details: day."""

    code = "calendar.no_working_day"


class DayKind(StrEnum):
    """Why a day does not count.

    SWAP: off in exchange for a Saturday worked (hoán đổi); IN_LIEU: for a holiday on a weekend (nghỉ bù); LOCAL: by
    the province or the office; RECEPTION: papers are taken in, and no more; WAITING: for the citizen.
    """

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SWAP = "swap"
    IN_LIEU = "in-lieu"
    LOCAL = "local"
    RECEPTION = "reception"
    WAITING = "waiting"


@dataclass(frozen=True)
class Skipped:
    day: date
    reason: str
    kind: DayKind = DayKind.HOLIDAY


@dataclass(frozen=True)
class Season:
    """Other hours for a part of the year (giờ mùa hè, mùa đông). first, last: (month, day), both included; a season
    may go over New Year. since, until: days between which it is in force, until excluded."""

    first: tuple[int, int]
    last: tuple[int, int]
    hours: Mapping[int, tuple[Span, ...]]
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        if (self.since is not None and day < self.since) or (self.until is not None and day >= self.until):
            return False
        today = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= today <= self.last
        return today >= self.first or today <= self.last


@dataclass(frozen=True)
class WorkingCalendar:
    """Working hours by weekday (0 = Monday), days off with their reason, make-up days worked on a weekend.

    cut_off: after it a same-day procedure is due at the end of the next working day, and a dossier is passed on the
    next morning (NĐ 61/2018 Art 18.2, kept in NĐ 118/2025). hours default to 7:30-11:30 and 13:30-17:00; a province
    decides its own. reception: hours by weekday in which papers are taken in but which are no working day for a term,
    such as the police's Saturday morning: the day of reception is then that Saturday, and counting begins on Monday.
    seasons: the first that covers a day decides its hours; day_hours: of single days. day_length: of a day of a term
    that is counted by the minute; None for the office's own. natures: kind of the days off, HOLIDAY where unnamed.
    """

    hours: Mapping[int, tuple[Span, ...]] = field(default_factory=lambda: dict.fromkeys(range(5), STANDARD_DAY))
    days_off: Mapping[date, str] = field(default_factory=dict)
    working_weekend: Mapping[date, str] = field(default_factory=dict)
    cut_off: time = time(15, 0)
    reception: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    seasons: tuple[Season, ...] = ()
    day_hours: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    day_length: timedelta | None = None
    natures: Mapping[date, DayKind] = field(default_factory=dict)

    def spans(self, day: date) -> tuple[Span, ...]:
        """Working hours of a day, () on a day off."""
        if day in self.days_off:
            return ()
        if day in self.day_hours:
            return self.day_hours[day]
        week = self._week(day)
        if day in self.working_weekend:
            return _longest(week)
        return tuple(week.get(day.weekday(), ()))

    def open_spans(self, day: date) -> tuple[Span, ...]:
        """Hours in which papers are taken in: the working hours, or those of reception only."""
        if day in self.days_off:
            return ()
        return self.spans(day) or tuple(self.reception.get(day.weekday(), ()))

    def _week(self, day: date) -> Mapping[int, tuple[Span, ...]]:
        return next((season.hours for season in self.seasons if season.covers(day)), self.hours)

    @property
    def ordinary_day(self) -> tuple[Span, ...]:
        """The week's longest working day, outside any season; a make-up day is worked like the longest of its own."""
        return _longest(self.hours)

    @property
    def counted_day(self) -> timedelta:
        """Working time of one day of a term that is counted by the minute: the same all year round."""
        return self.day_length or _length(self.ordinary_day)

    def is_working(self, day: date) -> bool:
        return bool(self.spans(day))

    def off(self, day: date) -> Skipped:
        """Why a day does not count, in Vietnamese."""
        if day in self.days_off:
            return Skipped(day, self.days_off[day], self.natures.get(day, DayKind.HOLIDAY))
        name = WEEKDAYS[day.weekday()]
        if self.reception.get(day.weekday()):
            return Skipped(day, f"{name}: chỉ tiếp nhận hồ sơ, không tính vào thời hạn", DayKind.RECEPTION)
        return Skipped(day, name, DayKind.WEEKEND)

    def reason_off(self, day: date) -> str:
        return self.off(day).reason

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
                skipped.append(self.off(day))
            day += timedelta(days=1)
        return day

    def opening(self, at: datetime, skipped: list[Skipped], *, for_reception: bool) -> datetime:
        """The instant itself while the office works, else the next opening. for_reception: or only takes papers in.

        Raises: NoWorkingDayError.
        """
        day, clock = at.date(), at.timetz().replace(tzinfo=None)
        while True:
            spans = self.open_spans(day) if for_reception else self.spans(day)
            for start, end in spans:
                if clock <= end:
                    return datetime.combine(day, max(clock, start), OFFICE_ZONE)
            if not spans:
                skipped.append(self.off(day))
            if (day - at.date()).days > _MAX_GAP_DAYS:
                raise NoWorkingDayError(day=f"{at:%d/%m/%Y}")
            day, clock = day + timedelta(days=1), time(0)

    def begin_of(self, day: date) -> datetime:
        return datetime.combine(day, self.spans(day)[0][0], OFFICE_ZONE)

    def end_of(self, day: date) -> datetime:
        return datetime.combine(day, self.spans(day)[-1][1], OFFICE_ZONE)


def _longest(week: Mapping[int, tuple[Span, ...]]) -> tuple[Span, ...]:
    return max(week.values(), key=_length, default=()) or STANDARD_DAY


def _length(spans: tuple[Span, ...]) -> timedelta:
    day = date(2000, 1, 1)
    return sum((datetime.combine(day, end) - datetime.combine(day, start) for start, end in spans), timedelta())
