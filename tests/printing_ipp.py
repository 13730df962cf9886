"""An IPP printer of our own over HTTP, with its own reading of RFC 8010: what it takes, keeps, and says of its jobs."""

from __future__ import annotations

import contextlib
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATES = {"pending": 3, "processing": 5, "canceled": 7, "aborted": 8, "completed": 9}


@dataclass
class OfficePrinter:
    """outcome: state that a job reaches after `polls` questions. reasons: printer-state-reasons. paused, refuses: so.

    chokes_on_media: cancels every job that names its paper. loses_replies: acts on Print-Job, but nobody hears of it.
    """

    outcome: str = "completed"
    polls: int = 1
    reasons: tuple[str, ...] = ("none",)
    message: str = ""
    paused: bool = False
    accepting: bool = True
    media: tuple[str, ...] = ("iso_a4_210x297mm", "iso_a5_148x210mm")
    refusal: int = 0
    chokes_on_media: bool = False
    loses_replies: bool = False
    documents: list[bytes] = field(default_factory=list)
    wishes: list[dict[str, bytes]] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)
    asked: int = 0

    def answer(self, request: bytes) -> bytes | None:
        operation, request_id = struct.unpack(">HI", request[2:8])
        attributes, data = _read(request[8:])
        if operation == 0x0002:
            return self._print(request_id, attributes, data)
        if operation == 0x0008:
            self.cancelled.append(struct.unpack(">i", attributes["job-id"])[0])
            self.outcome, self.asked = ("canceled", self.polls) if self.outcome == "pending" else (self.outcome, 99)
            return _reply(request_id, 0, b"")
        if operation == 0x0009:
            return self._job(request_id)
        return self._printer(request_id)

    def _print(self, request_id: int, attributes: dict[str, bytes], data: bytes) -> bytes | None:
        if self.refusal:
            return _reply(request_id, self.refusal, b"")
        self.documents.append(data)
        self.wishes.append(attributes)
        self.asked = 0
        if self.chokes_on_media:
            self.outcome = "canceled" if "media" in attributes else "completed"
        if self.loses_replies:
            return None
        job = b"\x02" + _int(0x21, "job-id", len(self.documents)) + _int(0x23, "job-state", STATES["pending"])
        return _reply(request_id, 0, job)

    def _job(self, request_id: int) -> bytes:
        self.asked += 1
        state = self.outcome if self.asked > self.polls else "processing"
        job = b"\x02" + _int(0x23, "job-state", STATES[state]) + _text(0x41, "job-state-message", self.message)
        return _reply(request_id, 0, job)

    def _printer(self, request_id: int) -> bytes:
        group = b"\x04" + _int(0x23, "printer-state", 5 if self.paused else 3)
        group += _text(0x44, "printer-state-reasons", *self.reasons) + _text(
            0x41, "printer-state-message", self.message
        )
        group += b"\x22" + struct.pack(">H", 25) + b"printer-is-accepting-jobs" + b"\x00\x01" + bytes([self.accepting])
        return _reply(request_id, 0, group + _text(0x44, "media-supported", *self.media))


@contextlib.contextmanager
def on_network(printer: OfficePrinter) -> Iterator[str]:
    """Serve it; yields its ipp:// address."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            reply = printer.answer(body)
            if reply is None:
                self.close_connection = True
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/ipp")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"ipp://127.0.0.1:{server.server_address[1]}/ipp/print"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


def _read(body: bytes) -> tuple[dict[str, bytes], bytes]:
    """First values by name, and the document behind the end mark."""
    found: dict[str, bytes] = {}
    at = 0
    while body[at] != 3:
        if body[at] < 0x10:
            at += 1
            continue
        name_length = struct.unpack(">H", body[at + 1 : at + 3])[0]
        name = body[at + 3 : at + 3 + name_length].decode()
        at += 3 + name_length
        length = struct.unpack(">H", body[at : at + 2])[0]
        if name:
            found[name] = body[at + 2 : at + 2 + length]
        at += 2 + length
    return found, body[at + 1 :]


def _reply(request_id: int, status: int, groups: bytes) -> bytes:
    charset = _text(0x47, "attributes-charset", "utf-8") + _text(0x48, "attributes-natural-language", "vi")
    return struct.pack(">BBHI", 2, 0, status, request_id) + b"\x01" + charset + groups + b"\x03"


def _int(tag: int, name: str, value: int) -> bytes:
    return _raw(tag, name, struct.pack(">i", value))


def _text(tag: int, name: str, *values: str) -> bytes:
    return b"".join(_raw(tag, name if place == 0 else "", value.encode()) for place, value in enumerate(values))


def _raw(tag: int, name: str, value: bytes) -> bytes:
    return bytes([tag]) + struct.pack(">H", len(name)) + name.encode() + struct.pack(">H", len(value)) + value
