"""A small door of the office for what a province pushes; behind it stands the same hearing as behind polling.

Whoever knocks proves who it is (a shared secret over the body and its time, or a certificate); bodies, items and
waiting are bounded; what is delivered twice changes nothing the second time. The form: `sync.messages.incoming`.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kiosk.errors import KioskError
from kiosk.province_config import ListenConfig
from sync.errors import BadConnectionError, ListeningError
from sync.province import Change
from sync.reading import change_of

log = structlog.get_logger()

PATH = "/TinTuTinh"
ITEMS_AT_ONCE = 500
SKEW_S = 300  # between the province's clock and ours
BODY_S = 30.0
CALLS_AT_ONCE = 8
TAKEN, NOT_TAKEN = 0, -1

Take = Callable[[Sequence[Change]], int]


@dataclass(frozen=True)
class Door:
    """take: applies news, and raises KioskError when it cannot. secret: "" where a certificate is enough.

    now: Unix seconds.
    """

    take: Take
    secret: str = field(repr=False)
    largest: int
    now: Callable[[], float] = time.time

    def app(self) -> Starlette:
        return Starlette(routes=[Route(PATH, self._knock, methods=["POST"])])

    async def _knock(self, request: Request) -> Response:
        try:
            body = await asyncio.wait_for(_body_up_to(request, self.largest), BODY_S)
        except (TimeoutError, ClientDisconnect):
            return _answer(NOT_TAKEN, "Không nhận đủ dữ liệu", 408)
        if body is None:
            return _answer(NOT_TAKEN, "Dữ liệu quá lớn", 413)
        if self.secret and not self._is_signed(request.headers, body):
            return _answer(NOT_TAKEN, "Chữ ký hoặc thời điểm không hợp lệ", 401)
        items = _items(body)
        if items is None:
            return _answer(NOT_TAKEN, f"Cần một mảng JSON, nhiều nhất {ITEMS_AT_ONCE} tin", 400)
        return await self._kept(items)

    async def _kept(self, items: Sequence[Mapping[str, Any]]) -> Response:
        """ "Taken" is said only when everything is in the office's store."""
        try:
            changed = await run_in_threadpool(self.take, [change_of(item) for item in items])
        except KioskError as trouble:
            log.warning("pushed news not kept", code=trouble.code)
            return _answer(NOT_TAKEN, "Chưa lưu được, gửi lại sau", 503)
        except Exception:  # the edge of a request: the door must outlive it
            log.exception("pushed news not kept")
            return _answer(NOT_TAKEN, "Chưa lưu được, gửi lại sau", 500)
        log.info("news pushed", items=len(items), changed=changed)
        return _answer(TAKEN, f"Đã nhận {len(items)} tin")

    def _is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        moment, told = headers.get("x-thoi-diem", ""), headers.get("x-chu-ky", "")
        if not (moment.isascii() and moment.isdigit() and len(moment) < 20):
            return False
        if abs(self.now() - int(moment)) > SKEW_S:
            return False
        wanted = hmac.new(self.secret.encode(), moment.encode() + b"\n" + body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(wanted.encode(), told.lower().encode())


def check_listening(config: ListenConfig, secret: str) -> None:
    """Raises: BadConnectionError naming the setting: nobody may push unknown, and names never cross a network open."""
    if bool(config.cert_file) != bool(config.key_file):
        raise BadConnectionError(field="listen.key_file", value=config.key_file)
    if config.client_ca and not config.cert_file:
        raise BadConnectionError(field="listen.cert_file", value="")
    if not secret and not config.client_ca:
        raise BadConnectionError(field="listen.secret_file", value=config.secret_file)
    if not _is_loopback(config.host) and not config.cert_file:
        raise BadConnectionError(field="listen.cert_file", value="")


def listen(config: ListenConfig, take: Take, secret: str, ready: Callable[[str], None]) -> None:
    """Until a signal. ready: told the address once it is listened on. Raises: BadConnectionError, ListeningError."""
    check_listening(config, secret)
    door = Door(take, secret, config.largest_mb * 2**20)
    with contextlib.closing(_listener(config.host, config.port)) as listener:
        server = uvicorn.Server(_settings(config, door))
        scheme = "https" if config.cert_file else "http"
        ready(f"{scheme}://{config.host}:{listener.getsockname()[1]}{PATH}")
        server.run(sockets=[listener])


def _settings(config: ListenConfig, door: Door) -> uvicorn.Config:
    try:
        settings = uvicorn.Config(
            door.app(),
            ws="none",
            lifespan="off",
            log_level="error",
            access_log=False,
            server_header=False,
            limit_concurrency=CALLS_AT_ONCE,
            timeout_keep_alive=5,
            ssl_certfile=config.cert_file or None,
            ssl_keyfile=config.key_file or None,
            ssl_ca_certs=config.client_ca or None,
            ssl_cert_reqs=ssl.CERT_REQUIRED if config.client_ca else ssl.CERT_NONE,
        )
        settings.load()
    except (OSError, ssl.SSLError):
        raise BadConnectionError(field="listen.cert_file", value=config.cert_file) from None
    return settings


def _listener(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except (OSError, OverflowError):
        raise ListeningError(host=host, port=port) from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _body_up_to(request: Request, largest: int) -> bytes | None:
    """The whole body, None when it is larger."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > largest:
            return None
    return bytes(content)


def _items(body: bytes) -> list[Mapping[str, Any]] | None:
    try:
        items = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(items, list) or not 0 < len(items) <= ITEMS_AT_ONCE:
        return None
    return items if all(isinstance(item, Mapping) for item in items) else None


def _answer(code: int, message: str, status: int = 200) -> JSONResponse:
    return JSONResponse({"error_code": code, "message": message}, status)
