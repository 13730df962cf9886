"""The log by time: what a kiosk or a desk tells days later stands far behind its own time."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("ix_events_at", "events", ["at"], unique=False)
