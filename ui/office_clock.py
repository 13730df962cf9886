"""The office's day runs by itself: looks now and then what the calendar has made due, on every PC that works."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from kiosk.clock import Clock
from kiosk.services.office_round import Hours, OfficeRound
from kiosk.services.recount import CalendarRound
from ui.app import OpenedOffice

LOOK_EACH_S = 20.0

log = structlog.get_logger()


def office_hours(office: OpenedOffice) -> Hours:
    """By the calendars of all fields of the lines, as the kiosk keeps them."""
    fields = {name for group in office.facts.groups for name in group.fields} or {""}
    return Hours([office.calendar(name) for name in sorted(fields)], office.calendar(""))


@dataclass
class OfficeClock:
    """One for a program. clock: the office's own (its database server's) where none is given: a PC that was switched on
    with a wrong year, before anybody else wrote a line, would end everybody's number. running_s: seconds of a clock
    that nobody sets."""

    office: OpenedOffice
    clock: Clock | None = None
    running_s: Callable[[], float] = time.monotonic
    _round: OfficeRound = field(init=False)
    _calendar: CalendarRound = field(init=False)

    def __post_init__(self) -> None:
        office = self.office
        station = office.config.station.name
        self._round = OfficeRound(office.reads, office.units, office.facts, office_hours(office), station)
        packs = office.calendars
        self._calendar = CalendarRound(office.reads, office.units, office.desk, lambda: packs.fingerprint, station)

    def look(self) -> None:
        """Raises: KioskError; what was due is still due at the next look."""
        now = (self.clock or self.office.now)()
        self._round.hours = office_hours(self.office)  # a pack may have come since: nobody's number ends by the old one
        for closed in self._round.look(now, self.running_s()):
            counts = {"carried": len(closed.carried), "expired": len(closed.expired), "forced": len(closed.forced)}
            log.info("office.closed", day=closed.day.isoformat(), **counts)
        if done := self._calendar.look(now):
            log.info("calendar.applied", counted=done.counted, moved=len(done.moved))
