"""A job may name the machine that does it; one without a name is anybody's, as all were before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("jobs", sa.Column("station", sa.Text(), nullable=True))
