"""Which version of the tables a database has, and how it is brought to this program's. Alembic is loaded only then."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from kiosk.errors import NewerDatabaseError, StorageError, WrongKeyError
from kiosk.storage.errors import ForeignDatabaseError, OlderDatabaseError
from kiosk.storage.folders import disk_error, sync_folder
from kiosk.storage.keys import derived

HEAD = "0019"
OFFICE_LOCK = 0x6D6F7463  # PostgreSQL advisory lock: one migration at a time


def create_sqlite(path: Path, key: bytes) -> None:
    """Make the database under another name and rename it when it is complete: nobody ever opens half of one.

    Several processes may start at once; one makes it. Raises: DiskFullError, StorageError.
    """
    from filelock import FileLock

    from kiosk.storage.sqlite import sqlite_engine

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(path.name + ".lock")):
            if path.exists():
                return
            for left in path.parent.glob(f".{path.name}.*.new*"):
                left.unlink(missing_ok=True)
            draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
            engine = sqlite_engine(draft, derived(key, "database"))
            try:
                migrate(engine, key)
            finally:
                engine.dispose()  # the last connection folds the WAL into the file
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
            draft.rename(path)
            sync_folder(path.parent)
    except OSError as error:
        raise disk_error(error) from error
    except StorageError:
        for left in path.parent.glob(f".{path.name}.*.new*"):
            with contextlib.suppress(OSError):
                left.unlink()
        raise


def prepare(engine: Engine, key: bytes, name: str) -> None:
    """Check an existing database and migrate it when it is older. name: for the message.

    Raises: NewerDatabaseError, WrongKeyError, ForeignDatabaseError, StorageError; OlderDatabaseError for a desk's own
    login, which may not change the tables.
    """
    with engine.connect() as connection:
        found = version_of(connection)
        if found is None and (engine.dialect.name == "sqlite" or _has_tables(connection)):
            raise ForeignDatabaseError(file=name)
        refuse_newer(found)
        if found == HEAD:
            check_key(connection, key)
            return
        if found is not None and not _owns_tables(connection):
            raise OlderDatabaseError(found=found, known=HEAD)
    migrate(engine, key)


def refuse_newer(found: str | None) -> None:
    """Raises: NewerDatabaseError."""
    if found is not None and found > HEAD:
        raise NewerDatabaseError(found=found, known=HEAD)


def version_of(connection: Connection) -> str | None:
    """The migration that the tables stand at, by plain SQL; None when they are not ours."""
    if connection.dialect.name == "sqlite":
        from kiosk.storage.sqlite import APPLICATION_ID

        if connection.scalar(text("PRAGMA application_id")) != APPLICATION_ID:
            return None
    elif connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def check_key(connection: Connection, key: bytes) -> None:
    """Also on PostgreSQL: the keys of the vault hang on the office key. Raises: WrongKeyError."""
    kept = connection.scalar(text("SELECT value FROM facts WHERE name = 'key_check'"))
    if kept != derived(key, "check").hex():
        raise WrongKeyError


def migrate(engine: Engine, key: bytes) -> None:
    """Bring the tables to HEAD in one transaction that holds every other starter off. Raises: NewerDatabaseError."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": OFFICE_LOCK})
        found = version_of(connection)
        refuse_newer(found)
        if found != HEAD:
            if engine.dialect.name == "postgresql":
                from kiosk.storage.roles import withdraw

                withdraw(connection)
            _upgrade(connection)
        if connection.scalar(text("SELECT count(*) FROM facts WHERE name = 'key_check'")) == 0:
            connection.execute(
                text("INSERT INTO facts (name, value) VALUES ('key_check', :value)"),
                {"value": derived(key, "check").hex()},
            )
        check_key(connection, key)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    from kiosk.storage.sqlite import APPLICATION_ID

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))


def _owns_tables(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return True
    owner = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'events'::regclass"
    return bool(connection.scalar(text(owner)))


def _has_tables(connection: Connection) -> bool:
    """Whether somebody else's tables are in the PostgreSQL schema that we were given."""
    return bool(
        connection.scalar(text("SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()"))
    )
