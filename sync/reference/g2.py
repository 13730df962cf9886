"""G2: an OAuth token, codes given here, files first, one creation, then calls for progress and status."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sync.reference.catalogue import Catalogue, UnknownServiceError
from sync.reference.faults import Faults
from sync.reference.feed import Feed, feed_question
from sync.reference.files import Files
from sync.reference.gate import Call
from sync.reference.intake import rejected
from sync.reference.logins import Habits, Logins
from sync.reference.multipart import FilePart, file_parts
from sync.reference.replies import Rest
from sync.reference.requests import MalformedRequestError, json_of, now_text, object_of, plain, text_of
from sync.reference.rules_g2 import AGENCY, fault_in_creation, fault_in_status, fault_in_step
from sync.reference.schemas import FORM_FILES, G2_DOSSIER, G2_STATUSES, G2_STEPS, LOOKUP, TOKEN
from sync.reference.store import Arrival, KnownDossierError, ProvinceStore, Step, UnknownDossierError, id_of
from sync.reference.tus import LARGEST_FILE

GENERATION = "G2"
STEPS_AT_ONCE = 100
_ID = re.compile("0{16}[0-7][0-9a-f]{7}")  # what `id_of` writes, as far as a row's number goes

Entry = Mapping[str, Any]


class RestSteps:
    """Codes of HTTP: 400 missing or wrong fields, 401 token, 404 unknown dossier, 409 the code is taken already."""

    def __init__(
        self,
        store: ProvinceStore,
        files: Files,
        faults: Faults,
        feed: Feed,
        catalogue: Catalogue,
        habits: Habits,
        logins: Logins,
        tongue: Rest,
    ) -> None:
        self._store, self._files, self._faults = store, files, faults
        self._feed, self._catalogue = feed, catalogue
        self._habits, self._logins, self._tongue = habits, logins, tongue

    def calls(self) -> list[Call]:
        token, since = self._logins.has_token, ("contro", "madonvi")
        new, steps, status = "/G2/NoiHoSo", "/G2/CapNhatTienDoHoSoMC", "/G2/CapNhatTrangThai"
        ask, news, lists = "/G2/TraCuuHoSo", "/G2/TrangThaiHoSo", "/G2/KetNoiMotCuaQuocGia/{service}"
        return [
            Call("g2-token", "POST", "/G2/token", self._token, "Lấy token (client credentials)", _anybody, body=TOKEN),
            Call("allot", "GET", "/G2/GetNextValue", self._next_code, "Cấp mã hồ sơ", token, "write", query=("code",)),
            Call("g2-files", "POST", "/G2/TaiTep", self._upload, "Gửi tệp (multipart)", token, "upload", FORM_FILES),
            Call("g2-file", "GET", "/G2/TaiTep/{sha256}", self._file_info, "Tệp đã có chưa (theo SHA-256)", token),
            Call("insert", "POST", new, self._create, "Tạo hồ sơ, một lần", token, "write", G2_DOSSIER),
            Call("progress", "POST", steps, self._progress, "Tiến độ (mảng)", token, "write", G2_STEPS),
            Call("update", "POST", status, self._status, "Trạng thái (mảng)", token, "write", G2_STATUSES),
            Call("lookup", "POST", ask, self._look_up, "Tra cứu hồ sơ", token, body=LOOKUP),
            Call("changes", "GET", news, self._changes, "Tin về hồ sơ, sau con trỏ", token, query=since),
            Call("g2-catalogue", "GET", lists, self._list, "Danh mục", token, query=("maTTHC",)),
        ]

    async def _token(self, request: Request) -> Response:
        """client_id and client_secret in the body (JSON or form), as OAuth 2.0 allows (RFC 6749, 2.3.1)."""
        if request.headers.get("content-type", "").startswith("application/json"):
            asked: Mapping[str, Any] = await object_of(request)
        else:
            asked = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        if not text_of(asked.get("client_id")) or not self._logins.is_right(asked.get("client_secret", "")):
            return JSONResponse({"error": "invalid_client"}, 401)
        body = {
            "access_token": self._logins.open(),
            "expires_in": int(self._habits.session_s),
            "token_type": "Bearer",
            "scope": "default",
        }
        return JSONResponse(body)

    async def _next_code(self, request: Request) -> Response:
        office = request.state.office = plain(request.query_params.get("code", ""))
        if not AGENCY.fullmatch(office):
            return self._tongue.refuse(400, "Mã cơ quan không hợp lệ")
        day = now_text()[:8]
        number = await run_in_threadpool(self._store.next_number, f"official {office} {day}")
        value = f"{office}-{day}-{number:07d}"
        return self._tongue.answer({"value": value}, value=value)

    async def _upload(self, request: Request) -> Response:
        content_type = request.headers.get("content-type", "")
        parts = await file_parts(content_type, request.stream(), self._files.new_part, LARGEST_FILE)
        if not parts:
            raise MalformedRequestError("thiếu trường files")
        data = [await run_in_threadpool(self._taken, part) for part in parts]
        if request.state.fault == "wrong_hash":
            data[0]["HashTepTin"] = "0" * 64
        return self._tongue.answer(data)

    async def _file_info(self, request: Request) -> Response:
        known = await run_in_threadpool(self._files.find, request.path_params["sha256"])
        if known is None:
            return self._tongue.refuse(404, "Tệp không tồn tại")
        return self._tongue.answer(_told_file(known.sha256, known.file_id))

    def _taken(self, part: FilePart) -> dict[str, str]:
        """Kept by content, so the hash names it for ever and a second sending adds nothing."""
        computed = self._files.adopt(part.part, "", part.name, part.media_type)
        return _told_file(computed, part.name)

    async def _create(self, request: Request) -> Response:
        entry = await object_of(request)
        request.state.office = text_of(entry.get("MaDonViTiepNhan"))
        if reason := fault_in_creation(entry) or rejected(entry, self._faults):
            return self._tongue.refuse(400, reason)
        missing = await run_in_threadpool(self._missing_files, entry)
        if missing:
            return self._tongue.refuse(400, f"Tệp chưa được gửi: {', '.join(missing)}")
        code = entry["MaHoSo"]
        arrival = Arrival(entry["MaDonViTiepNhan"], code, "2", GENERATION, entry, now_text())
        try:
            ids = await run_in_threadpool(self._insert, arrival)
        except KnownDossierError:
            return self._tongue.refuse(409, f"Hồ sơ {code} đã tồn tại")
        return self._tongue.answer({"idHoSo": id_of(ids[0]), "maHoSo": code}, "Thêm mới thành công")

    def _insert(self, arrival: Arrival) -> list[int]:
        return self._store.insert([arrival], naive=self._faults.now.naive, allocate=False)

    def _missing_files(self, entry: Entry) -> list[str]:
        named = [p["HashTepTin"] for c in entry.get("ThanhPhanHoSo") or () for p in c.get("GiayToDinhKem") or ()]
        return [sha256 for sha256 in named if self._files.find(sha256) is None]

    async def _progress(self, request: Request) -> Response:
        return await self._told(request, fault_in_step, self._store.add_steps, _step)

    async def _status(self, request: Request) -> Response:
        return await self._told(request, fault_in_status, self._store.set_statuses, _status_step)

    async def _told(
        self,
        request: Request,
        fault_in: Callable[[object], str],
        keep: Callable[[Sequence[Step]], None],
        step_of: Callable[[Entry], Step],
    ) -> Response:
        entries = await json_of(request)
        if not isinstance(entries, list) or not 0 < len(entries) <= STEPS_AT_ONCE:
            return self._tongue.refuse(400, f"Dữ liệu phải là mảng từ 1 đến {STEPS_AT_ONCE} phần tử")
        if reason := next((r for r in map(fault_in, entries) if r), ""):
            return self._tongue.refuse(400, reason)
        try:
            if stranger := await run_in_threadpool(self._stranger, entries):
                raise UnknownDossierError(stranger)
            await run_in_threadpool(keep, [step_of(e) for e in entries])
        except UnknownDossierError as unknown:
            return self._tongue.refuse(404, f"Hồ sơ {unknown} không tồn tại")
        return self._tongue.answer(None, "Cập nhật thành công")

    def _stranger(self, entries: Sequence[Entry]) -> str:
        """The first code whose id is not one that was given for it."""
        for entry in entries:
            told = text_of(entry.get("IDHoSo")) or text_of(entry.get("IdHoSo"))
            if not _ID.fullmatch(told) or not self._store.has(int(told, 16), entry["MaHoSo"]):
                return str(entry["MaHoSo"])
        return ""

    async def _look_up(self, request: Request) -> Response:
        code = text_of((await object_of(request)).get("mahoso"))
        found = await run_in_threadpool(self._store.find, code)
        if found is not None and self._faults.now.hide_steps:
            del found["DanhSachTienTrinh"]
        return self._tongue.answer([found] if found else [])

    async def _changes(self, request: Request) -> Response:
        cursor, office = feed_question(request)
        page = await self._feed.page(cursor, office)
        return self._tongue.answer(page["result"], **page)

    async def _list(self, request: Request) -> Response:
        try:
            result = await run_in_threadpool(
                self._catalogue.result, request.path_params["service"], dict(request.query_params)
            )
        except UnknownServiceError:
            return self._tongue.refuse(404, "Dịch vụ không tồn tại")
        return self._tongue.answer(result, result=result)


def _told_file(sha256: str, name: str) -> dict[str, str]:
    return {"IdTepTin": sha256[:24], "HashTepTin": sha256, "TenTepTin": name}


def _anybody(_: Request) -> bool:
    return True


def _step(entry: Entry) -> Step:
    """ThoiDiemXuLy "yyyy-MM-ddTHH:mm:ss.fff" is kept as yyyyMMddHHmmss."""
    at = "".join(c for c in entry["ThoiDiemXuLy"][:19] if c.isdigit())
    return Step(entry["MaHoSo"], at, str(entry["TrangThai"]), entry)


def _status_step(entry: Entry) -> Step:
    return Step(entry["MaHoSo"], now_text(), str(entry["TrangThai"]), entry)
