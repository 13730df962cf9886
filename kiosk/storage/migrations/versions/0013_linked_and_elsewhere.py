"""Steps of linked procedures, and who solves what is only taken in here; money of dossiers that ended before.

0011 called every fee that nobody had noted as paid owed, also of dossiers that ended long before money was noted here:
nobody knows of those.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ENDED = ("returned", "refused", "withdrawn", "stopped", "transferred")
NOTED = ("dossier.fee_set", "dossier.paid", "dossier.exempted", "dossier.refunded")


def upgrade() -> None:
    op.add_column("dossiers", sa.Column("steps", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("dossiers", sa.Column("competent_agency", sa.Text(), nullable=False, server_default=sa.text("''")))
    dossiers = sa.table("dossiers", *map(sa.column, ("key", "state", "money", "money_paper")))
    events = sa.table("events", *map(sa.column, ("kind", "subject")))
    noted = sa.exists().where(events.c.subject == dossiers.c.key, events.c.kind.in_(NOTED))
    unknown = (dossiers.c.money == "owed") & (dossiers.c.money_paper == "") & dossiers.c.state.in_(ENDED) & ~noted
    op.execute(dossiers.update().where(unknown).values(money="unknown"))
