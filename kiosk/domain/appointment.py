"""A booked time (lịch hẹn): who comes within the office's margin counts as arrived at the time booked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.dossier import check_digit
from kiosk.errors import RuleError

CODE_DIGITS = 6


class AppointmentState(StrEnum):
    """BOOKED until the end of its day, also when its citizen has come: the ticket then names the appointment."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    KEPT = "kept"
    MISSED = "missed"


class AppointmentEndedError(RuleError):
    """Called off, missed, or its citizen has a number already. details: code, number (of the ticket, "" for none),
    numbered (the same as it stands behind a word)."""

    code = "appointment.ended"


@dataclass
class Appointment:
    """One citizen's time of one line. code: six digits that the citizen is told, one of the day; name and phone are
    the citizen's own wish, and forgotten when the day is over. version: compare-and-set counter."""

    key: str
    code: str
    day: date
    at: datetime
    group: str
    made_at: datetime
    name: str = ""
    phone: str = ""
    state: AppointmentState = AppointmentState.BOOKED
    version: int = 0

    def refuse_ended(self, number: str) -> None:
        """number: label of the ticket that its citizen came with, "" for none. Raises: AppointmentEndedError."""
        if number or self.state is not AppointmentState.BOOKED:
            raise AppointmentEndedError(code=self.code, number=number, numbered=f" {number}" if number else "")


def code_of(five: int) -> str:
    """Six digits, the last of which checks the others; five: up to 99999."""
    body = f"{five:05d}"
    return body + check_digit(body)


def is_code(text: str) -> bool:
    return len(text) == CODE_DIGITS and text.isascii() and text.isdigit() and check_digit(text[:-1]) == text[-1]


def slot_times(day: date, spans: Iterable[tuple[time, time]], minutes: int) -> list[datetime]:
    """The beginnings of a day's slots, each of which ends before the desk closes."""
    found: list[datetime] = []
    for opens, closes in sorted(spans):
        at, end = datetime.combine(day, opens, OFFICE_ZONE), datetime.combine(day, closes, OFFICE_ZONE)
        while at + timedelta(minutes=minutes) <= end:
            found.append(at)
            at += timedelta(minutes=minutes)
    return list(dict.fromkeys(found))


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
