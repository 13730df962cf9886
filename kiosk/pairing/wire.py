"""Messages over one TCP connection: four bytes of length, one that says clear or sealed, then the content; small ones,
and never for long."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass, field
from typing import Any

HEAD = 4
CLEAR, SEALED = b"c", b"s"
SMALL = 16 * 1024  # bytes: all that a desk accepts from a stranger
LARGE = 4 * 1024 * 1024  # a bundle with the office's packs


class BadMessageError(Exception):
    """Not a message of ours. Never leaves this package."""


@dataclass
class Line:
    """One connection. Every method raises OSError (TimeoutError and EOFError's kind included) when the line is cut.

    within_s: for all that follows, so that nobody holds a desk's answer by sending one byte a second.
    """

    connection: socket.socket
    within_s: float
    limit: int = SMALL
    _until: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self.allow(self.within_s)

    def allow(self, within_s: float) -> None:
        """So long from now on."""
        self._until = time.monotonic() + within_s

    def tell(self, **values: Any) -> None:
        """In the clear."""
        self._send(CLEAR + json.dumps(values).encode())

    def pass_on(self, sealed: bytes) -> None:
        self._send(SEALED + sealed)

    def receive(self) -> tuple[bytes, bytes]:
        """CLEAR or SEALED, and the content. Raises: OSError, BadMessageError."""
        length = int.from_bytes(self._exactly(HEAD), "big")
        if not 1 < length <= self.limit:
            raise BadMessageError
        message = self._exactly(length)
        if message[:1] not in (CLEAR, SEALED):
            raise BadMessageError
        return message[:1], message[1:]

    def hear(self) -> dict[str, Any]:
        """What is said in the clear. Raises: OSError, BadMessageError."""
        kind, content = self.receive()
        if kind != CLEAR:
            raise BadMessageError
        return parsed(content)

    def _send(self, message: bytes) -> None:
        self._set_timeout()
        self.connection.sendall(len(message).to_bytes(HEAD, "big") + message)

    def _exactly(self, count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            self._set_timeout()
            part = self.connection.recv(min(count - len(parts), 65536))
            if not part:
                raise ConnectionResetError
            parts += part
        return bytes(parts)

    def _set_timeout(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(left)


def parsed(content: bytes) -> dict[str, Any]:
    """Raises: BadMessageError."""
    try:
        values = json.loads(content)
    except (ValueError, RecursionError):
        raise BadMessageError from None
    if not isinstance(values, dict):
        raise BadMessageError
    return values


def text_of(values: dict[str, Any], name: str, longest: int = 200) -> str:
    """Raises: BadMessageError."""
    value = values.get(name)
    if not isinstance(value, str) or len(value) > longest:
        raise BadMessageError
    return value


def bytes_of(values: dict[str, Any], name: str, length: int) -> bytes:
    """Raises: BadMessageError."""
    try:
        value = bytes.fromhex(text_of(values, name, 2 * length))
    except ValueError:
        raise BadMessageError from None
    if len(value) != length:
        raise BadMessageError
    return value
