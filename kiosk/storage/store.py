"""Opening an office's store: database, vault and change feed behind one address and one key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from kiosk.services.ports import Units
from kiosk.storage.engine import is_server, reading, writing
from kiosk.storage.errors import ForeignDatabaseError, NoRightError, OlderDatabaseError
from kiosk.storage.feed import PostgresFeed, SqliteFeed
from kiosk.storage.folders import refuse_network_folder
from kiosk.storage.keys import derived, office_key
from kiosk.storage.schema import HEAD, create_sqlite, prepare, refuse_newer, version_of
from kiosk.storage.unit_of_work import SqlUnitOfWork
from kiosk.storage.vault import DatabaseVault, FolderVault

if TYPE_CHECKING:
    from kiosk.storage.late import Late
    from kiosk.storage.public import NoVault

KEY_FILE = "office.key"
FILES = "files"


@dataclass(frozen=True)
class Store:
    """units: acts that write; reads: snapshots for screens, which wait for nobody and cannot write.

    is_public: of a station in the hall, which sees windows of the tables only (`kiosk.storage.hall`).
    """

    engine: Engine
    units: Units
    reads: Units
    feed: SqliteFeed | PostgresFeed
    vault: FolderVault | DatabaseVault | NoVault | Late
    is_public: bool = False

    def first_broken(self) -> int | None:
        """The seq of the first event that was changed or taken out of the log, None when it is whole.

        Raises: NoRightError on a public station, which does not see the whole log.
        """
        if self.is_public:
            raise NoRightError
        with SqlUnitOfWork(reading(self.engine)) as unit:
            return unit.events.first_broken()

    def close(self) -> None:
        """Every connection of this process. Nothing may wait on the feed any more."""
        self.feed.close()
        self.engine.dispose()


def open_store(where: str | Path, root: Path) -> Store:
    """Open the store of a data directory, made or migrated first where needed; several processes may do so at once.

    where: a file (SQLite, encrypted) or a postgresql:// URL. root holds the key file and, for SQLite, the vault; on
    PostgreSQL the vault is inside the database, which several stations share.
    Raises: UnsafeEngineError, NetworkFolderError, NewerDatabaseError, MissingKeyError, WrongKeyError,
    ForeignDatabaseError, DiskFullError, StorageError.
    """
    root = root.absolute()
    if not is_server(where):
        path = Path(where).absolute()
        refuse_network_folder(path.parent)
        return open_file(path, office_key(root / KEY_FILE, path.exists()), root / FILES)
    return open_server(str(where), office_key(root / KEY_FILE, _is_set_up(str(where))))


def open_file(path: Path, key: bytes, files: Path) -> Store:
    """The embedded store under a key that the caller holds. Raises: as `open_store`."""
    from kiosk.storage.sqlite import connector, sqlite_engine

    if not path.exists():
        create_sqlite(path, key)
    elif path.stat().st_size == 0:
        raise ForeignDatabaseError(file=path.name)  # cut off: SQLite would make a new, empty one of it
    engine = sqlite_engine(path, derived(key, "database"), path.with_name(path.name + ".turn"))
    feed = SqliteFeed(connector(path, derived(key, "database")))
    return _prepared(engine, key, path.name, feed, FolderVault(files, key))


def open_server(url: str, key: bytes) -> Store:
    """The shared store under a key that the caller holds. Raises: as `open_store`."""
    from kiosk.storage.postgres import plain_url, postgres_engine
    from kiosk.storage.roles import refresh

    engine = postgres_engine(url)
    vault = DatabaseVault(writing(engine), key)
    store = _prepared(engine, key, engine.url.database or "", PostgresFeed(plain_url(url)), vault)
    try:
        refresh(engine)
    except BaseException:
        store.close()
        raise
    return store


def open_public(url: str) -> Store:
    """The shared store as a kiosk, a display or a rating screen has it: without the office key, changing no table.

    Raises: NewerDatabaseError, OlderDatabaseError, ForeignDatabaseError, NoRightError, StoreOfflineError.
    """
    from kiosk.storage.postgres import plain_url, postgres_engine
    from kiosk.storage.public import NoVault, PublicUnitOfWork

    engine = postgres_engine(url)
    try:
        with engine.connect() as connection:
            found = version_of(connection)
            if found is None:
                raise ForeignDatabaseError(file=engine.url.database or "")
            refuse_newer(found)
            if found != HEAD:
                raise OlderDatabaseError(found=found, known=HEAD)
    except BaseException:
        engine.dispose()
        raise
    writers, readers = writing(engine), reading(engine)
    feed = PostgresFeed(plain_url(url))
    return Store(
        engine, lambda: PublicUnitOfWork(writers), lambda: PublicUnitOfWork(readers), feed, NoVault(), is_public=True
    )


def _is_set_up(url: str) -> bool:
    """Whether another station has made this database already: its key must then be brought here, not made anew."""
    from kiosk.storage.postgres import postgres_engine

    engine = postgres_engine(url)
    try:
        with engine.connect() as connection:
            return version_of(connection) is not None
    finally:
        engine.dispose()


def _prepared(
    engine: Engine, key: bytes, name: str, feed: SqliteFeed | PostgresFeed, vault: FolderVault | DatabaseVault
) -> Store:
    try:
        prepare(engine, key, name)
    except BaseException:
        engine.dispose()
        raise
    writers, readers = writing(engine), reading(engine)
    return Store(engine, lambda: SqlUnitOfWork(writers), lambda: SqlUnitOfWork(readers), feed, vault)
