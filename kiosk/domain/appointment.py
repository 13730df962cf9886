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
