"""Shared fixtures: an office's store on both engines, each test with one of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import FakeOffice

from ui.singletons import keep_singletons_alive

if TYPE_CHECKING:
    from roles_samples import RoledOffice

    from kiosk.services.ports import Units
    from kiosk.storage import Store
    from kiosk.storage.private_cluster import PrivateCluster

TEMPLATE = "motcua_template"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # windows are tested without a screen
keep_singletons_alive()


@pytest.fixture(autouse=True)
def _windows_go_with_their_test() -> Iterator[None]:
    """What a test leaves open, with its hundreds of parts, and what Qt keeps without a running loop although it is to
    be deleted: thousands of dead widgets, each dressed anew by every window that comes after."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if widgets is None or application is None:
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    from ui.theme.apply import dress
    from ui.theme.look import Look, look

    for window in widgets.QApplication.topLevelWidgets():
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if look() != Look():  # a test that chose dark or large leaves the others as they were
        dress(application, Look())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a fresh database, to be copied: making the tables takes longer than most tests."""
    from kiosk.storage import open_store

    root = tmp_path_factory.mktemp("sqlite-template")
    open_store(root / "office.db", root).close()
    return root


@pytest.fixture(scope="session")
def cluster() -> Iterator[PrivateCluster]:
    """A PostgreSQL server for this run; without the server's programs its tests are skipped."""
    from kiosk.storage.private_cluster import PrivateCluster, server_programs

    if server_programs() is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    with PrivateCluster(durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(cluster: PrivateCluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory (with the key) that belongs to the template database."""
    from kiosk.storage import open_store

    root = tmp_path_factory.mktemp("postgres-template")
    cluster.run_sql(f"CREATE DATABASE {TEMPLATE}")
    open_store(cluster.url(TEMPLATE), root).close()
    return root


@dataclass
class Databases:
    """PostgreSQL databases for one test each, emptied and used again: that is three times quicker than a new one."""

    cluster: PrivateCluster
    clean: list[str] = field(default_factory=list)

    def take(self) -> str:
        return self.clean.pop() if self.clean else self.cluster.new_database(TEMPLATE)

    def give_back(self, url: str) -> None:
        import psycopg

        with psycopg.connect(url) as connection:
            (triggers,) = connection.execute(TRIGGERS).fetchone() or (0,)
            if triggers == 3:
                names = ", ".join(f'"{row[0]}"' for row in connection.execute(TABLES))
                connection.execute("SET session_replication_role = replica")
                connection.execute(f"TRUNCATE {names} RESTART IDENTITY".encode())
                connection.execute("UPDATE chain_head SET seq = 0, hash = repeat('0', 64)")
        if triggers == 3:
            self.clean.append(url)
        else:  # the test took the log's guards off
            self.cluster.drop(url)


TRIGGERS = "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'events'::regclass AND NOT tgisinternal"
TABLES = """SELECT tablename FROM pg_tables WHERE schemaname = 'public'
            AND tablename NOT IN ('alembic_version', 'chain_head', 'facts')"""


@pytest.fixture(scope="session")
def databases(cluster: PrivateCluster, postgres_template: Path) -> Databases:
    return Databases(cluster)


MakeAddress = Callable[[str], str]


@pytest.fixture
def make_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeAddress]:
    """Makes a fresh store on "sqlite" or "postgresql"; its data directory is `tmp_path / "office"`."""
    made: list[str] = []

    def make(engine: str) -> str:
        root = tmp_path / "office"
        if engine == "sqlite":
            shutil.copytree(request.getfixturevalue("sqlite_template"), root)
            return str(root / "office.db")
        shutil.copytree(request.getfixturevalue("postgres_template"), root)
        made.append(request.getfixturevalue("databases").take())
        return made[-1]

    yield make
    for url in made:
        request.getfixturevalue("databases").give_back(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, make_address: MakeAddress) -> str:
    """Where a fresh store is, on each engine in turn."""
    return make_address(request.param)


@pytest.fixture
def store(address: str, tmp_path: Path) -> Iterator[Store]:
    """An open, empty store on SQLite and on PostgreSQL."""
    from kiosk.storage import open_store

    opened = open_store(address, tmp_path / "office")
    yield opened
    opened.close()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def units(request: pytest.FixtureRequest, make_address: MakeAddress, tmp_path: Path) -> Iterator[Units]:
    """Makes units of work on a fresh, empty office: the fake of the unit tests, and both engines."""
    if request.param == "memory":
        yield FakeOffice().units
        return
    from kiosk.storage import open_store

    opened = open_store(make_address(request.param), tmp_path / "office")
    yield opened.units
    opened.close()


@pytest.fixture
def sqlite_office(sqlite_template: Path, tmp_path: Path) -> Path:
    """A data directory with an empty SQLite store, `office.db`, that nobody has open."""
    return shutil.copytree(sqlite_template, tmp_path / "office")


OpenAgain = Callable[[], "Store"]


@pytest.fixture
def open_again(address: str, tmp_path: Path) -> Iterator[OpenAgain]:
    """Opens the store of `address` once more, as another process would; closed after the test."""
    from kiosk.storage import open_store

    opened: list[Store] = []

    def again() -> Store:
        opened.append(open_store(address, tmp_path / "office"))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


@pytest.fixture(scope="session")
def roled() -> Iterator[RoledOffice]:
    """One office whose stations have roles of their own, on a server of its own; tests of a run share it."""
    from roles_samples import roled_office

    from kiosk.storage.private_cluster import server_programs

    if server_programs() is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    with roled_office() as office:
        yield office


@pytest.fixture
def small_disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A disk of its own; its size by indirect parameter ("2M"), six megabytes when nothing is said."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    command = ["mount", "-t", "tmpfs", "-o", f"size={getattr(request, 'param', '6M')}", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)
