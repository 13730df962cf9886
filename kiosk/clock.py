"""Time of the office: aware, Asia/Ho_Chi_Minh; the business day belongs to the act, never to a nightly job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

Clock = Callable[[], datetime]


def office_now() -> datetime:
    """Now, aware, in the office's zone."""
    return datetime.now(OFFICE_ZONE)


def business_day(at: datetime) -> date:
    """The civil day of an aware instant in the office's zone.

    Raises: ValueError for a naive datetime, which has no day of its own.
    """
    if at.tzinfo is None:
        raise ValueError("naive datetime")
    return at.astimezone(OFFICE_ZONE).date()


def midnight(day: date) -> datetime:
    """When a civil day of the office begins."""
    return datetime.combine(day, time(), OFFICE_ZONE)
