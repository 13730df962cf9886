"""For whom somebody submits, which dossiers came together, which numbers are one person's; files found by content."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("dossiers", sa.Column("proxy", sa.JSON(), nullable=True))
    op.add_column("dossiers", sa.Column("group_key", sa.Text(), nullable=False, server_default=sa.text("''")))
    grouped = sa.text("group_key <> ''")
    op.create_index("ix_dossiers_group_key", "dossiers", ["group_key"], sqlite_where=grouped, postgresql_where=grouped)
    op.add_column("people", sa.Column("linked_number", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.create_index(
        "ix_people_linked_number",
        "people",
        ["linked_number"],
        sqlite_where=sa.text("linked_number <> ''"),
        postgresql_where=sa.text("linked_number <> ''"),
    )
    op.create_index("ix_files_sha256", "files", ["sha256"])
