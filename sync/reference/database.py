"""Where the stand-in keeps its rows: a SQLite file of its own, or a PostgreSQL database of its own."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, func, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from kiosk.errors import InputError
from sync.reference.tables import counters, metadata

# As many as there are threads that answer requests: nobody waits for a connection.
CONNECTIONS = 40
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 10000")


class ProvinceDatabaseError(InputError):
    """The stand-in's database cannot be opened. details: url (without its password)."""

    code = "province.database"


class Database:
    """Rows are on the disk when `write` is left. Thread-safe; one writer at a time on SQLite."""

    def __init__(self, where: Path | str) -> None:
        """where: a file, or "postgresql://…". Makes what is missing. Raises: ProvinceDatabaseError."""
        self._engine = _engine(where)
        self._is_server = self._engine.dialect.name == "postgresql"
        self._turn = threading.Lock()
        try:
            metadata.create_all(self._engine)
        except SQLAlchemyError as error:
            self._engine.dispose()
            raise ProvinceDatabaseError(url=_shown(where)) from error

    def close(self) -> None:
        self._engine.dispose()

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """All or nothing."""
        if self._is_server:
            with self._engine.begin() as connection:
                yield connection
            return
        with self._turn, self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")

    def lock(self, connection: Connection, name: str) -> None:
        """Until the end of this transaction nobody else holds `name`; on SQLite nobody else writes anyway."""
        if self._is_server:
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))

    def upsert(self, table: Any) -> Any:
        """An INSERT of this engine that knows ON CONFLICT."""
        return postgresql.insert(table) if self._is_server else sqlite.insert(table)

    def next_number(self, connection: Connection, name: str) -> int:
        """1, 2, 3 … for each name, without gaps."""
        new = self.upsert(counters).values(name=name, n=1)
        new = new.on_conflict_do_update(index_elements=["name"], set_={"n": counters.c.n + 1})
        return int(connection.execute(new.returning(counters.c.n)).scalar_one())


def _engine(where: Path | str) -> Engine:
    if isinstance(where, Path):
        return create_engine(
            "sqlite+pysqlite://",
            module=dbapi2,  # a newer SQLite than many systems have: theirs may lose rows at a WAL reset
            creator=lambda: _connect(where),
            poolclass=QueuePool,
            pool_size=CONNECTIONS,
            hide_parameters=True,  # what people are called would stand in logged errors
            # Reads see each statement by itself; writes begin and end by hand.
            isolation_level="AUTOCOMMIT",
        )
    try:
        url = make_url(where).set(drivername="postgresql+psycopg")
        return create_engine(
            url, pool_size=CONNECTIONS, pool_pre_ping=True, hide_parameters=True, connect_args={"connect_timeout": 5}
        )
    except (ArgumentError, ValueError) as error:
        raise ProvinceDatabaseError(url=_shown(where)) from error


def _connect(file: Path) -> Any:
    connection = dbapi2.connect(file, isolation_level=None, check_same_thread=False)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _shown(where: Path | str) -> str:
    """The address without its password, for an error's text."""
    if isinstance(where, Path):
        return str(where)
    try:
        return make_url(where).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return "?"
