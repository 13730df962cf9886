"""G1.5: one address per operation, bare arrays with the fields of QĐ 766; also the bus form with flags in the query."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sync.reference.gate import Call
from sync.reference.intake import G15, Answer, Intake
from sync.reference.logins import Logins
from sync.reference.replies import DENIED, DONE, Worded
from sync.reference.requests import json_of, object_of, plain, text_of
from sync.reference.schemas import DOSSIERS, LOGIN, LOOKUP, STEPS
from sync.reference.store import ProvinceStore


class BareArrays:
    def __init__(self, store: ProvinceStore, intake: Intake, logins: Logins, tongue: Worded) -> None:
        self._store, self._intake, self._logins, self._tongue = store, intake, logins, tongue

    def calls(self) -> list[Call]:
        may, new, old = self._logins.may_call, "/DongBoHoSoMC/ThemMoi", "/DongBoHoSoMC/CapNhat"
        unit = ("MaDinhDanhDV",)
        flags = (*unit, "isUpdating")
        return [
            Call("insert", "POST", new, self._insert, "Thêm mới hồ sơ (mảng)", may, "write", DOSSIERS, unit),
            Call("update", "POST", old, self._update, "Cập nhật hồ sơ (mảng)", may, "write", DOSSIERS, unit),
            Call(
                "bus", "POST", "/DongBoHoSoMC", self._by_flag, "Như trên, cờ ở địa chỉ", may, "write", DOSSIERS, flags
            ),
            Call("progress", "POST", "/CapNhatTienDoHoSoMC", self._progress, "Tiến độ", may, "write", STEPS, unit),
            Call("lookup", "POST", "/TraCuuHoSo", self._look_up, "Tra cứu hồ sơ theo mã", may, body=LOOKUP),
            Call("login", "POST", "/DangNhap", self._log_in, "Đăng nhập, nhận phiên", lambda _: True, body=LOGIN),
        ]

    async def _insert(self, request: Request) -> Response:
        return await self._take(request, self._intake.insert)

    async def _update(self, request: Request) -> Response:
        return await self._take(request, self._intake.update)

    async def _by_flag(self, request: Request) -> Response:
        updating = request.query_params.get("isUpdating", "").lower() == "true"
        return await self._take(request, self._intake.update if updating else self._intake.insert)

    async def _progress(self, request: Request) -> Response:
        code, message = await run_in_threadpool(self._intake.progress, await json_of(request))
        return self._tongue.answer(code, message)

    async def _take(self, request: Request, take: Callable[[object, str, str], Answer]) -> Response:
        office = request.state.office = plain(request.query_params.get("MaDinhDanhDV", ""))
        code, message = await run_in_threadpool(take, await json_of(request), G15, office)
        return self._tongue.answer(code, message)

    async def _look_up(self, request: Request) -> Response:
        asked = await object_of(request)
        request.state.office = text_of(asked.get("madonvi"))
        return await found_answer(self._store, self._tongue, asked.get("mahoso"))

    async def _log_in(self, request: Request) -> Response:
        return await login_answer(self._logins, self._tongue, request)


async def found_answer(store: ProvinceStore, tongue: Worded, code: object) -> Response:
    """TraCuuHoSo: an empty `result` means that there is none."""
    found = await run_in_threadpool(store.find, code) if isinstance(code, str) else None
    if found is not None and tongue.hides_steps:
        del found["DanhSachTienTrinh"]
    return tongue.answer(DONE, "Thành công", result=[found] if found else [])


async def login_answer(logins: Logins, tongue: Worded, request: Request) -> Response:
    asked = await object_of(request)
    if not logins.is_right(asked.get("password", "")):
        return tongue.answer(DENIED, "Sai tên đăng nhập hoặc mật khẩu, xác thực không thành công")
    return tongue.answer(DONE, "Đăng nhập thành công", session=logins.open())
