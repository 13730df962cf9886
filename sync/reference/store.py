"""What the stand-in has received: rows in SQLite, bytes in files, both safe on the disk before it answers yes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS dossier (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, official TEXT NOT NULL DEFAULT '', status TEXT NOT NULL,
    body TEXT NOT NULL, updates INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS dossier_code ON dossier (code);
CREATE INDEX IF NOT EXISTS dossier_official ON dossier (official);
CREATE TABLE IF NOT EXISTS progress (
    dossier INTEGER NOT NULL REFERENCES dossier, at TEXT NOT NULL, status TEXT NOT NULL, body TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (dossier, at, status));
CREATE TABLE IF NOT EXISTS file (
    sha256 TEXT PRIMARY KEY, id TEXT NOT NULL, size INTEGER NOT NULL, media_type TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL, official TEXT NOT NULL, status TEXT NOT NULL,
    note TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, n INTEGER NOT NULL);
"""


class UnknownDossierError(Exception):
    """No dossier under this code."""


class KnownDossierError(Exception):
    """There is one under this code already."""


class WrongContentError(Exception):
    """The bytes do not have the hash that was announced."""


class ProvinceStore:
    """One connection behind one lock: a second one could meet the WAL fault of the older SQLite of many systems."""

    def __init__(self, folder: Path) -> None:
        self._files = folder / "files"
        self._files.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(folder / "province.db", check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def insert(self, entries: Sequence[Mapping[str, Any]], *, naive: bool, allocate: bool, now: str) -> None:
        """All or none. naive: like systems without a unique key, which happily take the same code twice.

        allocate: give an official code, told through the changes. Raises: KnownDossierError.
        """
        with self._transaction():
            for entry in entries:
                code = str(entry["MaHoSo"])
                if self._row(code) is not None:
                    self._count("inserted again")
                    if not naive:
                        raise KnownDossierError(code)
                status, body = str(entry["TrangThaiHoSo"]), _json(entry)
                new = self._db.execute(
                    "INSERT INTO dossier (code, status, body) VALUES (?, ?, ?)", (code, status, body)
                ).lastrowid
                if allocate:
                    self._allocate(int(new or 0), code, status, now)

    def update(self, entries: Sequence[Mapping[str, Any]]) -> None:
        """All or none; replaces whole dossiers. Raises: UnknownDossierError."""
        with self._transaction():
            for entry in entries:
                row = self._known(str(entry["MaHoSo"]))
                self._db.execute(
                    "UPDATE dossier SET status = ?, body = ?, updates = updates + 1 WHERE id = ?",
                    (str(entry["TrangThaiHoSo"]), _json(entry), row["id"]),
                )

    def add_progress(self, entries: Sequence[Mapping[str, Any]]) -> None:
        """All or none; a step seen before (code, time, status) is counted, not added. Raises: UnknownDossierError."""
        with self._transaction():
            for entry in entries:
                row = self._known(str(entry["MaHoSo"]))
                self._db.execute(
                    "INSERT INTO progress (dossier, at, status, body) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET times = times + 1",
                    (row["id"], str(entry["ThoiDiemXuLy"]), str(entry["TrangThai"]), _json(entry)),
                )

    def find(self, code: str) -> dict[str, Any] | None:
        """The dossier by our or the official code, with its steps."""
        with self._lock:
            row = self._row(code)
            if row is None:
                return None
            steps = self._db.execute("SELECT at, status FROM progress WHERE dossier = ? ORDER BY at", (row["id"],))
            return {
                **json.loads(row["body"]),
                "MaHoSo": row["code"],
                "MaHoSoQuocGia": row["official"],
                "TrangThaiHoSo": row["status"],
                "DanhSachTienTrinh": [{"ThoiDiemXuLy": s["at"], "TrangThai": s["status"]} for s in steps],
            }

    def decide(self, code: str, status: str, note: str, official: str, now: str) -> None:
        """The province's own act, told through the changes. Raises: UnknownDossierError."""
        with self._transaction():
            row = self._known(code)
            official = official or row["official"]
            self._db.execute("UPDATE dossier SET status = ?, official = ? WHERE id = ?", (status, official, row["id"]))
            self._tell(row["code"], official, status, note, now)

    def changes(self, after: int, limit: int) -> list[sqlite3.Row]:
        with self._lock:
            query = "SELECT * FROM change WHERE seq > ? ORDER BY seq LIMIT ?"
            return self._db.execute(query, (after, limit)).fetchall()

    def keep_file(self, sha256: str, file_id: str, content: bytes, media_type: str) -> str:
        """Bytes first, row second; returns the hash computed here. Raises: WrongContentError."""
        computed = hashlib.sha256(content).hexdigest()
        if computed != sha256:
            raise WrongContentError
        place = self._files / sha256
        part = place.with_suffix(f".{threading.get_ident()}.part")
        with part.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(place)
        _sync_folder(self._files)
        with self._transaction():
            self._db.execute(
                "INSERT INTO file (sha256, id, size, media_type) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET times = times + 1",
                (sha256, file_id, len(content), media_type),
            )
        return computed

    def file(self, sha256: str) -> tuple[sqlite3.Row, Path] | None:
        with self._lock:
            row = self._db.execute("SELECT * FROM file WHERE sha256 = ?", (sha256,)).fetchone()
        return (row, self._files / sha256) if row is not None else None

    def count(self, name: str) -> None:
        with self._transaction():
            self._count(name)

    def report(self) -> dict[str, Any]:
        """Everything received, for tests and for the demonstration. doubled: codes that stand there more than once."""
        with self._lock:
            rows = self._db.execute("SELECT * FROM dossier ORDER BY id").fetchall()
            steps = self._db.execute(
                "SELECT d.code, p.at, p.status, p.times FROM progress p JOIN dossier d ON d.id = p.dossier"
                " ORDER BY p.rowid"
            ).fetchall()
            files = self._db.execute("SELECT * FROM file ORDER BY rowid").fetchall()
            counters = self._db.execute("SELECT name, n FROM counter").fetchall()
        codes = [r["code"] for r in rows]
        return {
            "dossiers": len(rows),
            "codes": codes,
            "doubled": sorted({c for c in codes if codes.count(c) > 1}),
            "official": {r["code"]: r["official"] for r in rows if r["official"]},
            "statuses": {r["code"]: r["status"] for r in rows},
            "progress": len(steps),
            "steps": [[s["code"], s["at"], s["status"]] for s in steps],
            "progress_repeated": sum(s["times"] - 1 for s in steps),
            "files": len(files),
            "file_hashes": [f["sha256"] for f in files],
            "files_repeated": sum(f["times"] - 1 for f in files),
            "requests": {c["name"]: c["n"] for c in counters},
        }

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _row(self, code: str) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._db.execute(
            "SELECT * FROM dossier WHERE code = ? OR (official = ? AND official <> '') ORDER BY id LIMIT 1",
            (code, code),
        ).fetchone()
        return found

    def _known(self, code: str) -> sqlite3.Row:
        row = self._row(code)
        if row is None:
            raise UnknownDossierError(code)
        return row

    def _allocate(self, row: int, code: str, status: str, now: str) -> None:
        official = f"{code.split('-')[0]}-{now[:8]}-{row:07d}"
        self._db.execute("UPDATE dossier SET official = ? WHERE id = ?", (official, row))
        self._tell(code, official, status, "Đã cấp mã hồ sơ", now)

    def _tell(self, code: str, official: str, status: str, note: str, now: str) -> None:
        self._db.execute(
            "INSERT INTO change (code, official, status, note, at) VALUES (?, ?, ?, ?, ?)",
            (code, official, status, note, now),
        )

    def _count(self, name: str) -> None:
        self._db.execute("INSERT INTO counter (name, n) VALUES (?, 1) ON CONFLICT DO UPDATE SET n = n + 1", (name,))


def _json(entry: Mapping[str, Any]) -> str:
    return json.dumps(dict(entry), ensure_ascii=False)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
