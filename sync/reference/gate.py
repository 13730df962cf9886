"""What lies around every address of the stand-in: its faults, its login, and the note of what happened."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sync.reference.cut import HalfAnswer, hang_up
from sync.reference.faults import Faults
from sync.reference.journal import Exchange, Journal
from sync.reference.logins import Logins
from sync.reference.replies import CAPTIVE_PORTAL, Tongue
from sync.reference.requests import MalformedRequestError, check_path, now_text, text_of, unpacked

Act = Callable[[Request], Awaitable[Response]]
Kind = Literal["read", "write", "upload"]

SIGNED_OUT = "Phiên làm việc không hợp lệ, chưa đăng nhập"
REPLY_SHOWN = 300


@dataclass(frozen=True)
class Call:
    """One address. name: what it is called in the journal; kind decides which faults concern it.

    is_open: whether this request has proved who it is; body, query: for the description (OpenAPI).
    sort: name and kind from the body, where one address does several things.
    """

    name: str
    method: str
    path: str
    act: Act
    summary: str
    is_open: Callable[[Request], bool]
    kind: Kind = "read"
    body: Mapping[str, Any] | None = None
    query: tuple[str, ...] = ()
    sort: Callable[[bytes], tuple[str, Kind]] | None = None


class Gate:
    def __init__(self, faults: Faults, journal: Journal, logins: Logins) -> None:
        self._faults, self._journal, self._logins = faults, journal, logins
        self._late: set[asyncio.Task[Response]] = set()

    def route(self, call: Call, tongue: Tongue) -> Route:
        return Route(call.path, self.around(call, tongue), methods=[call.method])

    def around(self, call: Call, tongue: Tongue) -> Act:
        """Meet the fault of this request if it is to meet one, ask for the login, then act."""

        async def endpoint(request: Request) -> Response:
            if self._faults.now.away:
                return await hang_up(request)
            began = time.monotonic()
            request.state.fault = request.state.office = ""
            name, response = await self._answered(request, call, tongue)
            self._note(request, name, response, int((time.monotonic() - began) * 1000))
            return response

        return endpoint

    async def _answered(self, request: Request, call: Call, tongue: Tongue) -> tuple[str, Response]:
        """The name of what was asked for, and the answer."""
        name, kind = call.name, call.kind
        try:
            # Taken first, so that it will be carried out even if the office stops waiting for the answer.
            body = b"" if call.kind == "upload" else await request.body()
            if call.sort is not None:
                name, kind = call.sort(unpacked(body, request.headers.get("content-encoding", "")))
            fault = self._faults.meet(is_write=kind != "read", is_upload=kind == "upload")
            request.state.fault = fault
            if self._faults.now.slow_s:
                await asyncio.sleep(self._faults.now.slow_s)
            if (instead := await self._instead(fault, request, tongue)) is not None:
                return name, instead
            self._journal.count(name)
            if not call.is_open(request):
                return name, tongue.refuse(401, SIGNED_OUT)
            return name, await self._after(fault, request, await self._acted(fault, request, call))
        except MalformedRequestError as malformed:
            return name, tongue.refuse(400, f"Dữ liệu không đúng: {malformed}")
        except ClientDisconnect:
            return name, Response(status_code=400)  # goes nowhere: the office hung up in the middle

    async def _acted(self, fault: str, request: Request, call: Call) -> Response:
        check_path(request)
        if fault == "duplicate":
            await call.act(request)
        if fault == "late":
            self._put_off(request, call)
            return await hang_up(request)
        return await call.act(request)

    def _put_off(self, request: Request, call: Call) -> None:
        """Carry it out when later requests have been: whoever asks in between is told that nothing is there."""

        async def later() -> Response:
            await asyncio.sleep(self._faults.now.late_s)
            return await call.act(request)

        task = asyncio.ensure_future(later())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _instead(self, fault: str, request: Request, tongue: Tongue) -> Response | None:
        """What is answered without looking at the request."""
        match fault:
            case "drop_request":
                return await hang_up(request)
            case "http500":
                return Response("Lỗi máy chủ", 500)
            case "hang":
                await asyncio.sleep(self._faults.now.hang_s)
                return await hang_up(request)
            case "captive_portal":
                return HTMLResponse(CAPTIVE_PORTAL)
            case "busy":
                return tongue.refuse(tongue.busy_status, "Hệ thống đang bận, vui lòng thử lại sau")
            case "too_many":
                refusal = tongue.refuse(429, "Quá nhiều yêu cầu, vui lòng thử lại sau")
                refusal.headers["Retry-After"] = str(self._faults.now.retry_after_s)
                return refusal
            case "too_large":
                return Response("<html><h1>413 Request Entity Too Large</h1></html>", 413, media_type="text/html")
            case "locked" | "gone" | "not_found":
                return Response(status_code={"locked": 423, "gone": 410, "not_found": 404}[fault])
            case "sign_out":
                self._logins.close_all()
        return None

    async def _after(self, fault: str, request: Request, response: Response) -> Response:
        """What becomes of an answer after everything is stored."""
        match fault:
            case "drop_reply_after_commit":
                return await hang_up(request)
            case "hang_after_commit":
                await asyncio.sleep(self._faults.now.hang_s)
                return await hang_up(request)
            case "http500_after_commit":
                return Response("Lỗi máy chủ", 500)
            case "half_body":
                return HalfAnswer(_body(response), response.status_code, media_type="application/json")
            case "garbage":
                return Response("<<đang bảo trì>>", media_type="application/json")
        return response

    def _note(self, request: Request, name: str, response: Response, took_ms: int) -> None:
        words = _body(response)[:REPLY_SHOWN].decode("utf-8", "replace")
        fault, office = request.state.fault, text_of(request.state.office)
        self._journal.note(Exchange(now_text(), name, office, response.status_code, fault, words, took_ms))


def _body(response: Response) -> bytes:
    """Of an answer that is in memory; a file's answer has none."""
    return bytes(getattr(response, "body", b""))
