"""What the acts need of the register of appointments."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from kiosk.domain.appointment import Appointment


class Appointments(Protocol):
    def add(self, appointment: Appointment) -> None: ...

    def save(self, appointment: Appointment) -> None:
        """Compare-and-set on `version`, which is raised by one. Raises: StaleError when somebody was faster."""

    def get(self, key: str) -> Appointment:
        """Raises: NotFoundError."""

    def by_code(self, day: date, code: str) -> Appointment | None: ...

    def of_day(self, day: date) -> list[Appointment]:
        """By time, then as they were made; those called off included."""

    def booked_until(self, day: date) -> list[Appointment]:
        """Those of days up to `day` that were neither called off nor noted as missed."""

    def named_until(self, day: date) -> bool:
        """Whether a name or a telephone number of a day up to `day` is still kept."""

    def forget_people(self, day: date) -> None:
        """Names and telephone numbers of days up to `day`."""
