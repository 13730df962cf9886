"""G1: log in, then two addresses; `service` in the envelope says what is wanted."""

from __future__ import annotations

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sync.reference.catalogue import Catalogue, UnknownServiceError
from sync.reference.feed import Feed
from sync.reference.g15 import found_answer, login_answer
from sync.reference.gate import SIGNED_OUT, Call, Kind
from sync.reference.intake import G1, Intake
from sync.reference.logins import Logins
from sync.reference.replies import DENIED, DONE, Worded
from sync.reference.requests import object_of, text_of
from sync.reference.schemas import ENVELOPE, LOGIN
from sync.reference.store import ProvinceStore


class Envelopes:
    """Without a session or `madonvi` it is refused in words under HTTP 200, as known systems do."""

    def __init__(
        self, store: ProvinceStore, intake: Intake, feed: Feed, catalogue: Catalogue, logins: Logins, tongue: Worded
    ) -> None:
        self._store, self._intake, self._feed, self._catalogue = store, intake, feed, catalogue
        self._logins, self._tongue = logins, tongue

    def calls(self) -> list[Call]:
        def anybody(_: Request) -> bool:
            return True  # the session is in the envelope, which says what is refused in its own words

        return [
            Call("g1-login", "POST", "/G1/auth", self._log_in, "Đăng nhập, nhận phiên", anybody, body=LOGIN),
            Call(
                "g1",
                "POST",
                "/G1/integration",
                self._integrate,
                "Gửi, tra cứu hồ sơ: `service` chọn việc",
                anybody,
                "write",
                ENVELOPE,
                sort=sort,
            ),
            Call("g1-share", "POST", "/G1/share", self._share, "Danh mục dùng chung", anybody, body=ENVELOPE),
        ]

    async def _log_in(self, request: Request) -> Response:
        return await login_answer(self._logins, self._tongue, request)

    async def _integrate(self, request: Request) -> Response:
        envelope = await object_of(request)
        if (refused := self._refused(request, envelope)) is not None:
            return refused
        office, data = request.state.office, envelope.get("data")
        match envelope.get("service"):
            case "DongBoHoSoMC":
                updating = text_of(envelope.get("isUpdating")) == "True"
                take = self._intake.update if updating else self._intake.insert
                return self._tongue.answer(*await run_in_threadpool(take, data, G1, office))
            case "CapNhatTienDoHoSoMC":
                return self._tongue.answer(*await run_in_threadpool(self._intake.progress, data))
            case "TraCuuHoSo":
                return await found_answer(self._store, self._tongue, envelope.get("mahoso"))
            case "TrangThaiHoSo":
                news = await self._feed.page(text_of(envelope.get("contro")), office)
                return self._tongue.answer(DONE, "Thành công", **news)
            case "LayThuTuc":
                return await self._shared(envelope)
        return self._tongue.answer(DENIED, f"Dịch vụ không hợp lệ: {text_of(envelope.get('service'))}")

    async def _share(self, request: Request) -> Response:
        envelope = await object_of(request)
        return self._refused(request, envelope) or await self._shared(envelope)

    async def _shared(self, envelope: dict[str, Any]) -> Response:
        service = text_of(envelope.get("service"))
        asked = {name: value for name, value in envelope.items() if isinstance(value, str)}
        try:
            result = await run_in_threadpool(self._catalogue.result, service, asked)
        except UnknownServiceError:
            return self._tongue.answer(DENIED, f"Dịch vụ không hợp lệ: {service}")
        return self._tongue.answer(DONE, "Thành công", result=result)

    def _refused(self, request: Request, envelope: dict[str, Any]) -> Response | None:
        request.state.office = text_of(envelope.get("madonvi"))
        if not self._logins.is_open(envelope.get("session")):
            return self._tongue.answer(DENIED, SIGNED_OUT)
        return None if request.state.office else self._tongue.answer(DENIED, "Thiếu trường bắt buộc: madonvi")


def sort(body: bytes) -> tuple[str, Kind]:
    """What an envelope wants: its name in the journal, and whether anything is stored."""
    try:
        envelope = json.loads(body)
    except (ValueError, RecursionError):
        return "g1", "read"
    service = envelope.get("service") if isinstance(envelope, dict) else None
    match service:
        case "DongBoHoSoMC":
            return ("update" if envelope.get("isUpdating") == "True" else "insert"), "write"
        case "CapNhatTienDoHoSoMC":
            return "progress", "write"
        case "TraCuuHoSo":
            return "lookup", "read"
        case "TrangThaiHoSo":
            return "changes", "read"
    return "g1", "read"
