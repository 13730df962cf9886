"""The desk's door to the register of appointments: services behind `RegisterOffice`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.clock import OFFICE_ZONE, Clock, business_day, office_now
from kiosk.domain.appointment import Appointment, AppointmentState
from kiosk.domain.calendar import WEEKDAYS
from kiosk.domain.event import Actor
from kiosk.services import appointments
from kiosk.services.appointments import Booked, Hours, Slot, open_hours
from ui.app import OpenedOffice
from ui.desk.appointments_presenter import BookedLine, Made, SlotLine
from ui.desk.model import Choice

MOST_STEPS = 60  # days; longer than the longest run of days off
STATES = {
    AppointmentState.CANCELLED: ("Đã hủy", ""),
    AppointmentState.MISSED: ("Không đến", "bad"),
    AppointmentState.KEPT: ("Đã đến", "good"),
}


@dataclass
class LiveRegister:
    office: OpenedOffice
    actor: Actor
    clock: Clock = office_now

    @property
    def _hours(self) -> Hours:
        return open_hours(self.office.facts, self.office.calendar)

    def today(self) -> date:
        return business_day(self.clock())

    def step(self, day: date, by: int) -> date:
        hours, groups = self._hours, [g.code for g in self.office.facts.groups]
        for n in range(1, MOST_STEPS):
            found = day + n * by * timedelta(days=1)
            if any(hours(group, found) for group in groups):
                return found
        return day

    def title(self, day: date) -> str:
        words = f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"
        return f"hôm nay, {words}" if day == self.today() else words

    def booked(self, day: date) -> Sequence[BookedLine]:
        with self.office.reads() as look:
            found = appointments.day_of_appointments(look, day)
        names = {g.code: g.name for g in self.office.facts.groups}
        now = self.clock()
        return [_line(b, names.get(b.appointment.group, b.appointment.group), now) for b in found]

    def lines(self) -> Sequence[Choice]:
        return [Choice(g.code, g.name) for g in self.office.facts.groups if g.appointments]

    def slots(self, group: str, day: date) -> Sequence[SlotLine]:
        with self.office.reads() as look:
            found = appointments.slots(look, self.office.facts, self._hours, group, day, self.clock())
        return [SlotLine(s.at.isoformat(), f"{s.at:%H:%M}", _places(s), bool(s.free)) for s in found]

    def book(self, group: str, at: str, name: str, phone: str) -> Made:
        office = self.office
        return _made(
            appointments.book(
                office.units(),
                office.facts,
                self._hours,
                group,
                datetime.fromisoformat(at),
                actor=self.actor,
                now=self.clock(),
                name=name,
                phone=phone,
            )
        )

    def move(self, key: str, at: str) -> Made:
        office, to, now = self.office, datetime.fromisoformat(at), self.clock()
        moved = appointments.move(office.units(), office.facts, self._hours, key, to, actor=self.actor, now=now)
        return _made(moved)

    def cancel(self, key: str) -> None:
        appointments.cancel(self.office.units(), key, actor=self.actor, now=self.clock())

    def check_in(self, key: str) -> str:
        facts, now = self.office.facts, self.office.trusted(self.clock())
        paper_at = self.office.config.prints_at("ticket")
        return appointments.check_in(self.office.units, facts, key, actor=self.actor, now=now, paper_at=paper_at).label


def spaced(code: str) -> str:
    """ "123 456": as it is read aloud."""
    return f"{code[:3]} {code[3:]}"


def _places(slot: Slot) -> str:
    return f"còn {slot.free}/{slot.room} chỗ" if slot.free else "hết chỗ"


def _made(kept: Appointment) -> Made:
    at = kept.at.astimezone(OFFICE_ZONE)
    return Made(kept.key, spaced(kept.code), f"{at:%H:%M} {WEEKDAYS[at.weekday()]} {at:%d/%m/%Y}", kept.day)


def _line(booked: Booked, line: str, now: datetime) -> BookedLine:
    kept = booked.appointment
    is_open = not booked.number and kept.state is AppointmentState.BOOKED
    state, tone = STATES.get(kept.state, ("Quá giờ", "warn") if kept.at < now else ("", ""))
    if booked.number:
        state, tone = f"Đã đến, số {booked.number}", "good"
    person = " · ".join(filter(None, (kept.name, kept.phone))) or "–"
    at = kept.at.astimezone(OFFICE_ZONE)
    return BookedLine(kept.key, f"{at:%H:%M}", line, person, spaced(kept.code), state, tone, kept.group, is_open)
