"""What all generations share: files by their content, news, online dossiers, catalogues."""

from __future__ import annotations

import base64
import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from sync.reference.catalogue import Catalogue, UnknownServiceError
from sync.reference.feed import FILES, Feed, feed_question
from sync.reference.files import Files, WrongContentError
from sync.reference.gate import Call
from sync.reference.logins import Logins
from sync.reference.replies import DENIED, DONE, Worded
from sync.reference.requests import object_of, plain, text_of
from sync.reference.schemas import BYTES, GET_FILE
from sync.reference.tus import LARGEST_FILE

# Where files are taken: a G1 connection has all its addresses below /G1.
PREFIXES = ("", "/G1")
_SHA256 = re.compile("[0-9a-f]{64}")


class Shared:
    def __init__(
        self, files: Files, feed: Feed, catalogue: Catalogue, logins: Logins, tongue: Worded, url: str
    ) -> None:
        """url: of the stand-in, for the addresses of files."""
        self._files, self._feed, self._catalogue = files, feed, catalogue
        self._logins, self._tongue, self._url = logins, tongue, url

    def calls(self) -> list[Call]:
        may, since = self._logins.may_call, ("contro", "madonvi")
        return [
            *(call for prefix in PREFIXES for call in self._of_files(prefix)),
            Call("getfile", "POST", "/getfile", self._as_base64, "Tải tệp dạng base64", may, body=GET_FILE),
            Call("changes", "GET", "/TrangThaiHoSo", self._changes, "Tin về hồ sơ, sau con trỏ", may, query=since),
            Call(
                "catalogue",
                "GET",
                "/KetNoiMotCuaQuocGia/{service}",
                self._list,
                "Danh mục: LayDanhSachTTHC, LayThuTuc?maTTHC=, LayNgayNghi, LayDanhMucTrangThai, …",
                may,
                query=("maTTHC",),
            ),
        ]

    def _of_files(self, prefix: str) -> list[Call]:
        may, one = self._logins.may_call, f"{prefix}{FILES}/{{sha256}}"
        return [
            Call("file-info", "GET", f"{one}/thong-tin", self._info, "Tệp đã có chưa (theo SHA-256)", may),
            Call("upload", "PUT", one, self._put, "Gửi một tệp trong một lần", may, "upload", BYTES),
            # No login: whoever knows the hash has been given the address.
            Call("download", "GET", one, self._download, "Tải tệp; HEAD: đã có chưa", lambda _: True),
        ]

    async def _info(self, request: Request) -> Response:
        sha256 = _hash(request)
        known = await run_in_threadpool(self._files.find, sha256) if sha256 else None
        if known is None:
            return self._tongue.answer(DENIED, "Tệp không tồn tại")
        return self._receipt(known.file_id, sha256, sha256)

    async def _put(self, request: Request) -> Response:
        sha256 = _hash(request)
        content = await body_up_to(request, LARGEST_FILE)
        if content is None:
            return self._tongue.answer(DENIED, "Tệp quá lớn", status=413)
        if request.state.fault == "rot":
            content = content[:-1] + b"?"
        file_id, media_type = request.headers.get("x-ma-tep", ""), request.headers.get("content-type", "")
        try:
            if not sha256:
                raise WrongContentError
            computed = await run_in_threadpool(self._files.keep, content, sha256, plain(file_id), plain(media_type))
        except WrongContentError:
            return self._tongue.answer(DENIED, "Mã băm không khớp với nội dung tệp")
        return self._receipt(file_id, computed, "0" * 64 if request.state.fault == "wrong_hash" else computed)

    def _receipt(self, file_id: str, place: str, told: str) -> Response:
        entry = {"TepDinhKemId": file_id, "DuongDan": f"{self._url}{FILES}/{place}", "MaBam": told}
        return self._tongue.answer(DONE, "Tải tệp thành công", result=[entry])

    async def _download(self, request: Request) -> Response:
        sha256 = _hash(request)
        known = await run_in_threadpool(self._files.find, sha256) if sha256 else None
        if known is None:
            return Response(status_code=404)
        told = "0" * 64 if request.state.fault == "wrong_hash" else sha256
        kind = known.media_type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", known.media_type, re.ASCII) else None
        headers = {"X-Ma-Bam": told, "ETag": f'"{sha256}"', "X-Content-Type-Options": "nosniff"}
        return FileResponse(known.path, media_type=kind or "application/octet-stream", headers=headers)

    async def _as_base64(self, request: Request) -> Response:
        """{"DuongDan"} of a file here: its content as base64, as results' repositories give it."""
        link = text_of((await object_of(request)).get("DuongDan"))
        sha256 = link.rpartition("/")[2]
        known = await run_in_threadpool(self._files.find, sha256) if _SHA256.fullmatch(sha256) else None
        if known is None:
            return self._tongue.answer(DENIED, "Tệp không tồn tại")
        content = await run_in_threadpool(known.path.read_bytes)
        return self._tongue.answer(DONE, "Thành công", result=base64.b64encode(content).decode())

    async def _changes(self, request: Request) -> Response:
        cursor, office = feed_question(request)
        return self._tongue.answer(DONE, "Thành công", **await self._feed.page(cursor, office))

    async def _list(self, request: Request) -> Response:
        service, asked = request.path_params["service"], dict(request.query_params)
        try:
            result = await run_in_threadpool(self._catalogue.result, service, asked)
        except UnknownServiceError:
            return self._tongue.answer(DENIED, "Dịch vụ không hợp lệ")
        return self._tongue.answer(DONE, "Thành công", result=result)


async def body_up_to(request: Request, largest: int) -> bytes | None:
    """The whole body, None when it is larger."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > largest:
            return None
    return bytes(content)


def _hash(request: Request) -> str:
    """The SHA-256 of the address, "" when it is none."""
    sha256: str = request.path_params["sha256"]
    return sha256 if _SHA256.fullmatch(sha256) else ""
