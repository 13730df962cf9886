"""A small tus server on a real socket that a test can make behave like the bad ones, and what stands before them."""

from __future__ import annotations

import base64
import hashlib
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PIECE = 4096


@dataclass
class Stored:
    length: int
    facts: dict[str, str]
    content: bytearray = field(default_factory=bytearray)


@dataclass
class Habits:
    """What the next requests meet. answers: status by method, taken one each before anything is stored.

    cut_after: bytes of a PATCH after which the connection is dropped, one entry each; holds_back: a proxy keeps a body
    until it is whole, and drops one larger than this; largest: 413 above it; lies: what a HEAD of the finished says.
    """

    answers: dict[str, list[int]] = field(default_factory=dict)
    cut_after: list[int] = field(default_factory=list)
    holds_back: int = 0
    largest: int = 0
    portal: int = 0
    rots: bool = False
    location: Callable[[str], str] = lambda path: path
    receipt: str = ""


class FakeTus:
    """`with FakeTus() as server`; uploads: by path; log: (method, path, Upload-Offset, Content-Length)."""

    def __init__(self, habits: Habits | None = None) -> None:
        self.habits = habits or Habits()
        self.uploads: dict[str, Stored] = {}
        self.log: list[tuple[str, str, int, int]] = []
        self.received = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def asked(self, method: str) -> int:
        return sum(entry[0] == method for entry in self.log)

    @property
    def files(self) -> list[bytes]:
        """The finished ones."""
        return [bytes(u.content) for u in self.uploads.values() if len(u.content) == u.length]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                fake._meet(self, fake._create)

            def do_HEAD(self) -> None:
                fake._meet(self, fake._head)

            def do_PATCH(self) -> None:
                fake._meet(self, fake._patch)

            def log_message(self, *args: Any) -> None:
                pass

        return Handler

    def _meet(self, ask: BaseHTTPRequestHandler, act: Callable[[BaseHTTPRequestHandler], None]) -> None:
        method, habits = ask.command, self.habits
        size = int(ask.headers.get("content-length") or 0)
        self.log.append((method, ask.path, int(ask.headers.get("upload-offset") or -1), size))
        if habits.portal:
            habits.portal -= 1
            ask.rfile.read(size)
            self._say(ask, 200, {"Content-Type": "text/html"}, b"<html>Sign in to the Wi-Fi</html>")
        elif waiting := habits.answers.get(method, []):
            ask.rfile.read(size)
            self._say(ask, waiting.pop(0), {})
        else:
            act(ask)

    def _create(self, ask: BaseHTTPRequestHandler) -> None:
        pairs = (p.split(" ") for p in ask.headers.get("upload-metadata", "").split(","))
        facts = {name: base64.b64decode(value).decode() for name, value in pairs}
        path = f"/tus/{len(self.uploads)}"
        self.uploads[path] = Stored(int(ask.headers["upload-length"]), facts)
        self._say(ask, 201, {"Location": self.habits.location(path)})

    def _head(self, ask: BaseHTTPRequestHandler) -> None:
        stored = self.uploads.get(ask.path)
        if stored is None:
            self._say(ask, 404, {})
            return
        self._say(ask, 200, {"Upload-Length": str(stored.length), **self._state(stored)})

    def _patch(self, ask: BaseHTTPRequestHandler) -> None:
        stored, size = self.uploads.get(ask.path), int(ask.headers["content-length"])
        if stored is None:
            ask.rfile.read(size)
            self._say(ask, 404, {})
        elif int(ask.headers["upload-offset"]) != len(stored.content):
            ask.rfile.read(size)
            self._say(ask, 409, {})
        elif self.habits.largest and size > self.habits.largest:
            ask.rfile.read(size)
            self._say(ask, 413, {})
        elif self._take(ask, stored, size):
            self._say(ask, 204, self._state(stored))

    def _take(self, ask: BaseHTTPRequestHandler, stored: Stored, size: int) -> bool:
        """False when the connection was dropped."""
        cut = self.habits.cut_after.pop(0) if self.habits.cut_after else size + 1
        whole = bytearray()
        while len(whole) < size:
            chunk = ask.rfile.read(min(PIECE, size - len(whole)))
            if not chunk:
                return False
            whole += chunk
            self.received += len(chunk)
            if not self.habits.holds_back:
                stored.content += bytes(255 - b for b in chunk) if self.habits.rots else chunk
            if len(whole) >= cut or 0 < self.habits.holds_back < len(whole):
                ask.close_connection = True
                ask.connection.shutdown(socket.SHUT_RDWR)
                return False
        if self.habits.holds_back:
            stored.content += whole
        return True

    def _state(self, stored: Stored) -> dict[str, str]:
        headers = {"Upload-Offset": str(len(stored.content))}
        if len(stored.content) == stored.length:
            computed = hashlib.sha256(stored.content).hexdigest()
            headers |= {"X-Ma-Bam": self.habits.receipt or computed, "X-Duong-Dan": f"{self.url}/tep/{computed}"}
        return headers

    def _say(self, ask: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        ask.send_response(status)
        for name, value in {"Tus-Resumable": "1.0.0", **headers}.items():
            ask.send_header(name, value)
        ask.send_header("Content-Length", str(len(body)))
        ask.end_headers()
        ask.wfile.write(body)
