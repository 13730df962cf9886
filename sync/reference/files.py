"""Files by their content: the name of a file is the SHA-256 of its bytes, so that it is kept once."""

from __future__ import annotations

import hashlib
import os
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Update, select

from sync.reference.database import Database
from sync.reference.tables import files


class WrongContentError(Exception):
    """The bytes do not have the hash that was announced."""


@dataclass(frozen=True)
class KeptFile:
    """path: where the bytes are; size: bytes."""

    sha256: str
    file_id: str
    size: int
    media_type: str
    path: Path


class Files:
    """`adopt` returns when the bytes and their row are on the disk. Thread-safe."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database, self._folder = database, folder
        folder.mkdir(parents=True, exist_ok=True)

    def new_part(self) -> Path:
        """A free place for bytes on their way in, on the same disk."""
        return self._folder / f"{uuid.uuid4().hex}.part"

    def keep(self, content: bytes, sha256: str, file_id: str, media_type: str) -> str:
        """A file that is in memory as a whole; sha256: "" for nothing announced. Returns its hash.

        Raises: WrongContentError.
        """
        part = self.new_part()
        with part.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        return self.adopt(part, sha256, file_id, media_type)

    def adopt(self, part: Path, sha256: str, file_id: str, media_type: str) -> str:
        """Check a written and synced part and take it. Returns the hash computed here.

        sha256: what was announced, "" for nothing. Raises: WrongContentError, and the part is gone.
        """
        computed = hash_of(part)
        if sha256 and computed != sha256:
            part.unlink()
            raise WrongContentError
        self.take(part, computed, file_id, media_type)
        return computed

    def take(self, part: Path, sha256: str, file_id: str, media_type: str, also: Update | None = None) -> None:
        """Bytes first, row second. sha256: computed here, of just these bytes. also: in the same transaction."""
        size = part.stat().st_size
        part.replace(self._folder / sha256)
        sync_folder(self._folder)
        new = self._database.upsert(files).values(
            sha256=sha256, file_id=file_id, size=size, media_type=media_type, times=1
        )
        again = new.on_conflict_do_update(index_elements=["sha256"], set_={"times": files.c.times + 1})
        with self._database.write() as connection:
            connection.execute(again)
            if also is not None:
                connection.execute(also)

    def find(self, sha256: str) -> KeptFile | None:
        with self._database.read() as connection:
            row = connection.execute(select(files).where(files.c.sha256 == sha256)).first()
        if row is None:
            return None
        return KeptFile(row.sha256, row.file_id, row.size, row.media_type, self._folder / row.sha256)


def hash_of(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def hash_of_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sync_folder(folder: Path) -> None:
    """A rename is on the disk only when its folder is."""
    if sys.platform == "win32":
        return  # folders cannot be opened there; NTFS journals names
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
