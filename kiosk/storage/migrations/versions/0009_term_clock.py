"""The clock of a dossier's term: how it is counted, when it stood still, its extension. Earlier dossiers: as ever."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("dossiers", sa.Column("clock", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
