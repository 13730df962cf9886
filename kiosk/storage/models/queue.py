"""Tickets, and the counter rows that numbers are taken from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.domain.ticket import PrintState, TicketState
from kiosk.storage.models.base import Base


class CounterRow(Base):
    """One gap-free series: "ticket/2026-11-23/A/1", "dossier/2026-11-23/1", "slip/01/2026". last: number given last."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class TicketRow(Base):
    """`kiosk.domain.ticket.Ticket`, field by field."""

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("business_day", "series", "epoch", "n"),
        Index(
            "uq_tickets_touch",
            "touch",
            unique=True,
            sqlite_where=text("touch <> ''"),
            postgresql_where=text("touch <> ''"),
        ),
        # A counter holds at most one ticket, whatever the day: one left open yesterday must be ended first.
        Index(
            "uq_tickets_active_counter",
            "counter",
            unique=True,
            sqlite_where=text("state IN ('called', 'serving')"),
            postgresql_where=text("state IN ('called', 'serving')"),
        ),
        Index("ix_tickets_day_state", "business_day", "state"),
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    series: Mapped[str]
    n: Mapped[int]
    epoch: Mapped[int]
    business_day: Mapped[date]
    group: Mapped[str]
    priority: Mapped[str]
    issued_at: Mapped[datetime]
    effective_at: Mapped[datetime]
    touch: Mapped[str]
    state: Mapped[TicketState]
    priority_reason: Mapped[str]
    counter: Mapped[str | None]
    officer: Mapped[str | None]
    calls: Mapped[int]
    first_called_at: Mapped[datetime | None]
    last_called_at: Mapped[datetime | None]
    serving_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    print_state: Mapped[PrintState]
    version: Mapped[int]


class QueueDayRow(Base):
    """`kiosk.domain.queue_figures.Figures` of the tickets issued on a day that is over."""

    __tablename__ = "queue_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    figures: Mapped[dict[str, Any]]
