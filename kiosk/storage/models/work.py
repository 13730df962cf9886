"""The event log and its chain head, the job table, exchange with other systems, facts about this database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.domain.job import JobState, Wing
from kiosk.storage.models.base import ROW_ID, Base

COMMANDED = text("command IS NOT NULL")


class EventRow(Base):
    """`kiosk.domain.event.Event`. Triggers refuse every change and removal."""

    __tablename__ = "events"
    __table_args__ = (
        Index("uq_events_command", "command", unique=True, sqlite_where=COMMANDED, postgresql_where=COMMANDED),
    )

    seq: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=False)
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    officer: Mapped[str]
    station: Mapped[str]
    counter: Mapped[str | None]
    data: Mapped[dict[str, Any]]
    command: Mapped[str | None]
    prev_hash: Mapped[str]
    hash: Mapped[str]


class ChainHeadRow(Base):
    """The end of the log (one row, id 1): locked while an event is added, and proof that no tail was cut off."""

    __tablename__ = "chain_head"

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str]


OPEN_JOBS = text("state <> 'done'")
STILL_TO_DO = text("state IN ('waiting', 'leased')")
OPEN_LANES = text("state <> 'done' AND lane IS NOT NULL")


class JobRow(Base):
    """`kiosk.domain.job.Job`. leased_until: when another worker may take a leased job."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("wing", "key"),
        # Done jobs are kept for their keys; only the others are ever looked through.
        Index("ix_jobs_open", "wing", "id", sqlite_where=OPEN_JOBS, postgresql_where=OPEN_JOBS),
        # What a worker looks through: what was rejected, such as a year of expired tickets, must not slow it.
        Index(
            "ix_jobs_due", "wing", "priority", "due_at", "id", sqlite_where=STILL_TO_DO, postgresql_where=STILL_TO_DO
        ),
        Index("ix_jobs_state", "wing", "state"),  # for counting
        Index("ix_jobs_lane", "wing", "lane", "id", sqlite_where=OPEN_LANES, postgresql_where=OPEN_LANES),
    )

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    wing: Mapped[Wing]
    key: Mapped[str]
    payload: Mapped[dict[str, Any]]
    lane: Mapped[str | None]
    priority: Mapped[int]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[JobState]
    attempts: Mapped[int]
    owner: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    error: Mapped[str]
    created_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    station: Mapped[str | None]


class ReplyRow(Base):
    """`kiosk.services.ports.Reply`."""

    __tablename__ = "replies"

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    job_id: Mapped[int]
    subject: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    operation: Mapped[str]
    outcome: Mapped[str]
    body: Mapped[str]


class CursorRow(Base):
    """How far a feed of another system has been read; moved in the transaction that applies what was read."""

    __tablename__ = "cursors"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class FactRow(Base):
    """Facts about this database itself, such as the check value of its office key."""

    __tablename__ = "facts"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
