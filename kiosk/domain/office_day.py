"""When an office's morning and day are over, by the calendars of all its lines. Times follow the calendar, no reset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import WorkingCalendar


@dataclass(frozen=True)
class DayEnds:
    """lunch and back: the longest gap between the hours, None where there is none; closes: the end of the last hours,
    None on a day without any. All aware, office zone."""

    lunch: datetime | None = None
    back: datetime | None = None
    closes: datetime | None = None


def day_ends(calendars: Iterable[WorkingCalendar], day: date) -> DayEnds:
    """A desk is open while any of its lines is: one field's Saturday morning, or one without lunch, counts for all."""
    spans = _joined(sorted({span for calendar in calendars for span in calendar.open_spans(day)}))
    if not spans:
        return DayEnds()
    gaps = [(_at(day, end), _at(day, begin)) for (_, end), (begin, _) in pairwise(spans)]
    lunch, back = max(gaps, key=lambda gap: gap[1] - gap[0], default=(None, None))
    return DayEnds(lunch, back, _at(day, spans[-1][1]))


def _joined(spans: list[tuple[time, time]]) -> list[tuple[time, time]]:
    joined: list[tuple[time, time]] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, OFFICE_ZONE)
