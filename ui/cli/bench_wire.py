"""A network link that can be cut: a TCP relay between a station and the office's server."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass, field
from enum import StrEnum

PIECE = 65_536


class Cut(StrEnum):
    """RESET: both ends are told and new connections are refused, as by a server or switch that restarts. SILENT:
    nothing more arrives and nobody is told, as by a pulled cable; what was sent meanwhile arrives afterwards."""

    RESET = "reset"
    SILENT = "silent"


@dataclass
class Link:
    """Listens on the loopback and passes everything on to `server` (host, port) until it is cut."""

    server: tuple[str, int]
    _open: list[socket.socket] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _flows: threading.Event = field(default_factory=threading.Event)
    _refuses: bool = False

    def __post_init__(self) -> None:
        self._flows.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, name="link", daemon=True).start()

    def cut(self, how: Cut) -> None:
        if how is Cut.SILENT:
            self._flows.clear()
            return
        self._refuses = True
        self._drop_all()

    def mend(self) -> None:
        self._refuses = False
        self._flows.set()

    def close(self) -> None:
        self._refuses = True
        self._flows.set()
        self._listener.close()
        self._drop_all()

    def _drop_all(self) -> None:
        with self._lock:
            gone, self._open = self._open, []
        for end in gone:
            _hang_up(end)

    def _accept(self) -> None:
        while True:
            try:
                near, _peer = self._listener.accept()
            except OSError:
                return
            if self._refuses:
                _hang_up(near)
                continue
            try:
                far = socket.create_connection(self.server)
            except OSError:
                _hang_up(near)
                continue
            with self._lock:
                self._open += (near, far)
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(one, other), name="link", daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := one.recv(PIECE):
                self._flows.wait()
                other.sendall(piece)
        for end in (one, other):
            _hang_up(end)


def _hang_up(end: socket.socket) -> None:
    """Also wakes whoever reads from it."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
