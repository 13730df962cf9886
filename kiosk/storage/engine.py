"""One engine for an address, and two ways of working on it: acts that write, and screens that only read."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

READS = "motcua_reads"  # execution option of connections that only read
SCHEMES = ("postgresql:", "postgres:", "postgresql+psycopg:")


def is_server(where: str | Path) -> bool:
    """Whether the address is a PostgreSQL URL rather than a file."""
    return str(where).startswith(SCHEMES)


def writing(engine: Engine) -> sessionmaker[Session]:
    return sessionmaker(engine, autoflush=False, expire_on_commit=False)


def reading(engine: Engine) -> sessionmaker[Session]:
    """Snapshots that cannot write: a screen never waits for a writer, and opening one changes nothing."""
    if engine.dialect.name == "sqlite":
        return writing(engine.execution_options(**{READS: True}))
    return writing(engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True))
