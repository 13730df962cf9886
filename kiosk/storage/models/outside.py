"""Bundles on sticks, lists that wait for approval, messages to citizens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.domain.bundle import Bundle
from kiosk.domain.citizen_notice import NoticeState, Occasion
from kiosk.domain.proposal import ProposalKind, ProposalState
from kiosk.storage.models.base import ROW_ID, Base
from kiosk.storage.types import AsJson, EnumText


class BundleRow(Base):
    """`kiosk.domain.bundle.Bundle`, whole in `body`."""

    __tablename__ = "bundles"

    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[Bundle] = mapped_column(AsJson(Bundle))


class ProposalRow(Base):
    """`kiosk.domain.proposal.Proposal`, field by field."""

    __tablename__ = "proposals"
    __table_args__ = (Index("ix_proposals_state", "state", "kind"),)

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    kind: Mapped[ProposalKind] = mapped_column(EnumText(ProposalKind))
    source: Mapped[str]
    fetched_at: Mapped[datetime]
    digest: Mapped[str]
    content: Mapped[dict[str, Any]]
    diff: Mapped[tuple[str, ...]] = mapped_column(AsJson(tuple[str, ...]))
    state: Mapped[ProposalState] = mapped_column(EnumText(ProposalState))
    decided_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str]
    counts: Mapped[dict[str, Any]]


class CitizenNoticeRow(Base):
    """`kiosk.domain.citizen_notice.CitizenNotice`, field by field. The key holds it: one occasion, one message."""

    __tablename__ = "citizen_notices"
    __table_args__ = (Index("ix_citizen_notices_made_at", "state", "made_at"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    dossier_key: Mapped[str] = mapped_column(index=True)
    occasion: Mapped[Occasion] = mapped_column(EnumText(Occasion))
    event: Mapped[int]
    made_at: Mapped[datetime]
    state: Mapped[NoticeState] = mapped_column(EnumText(NoticeState))
    phone: Mapped[str]
    text: Mapped[str]
    parts: Mapped[int]
    due_at: Mapped[datetime | None]
    handed_at: Mapped[datetime | None]
    carrier: Mapped[str]
    reference: Mapped[str]
    reason: Mapped[str]
