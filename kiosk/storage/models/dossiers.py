"""Procedures, people, dossiers, intake drafts and slips."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.domain.dossier import Consultation, Paper, ResultRecord
from kiosk.domain.fees import FeeLine, Quantity
from kiosk.domain.life import DossierState
from kiosk.domain.linked import StepRecord
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Procedure
from kiosk.domain.proxy import Proxy
from kiosk.domain.slip import Slip, SlipKind
from kiosk.domain.term_clock import TermClock
from kiosk.domain.tracks import HandOverState, MoneyState
from kiosk.storage.models.base import ROW_ID, Base
from kiosk.storage.types import AsJson


class ProcedureRow(Base):
    """One version of a procedure, whole in `body`; the dates in force are the columns', which `close` may change."""

    __tablename__ = "procedures"

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    field_name: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    body: Mapped[Procedure] = mapped_column(AsJson(Procedure))


class PersonRow(Base):
    """`kiosk.domain.person.Person`; saved_at decides between two rows with one number."""

    __tablename__ = "people"
    __table_args__ = (
        Index(
            "ix_people_linked_number",
            "linked_number",
            sqlite_where=text("linked_number <> ''"),
            postgresql_where=text("linked_number <> ''"),
        ),
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    id_number: Mapped[str] = mapped_column(index=True)
    old_id_number: Mapped[str] = mapped_column(index=True)
    born_on: Mapped[str]
    sex: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]
    source: Mapped[str]
    linked_number: Mapped[str] = mapped_column(server_default=text("''"))
    saved_at: Mapped[datetime]


class DossierRow(Base):
    """`kiosk.domain.dossier.Dossier`, with owner, submitter, papers and result as they were at the act.

    id: order of arrival; words: what the search index was last built from.
    """

    __tablename__ = "dossiers"
    __table_args__ = (
        # One intake becomes one dossier, even when the officer's press arrives twice.
        Index(
            "uq_dossiers_draft_key",
            "draft_key",
            unique=True,
            sqlite_where=text("draft_key <> ''"),
            postgresql_where=text("draft_key <> ''"),
        ),
        Index(
            "ix_dossiers_group_key",
            "group_key",
            sqlite_where=text("group_key <> ''"),
            postgresql_where=text("group_key <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(unique=True)
    procedure_code: Mapped[str]
    procedure_version: Mapped[int]
    procedure_name: Mapped[str]
    field_name: Mapped[str]
    owner: Mapped[Person] = mapped_column(AsJson(Person))
    papers: Mapped[list[Paper]] = mapped_column(AsJson(list[Paper]))
    officer: Mapped[str]
    counter: Mapped[str | None]
    state: Mapped[DossierState] = mapped_column(index=True)
    code: Mapped[str | None] = mapped_column(unique=True)
    submitter: Mapped[Person | None] = mapped_column(AsJson(Person))
    channel: Mapped[Channel]
    case: Mapped[str]
    summary: Mapped[str]
    ticket_key: Mapped[str | None]
    created_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None] = mapped_column(index=True)
    due_at: Mapped[datetime | None]
    original_due_at: Mapped[datetime | None]
    term: Mapped[str]
    fee: Mapped[int | None]
    fee_note: Mapped[str]
    sets: Mapped[int]
    return_by_post: Mapped[bool]
    supplements: Mapped[int]
    reason: Mapped[str]
    legal_basis: Mapped[str]
    result: Mapped[ResultRecord | None] = mapped_column(AsJson(ResultRecord))
    returned_at: Mapped[datetime | None]
    returned_to: Mapped[str]
    state_secret: Mapped[bool]
    province_state: Mapped[str]
    external_codes: Mapped[list[str]]
    draft_key: Mapped[str]
    clock: Mapped[TermClock] = mapped_column(AsJson(TermClock), server_default=text("'{}'"))
    consultations: Mapped[tuple[Consultation, ...]] = mapped_column(
        AsJson(tuple[Consultation, ...]), server_default=text("'[]'")
    )
    transferred_to: Mapped[str] = mapped_column(server_default=text("''"))
    money: Mapped[MoneyState] = mapped_column(server_default=text("'unknown'"))
    money_paper: Mapped[str] = mapped_column(server_default=text("''"))
    handed: Mapped[HandOverState] = mapped_column(server_default=text("'nothing_yet'"))
    notified_at: Mapped[datetime | None]
    notified_by: Mapped[str] = mapped_column(server_default=text("''"))
    waybill: Mapped[str] = mapped_column(server_default=text("''"))
    proxy: Mapped[Proxy | None] = mapped_column(AsJson(Proxy))
    group_key: Mapped[str] = mapped_column(server_default=text("''"))
    steps: Mapped[tuple[StepRecord, ...]] = mapped_column(AsJson(tuple[StepRecord, ...]), server_default=text("'[]'"))
    competent_agency: Mapped[str] = mapped_column(server_default=text("''"))
    fee_lines: Mapped[tuple[FeeLine, ...]] = mapped_column(AsJson(tuple[FeeLine, ...]), server_default=text("'[]'"))
    quantity: Mapped[Quantity] = mapped_column(AsJson(Quantity), server_default=text("'{}'"))
    relief: Mapped[str] = mapped_column(server_default=text("''"))
    payment_elsewhere: Mapped[bool] = mapped_column(server_default=false())
    version: Mapped[int]
    words: Mapped[str]


class DossierPersonRow(Base):
    """By which identity numbers a dossier is found: owner's and submitter's, current and old."""

    __tablename__ = "dossier_people"

    id_number: Mapped[str] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True, index=True)


class DossierCodeRow(Base):
    """Every code, besides our key, by which a dossier is known: the official one and other systems'."""

    __tablename__ = "dossier_codes"

    code: Mapped[str] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True, index=True)


class DraftRow(Base):
    """`kiosk.services.ports.Draft`."""

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_officer", "officer", "updated_at"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    officer: Mapped[str]
    counter: Mapped[str | None]
    data: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]


class SlipRow(Base):
    """An issued slip, whole in `body`: what was printed never changes."""

    __tablename__ = "slips"
    __table_args__ = (UniqueConstraint("kind", "year", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[SlipKind]
    year: Mapped[int]
    number: Mapped[int]
    dossier_key: Mapped[str] = mapped_column(
        ForeignKey("dossiers.key", deferrable=True, initially="DEFERRED"), index=True
    )
    issued_at: Mapped[datetime]
    copies_printed: Mapped[int]
    body: Mapped[Slip] = mapped_column(AsJson(Slip))
