"""A PostgreSQL of one's own for a while: for tests and measurements, never for an office's data."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from kiosk.errors import StorageError

PROGRAMS = Path("/usr/lib/postgresql")
START_S = 30.0


class NoPostgresError(StorageError):
    """PostgreSQL's server programs are not installed on this machine."""

    code = "storage.no_postgres"


def server_programs() -> Path | None:
    """The newest installed version's folder of programs, None when there is none."""
    found = [p.parent for p in PROGRAMS.glob("*/bin/postgres")]
    if not found and (postgres := shutil.which("postgres")):
        found = [Path(postgres).parent]
    return max(found, key=lambda p: [int(n) for n in p.parent.name.split(".") if n.isdigit()], default=None)


@dataclass
class PrivateCluster:
    """A server on a socket in a temporary folder; use it in a `with`.

    durable: fsync as in an office; on_loopback: reached by TCP, as a station reaches an office's server.
    Raises on entering: NoPostgresError, StorageError.
    """

    durable: bool = True
    on_loopback: bool = False

    def __enter__(self) -> Self:
        programs = server_programs()
        if programs is None:
            raise NoPostgresError
        self._folder = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
        if _is_root():  # the server refuses to run as root
            shutil.chown(self._folder, "postgres", "postgres")
        try:
            self._start(programs)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.send_signal(signal.SIGINT)  # fast shutdown
        try:
            self._server.wait(START_S)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def kill(self) -> None:
        """Every process of the server, at once and without a word, as by a power cut; `start_again` recovers it."""
        os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait()

    def stop_at_once(self) -> None:
        """As `pg_ctl stop -m immediate`: every connection breaks; `start_again` recovers it."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(START_S)

    def url(self, database: str) -> str:
        if self.on_loopback:
            return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def new_database(self, template: str = "template1") -> str:
        """Make a database and return its URL. template: one to copy; nobody may be connected to it."""
        name = f"office_{secrets.token_hex(6)}"
        self.run_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, url: str) -> None:
        name = url.partition("@/")[2].partition("?")[0]
        self.run_sql(f'DROP DATABASE "{name}" WITH (FORCE)')

    def run_sql(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _start(self, programs: Path) -> None:
        data = str(self._folder / "data")
        options = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run(
            [programs / "initdb", "-D", data, *options],
            capture_output=True, text=True, check=False, cwd=self._folder, **_account(),
        )  # fmt: skip
        if made.returncode != 0:
            raise StorageError(made.stderr.strip()[-300:])
        self.port = _free_port() if self.on_loopback else 5432
        self.start_again()

    def start_again(self) -> None:
        """After `kill` or `stop_at_once`. Raises: StorageError."""
        programs, data = server_programs(), str(self._folder / "data")
        assert programs is not None
        listens = "127.0.0.1" if self.on_loopback else ""
        settings = [f"unix_socket_directories={self._folder}", f"listen_addresses={listens}", f"port={self.port}"]
        settings.append("max_connections=200")
        if not self.durable:
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        arguments = [word for setting in settings for word in ("-c", setting)]
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [*_dies_with_us(), programs / "postgres", "-D", data, *arguments],
                stdout=log, stderr=log, cwd=self._folder, start_new_session=True, **_account(),
            )  # fmt: skip
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        import psycopg

        deadline = time.monotonic() + START_S
        while True:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return
            if self._server.poll() is not None or time.monotonic() > deadline:
                with contextlib.suppress(ProcessLookupError):
                    self._server.kill()
                raise StorageError((self._folder / "log").read_text("utf-8", "replace")[-300:])
            time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _dies_with_us() -> list[str]:
    """So that a test run or a measurement that is killed leaves no server behind (util-linux)."""
    return ["setpriv", "--pdeathsig", "INT", "--"] if shutil.which("setpriv") else []


def _account() -> dict[str, Any]:
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if _is_root() else {}
