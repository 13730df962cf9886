"""The stand-in's addresses: what a commune's office calls, and the admin's own under /_admin."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from kiosk.clock import office_now
from sync.reference.cut import HalfAnswer, hang_up
from sync.reference.faults import Faults, UnknownFaultError
from sync.reference.replies import CAPTIVE_PORTAL, DENIED, DONE, PARTLY, reply
from sync.reference.rules import fault_in_dossier, fault_in_progress
from sync.reference.store import KnownDossierError, ProvinceStore, UnknownDossierError, WrongContentError

LARGEST_FILE = 200 * 1024 * 1024
CHANGES_AT_ONCE = 100
PROGRESS_AT_ONCE = 10


@dataclass(frozen=True)
class Habits:
    """How this province is set up. allocate: gives official codes. auth: "none", "bearer" or "session".

    naive: takes the same code twice, as systems without a unique key do.
    """

    allocate: bool = False
    naive: bool = False
    auth: str = "none"
    secret: str = ""


Act = Callable[[Request], Awaitable[Response]]


class Province:
    """The handlers. url: own address, for the links of files."""

    def __init__(self, folder: Path, url: str, habits: Habits) -> None:
        self.store, self.faults = ProvinceStore(folder), Faults()
        self._url, self._habits = url, habits
        self._sessions: set[str] = set()

    def routes(self) -> list[Route]:
        files = "/TepTin/{sha256}"
        return [
            Route("/DongBoHoSoMC/ThemMoi", self._guarded("insert", self._insert), methods=["POST"]),
            Route("/DongBoHoSoMC/CapNhat", self._guarded("update", self._update), methods=["POST"]),
            Route("/CapNhatTienDoHoSoMC", self._guarded("progress", self._progress), methods=["POST"]),
            Route("/TraCuuHoSo", self._guarded("lookup", self._lookup), methods=["POST"]),
            Route("/TrangThaiHoSo", self._guarded("changes", self._changes), methods=["GET"]),
            Route(f"{files}/thong-tin", self._guarded("file-info", self._file_info), methods=["GET"]),
            Route(files, self._guarded("upload", self._upload), methods=["PUT"]),
            Route(files, self._download, methods=["GET"]),
            Route("/DangNhap", self._guarded("login", self._log_in), methods=["POST"]),
            Route("/_admin/report", self._report, methods=["GET"]),
            Route("/_admin/dossiers/{code}", self._show, methods=["GET"]),
            Route("/_admin/decide", self._decide, methods=["POST"]),
            Route("/_admin/faults", self._switch, methods=["POST"]),
        ]

    def _guarded(self, operation: str, act: Act) -> Act:
        """Count the request, meet its fault if it is to meet one, ask for the login, then act."""
        is_write = operation in ("insert", "update", "progress", "upload")

        async def endpoint(request: Request) -> Response:
            switches = self.faults.now
            if switches.away:
                return await hang_up(request)
            fault = self.faults.meet(is_write=is_write, is_upload=operation == "upload")
            if switches.slow_s and await _taken(request):
                await asyncio.sleep(switches.slow_s)
            if (instead := await self._instead(fault, request)) is not None:
                return instead
            await run_in_threadpool(self.store.count, operation)
            if operation != "login" and not self._is_signed_in(request):
                return self._answer(DENIED, "Phiên làm việc không hợp lệ, chưa đăng nhập", status=401)
            request.state.fault = fault
            try:
                return await self._after(fault, request, await act(request))
            except ClientDisconnect:
                return Response(status_code=400)  # goes nowhere: the office hung up in the middle

        return endpoint

    async def _instead(self, fault: str, request: Request) -> Response | None:
        """What is answered without looking at the request."""
        match fault:
            case "drop_request":
                return await hang_up(request)
            case "http500":
                return Response("Lỗi máy chủ", 500)
            case "captive_portal":
                return HTMLResponse(CAPTIVE_PORTAL)
            case "busy":
                return self._answer(DENIED, "Hệ thống đang bận, vui lòng thử lại sau")
            case "sign_out":
                self._sessions.clear()
        return None

    async def _after(self, fault: str, request: Request, response: Response) -> Response:
        """What becomes of an answer after everything is stored."""
        match fault:
            case "drop_reply_after_commit":
                return await hang_up(request)
            case "http500_after_commit":
                return Response("Lỗi máy chủ", 500)
            case "half_body":
                return HalfAnswer(bytes(response.body), response.status_code, media_type="application/json")
            case "garbage":
                return Response("<<đang bảo trì>>", media_type="application/json")
        return response

    async def _insert(self, request: Request) -> Response:
        return await self._take(request, fault_in_dossier, self._store_new)

    async def _update(self, request: Request) -> Response:
        return await self._take(request, fault_in_dossier, self.store.update)

    async def _progress(self, request: Request) -> Response:
        return await self._take(request, fault_in_progress, self.store.add_progress, PROGRESS_AT_ONCE)

    def _store_new(self, entries: Sequence[Mapping[str, Any]]) -> None:
        self.store.insert(entries, naive=self._habits.naive, allocate=self._habits.allocate, now=_now())

    async def _take(
        self,
        request: Request,
        fault_in: Callable[[object], str],
        keep: Callable[[Sequence[Mapping[str, Any]]], None],
        at_most: int = 1000,
    ) -> Response:
        entries = _parsed(await request.body())
        if not isinstance(entries, list) or not 0 < len(entries) <= at_most:
            return self._answer(DENIED, f"Dữ liệu phải là mảng từ 1 đến {at_most} phần tử")
        for entry in entries:
            if reason := fault_in(entry) or self._rejected(entry):
                return self._answer(DENIED, reason)
        try:
            await run_in_threadpool(keep, entries)
        except KnownDossierError as known:
            return self._answer(PARTLY, f"Hồ sơ {known} đã tồn tại")
        except UnknownDossierError as unknown:
            return self._answer(DENIED, f"Hồ sơ {unknown} không tồn tại")
        return self._answer(DONE, "Cập nhật dữ liệu thành công")

    def _rejected(self, entry: Mapping[str, Any]) -> str:
        reject = self.faults.now.reject
        return reject.get(str(entry.get("MaHoSo")), "") or reject.get(str(entry.get("MaTTHC")), "")

    async def _lookup(self, request: Request) -> Response:
        asked = _parsed(await request.body())
        code = str(asked.get("mahoso", "")) if isinstance(asked, dict) else ""
        found = await run_in_threadpool(self.store.find, code)
        if found is not None and self.faults.now.hide_steps:
            del found["DanhSachTienTrinh"]
        return self._answer(DONE, "Thành công", result=[found] if found else [])

    async def _changes(self, request: Request) -> Response:
        try:
            after = int(request.query_params.get("contro") or 0)
        except ValueError:
            return self._answer(DENIED, "Con trỏ không hợp lệ")
        rows = await run_in_threadpool(self.store.changes, after, CHANGES_AT_ONCE)
        items = [
            {
                "MaHoSo": row["official"] or row["code"],
                "MaHoSoDonVi": row["code"],
                "MaHoSoQuocGia": row["official"],
                "TrangThai": row["status"],
                "NoiDung": row["note"],
                "NgayXuLy": row["at"],
            }
            for row in rows
        ]
        cursor = str(rows[-1]["seq"] if rows else after)
        more = len(rows) == CHANGES_AT_ONCE
        return self._answer(DONE, "Thành công", result=items, contro=cursor, con_nua=more)

    async def _file_info(self, request: Request) -> Response:
        sha256 = request.path_params["sha256"]
        known = await run_in_threadpool(self.store.file, sha256)
        if known is None:
            return self._answer(DENIED, "Tệp không tồn tại")
        return self._receipt(known[0]["id"], sha256)

    async def _upload(self, request: Request) -> Response:
        sha256 = request.path_params["sha256"]
        content = await _body_up_to(request, LARGEST_FILE)
        if content is None:
            return self._answer(DENIED, "Tệp quá lớn", status=413)
        file_id, media_type = request.headers.get("x-ma-tep", ""), request.headers.get("content-type", "")
        try:
            computed = await run_in_threadpool(self.store.keep_file, sha256, file_id, content, media_type)
        except WrongContentError:
            return self._answer(DENIED, "Mã băm không khớp với nội dung tệp")
        wrong = request.state.fault == "wrong_hash"
        return self._receipt(file_id, "0" * 64 if wrong else computed, sha256)

    def _receipt(self, file_id: str, computed: str, place: str = "") -> Response:
        link = f"{self._url}/TepTin/{place or computed}"
        entry = {"TepDinhKemId": file_id, "DuongDan": link, "MaBam": computed}
        return self._answer(DONE, "Tải tệp thành công", result=[entry])

    async def _download(self, request: Request) -> Response:
        known = await run_in_threadpool(self.store.file, request.path_params["sha256"])
        if known is None:
            return Response(status_code=404)
        return FileResponse(known[1], media_type=known[0]["media_type"] or None)

    async def _log_in(self, request: Request) -> Response:
        asked = _parsed(await request.body())
        password = asked.get("password", "") if isinstance(asked, dict) else ""
        if not secrets.compare_digest(str(password).encode(), self._habits.secret.encode()):
            return self._answer(DENIED, "Sai tên đăng nhập hoặc mật khẩu, xác thực không thành công")
        session = secrets.token_hex(16)
        self._sessions.add(session)
        return self._answer(DONE, "Đăng nhập thành công", session=session)

    def _is_signed_in(self, request: Request) -> bool:
        match self._habits.auth:
            case "bearer":
                return request.headers.get("authorization") == f"Bearer {self._habits.secret}"
            case "session":
                return request.headers.get("session") in self._sessions
        return True

    def _answer(self, code: int, message: str, *, status: int = 200, **more: Any) -> Response:
        content = reply(code, message, self.faults.now, **more)
        return Response(content, status, media_type="application/json")

    async def _report(self, _request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(self.store.report))

    async def _show(self, request: Request) -> Response:
        found = await run_in_threadpool(self.store.find, request.path_params["code"])
        return JSONResponse(found) if found else JSONResponse({"error": "unknown code"}, 404)

    async def _decide(self, request: Request) -> Response:
        """{"code", "status", "note", "official"}: the province takes a decision of its own."""
        asked = _parsed(await request.body())
        if not isinstance(asked, dict) or str(asked.get("status")) not in {str(n) for n in range(1, 11)}:
            return JSONResponse({"error": "code and status 1..10 are needed"}, 400)
        note, official = str(asked.get("note", "")), str(asked.get("official", ""))
        try:
            await run_in_threadpool(
                self.store.decide, str(asked.get("code")), str(asked["status"]), note, official, _now()
            )
        except UnknownDossierError:
            return JSONResponse({"error": "unknown code"}, 404)
        return JSONResponse({"ok": True})

    async def _switch(self, request: Request) -> Response:
        asked = _parsed(await request.body())
        try:
            return JSONResponse(asdict(self.faults.switch(asked if isinstance(asked, dict) else {"": 0})))
        except UnknownFaultError as unknown:
            return JSONResponse({"error": f"no such switch: {unknown}"}, 400)


def make_app(folder: Path, url: str, habits: Habits) -> Starlette:
    return Starlette(routes=Province(folder, url, habits).routes())


async def _taken(request: Request) -> bool:
    """Read the request, so that it will be carried out even if the office stops waiting for the answer."""
    try:
        await request.body()
    except ClientDisconnect:
        return False
    return True


async def _body_up_to(request: Request, largest: int) -> bytes | None:
    """The whole body, None when it is larger."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > largest:
            return None
    return bytes(content)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _now() -> str:
    return office_now().strftime("%Y%m%d%H%M%S")
