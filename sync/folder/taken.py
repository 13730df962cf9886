"""What the far end has taken in by stick: each bundle with its receipt, and the newest version of each dossier."""

from __future__ import annotations

import json
import sqlite3
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from sync.folder.answer import Receipt, read_receipt

FILE = "goi-usb.db"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS taken (
    office TEXT NOT NULL, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL, digest TEXT NOT NULL,
    receipts TEXT NOT NULL, PRIMARY KEY (office, epoch, sequence));
CREATE TABLE IF NOT EXISTS version (
    office TEXT NOT NULL, key TEXT NOT NULL, epoch INTEGER NOT NULL, version INTEGER NOT NULL,
    PRIMARY KEY (office, key, epoch));
"""


@dataclass(frozen=True)
class Taken:
    office: str
    epoch: int
    sequence: int
    digest: str
    receipts: tuple[Receipt, ...]


class TakenBook:
    """A file of its own beside the store. One connection behind one lock."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(folder / FILE, check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def epoch(self, office: str) -> int:
        """The newest that was seen of an office, 0 for none."""
        with self._lock:
            [newest] = self._db.execute("SELECT max(epoch) FROM taken WHERE office = ?", (office,)).fetchone()
        return int(newest or 0)

    def get(self, office: str, epoch: int, sequence: int) -> Taken | None:
        query = "SELECT digest, receipts FROM taken WHERE office = ? AND epoch = ? AND sequence = ?"
        with self._lock:
            row = self._db.execute(query, (office, epoch, sequence)).fetchone()
        if row is None:
            return None
        receipts = tuple(read_receipt(values) for values in json.loads(row[1]))
        return Taken(office, epoch, sequence, str(row[0]), receipts)

    def note(self, taken: Taken) -> None:
        receipts = json.dumps([asdict(r) for r in taken.receipts], ensure_ascii=False)
        values = (taken.office, taken.epoch, taken.sequence, taken.digest, receipts)
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO taken VALUES (?, ?, ?, ?, ?)", values)

    def version(self, office: str, key: str, epoch: int) -> int:
        query = "SELECT version FROM version WHERE office = ? AND key = ? AND epoch = ?"
        with self._lock:
            row = self._db.execute(query, (office, key, epoch)).fetchone()
        return int(row[0]) if row else -1

    def note_version(self, office: str, key: str, epoch: int, version: int) -> None:
        """The newest stays."""
        statement = (
            "INSERT INTO version VALUES (?, ?, ?, ?) "
            "ON CONFLICT (office, key, epoch) DO UPDATE SET version = max(version, excluded.version)"
        )
        with self._lock:
            self._db.execute(statement, (office, key, epoch, version))
