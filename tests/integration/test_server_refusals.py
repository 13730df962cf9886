"""What a server that answers, and does not let a machine in, is told as: each has another remedy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kiosk.errors import KioskError
from kiosk.storage.errors import NoDatabaseYetError, StoreOfflineError
from kiosk.storage.faults import from_postgres
from kiosk.storage.private_cluster import PrivateCluster, server_programs
from ui.app import open_office
from ui.i18n.errors import explain

WORDS = {  # as libpq and PostgreSQL 15 say them
    "storage.offline": 'connection to server at "192.0.2.9", port 5432 failed: No route to host',
    "storage.login_refused": 'connection failed: FATAL:  password authentication failed for user "motcua"',
    "storage.offline.not_let_in": (
        'connection failed: FATAL:  no pg_hba.conf entry for host "192.0.2.2", user "motcua_x", database "motcua", '
        "no encryption"
    ),
    "storage.offline.no_login": "connection failed: fe_sendauth: no password supplied",
    "storage.offline.no_database": 'connection failed: FATAL:  database "motcua" does not exist',
}


@pytest.fixture(scope="module")
def server() -> Iterator[PrivateCluster]:
    if server_programs() is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    with PrivateCluster(durable=False) as cluster:
        yield cluster


@pytest.mark.parametrize("code", WORDS)
def test_each_refusal_of_a_connection_has_its_own_remedy(code: str) -> None:
    told = from_postgres(psycopg.OperationalError(WORDS[code]))
    assert isinstance(told, StoreOfflineError)
    assert told.code == code
    assert "?" not in explain(told).message + explain(told).fix


def test_a_database_that_nobody_made_yet_is_named(server: PrivateCluster, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'database = "{server.url("motcua")}"\n', encoding="utf-8")
    with pytest.raises(NoDatabaseYetError) as caught:
        open_office(tmp_path)
    assert caught.value.details == {"database": "motcua"}


def test_a_server_that_is_away_is_not_taken_for_one_that_refuses(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'database = "postgresql://x@/x?host={tmp_path}"\n', encoding="utf-8")
    with pytest.raises(KioskError) as caught:
        open_office(tmp_path)
    assert caught.value.code == "storage.offline"
