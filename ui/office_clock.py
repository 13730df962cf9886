"""The office's day runs by itself: looks now and then what the calendar has made due, on every PC that works."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import structlog

from kiosk.clock import Clock, business_day, office_now
from kiosk.domain.event import Actor
from kiosk.services.clock_trust import ClockTrust
from kiosk.services.office_round import Hours, end_what_is_due, settle_papers
from kiosk.services.queue_stats import settle_days
from ui.app import OpenedOffice

LOOK_EACH_S = 20.0
FIRST_LOOK_BACK = timedelta(days=14)  # papers of the days before this PC was switched on: longer than Tết

log = structlog.get_logger()


def office_hours(office: OpenedOffice) -> Hours:
    """By the calendars of all fields of the lines, as the kiosk keeps them."""
    fields = {name for group in office.facts.groups for name in group.fields} or {""}
    return Hours([office.calendar(name) for name in sorted(fields)], office.calendar(""))


@dataclass
class OfficeClock:
    """One for a program. running_s: seconds of a clock that nobody sets."""

    office: OpenedOffice
    clock: Clock = office_now
    running_s: Callable[[], float] = time.monotonic
    _trust: ClockTrust = field(init=False)
    _hours: Hours = field(init=False)
    _settled_on: date | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._trust = ClockTrust(self.office.config.station.name)
        self._hours = office_hours(self.office)

    def look(self) -> None:
        """Raises: KioskError; what was due is still due at the next look."""
        office, now = self.office, self.clock()
        actor = Actor("", office.config.station.name)
        with office.reads() as look:
            trusted = self._trust.looks_right(look, now, self.running_s())
        if trusted:
            for closed in end_what_is_due(office.reads, office.units, office.facts, self._hours, actor=actor, now=now):
                counts = {"carried": len(closed.carried), "expired": len(closed.expired), "forced": len(closed.forced)}
                log.info("office.closed", day=closed.day.isoformat(), **counts)
        is_new = self._settled_on != business_day(now)
        back = FIRST_LOOK_BACK if is_new else timedelta(0)
        settle_papers(office.reads, office.units, actor=actor, now=now, back=back)
        if trusted and is_new:
            settle_days(office.reads, office.units, now=now)
            self._settled_on = business_day(now)
