"""The register of appointments."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, insert, select, text, update
from sqlalchemy.orm import Session

from kiosk.domain.appointment import Appointment
from kiosk.storage.models import AppointmentRow, table_of
from kiosk.storage.rows import compare_and_set, found, lock_office, revived, values_of

A = table_of(AppointmentRow)
# Word for word the conditions of the partial indexes.
IS_BOOKED = text("appointments.state = 'booked'")
IS_NAMED = text("(appointments.name <> '' OR appointments.phone <> '')")
FIXED = frozenset({"key", "group", "made_at"})


class SqlAppointments:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, appointment: Appointment) -> None:
        lock_office(self._session)
        self._session.execute(insert(A).values(values_of(appointment)))

    def save(self, appointment: Appointment) -> None:
        compare_and_set(self._session, A, appointment, FIXED)

    def get(self, key: str) -> Appointment:
        row = self._session.execute(select(A).where(A.c.key == key)).mappings().first()
        return found(Appointment, row, "lịch hẹn", key)

    def by_code(self, day: date, code: str) -> Appointment | None:
        row = self._session.execute(select(A).where(A.c.day == day, A.c.code == code)).mappings().first()
        return None if row is None else revived(Appointment, row)

    def of_day(self, day: date) -> list[Appointment]:
        return self._all(select(A).where(A.c.day == day))

    def booked_until(self, day: date) -> list[Appointment]:
        return self._all(select(A).where(A.c.day <= day, IS_BOOKED))

    def named_until(self, day: date) -> bool:
        named = select(A.c.key).where(A.c.day <= day, IS_NAMED).limit(1)
        return self._session.execute(named).first() is not None

    def forget_people(self, day: date) -> None:
        lock_office(self._session)
        self._session.execute(update(A).where(A.c.day <= day, IS_NAMED).values(name="", phone=""))

    def _all(self, wanted: Select[tuple[object, ...]]) -> list[Appointment]:
        rows = self._session.execute(wanted.order_by(A.c.at, A.c.made_at, A.c.key)).mappings()
        return [revived(Appointment, row) for row in rows]
