"""Bundles on sticks, lists from the province that wait for approval, messages to citizens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
WHOLE = sa.JSON(none_as_null=True)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "bundles",
        sa.Column("epoch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("epoch", "sequence", name="pk_bundles"),
    )
    op.create_table(
        "proposals",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        *_texts("kind", "source"),
        sa.Column("fetched_at", INSTANT, nullable=False),
        *_texts("digest"),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("diff", WHOLE, nullable=False),
        *_texts("state", "decided_by"),
        sa.Column("decided_at", INSTANT, nullable=True),
        *_texts("reason"),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
    )
    op.create_index("ix_proposals_state", "proposals", ["state", "kind"])
    op.create_table(
        "citizen_notices",
        *_texts("key", "dossier_key", "occasion"),
        sa.Column("event", sa.BigInteger(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        *_texts("state", "phone", "text"),
        sa.Column("parts", sa.BigInteger(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("handed_at", INSTANT, nullable=True),
        *_texts("carrier", "reference", "reason"),
        sa.PrimaryKeyConstraint("key", name="pk_citizen_notices"),
    )
    op.create_index("ix_citizen_notices_dossier_key", "citizen_notices", ["dossier_key"])
    op.create_index("ix_citizen_notices_made_at", "citizen_notices", ["state", "made_at"])
