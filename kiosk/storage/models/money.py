"""Demands for money, the ledger, receipts, counted drawers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.domain.fees import FeeLine
from kiosk.domain.money import AskState, MoneyReceipt, MoveKind, PayMethod
from kiosk.storage.models.base import ROW_ID, Base
from kiosk.storage.types import AsJson, EnumText


def _dossier() -> ForeignKey:
    """A line of money without its dossier is a fault."""
    return ForeignKey("dossiers.key", deferrable=True, initially="DEFERRED")


class MoneyAskRow(Base):
    """`kiosk.domain.money.Ask`."""

    __tablename__ = "money_asks"

    key: Mapped[str] = mapped_column(primary_key=True)
    dossier_key: Mapped[str] = mapped_column(_dossier(), index=True)
    method: Mapped[PayMethod] = mapped_column(EnumText(PayMethod))
    amount: Mapped[int]
    state: Mapped[AskState] = mapped_column(EnumText(AskState))
    asked_at: Mapped[datetime]
    officer: Mapped[str]
    payload: Mapped[str]
    reference: Mapped[str]
    ended_at: Mapped[datetime | None]
    version: Mapped[int]


class MoneyMoveRow(Base):
    """`kiosk.domain.money.Move`: the ledger. The database refuses to change or take out a line."""

    __tablename__ = "money_moves"
    __table_args__ = (
        # A line is cancelled once, given back in parts.
        Index(
            "uq_money_moves_reverses",
            "reverses",
            unique=True,
            sqlite_where=text("reverses <> '' AND kind = 'cancelled'"),
            postgresql_where=text("reverses <> '' AND kind = 'cancelled'"),
        ),
        Index(
            "ix_money_moves_reverses",
            "reverses",
            sqlite_where=text("reverses <> ''"),
            postgresql_where=text("reverses <> ''"),
        ),
        Index(
            "ix_money_moves_reference",
            "reference",
            sqlite_where=text("reference <> ''"),
            postgresql_where=text("reference <> ''"),
        ),
        Index("ix_money_moves_day", "day"),
    )

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    day: Mapped[date]
    kind: Mapped[MoveKind] = mapped_column(EnumText(MoveKind))
    method: Mapped[PayMethod] = mapped_column(EnumText(PayMethod))
    amount: Mapped[int]
    dossier_key: Mapped[str] = mapped_column(_dossier(), index=True)
    procedure_code: Mapped[str]
    procedure_name: Mapped[str]
    payer: Mapped[str]
    officer: Mapped[str]
    station: Mapped[str]
    counter: Mapped[str]
    lines: Mapped[tuple[FeeLine, ...]] = mapped_column(AsJson(tuple[FeeLine, ...]))
    receipt: Mapped[str] = mapped_column(index=True)
    external: Mapped[str]
    reference: Mapped[str]
    reverses: Mapped[str]
    reason: Mapped[str]


class MoneyReceiptRow(Base):
    """A receipt, whole in `body`; whether it was cancelled, and how often it was printed, beside it."""

    __tablename__ = "money_receipts"
    __table_args__ = (UniqueConstraint("series", "year", "number"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    series: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    dossier_key: Mapped[str] = mapped_column(_dossier(), index=True)
    issued_at: Mapped[datetime]
    copies_printed: Mapped[int]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str]
    cancel_reason: Mapped[str]
    body: Mapped[MoneyReceipt] = mapped_column(AsJson(MoneyReceipt))


class CashCountRow(Base):
    """`kiosk.domain.money.CashCount`. notes: value of a note -> how many."""

    __tablename__ = "cash_counts"

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(unique=True)
    day: Mapped[date] = mapped_column(index=True)
    officer: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    station: Mapped[str]
    opening: Mapped[int]
    expected: Mapped[int]
    notes: Mapped[dict[str, Any]]
    reason: Mapped[str]
