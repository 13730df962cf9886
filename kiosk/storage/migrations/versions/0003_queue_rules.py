"""Queue rules: the day and the place in line of a ticket, how it ended; counters that are paused."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

INSTANT = sa.DateTime(timezone=True)


def where(condition: str) -> dict[str, Any]:
    """A partial index on both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    for column in (
        sa.Column("serve_day", sa.Date(), nullable=False, server_default=sa.text("'0001-01-01'")),
        sa.Column("line_at", INSTANT, nullable=False, server_default=sa.text("'0001-01-02 00:00:00'")),
        sa.Column("rank", sa.BigInteger(), nullable=False, server_default=sa.text("1")),
        sa.Column("for_counter", sa.Text(), nullable=True),
        sa.Column("dossiers", sa.BigInteger(), nullable=False, server_default=sa.text("1")),
        sa.Column("booked_at", INSTANT, nullable=True),
        sa.Column("returns", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("outcome", sa.Text(), nullable=False, server_default=sa.text("''")),
    ):
        op.add_column("tickets", column)
    op.execute("UPDATE tickets SET serve_day = business_day, line_at = issued_at")
    op.execute("UPDATE tickets SET outcome = 'served' WHERE state = 'finished'")
    op.execute("UPDATE tickets SET outcome = state WHERE state IN ('no_show', 'left')")
    op.drop_index("ix_tickets_day_state", table_name="tickets")
    op.create_index("ix_tickets_line", "tickets", ["serve_day", "state"], unique=False)
    carried, unended = "serve_day > business_day", "state IN ('waiting', 'called', 'serving', 'parked')"
    op.create_index("ix_tickets_carried", "tickets", ["serve_day", "series"], unique=False, **where(carried))
    op.create_index("ix_tickets_open", "tickets", ["serve_day"], unique=False, **where(unended))
    op.create_table(
        "pauses",
        sa.Column("counter", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("counter", name="pk_pauses"),
    )
