"""Hanging up: a server that closes the connection instead of answering, as a dying one does."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_OPEN: dict[tuple[str, int], asyncio.Transport] = {}


class CuttableProtocol(H11Protocol):
    """Remembers its transport by the peer's address, so that a handler can cut the line under its own answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self.client is not None:
            _OPEN[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.client is not None:
            _OPEN.pop(self.client, None)
        super().connection_lost(exc)


async def hang_up(request: Request) -> Response:
    """Close the connection at once; the answer returned goes nowhere."""
    await _abort(request.scope)
    return Response(status_code=204)


class HalfAnswer(Response):
    """Sends half of its body, then hangs up."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 -- ASGI's own form
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        await asyncio.sleep(0.05)  # let the half leave
        await _abort(scope)


async def _abort(scope: Scope) -> None:
    client = scope.get("client")
    transport = _OPEN.get(tuple(client)) if client else None
    if transport is not None:
        transport.abort()
    await asyncio.sleep(0)
