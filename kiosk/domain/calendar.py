"""The working calendar and the return date (ngày hẹn trả). Rules: docs/legal.md#terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.procedure import Term
from kiosk.errors import RuleError


class UnknownTermError(RuleError):
    """The procedure's time to solve is not understood; an officer must settle it first. details: verbatim."""

    code = "term.unknown"


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
    """

    hours: Mapping[int, tuple[Span, ...]] = field(default_factory=lambda: dict.fromkeys(range(5), STANDARD_DAY))
    days_off: Mapping[date, str] = field(default_factory=dict)
    working_weekend: Mapping[date, str] = field(default_factory=dict)
    cut_off: time = time(15, 0)

    def spans(self, day: date) -> tuple[Span, ...]:
        """Working hours of a day, () on a day off."""
        if day in self.days_off:
            return ()
        if day in self.working_weekend:
            return STANDARD_DAY
        return tuple(self.hours.get(day.weekday(), ()))

    def is_working(self, day: date) -> bool:
        return bool(self.spans(day))

    def reason_off(self, day: date) -> str:
        """Why a day does not count, in Vietnamese."""
        return self.days_off.get(day) or ("Thứ Bảy" if day.weekday() == 5 else "Chủ nhật")

    def next_working(self, day: date, skipped: list[Skipped] | None = None) -> date:
        """The first working day after `day`; the days passed over are appended to `skipped`."""
        day += timedelta(days=1)
        while not self.is_working(day):
            if skipped is not None:
                skipped.append(Skipped(day, self.reason_off(day)))
            day += timedelta(days=1)
        return day

    def end_of(self, day: date) -> datetime:
        return datetime.combine(day, self.spans(day)[-1][1], OFFICE_ZONE)
