"""Files of the vault, scanned pages and the documents made of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage.models.base import Base
from kiosk.storage.types import AsJson


class FileRow(Base):
    """`kiosk.domain.scan.StoredFile` and whose it is."""

    __tablename__ = "files"
    __table_args__ = (Index("ix_files_owner", "owner", "sha256"), Index("ix_files_sha256", "sha256"))

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    sealed_key: Mapped[bytes] = mapped_column(LargeBinary)


class PageRow(Base):
    """`kiosk.domain.scan.ScannedPage`. Its file must exist when the act is committed."""

    __tablename__ = "pages"
    __table_args__ = (Index("ix_pages_owner", "owner", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    number: Mapped[int]
    file_id: Mapped[str] = mapped_column(ForeignKey("files.id", deferrable=True, initially="DEFERRED"))
    source: Mapped[str]
    at: Mapped[datetime]
    component: Mapped[str]
    dpi: Mapped[int]
    blank: Mapped[bool]
    discarded: Mapped[bool]
    meta: Mapped[dict[str, Any]]


class DocumentRow(Base):
    """`kiosk.domain.scan.Document`: one for each owner and component."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("owner", "component"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    component: Mapped[str]
    file_id: Mapped[str] = mapped_column(ForeignKey("files.id", deferrable=True, initially="DEFERRED"))
    page_ids: Mapped[tuple[str, ...]] = mapped_column(AsJson(tuple[str, ...]))
    text: Mapped[str]
    at: Mapped[datetime]
    confidence: Mapped[float]
    type_code: Mapped[str]
    fields: Mapped[dict[str, Any]]
    remote: Mapped[str]


class BlobRow(Base):
    """Sealed file contents, when the office keeps its vault inside the database (several stations)."""

    __tablename__ = "blobs"

    id: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
