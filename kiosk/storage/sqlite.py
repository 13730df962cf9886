"""The embedded engine: SQLite through SQLCipher, one file, several processes on one PC."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlcipher3 import dbapi2

from kiosk.errors import UnsafeEngineError
from kiosk.storage.engine import READS
from kiosk.storage.errors import BusyStoreError
from kiosk.storage.faults import BUSY, BUSY_TIMEOUT_S, from_sqlite, translate
from kiosk.storage.folders import disk_error
from kiosk.storage.turnstile import enter, leave
from kiosk.storage.types import dumps

TURN = "motcua_turn"
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


def sqlite_engine(path: Path, key: bytes, turn: Path | None = None) -> Engine:
    """key: 32 bytes, used raw (no passphrase stretching: 0.04 ms a connection instead of 124). Opens nothing yet.

    turn: where writers queue up; without it they only have SQLite's lock.
    """
    refuse_unsafe()
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=connector(path, key),
        poolclass=QueuePool,
        pool_size=5,
        max_overflow=20,
        json_serializer=dumps,
        hide_parameters=True,  # names and numbers of people would stand in logged errors
    )
    Writers(turn).listen(engine)
    translate(engine, path.parent)
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


@dataclass(frozen=True)
class Writers:
    """The rule of a unit's begin and end. turn: file of the queue of writers, None where nobody else can be."""

    turn: Path | None

    def listen(self, engine: Engine) -> None:
        event.listen(engine, "begin", self.begin)
        event.listen(engine, "checkin", self.end)
        event.listen(engine, "invalidate", self.end)
        event.listen(engine, "close", self.end)

    def begin(self, connection: Connection) -> None:
        """A writing unit takes the write lock at its first statement, so it never has to give up half-way; a reading
        one works on a snapshot, waits for nobody and cannot write. Raises: BusyStoreError."""
        raw: Any = connection.connection.dbapi_connection
        reads = connection.get_execution_options().get(READS, False)
        raw.execute(f"PRAGMA query_only = {int(reads)}")
        if reads:
            raw.execute("BEGIN")
            return
        deadline = time.monotonic() + BUSY_TIMEOUT_S
        if self.turn is not None and TURN not in connection.info:
            try:
                handle = enter(self.turn, BUSY_TIMEOUT_S)
            except OSError as error:
                raise disk_error(error) from error
            if handle is None:
                raise BusyStoreError("queue of writers", seconds=BUSY_TIMEOUT_S)
            connection.info[TURN] = handle
        _begin_immediate(raw, deadline, self.turn.parent if self.turn else None)

    @staticmethod
    def end(_: object, record: ConnectionPoolEntry, *_error: object) -> None:
        """The connection goes back to the pool, or is thrown away: its transaction is over either way."""
        if (handle := record.info.pop(TURN, None)) is not None:
            leave(handle)


def _begin_immediate(raw: Any, deadline: float, folder: Path | None = None) -> None:
    """BEGIN IMMEDIATE, asked again every few milliseconds: SQLite's own pauses grow to 100 ms and starve the unlucky.

    Raises: BusyStoreError.
    """
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                raw.execute("BEGIN IMMEDIATE")
                return
            except dbapi2.OperationalError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF != BUSY:
                    raise (from_sqlite(error, folder) or error) from error
                if time.monotonic() > deadline:
                    raise BusyStoreError(str(error), seconds=BUSY_TIMEOUT_S) from error
            time.sleep(random.uniform(0.001, 0.004))
    finally:
        raw.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000}")
