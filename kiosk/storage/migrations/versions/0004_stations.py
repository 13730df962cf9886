"""Stations of an office, and the letters under which its kiosks number by themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

INSTANT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "stations",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("machine", sa.Text(), nullable=False),
        sa.Column("lease", sa.Text(), nullable=False),
        sa.Column("enrolled_at", INSTANT, nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=True),
        sa.Column("clock_off_s", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("is_doubtful", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_stations"),
    )
    op.create_table(
        "series_grants",
        sa.Column("epoch", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("epoch", name="pk_series_grants"),
    )
    held = sa.text("until IS NULL")
    op.create_index(
        "uq_series_grants_letter", "series_grants", ["letter"], unique=True, sqlite_where=held, postgresql_where=held
    )
