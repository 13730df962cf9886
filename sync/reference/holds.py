"""Who is writing to an upload just now: one at a time, and whoever has gone silent can be pushed aside."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from starlette.requests import Request

# A line that was cut says nothing, so the old request seems to go on: after this long its successor may push it aside.
SILENT_S = 3.0
# Nobody writes for this long: the request ends by itself.
IDLE_S = 60.0


class HeldError(Exception):
    """Another request is writing to this upload."""


class PushedAsideError(Exception):
    """A later request took over, or nothing came for too long."""


class Hold:
    def __init__(self) -> None:
        self._heard_at = time.monotonic()
        self._stop = asyncio.Event()
        self.ended = asyncio.Event()

    @property
    def is_silent(self) -> bool:
        return time.monotonic() - self._heard_at > SILENT_S

    def stop(self) -> None:
        self._stop.set()

    async def chunks(self, request: Request) -> AsyncIterator[bytes]:
        """The body as it comes. Raises: PushedAsideError; starlette's ClientDisconnect."""
        stream = aiter(request.stream())
        stopped = asyncio.ensure_future(self._stop.wait())
        try:
            while True:
                chunk = asyncio.ensure_future(_next(stream))
                await asyncio.wait({chunk, stopped}, timeout=IDLE_S, return_when=asyncio.FIRST_COMPLETED)
                if not chunk.done():
                    chunk.cancel()
                    raise PushedAsideError
                content = chunk.result()
                if content is None:
                    return
                self._heard_at = time.monotonic()
                yield content
        finally:
            stopped.cancel()


class Holds:
    """All holds of one server; only used on its event loop."""

    def __init__(self) -> None:
        self._held: dict[str, Hold] = {}

    def is_held(self, upload_id: str) -> bool:
        return upload_id in self._held

    async def push_aside(self, upload_id: str) -> None:
        """Raises: HeldError when somebody is really writing; ends whoever has gone silent."""
        while (hold := self._held.get(upload_id)) is not None:
            if not hold.is_silent:
                raise HeldError
            hold.stop()
            await hold.ended.wait()

    @contextmanager
    def held(self, upload_id: str) -> Iterator[Hold]:
        """Raises: HeldError."""
        if upload_id in self._held:
            raise HeldError
        hold = self._held[upload_id] = Hold()
        try:
            yield hold
        finally:
            del self._held[upload_id]
            hold.ended.set()


async def _next(stream: AsyncIterator[bytes]) -> bytes | None:
    return await anext(stream, None)
