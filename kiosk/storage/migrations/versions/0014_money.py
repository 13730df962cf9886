"""Demands for money, a ledger that only grows, receipts, counted drawers; how a dossier's fee was worked out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)
SQLITE = tuple(
    f"CREATE TRIGGER money_moves_no_{act.lower()} BEFORE {act} ON money_moves "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for act in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    """CREATE FUNCTION money_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE TRIGGER money_moves_no_change BEFORE UPDATE OR DELETE ON money_moves
       FOR EACH ROW EXECUTE FUNCTION money_append_only()""",
    """CREATE TRIGGER money_moves_no_truncate BEFORE TRUNCATE ON money_moves
       FOR EACH STATEMENT EXECUTE FUNCTION money_append_only()""",
)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _of_dossier(table: str) -> list[sa.schema.SchemaItem]:
    """A line of money without its dossier is a fault."""
    name = f"fk_{table}_dossier_key"
    column = sa.Column("dossier_key", sa.Text(), nullable=False)
    to_dossier = sa.ForeignKeyConstraint(
        ["dossier_key"], ["dossiers.key"], name=name, deferrable=True, initially="DEFERRED"
    )
    return [column, to_dossier]


def upgrade() -> None:
    _asks()
    _moves()
    _receipts()
    _counts()
    empty = sa.Column("fee_lines", JSON, nullable=False, server_default=sa.text("'[]'"))
    op.add_column("dossiers", empty)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def _asks() -> None:
    op.create_table(
        "money_asks",
        *_texts("key", "method"),
        *_of_dossier("money_asks"),
        _number("amount"),
        *_texts("state", "officer", "payload", "reference"),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        _number("version"),
        sa.PrimaryKeyConstraint("key", name="pk_money_asks"),
    )
    op.create_index("ix_money_asks_dossier_key", "money_asks", ["dossier_key"])


def _moves() -> None:
    op.create_table(
        "money_moves",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        *_texts("key", "kind", "method"),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _number("amount"),
        *_of_dossier("money_moves"),
        *_texts("procedure_code", "procedure_name", "payer", "officer", "station", "counter"),
        sa.Column("lines", JSON, nullable=False),
        *_texts("receipt", "external", "reference", "reverses", "reason"),
        sa.PrimaryKeyConstraint("id", name="pk_money_moves"),
        sa.UniqueConstraint("key", name="uq_money_moves_key"),
    )
    reverses, reference = sa.text("reverses <> ''"), sa.text("reference <> ''")
    for column in ("day", "dossier_key", "receipt"):
        op.create_index(f"ix_money_moves_{column}", "money_moves", [column])
    op.create_index(
        "uq_money_moves_reverses",
        "money_moves",
        ["reverses"],
        unique=True,
        sqlite_where=reverses,
        postgresql_where=reverses,
    )
    op.create_index(
        "ix_money_moves_reference", "money_moves", ["reference"], sqlite_where=reference, postgresql_where=reference
    )


def _receipts() -> None:
    op.create_table(
        "money_receipts",
        *_texts("key", "series"),
        _number("year"),
        _number("number"),
        *_of_dossier("money_receipts"),
        sa.Column("issued_at", INSTANT, nullable=False),
        _number("copies_printed"),
        sa.Column("cancelled_at", INSTANT, nullable=True),
        *_texts("cancelled_by", "cancel_reason"),
        sa.Column("body", JSON, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_money_receipts"),
        sa.UniqueConstraint("series", "year", "number", name="uq_money_receipts_series_year_number"),
    )
    op.create_index("ix_money_receipts_dossier_key", "money_receipts", ["dossier_key"])


def _counts() -> None:
    op.create_table(
        "cash_counts",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        *_texts("key", "officer", "by", "station", "reason"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        _number("opening"),
        _number("expected"),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cash_counts"),
        sa.UniqueConstraint("key", name="uq_cash_counts_key"),
    )
    op.create_index("ix_cash_counts_day", "cash_counts", ["day"])
