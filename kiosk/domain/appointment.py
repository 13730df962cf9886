"""A booked time (lịch hẹn): who comes within the office's margin counts as arrived at the time booked."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class Arrival(StrEnum):
    EARLY = "early"
    ON_TIME = "on-time"
    LATE = "late"


def arrival(booked_at: datetime, now: datetime, early: timedelta, late: timedelta) -> Arrival:
    """On time in [booked - early, booked + late): the first instant is in, the last is out."""
    if now < booked_at - early:
        return Arrival.EARLY
    return Arrival.ON_TIME if now < booked_at + late else Arrival.LATE


def standing(
    booked_at: datetime | None, now: datetime, early: timedelta, late: timedelta
) -> tuple[datetime, Arrival | None]:
    """The time that counts as the arrival, and how the appointment was kept. Too early or too late is like no booking:
    the time of coming counts."""
    if booked_at is None:
        return now, None
    kept = arrival(booked_at, now, early, late)
    return (booked_at if kept is Arrival.ON_TIME else now), kept


STEPS_MIN = (5, 10, 15, 30, 60)
MOST_TIMES = 6


def bookable(now: datetime, early: timedelta, late: timedelta) -> list[datetime]:
    """The full times of day for which who comes now is on time, earliest first: every five minutes, or in longer steps
    where the office's margin is wide."""
    for step in STEPS_MIN:
        found = _times(now, early, late, timedelta(minutes=step))
        if len(found) <= MOST_TIMES:
            break
    return found[:MOST_TIMES]


def _times(now: datetime, early: timedelta, late: timedelta, step: timedelta) -> list[datetime]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    at = midnight + ((now - late - midnight) // step) * step
    found: list[datetime] = []
    while at <= now + early:
        if arrival(at, now, early, late) is Arrival.ON_TIME:
            found.append(at)
        at += step
    return found
