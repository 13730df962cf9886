"""Running the stand-in as its own process until it is told to stop, or killed."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn

from kiosk.errors import InputError
from sync.reference.app import Habits, make_app
from sync.reference.cut import CuttableProtocol

PORT_FILE = "port"


class PortTakenError(InputError):
    """The address cannot be listened on. details: host, port."""

    code = "province.port_taken"


class ProvinceFolderError(InputError):
    """The stand-in's folder cannot be written. details: folder."""

    code = "province.folder"


def serve(folder: Path, *, host: str, port: int, habits: Habits, ready: Callable[[str], None]) -> None:
    """Serve until a signal. port 0: a free one; the one taken is written to `folder`/port before `ready(url)`.

    Raises: PortTakenError, ProvinceFolderError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise ProvinceFolderError(folder=str(folder)) from None
    with _listener(host, port) as listener:
        taken = int(listener.getsockname()[1])
        url = f"http://{host}:{taken}"
        app = make_app(folder, url, habits)
        config = uvicorn.Config(
            app, http=CuttableProtocol, ws="none", lifespan="off", log_level="error", access_log=False
        )
        server = uvicorn.Server(config)
        _end_well(server)
        # Already listening: whoever reads the port may call at once.
        _write_port(folder / PORT_FILE, taken)
        ready(url)
        server.run(sockets=[listener])


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
        listener.listen(128)
    except (OSError, OverflowError):
        listener.close()
        raise PortTakenError(host=host, port=port) from None
    return listener


def _write_port(file: Path, port: int) -> None:
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_text(f"{port}\n", encoding="ascii")
    part.replace(file)
