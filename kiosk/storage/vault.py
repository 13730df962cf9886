"""The office's files: in a folder beside the database, or inside the database that several stations share."""

from __future__ import annotations

import os
import time
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, sessionmaker

from kiosk.domain.scan import StoredFile
from kiosk.errors import DamagedFileError
from kiosk.storage.folders import disk_error, sync_folder, write_synced
from kiosk.storage.keys import derived
from kiosk.storage.models import BlobRow, table_of

B = table_of(BlobRow)
FORGOTTEN_S = 24 * 3600  # a temporary file this old belongs to nobody who still runs


class FolderVault:
    """Random names, two levels of folders. A content is whole on the disk before it has its name, and its name is on
    the disk before `put` returns; a power cut leaves at most a file in `incoming` that no row knows."""

    def __init__(self, root: Path, key: bytes) -> None:
        self._root, self._key = root, derived(key, "vault")
        self._incoming = root / "incoming"

    def put(self, content: bytes, media_type: str) -> StoredFile:
        from kiosk.storage.sealing import seal

        file, sealed = seal(content, media_type, self._key)
        draft = self._incoming / file.id
        try:
            self._make_folder(self._incoming)
            write_synced(draft, sealed)
            self._make_folder(self._path(file.id).parent)
            draft.rename(self._path(file.id))
            sync_folder(self._path(file.id).parent)
        except OSError as error:
            self._forget(draft)
            raise disk_error(error) from error
        return file

    def get(self, file: StoredFile) -> bytes:
        from kiosk.storage.sealing import unseal

        try:
            sealed = self._path(file.id).read_bytes()
        except FileNotFoundError:
            raise DamagedFileError(file=file.id) from None
        except OSError as error:
            raise disk_error(error) from error
        return unseal(file, sealed, self._key)

    def sweep(self, older_than_s: float = FORGOTTEN_S) -> int:
        """Remove what crashed writers left in `incoming`; returns how many."""
        limit, swept = time.time() - older_than_s, 0
        for left in self._incoming.glob("*"):
            if left.stat().st_mtime <= limit:
                left.unlink(missing_ok=True)
                swept += 1
        return swept

    def _path(self, file_id: str) -> Path:
        return self._root / file_id[:2] / file_id[2:4] / file_id

    def _make_folder(self, folder: Path) -> None:
        """With its parents, each on the disk before anything is put into it."""
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)

    @staticmethod
    def _forget(draft: Path) -> None:
        try:
            draft.unlink(missing_ok=True)
        except OSError:
            os.truncate(draft, 0)


class DatabaseVault:
    """The same promises inside PostgreSQL: any station reads what any other has scanned."""

    def __init__(self, sessions: sessionmaker[Session], key: bytes) -> None:
        self._sessions, self._key = sessions, derived(key, "vault")

    def put(self, content: bytes, media_type: str) -> StoredFile:
        from kiosk.storage.sealing import seal

        file, sealed = seal(content, media_type, self._key)
        with self._sessions() as session:
            session.execute(insert(B).values(id=file.id, content=sealed))
            session.commit()
        return file

    def get(self, file: StoredFile) -> bytes:
        from kiosk.storage.sealing import unseal

        with self._sessions() as session:
            sealed = session.execute(select(B.c.content).where(B.c.id == file.id)).scalar()
        if sealed is None:
            raise DamagedFileError(file=file.id)
        return unseal(file, sealed, self._key)

    def sweep(self, older_than_s: float = FORGOTTEN_S) -> int:  # noqa: ARG002
        """Nothing to do: the database leaves no halves."""
        return 0
