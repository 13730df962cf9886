"""Money and hand-over as states of their own; earlier dossiers stand as their fee and their end say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

TEXTS = {"money": "unknown", "money_paper": "", "handed": "nothing_yet", "notified_by": "", "waybill": ""}


def upgrade() -> None:
    for name, value in TEXTS.items():
        op.add_column("dossiers", sa.Column(name, sa.Text(), nullable=False, server_default=sa.text(f"'{value}'")))
    op.add_column("dossiers", sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE dossiers SET money = CASE WHEN fee > 0 THEN 'owed' ELSE 'nothing' END WHERE fee IS NOT NULL")
    op.execute("UPDATE dossiers SET handed = 'ready' WHERE state = 'result_ready'")
    op.execute("UPDATE dossiers SET handed = 'handed_over' WHERE state = 'returned'")
