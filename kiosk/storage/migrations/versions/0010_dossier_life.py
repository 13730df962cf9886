"""What other agencies were asked about a dossier, and which one it was handed to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("dossiers", sa.Column("consultations", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("dossiers", sa.Column("transferred_to", sa.Text(), nullable=False, server_default=sa.text("''")))
