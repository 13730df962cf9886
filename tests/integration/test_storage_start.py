"""Opening a store: made once, refused with a reason when it should not be touched."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from samples import MOTHER
from sqlalchemy import text

from kiosk.errors import NewerDatabaseError, UnsafeEngineError, WrongKeyError
from kiosk.storage import Store, open_file, open_server, open_store
from kiosk.storage.errors import BadKeyFileError, ForeignDatabaseError, MissingKeyError, NetworkFolderError
from kiosk.storage.folders import mount_kind, refuse_network_folder
from kiosk.storage.keys import office_key
from kiosk.storage.schema import HEAD
from kiosk.storage.sqlite import refuse_unsafe, sqlite_engine

if TYPE_CHECKING:
    from kiosk.storage.private_cluster import PrivateCluster


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 1), (3, 51, 2)])
def test_an_engine_that_may_lose_rows_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(UnsafeEngineError) as caught:
        refuse_unsafe(version)
    assert caught.value.details == {"version": ".".join(map(str, version))}


@pytest.mark.parametrize("version", [(3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 53, 0), (3, 53, 4), (4, 0, 0)])
def test_a_mended_engine_is_used(version: tuple[int, ...]) -> None:
    refuse_unsafe(version)


def test_the_linked_engine_is_a_mended_one() -> None:
    refuse_unsafe()


def test_every_connection_is_durable_and_strict(sqlite_office: Path) -> None:
    store = open_store(sqlite_office / "office.db", sqlite_office)
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "temp_store": 2,
        "secure_delete": 1,
    }
    with store.engine.connect() as connection:
        assert {name: connection.scalar(text(f"PRAGMA {name}")) for name in expected} == expected
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        assert connection.execute(text("PRAGMA cipher_integrity_check")).all() == []
    store.close()


def test_nothing_personal_can_be_read_from_the_files(sqlite_office: Path) -> None:
    store = open_store(sqlite_office / "office.db", sqlite_office)
    with store.units() as uow:
        uow.people.save(MOTHER)
        uow.commit()
    raw = b"".join(p.read_bytes() for p in sqlite_office.iterdir() if p.name.startswith("office.db"))
    store.close()
    assert len(raw) > 100_000
    for secret in (MOTHER.full_name, "Nguyễn", MOTHER.id_number, "SQLite format 3"):
        assert secret.encode() not in raw


def test_another_offices_key_is_refused_and_changes_nothing(address: str, tmp_path: Path) -> None:
    path = tmp_path / "office" / "office.db"
    before = fingerprint(path) if path.exists() else ""
    with pytest.raises(WrongKeyError):
        open_file(path, b"x" * 32, tmp_path / "files") if path.exists() else open_server(address, b"x" * 32)
    assert (fingerprint(path) if path.exists() else "") == before


def test_a_lost_key_is_told_and_never_replaced_by_a_new_one(address: str, tmp_path: Path) -> None:
    key = tmp_path / "office" / "office.key"
    key.unlink()
    with pytest.raises(MissingKeyError):
        open_store(address, tmp_path / "office")
    assert not key.exists()


@pytest.mark.parametrize("content", ["", "abc", "zz" * 32, "ab" * 31, "khóa"])
def test_a_spoiled_key_file_is_told(tmp_path: Path, content: str) -> None:
    file = tmp_path / "office.key"
    file.write_text(content, "utf-8")
    with pytest.raises(BadKeyFileError):
        office_key(file, database_exists=True)


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    file, keys = tmp_path / "keys" / "office.key", set()
    starters = [threading.Thread(target=lambda: keys.add(office_key(file, database_exists=False))) for _ in range(8)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert len(keys) == 1
    assert len(keys.pop()) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_database_from_a_newer_version_is_left_alone(store: Store, address: str, tmp_path: Path) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError) as caught:
        open_store(address, tmp_path / "office")
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})
    assert caught.value.details == {"found": "9999", "known": HEAD}
    assert caught.value.exit_code == 2


def test_a_file_that_is_no_database_of_ours_is_refused_and_left_alone(tmp_path: Path) -> None:
    key = office_key(tmp_path / "office.key", database_exists=False)
    path = tmp_path / "office.db"
    path.write_text("ghi chú của cán bộ " * 500, "utf-8")
    before = fingerprint(path)
    with pytest.raises(WrongKeyError):
        open_store(path, tmp_path)
    assert fingerprint(path) == before
    path.unlink()
    engine = sqlite_engine(path, key)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (a INTEGER)"))
    engine.dispose()
    with pytest.raises((ForeignDatabaseError, WrongKeyError)):
        open_store(path, tmp_path)
    path.write_bytes(b"")
    with pytest.raises(ForeignDatabaseError):
        open_store(path, tmp_path)


def test_a_server_database_of_somebody_else_is_refused(cluster: PrivateCluster, tmp_path: Path) -> None:
    url = cluster.new_database()
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE theirs (a integer)")
    with pytest.raises(ForeignDatabaseError):
        open_store(url, tmp_path)
    cluster.drop(url)


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    from kiosk.storage.errors import StoreOfflineError

    with pytest.raises(StoreOfflineError):
        open_store(f"postgresql://postgres@/office?host={tmp_path}", tmp_path)
    assert not (tmp_path / "office.key").exists()


MOUNTS = r"""22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 22 0:40 / /srv/chia\040se rw shared:1 - cifs //server/share rw
31 22 0:41 / /home/lan/mang rw - fuse.sshfs lan@x: rw
32 30 8:2 / /srv/chia\040se/cuc-bo rw - ext4 /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/motcua", "ext4"),
        ("/srv/chia se/du-lieu", "cifs"),
        ("/srv/chia se/cuc-bo/du-lieu", "ext4"),
        ("/home/lan/mang", "fuse.sshfs"),
        ("/home/lan/mang-khac", "ext4"),
    ],
)
def test_a_folder_on_another_machine_is_recognised(folder: str, kind: str) -> None:
    assert mount_kind(Path(folder), MOUNTS) == kind
    if kind != "ext4":
        with pytest.raises(NetworkFolderError):
            refuse_network_folder(Path(folder), MOUNTS)
    else:
        refuse_network_folder(Path(folder), MOUNTS)


def test_migrations_and_models_say_the_same(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from kiosk.storage.models import Base

    def ours(name: str | None, kind: str, parents: object) -> bool:
        return kind != "table" or not str(name).startswith("dossier_words")  # the index is each engine's own

    with store.engine.connect() as connection:
        options = {"include_name": ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_is_the_one_that_the_program_expects() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    import kiosk.storage.migrations as migrations

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_opening_an_office_again_is_quick_and_loads_no_migration_tools(sqlite_office: Path) -> None:
    script = (
        "import sys, kiosk.storage; from pathlib import Path\n"
        "assert 'sqlalchemy' not in sys.modules\n"
        "from kiosk.storage import open_store\n"
        "root = Path(sys.argv[1]); open_store(root / 'office.db', root).close()\n"
        "print([m for m in ('alembic', 'psycopg', 'filelock', 'cryptography') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", script, str(sqlite_office)], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
