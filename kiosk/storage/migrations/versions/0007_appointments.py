"""Appointments of citizens, and which of them a number belongs to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "appointments",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_appointments"),
    )
    booked, named = sa.text("state = 'booked'"), sa.text("name <> '' OR phone <> ''")
    op.create_index("uq_appointments_day_code", "appointments", ["day", "code"], unique=True)
    op.create_index("ix_appointments_booked", "appointments", ["day"], sqlite_where=booked, postgresql_where=booked)
    op.create_index("ix_appointments_named", "appointments", ["day"], sqlite_where=named, postgresql_where=named)
    op.execute("DELETE FROM queue_days")  # they were kept without appointments, and are computed again from the log
    op.add_column("tickets", sa.Column("appointment", sa.Text(), server_default=sa.text("''"), nullable=False))
