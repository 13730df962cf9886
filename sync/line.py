"""The line itself: one HTTP request, one bounded answer. The only module that knows the HTTP library."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterable, Mapping, Sequence
from json import dumps
from types import TracebackType
from typing import Any, Self

import httpx2

from sync.connection import Connection
from sync.errors import ReplyLostError
from sync.outcome import Answer
from sync.tls import failure_of, verification, was_refused_by_tls

# News may bring the papers of online dossiers inside it.
LARGEST_ANSWER = 64 * 1024 * 1024
WORTH_SHRINKING = 1024
SocketOption = tuple[int, int, int] | tuple[int, int, bytes]
# Field of a multipart form -> file name, content, media type.
Files = Mapping[str, tuple[str, bytes, str]]
# Raised before a byte of the request can have left.
_NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol)


class Line:
    """Keep-alive HTTP/1.1 to one province. Redirects are answers, not followed: a captive portal redirects.

    stall_s: seconds without any progress after which a request is given up, for bodies that take minutes; None: the
    connection's own time. socket_options: as for `socket.setsockopt`.
    """

    def __init__(
        self, connection: Connection, *, stall_s: float | None = None, socket_options: Sequence[SocketOption] = ()
    ) -> None:
        self._connection = connection
        times = connection.timeouts
        self._client = httpx2.Client(
            base_url=connection.base_url,
            headers={"Accept": "application/json", "Charset": "utf-8", **connection.headers},
            timeout=httpx2.Timeout(stall_s or times.read_s, connect=times.connect_s),
            # A client of its own for each purpose, so that a small message never queues behind a file.
            transport=httpx2.HTTPTransport(
                verify=verification(connection), trust_env=False, socket_options=list(socket_options)
            ),
            # The system's proxy variables belong to somebody's shell, not to the office's line.
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def send(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        content: bytes | Iterable[bytes] | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        files: Files | None = None,
    ) -> Answer:
        """One request. Raises: LineDownError when nothing was sent; ReplyLostError when it may have arrived."""
        if json is not None and self._connection.compresses:
            content, encoding = _small(json)
            json, headers = None, {**(headers or {}), **encoding}
        try:
            with self._client.stream(
                method, path, json=json, content=content, params=params, headers=headers, data=data, files=files
            ) as response:
                return Answer(
                    response.status_code,
                    response.headers.get("content-type", ""),
                    _text(response, self._connection.timeouts.read_s),
                    _seconds(response.headers.get("retry-after", "")),
                    dict(response.headers),
                )
        except _NOT_SENT as error:
            raise failure_of(error, self._connection) from error
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL) as error:
            if was_refused_by_tls(error):
                raise failure_of(error, self._connection) from error
            raise ReplyLostError(connection=self._connection.name) from error

    def fetch(self, path: str, headers: Mapping[str, str], at_most: int) -> tuple[Answer, bytes]:
        """A body as it is, up to `at_most` + 1 bytes; the answer's own body stays empty. Raises: as `send`."""
        try:
            with self._client.stream("GET", path, headers=headers) as response:
                content = bytearray()
                for chunk in response.iter_bytes():
                    content += chunk
                    if len(content) > at_most:
                        break
                media_type = response.headers.get("content-type", "")
                return Answer(response.status_code, media_type, ""), bytes(content[: at_most + 1])
        except _NOT_SENT as error:
            raise failure_of(error, self._connection) from error
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL) as error:
            if was_refused_by_tls(error):
                raise failure_of(error, self._connection) from error
            raise ReplyLostError(connection=self._connection.name) from error


def _small(value: Any) -> tuple[bytes, dict[str, str]]:
    """A JSON body as it goes to a province that reads gzip, with its headers; a short one goes as it is."""
    body = dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    if len(body) < WORTH_SHRINKING:
        return body, {"Content-Type": "application/json"}
    return gzip.compress(body, 9, mtime=0), {"Content-Type": "application/json", "Content-Encoding": "gzip"}


def _text(response: httpx2.Response, within_s: float) -> str:
    """The body up to the largest answer that is taken; whoever sends more is not a province.

    Raises: ReadTimeout when it is not there in time, though something came every now and then: a lease ends one day.
    """
    content, until = bytearray(), time.monotonic() + within_s
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > LARGEST_ANSWER:
            break
        if time.monotonic() > until:
            raise httpx2.ReadTimeout("too slow", request=response.request)
    return bytes(content[:LARGEST_ANSWER]).decode("utf-8", "replace")


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None
