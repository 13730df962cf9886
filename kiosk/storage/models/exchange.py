"""What the exchange with the province keeps besides its jobs: marks of steps, conflicts, online dossiers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.domain.conflict import ConflictKind
from kiosk.domain.incoming import OnlineState, SentFile
from kiosk.domain.person import Person
from kiosk.storage.models.base import ROW_ID, Base
from kiosk.storage.types import AsJson, EnumText


class SentStepRow(Base):
    """One step that a connection has been told. connection: "" for what was sent before marks were kept."""

    __tablename__ = "sent_steps"

    connection: Mapped[str] = mapped_column(primary_key=True)
    dossier_key: Mapped[str] = mapped_column(primary_key=True)
    event_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sent_at: Mapped[datetime]


class UploadPlaceRow(Base):
    """Where an unfinished upload goes on: known before its first byte leaves, forgotten when it is done."""

    __tablename__ = "upload_places"

    identity: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]


class ToldFileRow(Base):
    """`kiosk.domain.told.ToldFile`, of one dossier and connection."""

    __tablename__ = "told_files"

    connection: Mapped[str] = mapped_column(primary_key=True)
    dossier_key: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[str] = mapped_column(primary_key=True)
    component: Mapped[str]
    name: Mapped[str]
    url: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]


class ConflictRow(Base):
    """`kiosk.domain.conflict.Conflict`."""

    __tablename__ = "conflicts"
    # The province tells the same thing again and again: one line.
    __table_args__ = (
        UniqueConstraint(
            "dossier_key", "kind", "theirs", "told_at", name="uq_conflicts_dossier_key_kind_theirs_told_at"
        ),
    )

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    dossier_key: Mapped[str]
    connection: Mapped[str]
    kind: Mapped[ConflictKind] = mapped_column(EnumText(ConflictKind))
    theirs: Mapped[str]
    ours: Mapped[str]
    told_at: Mapped[datetime]
    at: Mapped[datetime]
    file_id: Mapped[str]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str]


class OnlineRow(Base):
    """`kiosk.domain.incoming.OnlineDossier`."""

    __tablename__ = "online_dossiers"

    key: Mapped[str] = mapped_column(primary_key=True)
    connection: Mapped[str]
    procedure_code: Mapped[str]
    procedure_name: Mapped[str]
    owner: Mapped[Person] = mapped_column(AsJson(Person))
    submitted_at: Mapped[datetime]
    came_at: Mapped[datetime]
    case: Mapped[str]
    summary: Mapped[str]
    return_by_post: Mapped[bool]
    files: Mapped[tuple[SentFile, ...]] = mapped_column(AsJson(tuple[SentFile, ...]))
    state: Mapped[OnlineState] = mapped_column(EnumText(OnlineState), index=True)
    dossier_key: Mapped[str]
    version: Mapped[int]
