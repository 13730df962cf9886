"""Uploads on their way in: what each is to become, and how many of its bytes are certainly on the disk."""

from __future__ import annotations

import os
import secrets
import time
from dataclasses import dataclass, replace
from io import FileIO
from pathlib import Path

from sqlalchemy import Row, select, update

from sync.reference.database import Database
from sync.reference.files import Files, WrongContentError, hash_of
from sync.reference.tables import uploads

# Synced after this much or this long, so that a cut costs little and a slow line is not slowed down.
SYNC_BYTES = 1024 * 1024
SYNC_S = 2.0


@dataclass(frozen=True)
class Upload:
    """received: bytes that are certainly on the disk. state: "open", "done" or "gone". expires_at: Unix seconds.

    sha256: what was announced until it is done, then what was computed here. metadata: as the client wrote it.
    """

    id: str
    length: int
    received: int
    sha256: str
    file_id: str
    media_type: str
    metadata: str
    state: str
    expires_at: int

    @property
    def is_open(self) -> bool:
        return self.state == "open"


class Uploads:
    """Thread-safe, but for one upload only one thread may write at a time: the caller sees to that."""

    def __init__(self, database: Database, files: Files, folder: Path, lifetime_s: int) -> None:
        self._database, self._files, self._folder, self._lifetime_s = database, files, folder, lifetime_s
        folder.mkdir(parents=True, exist_ok=True)

    def sweep(self) -> int:
        """Throw away bytes that nobody can go on with; before anything is received. Returns how many files."""
        with self._database.read() as connection:
            going_on = set(connection.execute(select(uploads.c.id).where(uploads.c.state == "open")).scalars())
        left = [part for part in self._folder.glob("*.part") if part.stem not in going_on]
        for part in left:
            part.unlink()
        return len(left)

    def create(self, length: int, *, sha256: str, file_id: str, media_type: str, metadata: str) -> Upload:
        self._forget_expired()
        new = Upload(
            secrets.token_hex(16), length, 0, sha256, file_id, media_type, metadata, "open", self._end_of_life()
        )
        self._part(new.id).touch()
        with self._database.write() as connection:
            connection.execute(uploads.insert().values(**vars(new)))
        return new

    def find(self, upload_id: str) -> Upload | None:
        """An expired one is "gone"."""
        with self._database.read() as connection:
            row = connection.execute(select(uploads).where(uploads.c.id == upload_id)).first()
        found = None if row is None else _upload(row)
        if found is not None and found.is_open and found.expires_at < time.time():
            self.forget(upload_id)
            return self.find(upload_id)
        return found

    def tail(self, upload: Upload) -> Tail:
        return Tail(self._part(upload.id), upload.received)

    def advance(self, upload_id: str, received: int) -> None:
        """After the bytes were synced."""
        change = {"received": received, "expires_at": self._end_of_life()}
        self._change(upload_id, **change)

    def finish(self, upload: Upload) -> Upload:
        """All bytes are here: check them and keep the file. Raises: WrongContentError, and the upload is gone.

        Done again after a cut it is harmless: the hash is noted first, so a part that has become a file is found.
        """
        part = self._part(upload.id)
        computed = hash_of(part) if part.exists() else upload.sha256
        if upload.sha256 not in ("", computed) or not (part.exists() or self._files.find(computed)):
            self.forget(upload.id)
            raise WrongContentError
        self._change(upload.id, sha256=computed, received=upload.length)
        done = update(uploads).where(uploads.c.id == upload.id).values(state="done")
        if part.exists():
            self._files.take(part, computed, upload.file_id, upload.media_type, done)
        else:
            self._change(upload.id, state="done")
        return replace(upload, state="done", sha256=computed)

    def forget(self, upload_id: str) -> None:
        """The client or the clock gave it up."""
        self._change(upload_id, state="gone")
        self._part(upload_id).unlink(missing_ok=True)

    def _change(self, upload_id: str, **values: object) -> None:
        with self._database.write() as connection:
            connection.execute(update(uploads).where(uploads.c.id == upload_id).values(**values))

    def _forget_expired(self) -> None:
        old = (uploads.c.state == "open") & (uploads.c.expires_at < time.time())
        with self._database.read() as connection:
            ids = connection.execute(select(uploads.c.id).where(old).limit(20)).scalars().all()
        for upload_id in ids:
            self.forget(upload_id)

    def _end_of_life(self) -> int:
        return int(time.time()) + self._lifetime_s

    def _part(self, upload_id: str) -> Path:
        return self._folder / f"{upload_id}.part"


class Tail:
    """The growing end of one upload's bytes. Whatever lay behind what is certain is cut off first."""

    def __init__(self, part: Path, start: int) -> None:
        self.size = self._synced = start
        self._file = FileIO(part, "r+")
        self._file.truncate(start)
        self._file.seek(start)
        self._synced_at = time.monotonic()

    def write(self, chunk: bytes) -> None:
        rest = memoryview(chunk)
        while rest:
            rest = rest[self._file.write(rest) or 0 :]
        self.size += len(chunk)

    def is_due(self) -> bool:
        waiting = self.size - self._synced
        return waiting >= SYNC_BYTES or (waiting > 0 and time.monotonic() - self._synced_at >= SYNC_S)

    def sync(self) -> None:
        """What was written so far is certain after it."""
        os.fsync(self._file.fileno())
        self._synced, self._synced_at = self.size, time.monotonic()

    def close(self) -> None:
        self._file.close()


def _upload(row: Row[tuple[object, ...]]) -> Upload:
    return Upload(**row._mapping)
