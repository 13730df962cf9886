"""The stand-in's own tables, on SQLite or PostgreSQL. Nothing here is shared with an office's database."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

# office: agency code of the sender. code: under which it came; official: given here, "" until then. decided: the last
# status that was decided here, "" before; `status` may be the office's word again since.
dossiers = Table(
    "dossiers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("office", String, nullable=False),
    Column("code", String, nullable=False),
    Column("official", String, nullable=False),
    Column("status", String, nullable=False),
    Column("decided", String, nullable=False),
    Column("generation", String, nullable=False),
    Column("arrived_at", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("updates", Integer, nullable=False),
    Index("dossiers_code", "code"),  # not unique: a naive province takes the same code twice
    Index("dossiers_official", "official"),
    Index("dossiers_office", "office", "id"),
    Index("dossiers_decided", "decided", "id"),
)

steps = Table(
    "steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier", ForeignKey("dossiers.id"), nullable=False),
    Column("at", String, nullable=False),
    Column("status", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("times", Integer, nullable=False),
    UniqueConstraint("dossier", "at", "status"),
)

files = Table(
    "files",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("file_id", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String, nullable=False),
    Column("times", Integer, nullable=False),
)

# received: bytes that are certainly on the disk. state: "open", "done" or "gone"; expires_at: Unix seconds.
uploads = Table(
    "uploads",
    metadata,
    Column("id", String, primary_key=True),
    Column("length", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("sha256", String, nullable=False),
    Column("file_id", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("metadata", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index("uploads_state", "state", "expires_at"),
)

# What goes back to the offices, in this order. kind: as `LoaiTin` (sync/messages/incoming.py). body: JSON members that
# only this kind has. file: SHA-256 of a result's file, "" for none.
changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("office", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("code", String, nullable=False),
    Column("official", String, nullable=False),
    Column("status", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", String, nullable=False),
    Column("file", String, nullable=False),
    Column("body", Text, nullable=False),
    Index("changes_office", "office", "seq"),
    Index("changes_code", "code"),
    sqlite_autoincrement=True,
)

counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    Column("n", BigInteger, nullable=False),
)
