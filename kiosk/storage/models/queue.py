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
        Index("ix_tickets_line", "serve_day", "state"),
        Index(
            "ix_tickets_carried",
            "serve_day",
            "series",
            sqlite_where=text("serve_day > business_day"),
            postgresql_where=text("serve_day > business_day"),
        ),
        Index(
            "ix_tickets_open",
            "serve_day",
            sqlite_where=text("state IN ('waiting', 'called', 'serving', 'parked')"),
            postgresql_where=text("state IN ('waiting', 'called', 'serving', 'parked')"),
        ),
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
    # The defaults are for rows of an earlier version only: the program always writes every field.
    serve_day: Mapped[date] = mapped_column(server_default=text("'0001-01-01'"))
    line_at: Mapped[datetime] = mapped_column(server_default=text("'0001-01-02 00:00:00'"))
    rank: Mapped[int] = mapped_column(server_default=text("1"))
    for_counter: Mapped[str | None]
    dossiers: Mapped[int] = mapped_column(server_default=text("1"))
    booked_at: Mapped[datetime | None]
    returns: Mapped[int] = mapped_column(server_default=text("0"))
    outcome: Mapped[str] = mapped_column(server_default=text("''"))
    appointment: Mapped[str] = mapped_column(server_default=text("''"))


class PauseRow(Base):
    """`kiosk.domain.counter.Pause`: the counters that are closed for a while."""

    __tablename__ = "pauses"

    counter: Mapped[str] = mapped_column(primary_key=True)
    officer: Mapped[str]
    reason: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class QueueDayRow(Base):
    """`kiosk.domain.queue_figures.Figures` of the tickets issued on a day that is over."""

    __tablename__ = "queue_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    figures: Mapped[dict[str, Any]]
