"""Running the stand-in as its own process until it is told to stop, or killed."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from kiosk.errors import InputError
from sync.reference.app import Province, make_app
from sync.reference.cut import CuttableProtocol
from sync.reference.database import Database
from sync.reference.faults import Faults, Switches
from sync.reference.logins import Habits
from sync.reference.officers import Officers
from sync.reference.officers import work as officers_work
from sync.reference.push import Pusher
from sync.reference.push import work as push_work

PORT_FILE = "port"
DATABASE_FILE = "received.db"
WAITING_CALLS = 1024  # of 300 offices that all come back at once


class PortTakenError(InputError):
    """The address cannot be listened on. details: host, port."""

    code = "province.port_taken"


class ProvinceFolderError(InputError):
    """The stand-in's folder cannot be written. details: folder."""

    code = "province.folder"


@dataclass(frozen=True)
class Place:
    """Where a stand-in stands. port 0: a free one. database: "postgresql://…", "" for a file in the folder.

    public_url: as the offices reach it, for the links of files; "" for http://host:port.
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int = 0
    database: str = ""
    public_url: str = ""


def serve(place: Place, habits: Habits, switches: Switches, ready: Callable[[str], None]) -> None:
    """Serve until a signal. The port taken is written to `folder`/port before `ready(url)`.

    Raises: PortTakenError, ProvinceFolderError, ProvinceDatabaseError.
    """
    folder = place.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise ProvinceFolderError(folder=str(folder)) from None
    with _listener(place.host, place.port) as listener:
        taken = int(listener.getsockname()[1])
        url = place.public_url.rstrip("/") or f"http://{place.host}:{taken}"
        database = Database(place.database or folder / DATABASE_FILE)
        try:
            province = Province(folder, url, habits, database, Faults(switches))
            with _at_work(province):
                _run(province, listener, lambda: _announce(folder, taken, url, ready))
        finally:
            database.close()


@contextmanager
def _at_work(province: Province) -> Iterator[None]:
    """The province's own people, as far as the habits want them: officers who decide, a carrier of news."""
    habits, stop = province.habits, threading.Event()
    threads = []
    if habits.auto_s:
        officers = Officers(province.store, province.files)
        threads.append(threading.Thread(target=officers_work, args=(officers, habits.auto_s, stop), name="officers"))
    if habits.doors:
        pusher = Pusher(province.store, province.feed, habits.doors, habits.door_secret, habits.door_ca)
        threads.append(threading.Thread(target=push_work, args=(pusher, stop), name="push"))
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _run(province: Province, listener: socket.socket, announce: Callable[[], None]) -> None:
    config = uvicorn.Config(
        make_app(province), http=CuttableProtocol, ws="none", lifespan="off", log_level="error", access_log=False
    )
    server = uvicorn.Server(config)
    _end_well(server)
    # Already listening: whoever reads the port may call at once.
    announce()
    server.run(sockets=[listener])


def _announce(folder: Path, port: int, url: str, ready: Callable[[str], None]) -> None:
    _write_port(folder / PORT_FILE, port)
    ready(url)


def _end_well(server: uvicorn.Server) -> None:
    """Being told to stop is the usual end: uvicorn raises the signal again when it is done, and these take it."""

    def stop(*_: object) -> None:
        server.should_exit = True

    if threading.current_thread() is threading.main_thread():
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, stop)


def _listener(host: str, port: int) -> socket.socket:
    # The protocol is named so that asyncio switches Nagle off: without it each answer waits 40 ms for its body.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(WAITING_CALLS)
    except (OSError, OverflowError):
        listener.close()
        raise PortTakenError(host=host, port=port) from None
    return listener


def _write_port(file: Path, port: int) -> None:
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_text(f"{port}\n", encoding="ascii")
    part.replace(file)
