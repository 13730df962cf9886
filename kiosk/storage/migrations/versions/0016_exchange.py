"""Steps marked as sent for each connection, conflicts with the province, dossiers that came online."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)
STEP = ":progress:"


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "sent_steps",
        *_texts("connection", "dossier_key"),
        sa.Column("event_seq", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("connection", "dossier_key", "event_seq", name="pk_sent_steps"),
    )
    op.create_table(
        "conflicts",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        *_texts("dossier_key", "connection", "kind", "theirs", "ours"),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        *_texts("file_id"),
        sa.Column("seen_at", INSTANT, nullable=True),
        *_texts("seen_by"),
        sa.PrimaryKeyConstraint("id", name="pk_conflicts"),
        sa.UniqueConstraint(
            "dossier_key", "kind", "theirs", "told_at", name="uq_conflicts_dossier_key_kind_theirs_told_at"
        ),
    )
    op.create_table(
        "online_dossiers",
        *_texts("key", "connection", "procedure_code", "procedure_name"),
        sa.Column("owner", JSON, nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=False),
        sa.Column("came_at", INSTANT, nullable=False),
        *_texts("case", "summary"),
        sa.Column("return_by_post", sa.Boolean(), nullable=False),
        sa.Column("files", JSON, nullable=False),
        *_texts("state", "dossier_key"),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_online_dossiers"),
    )
    op.create_index("ix_online_dossiers_state", "online_dossiers", ["state"])
    _mark_what_was_sent()


def _mark_what_was_sent() -> None:
    """The steps that were sent so far are in the jobs alone; nobody noted over which connection."""
    connection = op.get_bind()
    jobs = sa.table("jobs", *(sa.column(n) for n in ("wing", "key", "state", "done_at")))
    marks = sa.table("sent_steps", *(sa.column(n) for n in ("connection", "dossier_key", "event_seq", "sent_at")))
    number = sa.cast(sa.func.substr(jobs.c.key, 12 + len(STEP) + 1), sa.BigInteger())
    # Keys of dossiers have twelve digits, more only after the 9999th of a station's day.
    sent = sa.select(sa.literal(""), sa.func.substr(jobs.c.key, 1, 12), number, jobs.c.done_at).where(
        jobs.c.wing == "sync",
        jobs.c.state == "done",
        jobs.c.done_at.is_not(None),
        sa.func.substr(jobs.c.key, 13, len(STEP)) == STEP,
    )
    connection.execute(marks.insert().from_select(["connection", "dossier_key", "event_seq", "sent_at"], sent))
