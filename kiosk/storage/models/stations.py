"""The stations of an office and the letters that its kiosks number under."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.domain.station import StationKind
from kiosk.storage.models.base import ROW_ID, Base

HELD = text("until IS NULL")


class StationRow(Base):
    """`kiosk.domain.station.Station`, field by field."""

    __tablename__ = "stations"

    name: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[StationKind]
    machine: Mapped[str]
    lease: Mapped[str]
    enrolled_at: Mapped[datetime]
    letter: Mapped[str]
    epoch: Mapped[int]
    seen_at: Mapped[datetime | None]
    clock_off_s: Mapped[int]
    version: Mapped[str]
    revoked_at: Mapped[datetime | None]
    is_doubtful: Mapped[bool]
    counter: Mapped[str]


class SeriesGrantRow(Base):
    """`kiosk.domain.station.Grant`. The index holds it: one letter, one holder."""

    __tablename__ = "series_grants"
    __table_args__ = (
        Index("uq_series_grants_letter", "letter", unique=True, sqlite_where=HELD, postgresql_where=HELD),
    )

    epoch: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=False)
    letter: Mapped[str]
    station: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
