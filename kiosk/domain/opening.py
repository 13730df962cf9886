"""When numbers are given: the hours of the lines' calendars, and a little earlier for who comes early."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import WorkingCalendar

LOOK_AHEAD_DAYS = 60  # as far as the longest run of days off on record, with room


@dataclass(frozen=True)
class Opening:
    """opens_at: when to come back, aware; None while open, or when no opening is in sight."""

    is_open: bool
    opens_at: datetime | None = None


ALWAYS = Opening(True)


def opening(calendars: Iterable[WorkingCalendar], now: datetime, early: timedelta) -> Opening:
    """Open while any of the calendars takes papers in, from `early` before each span. `now`: aware.

    opens_at is the start of work, not the early minute: nobody is asked to come before the officers do.
    """
    known = list(calendars)
    local = now.astimezone(OFFICE_ZONE)
    for ahead in range(LOOK_AHEAD_DAYS):
        day = local.date() + timedelta(days=ahead)
        for start, end in sorted({span for calendar in known for span in calendar.open_spans(day)}):
            begins = datetime.combine(day, start, OFFICE_ZONE)
            if local >= datetime.combine(day, end, OFFICE_ZONE):
                continue
            return ALWAYS if local >= begins - early else Opening(False, begins)
    return Opening(False)
