"""What was mended, outside the log; how a fee was counted, where a demand is paid; more than one refund of a line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONCE = "uq_money_moves_reverses"


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        *_texts("key", "dossier_key"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_texts("officer", "reason"),
        sa.Column("changes", sa.JSON(), nullable=False),
        *_texts("salt"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.UniqueConstraint("key", name="uq_corrections_key"),
        sa.ForeignKeyConstraint(
            ["dossier_key"],
            ["dossiers.key"],
            name="fk_corrections_dossier_key",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("ix_corrections_dossier_key", "corrections", ["dossier_key"])
    op.add_column("dossiers", sa.Column("quantity", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    op.add_column("dossiers", sa.Column("relief", sa.Text(), nullable=False, server_default=sa.text("''")))
    here: sa.Column[bool] = sa.Column("payment_elsewhere", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("dossiers", here)
    _refund_in_parts()


def _refund_in_parts() -> None:
    """A line is cancelled once; it may be given back in several parts."""
    once = sa.text("reverses <> '' AND kind = 'cancelled'")
    op.drop_index(ONCE, "money_moves")
    op.create_index(ONCE, "money_moves", ["reverses"], unique=True, sqlite_where=once, postgresql_where=once)
    back = sa.text("reverses <> ''")
    op.create_index("ix_money_moves_reverses", "money_moves", ["reverses"], sqlite_where=back, postgresql_where=back)
