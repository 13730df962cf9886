"""The counter where a desk or a rating screen was paired to stand: a rating screen votes on no other service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("stations", sa.Column("counter", sa.Text(), nullable=False, server_default=sa.text("''")))
