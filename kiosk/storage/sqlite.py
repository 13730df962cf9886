"""The embedded engine: SQLite through SQLCipher, one file, several processes on one PC."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from kiosk.errors import UnsafeEngineError
from kiosk.storage.errors import BusyStoreError
from kiosk.storage.faults import BUSY, BUSY_TIMEOUT_S, from_sqlite, translate
from kiosk.storage.types import dumps

READS = "motcua_reads"
APPLICATION_ID = 0x4D435541  # "MCUA" in the file's header: ours, and nobody else's

Version = tuple[int, ...]

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # NORMAL lost acknowledged commits in 8 of 40 power cuts, FULL in none of 95
    "foreign_keys = ON",
    f"busy_timeout = {BUSY_TIMEOUT_S * 1000}",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",  # no personal data in temporary files
    "secure_delete = ON",
    "mmap_size = 0",
    *(("fullfsync = ON",) if sys.platform == "darwin" else ()),
)


def refuse_unsafe(version: Version = dbapi2.sqlite_version_info) -> None:
    """3.7.0 to 3.51.2 may lose committed rows at a WAL reset (sqlite.org/wal.html), but for two mended branches.

    Raises: UnsafeEngineError.
    """
    mended = (version[:2] == (3, 44) and version >= (3, 44, 6)) or (version[:2] == (3, 50) and version >= (3, 50, 7))
    if (3, 7, 0) <= version <= (3, 51, 2) and not mended:
        raise UnsafeEngineError(version=".".join(map(str, version)))


def sqlite_engine(path: Path, key: bytes) -> Engine:
    """key: 32 bytes, used raw (no passphrase stretching: 0.04 ms a connection instead of 124). Opens nothing yet."""
    refuse_unsafe()
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=connector(path, key),
        poolclass=QueuePool,
        pool_size=5,
        max_overflow=20,
        json_serializer=dumps,
    )
    event.listen(engine, "begin", _begin)
    translate(engine)
    return engine


def connector(path: Path, key: bytes) -> Callable[[], Any]:
    """A function that opens one keyed connection; units move between threads, never at the same time."""
    keyed = f"""PRAGMA key = "x'{key.hex()}'" """

    def connect() -> Any:
        connection = dbapi2.connect(
            path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(keyed)
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            connection.close()
            raise
        return connection

    return connect


def _begin(connection: Connection) -> None:
    """A writing unit takes the write lock at its first statement, so it never has to give up half-way; a reading one
    works on a snapshot, waits for nobody and cannot write."""
    raw: Any = connection.connection.dbapi_connection
    reads = connection.get_execution_options().get(READS, False)
    raw.execute(f"PRAGMA query_only = {int(reads)}")
    if reads:
        raw.execute("BEGIN")
    else:
        _begin_immediate(raw)


def _begin_immediate(raw: Any) -> None:
    """BEGIN IMMEDIATE, asking again ever more often: who has waited longest asks most, so nobody starves.

    SQLite's own wait does the opposite (1, 2, 5 … 100 ms), which makes the unlucky wait for seconds under load.
    Raises: BusyStoreError.
    """
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    pause = 0.002
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                raw.execute("BEGIN IMMEDIATE")
                return
            except dbapi2.OperationalError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF != BUSY:
                    raise (from_sqlite(error) or error) from error
                if time.monotonic() > deadline:
                    raise BusyStoreError(str(error), seconds=BUSY_TIMEOUT_S) from error
            time.sleep(pause * random.uniform(0.5, 1.0))
            pause = max(pause * 0.8, 0.0002)
    finally:
        raw.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000}")
