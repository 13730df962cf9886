"""The two wires to a receipt printer: a TCP port that can answer, and a device file that cannot."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from kiosk.errors import DeviceIOError, NotConnectedError
from printing.errors import UnknownTargetError

RAW_PORT = 9100

Fits = Callable[[int], bool]
"""Whether a byte can be the answer to a question."""


class Channel(Protocol):
    def send(self, data: bytes) -> None:
        """Raises: DeviceIOError when the wire breaks or the printer stops taking data."""

    def ask(self, question: bytes, timeout_s: float, fits: Fits, /) -> int | None:
        """The first byte that fits, None when none comes in time. Raises: DeviceIOError when the wire breaks."""

    def close(self) -> None: ...


class Wire(Protocol):
    """Something that can be opened. Its name is for the officer."""

    @property
    def name(self) -> str: ...

    def open(self) -> Channel:
        """Raises: NotConnectedError."""


@dataclass(frozen=True)
class TcpWire:
    """A printer on the network. address: "host" or "host:port", 9100 when none is given."""

    address: str
    timeout_s: float = 20.0
    connect_s: float = 3.0

    @property
    def name(self) -> str:
        return self.address

    def open(self) -> Channel:
        try:
            parts = urlsplit(f"//{self.address}")
            host, port = parts.hostname, parts.port or RAW_PORT
        except ValueError:
            host, port = None, RAW_PORT
        if not host:
            raise UnknownTargetError(target=self.address, known="máy:cổng")
        try:
            link = socket.create_connection((host, port), timeout=self.connect_s)
        except OSError as refused:
            raise NotConnectedError(device=self.name) from refused
        return _TcpChannel(link, self.name, self.timeout_s)


class _TcpChannel:
    def __init__(self, link: socket.socket, name: str, timeout_s: float) -> None:
        self._link, self._name, self._timeout_s = link, name, timeout_s

    def send(self, data: bytes) -> None:
        self._link.settimeout(self._timeout_s)
        try:
            self._link.sendall(data)
        except OSError as broken:  # TimeoutError too: a printer without paper stops reading
            raise DeviceIOError(device=self._name) from broken

    def ask(self, question: bytes, timeout_s: float, fits: Fits, /) -> int | None:
        self._forget_old_answers()
        self.send(question)
        until = time.monotonic() + timeout_s
        while (left := until - time.monotonic()) > 0:
            for byte in self._hear(left):
                if fits(byte):
                    return byte
        return None

    def _hear(self, timeout_s: float) -> bytes:
        self._link.settimeout(timeout_s)
        try:
            heard = self._link.recv(64)
        except TimeoutError:
            return b""
        except OSError as broken:
            raise DeviceIOError(device=self._name) from broken
        if not heard:
            raise DeviceIOError(device=self._name)
        return heard

    def _forget_old_answers(self) -> None:
        self._link.settimeout(0)
        with contextlib.suppress(OSError):  # nothing there; a broken line shows itself at the question
            while self._link.recv(64):
                pass

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._link.shutdown(socket.SHUT_WR)
        self._link.close()


@dataclass(frozen=True)
class NodeWire:
    """A device file (/dev/usb/lp0) or a plain file that gathers tickets one after the other. Nothing comes back."""

    path: Path
    timeout_s: float = 20.0

    @property
    def name(self) -> str:
        return str(self.path)

    def open(self) -> Channel:
        # A printer that is unplugged must not leave a plain file in its place.
        make = 0 if self.path.is_relative_to("/dev") else os.O_CREAT
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK | os.O_NOCTTY | make, 0o600)
        except OSError as missing:
            raise NotConnectedError(device=self.name) from missing
        return _NodeChannel(handle, self.name, self.timeout_s)


class _NodeChannel:
    def __init__(self, handle: int, name: str, timeout_s: float) -> None:
        self._handle, self._name, self._timeout_s = handle, name, timeout_s

    def send(self, data: bytes) -> None:
        """Without blocking: a printer without paper would hold the whole worker."""
        left = memoryview(data)
        while left:
            _, writable, _ = select.select([], [self._handle], [], self._timeout_s)
            if not writable:
                raise DeviceIOError(device=self._name)
            try:
                left = left[os.write(self._handle, left[:4096]) :]
            except BlockingIOError:
                continue
            except OSError as broken:
                raise DeviceIOError(device=self._name) from broken

    def ask(self, _question: bytes, _timeout_s: float, _fits: Fits, /) -> int | None:
        return None

    def close(self) -> None:
        os.close(self._handle)
