"""The register of appointments of the fake office (`fakes.FakeOffice`)."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import date

from kiosk.domain.appointment import Appointment, AppointmentState
from kiosk.errors import NotFoundError, StaleError


class FakeAppointments:
    """shelf: what is committed with the rest of the unit, by key."""

    def __init__(self, shelf: dict[str, Appointment]) -> None:
        self._shelf = shelf

    def add(self, appointment: Appointment) -> None:
        if self.by_code(appointment.day, appointment.code) is not None:
            raise StaleError
        self._shelf[appointment.key] = copy(appointment)

    def save(self, appointment: Appointment) -> None:
        if self._shelf[appointment.key].version != appointment.version:
            raise StaleError
        appointment.version += 1
        self._shelf[appointment.key] = copy(appointment)

    def get(self, key: str) -> Appointment:
        if key not in self._shelf:
            raise NotFoundError(what="lịch hẹn", key=key)
        return copy(self._shelf[key])

    def by_code(self, day: date, code: str) -> Appointment | None:
        return next((copy(a) for a in self._shelf.values() if (a.day, a.code) == (day, code)), None)

    def of_day(self, day: date) -> list[Appointment]:
        return self._sorted(a for a in self._shelf.values() if a.day == day)

    def booked_until(self, day: date) -> list[Appointment]:
        return self._sorted(a for a in self._shelf.values() if a.day <= day and a.state is AppointmentState.BOOKED)

    def named_until(self, day: date) -> bool:
        return any(a.day <= day and (a.name or a.phone) for a in self._shelf.values())

    def forget_people(self, day: date) -> None:
        for key, kept in self._shelf.items():
            if kept.day <= day:
                self._shelf[key] = replace(kept, name="", phone="")

    @staticmethod
    def _sorted(found: Iterable[Appointment]) -> list[Appointment]:
        return [copy(a) for a in sorted(found, key=lambda a: (a.at, a.made_at, a.key))]
