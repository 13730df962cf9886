"""A receipt printer of our own on a TCP port: it decodes what it is sent and knows nothing of how that was encoded."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image, ImageOps

# Lengths of commands of fixed length, by their second byte.
ESC_LENGTHS = {"@": 2, "d": 3, "a": 3, "J": 3, "!": 3, "2": 2, "3": 3}


@dataclass
class ReceiptPrinter:
    """paper: "ok", "near" or "out". mute: answers nothing, like a cheap clone. chatty: also answers what was not asked.

    bands_left: paper runs out after so many rasters. dies_after: the link breaks after so many bytes.
    """

    paper: str = "ok"
    cover_open: bool = False
    jammed: bool = False
    mute: bool = False
    chatty: bool = False
    bands_left: int | None = None
    dies_after: int | None = None
    tickets: list[Image.Image] = field(default_factory=list)
    bands: list[Image.Image] = field(default_factory=list)
    unknown: list[bytes] = field(default_factory=list)

    @property
    def offline(self) -> bool:
        return self.paper == "out" or self.cover_open or self.jammed

    def feed(self, buffer: bytearray) -> bytes:
        """Consume whole commands; returns what it answers."""
        answers = bytearray()
        while buffer:
            if buffer[0] == 0x10:  # real time
                if len(buffer) < 3:
                    break
                answers += self._status(buffer[2])
                del buffer[:3]
            elif self.offline:  # the buffer stands still; only real-time questions are heard
                at = buffer.find(b"\x10\x04")
                if at < 0 or len(buffer) < at + 3:
                    break
                answers += self._status(buffer[at + 2])
                del buffer[at : at + 3]
            elif (length := self._length(buffer)) is None or len(buffer) < length:
                break
            else:
                answers += self._obey(bytes(buffer[:length]))
                del buffer[:length]
        return b"" if self.mute else bytes(answers)

    def _status(self, n: int) -> bytes:
        out, near = self.paper == "out", self.paper in ("near", "out")
        bits = {
            1: 0x08 * self.offline,
            2: 0x04 * self.cover_open | 0x20 * out,
            4: 0x0C * near | 0x60 * out,
        }.get(n, 0)
        return bytes([0x12 | bits])

    def _length(self, buffer: bytearray) -> int | None:
        if len(buffer) < 2:
            return None
        first, second = buffer[0], buffer[1]
        if first == 0x1B:
            return ESC_LENGTHS.get(chr(second), 2)
        if first != 0x1D:
            return 1
        if second == 0x76:  # GS v 0 m xL xH yL yH data
            return 8 + (buffer[4] | buffer[5] << 8) * (buffer[6] | buffer[7] << 8) if len(buffer) >= 8 else None
        if second == 0x56:  # GS V m [n]
            return None if len(buffer) < 3 else 4 if buffer[2] in (65, 66) else 3
        return 3 if second == 0x72 else 2

    def _obey(self, command: bytes) -> bytes:
        kind = command[:2]
        if kind == b"\x1dv":
            self._raster(command)
        elif kind == b"\x1dV":
            self._cut()
        elif kind == b"\x1dr":
            return b"\x00"
        elif kind not in (b"\x1b@", b"\x1bd"):
            self.unknown.append(command)
        return b"\x1e" if self.chatty else b""

    def _raster(self, command: bytes) -> None:
        width, height = command[4] | command[5] << 8, command[6] | command[7] << 8
        ink = Image.frombytes("1", (width * 8, height), command[8:]).convert("L")
        self.bands.append(ImageOps.invert(ink))
        if self.bands_left is not None:
            self.bands_left -= 1
            self.paper = "out" if self.bands_left <= 0 else self.paper

    def _cut(self) -> None:
        ticket = Image.new("L", (max(b.width for b in self.bands), sum(b.height for b in self.bands)), 255)
        y = 0
        for band in self.bands:
            ticket.paste(band, (0, y))
            y += band.height
        self.tickets.append(ticket)
        self.bands = []


@contextlib.contextmanager
def on_network(printer: ReceiptPrinter, port: int = 0) -> Iterator[int]:
    """Serve it on 127.0.0.1, one customer at a time like the real ones; yields the port."""
    listener = socket.create_server(("127.0.0.1", port))
    thread = threading.Thread(target=_serve, args=(listener, printer), daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)
        listener.close()


def _serve(listener: socket.socket, printer: ReceiptPrinter) -> None:
    while True:
        try:
            link, _ = listener.accept()
        except OSError:
            return
        with link, contextlib.suppress(OSError):
            _attend(link, printer)


def _attend(link: socket.socket, printer: ReceiptPrinter) -> None:
    buffer, seen = bytearray(), 0
    while data := link.recv(2048):
        seen += len(data)
        if printer.dies_after is not None and seen > printer.dies_after:
            return
        buffer += data
        link.sendall(printer.feed(buffer))
