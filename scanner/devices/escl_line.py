"""HTTP to an eSCL scanner: bounded answers, times that hold, and a stop from another thread.

Requests run on an event loop of the capture's own, because only there can a wait for a page be given up at once.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self, TypeVar

import httpx2

from kiosk.errors import CancelledError, DeviceIOError, NotConnectedError
from scanner.devices.escl_xml import StrangeAnswerError
from scanner.errors import DeviceTimeoutError
from scanner.limits import MAX_BYTES

T = TypeVar("T")
CONNECT_S = 10.0
LOOK_S = 0.1
FAREWELL_S = 5.0
LARGEST_XML = 2**20


@dataclass(frozen=True)
class Answer:
    """retry_after_s: what the machine asks for with 503, seconds."""

    status: int
    content: bytes
    location: str = ""
    retry_after_s: float = 0.5


@dataclass
class EsclLine:
    """base: http(s)://host[:port]/path of the scanner; device: for people; cancelled: set by another thread."""

    base: str
    device: str
    cancelled: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        # The scanner's certificate is always its own; the proxy variables belong to somebody's shell.
        self._client = httpx2.AsyncClient(verify=False, trust_env=False, follow_redirects=False)
        self._runner = asyncio.Runner()
        self._runner.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._runner.run(self._client.aclose())
        finally:
            self._runner.__exit__(kind, error, trace)

    def get(self, path: str, timeout_s: float, *, largest: int = LARGEST_XML) -> Answer:
        """path: below the base, or from the root with "/" in front. Raises as `_send`."""
        return self._send("GET", path, b"", timeout_s, largest)

    def get_page(self, path: str, timeout_s: float) -> Answer:
        return self.get(path, timeout_s, largest=MAX_BYTES)

    def post(self, path: str, content: bytes, timeout_s: float) -> Answer:
        return self._send("POST", path, content, timeout_s, LARGEST_XML)

    def delete(self, path: str) -> None:
        """Let the machine forget a job; whatever it answers, and whether or not somebody cancelled."""
        with suppress(httpx2.HTTPError, OSError, TimeoutError, httpx2.StreamError, StrangeAnswerError):
            self._runner.run(self._in_time(self._request("DELETE", path, b"", LARGEST_XML), FAREWELL_S))

    def wait(self, seconds: float) -> None:
        """Raises: CancelledError."""
        if self.cancelled.wait(seconds):
            raise CancelledError(device=self.device)

    def _send(self, method: str, path: str, content: bytes, timeout_s: float, largest: int) -> Answer:
        """One request. Raises: NotConnectedError, DeviceTimeoutError, DeviceIOError (cut, too long), CancelledError."""
        try:
            return self._runner.run(self._unless_cancelled(self._request(method, path, content, largest), timeout_s))
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol) as e:
            raise NotConnectedError(device=self.device) from e
        except (TimeoutError, httpx2.TimeoutException) as e:
            raise DeviceTimeoutError(device=self.device, seconds=round(timeout_s)) from e
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError, StrangeAnswerError) as e:
            raise DeviceIOError(f"{method}: {type(e).__name__}", device=self.device) from e

    async def _request(self, method: str, path: str, content: bytes, largest: int) -> Answer:
        url = httpx2.URL(self.base).copy_with(path=path) if path.startswith("/") else f"{self.base}/{path}"
        headers = {"Content-Type": "text/xml"} if content else {}
        # A page may take as long as the settings say: the deadline is `_unless_cancelled`'s.
        timeout = httpx2.Timeout(None, connect=CONNECT_S)
        async with self._client.stream(method, url, content=content, headers=headers, timeout=timeout) as answer:
            body = bytearray()
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > largest:
                    raise StrangeAnswerError("too long")
            location, retry = answer.headers.get("location", ""), answer.headers.get("retry-after", "")
            return Answer(answer.status_code, bytes(body), location, _seconds(retry))

    async def _unless_cancelled(self, work: Awaitable[T], timeout_s: float) -> T:
        task, ends = asyncio.ensure_future(work), time.monotonic() + timeout_s
        try:
            while not task.done():
                if self.cancelled.is_set():
                    raise CancelledError(device=self.device)
                if time.monotonic() >= ends:
                    raise TimeoutError
                await asyncio.wait({task}, timeout=LOOK_S)
            return task.result()
        finally:
            task.cancel()
            await asyncio.wait({task})
            if not task.cancelled():
                task.exception()  # asked for, or the loop would complain in the log

    @staticmethod
    async def _in_time(work: Awaitable[T], timeout_s: float) -> T:
        return await asyncio.wait_for(work, timeout_s)


def path_of(location: str, base: str) -> str:
    """Only the path of a job's address: its host is often one that cannot be reached from here, or somebody else's.

    Raises: StrangeAnswerError.
    """
    try:
        path = httpx2.URL(base + "/").join(location).path.rstrip("/")
    except httpx2.InvalidURL as e:
        raise StrangeAnswerError("address of the job") from e
    if not location or "ScanJobs/" not in path:
        raise StrangeAnswerError("address of the job")
    return path


def _seconds(retry_after: str) -> float:
    """Seconds or a date; between a tenth of a second and ten seconds, whatever the machine says."""
    wanted = 0.5
    if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 6:
        wanted = float(retry_after)
    elif retry_after:
        with suppress(ValueError, TypeError, OverflowError):
            wanted = (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
    return min(max(wanted, 0.1), 10.0)
