"""How much of a term is left, in working days and in words."""

from __future__ import annotations

from datetime import datetime

from kiosk.clock import business_day
from kiosk.domain.calendar import WorkingCalendar

FARTHEST = 400  # days that are counted one by one; a longer term is told in calendar days


def days_left(calendar: WorkingCalendar, now: datetime, due_at: datetime) -> int:
    """Working days from tomorrow to the day of the promise; 0 on that day; below 0 the working days since."""
    today, due_day = business_day(now), business_day(due_at)
    first, last = min(today, due_day), max(today, due_day)
    days = (last - first).days
    if days <= FARTHEST:
        days = sum(
            calendar.is_working(first.fromordinal(n)) for n in range(first.toordinal() + 1, last.toordinal() + 1)
        )
    return days if due_day >= today else -days


def left_words(calendar: WorkingCalendar, now: datetime, due_at: datetime, soon: int = 1) -> tuple[str, str]:
    """What is left in words, and its tone: "good", "warn" from `soon` working days before on, "bad" once late."""
    left = days_left(calendar, now, due_at)
    if now > due_at:
        return f"quá hạn {-left} ngày làm việc" if left else "đã quá hạn", "bad"
    if left == 0:
        return "hạn hôm nay" if business_day(now) == business_day(due_at) else "còn dưới 1 ngày làm việc", "warn"
    return f"còn {left} ngày làm việc", "warn" if left <= soon else "good"
