"""The declarative base: one naming rule for constraints, one column type for each Python type."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import JSON, BigInteger, Date, Integer, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase

from kiosk.domain.appointment import AppointmentState
from kiosk.domain.job import JobState, Wing
from kiosk.domain.life import DossierState
from kiosk.domain.procedure import Channel
from kiosk.domain.slip import SlipKind
from kiosk.domain.station import StationKind
from kiosk.domain.ticket import PrintState, TicketState
from kiosk.domain.tracks import HandOverState, MoneyState
from kiosk.storage.types import EnumText, UtcDateTime

# SQLite numbers rows by itself only for the exact type INTEGER.
ROW_ID = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        int: BigInteger(),
        date: Date(),
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        **{kind: EnumText(kind) for kind in (TicketState, PrintState, DossierState, Channel, SlipKind, JobState, Wing)},
        StationKind: EnumText(StationKind),
        AppointmentState: EnumText(AppointmentState),
        MoneyState: EnumText(MoneyState),
        HandOverState: EnumText(HandOverState),
    }


def table_of(model: type[Base]) -> Table:
    """The Core table of a model: statements on it bypass the identity map, so a row read is always the row stored."""
    return cast(Table, model.__table__)
