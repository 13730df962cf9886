"""The register of appointments."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.domain.appointment import AppointmentState
from kiosk.storage.models.base import Base


class AppointmentRow(Base):
    """`kiosk.domain.appointment.Appointment`, field by field."""

    __tablename__ = "appointments"
    __table_args__ = (
        Index("uq_appointments_day_code", "day", "code", unique=True),
        Index(
            "ix_appointments_booked",
            "day",
            sqlite_where=text("state = 'booked'"),
            postgresql_where=text("state = 'booked'"),
        ),
        Index(
            "ix_appointments_named",
            "day",
            sqlite_where=text("name <> '' OR phone <> ''"),
            postgresql_where=text("name <> '' OR phone <> ''"),
        ),
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]
    day: Mapped[date]
    at: Mapped[datetime]
    group: Mapped[str]
    made_at: Mapped[datetime]
    name: Mapped[str]
    phone: Mapped[str]
    state: Mapped[AppointmentState]
    version: Mapped[int]
