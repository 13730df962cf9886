"""Which files each connection was told of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "told_files",
        *_texts("connection", "dossier_key", "file_id", "component", "name", "url", "sha256"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("connection", "dossier_key", "file_id", name="pk_told_files"),
    )
