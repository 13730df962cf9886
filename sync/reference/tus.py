"""Resumable uploads by the tus protocol 1.0.0: creation, creation-with-upload, expiration, termination.

The whole file is checked at its end with the `sha256` of Upload-Metadata (460 when it differs), not each piece: a check
of pieces would throw away what arrived before a cut. Source: https://tus.io/protocols/resumable-upload
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from email.utils import formatdate

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from sync.reference.cut import hang_up
from sync.reference.files import WrongContentError
from sync.reference.gate import Call
from sync.reference.holds import HeldError, Hold, Holds, PushedAsideError
from sync.reference.requests import MalformedRequestError, plain
from sync.reference.schemas import TUS_PIECE
from sync.reference.uploads import Tail, Upload, Uploads

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,expiration,termination"
BYTES = "application/offset+octet-stream"
WRONG_CHECKSUM = 460
LARGEST_FILE = 200 * 1024 * 1024
PATH = "/tus"
# Not of the protocol: what was computed here, and where the file is now.
HASH_HEADER, LINK_HEADER = "X-Ma-Bam", "X-Duong-Dan"
_SHA256 = re.compile("[0-9a-f]{64}")


class RefusedUploadError(Exception):
    """status: the HTTP status; reason: plain words for whoever reads the answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class Tus:
    """The protocol's endpoints: `create`, `one`, `options`; faults and logins lie around the first two."""

    def __init__(self, uploads: Uploads) -> None:
        self._uploads, self._holds = uploads, Holds()

    async def options(self, _request: Request) -> Response:
        headers = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(LARGEST_FILE)}
        return _answer(204, headers)

    async def create(self, request: Request) -> Response:
        """POST: a new upload, and its first bytes when they come along."""
        try:
            _check_version(request)
            length, facts = _length(request), read_metadata(request.headers.get("upload-metadata", ""))
            upload = await run_in_threadpool(
                self._uploads.create,
                length,
                sha256=_announced(facts),
                file_id=facts.get("id") or facts.get("filename", ""),
                media_type=facts.get("filetype", ""),
                metadata=request.headers.get("upload-metadata", ""),
            )
            headers = {"Location": f"{str(request.base_url).rstrip('/')}{request.url.path}/{upload.id}"}
            if request.headers.get("content-type") == BYTES:
                with self._holds.held(upload.id) as hold:
                    upload = await self._receive(request, upload, hold)
                headers["Upload-Offset"] = str(upload.received)
            elif length == 0:
                upload = await run_in_threadpool(self._uploads.finish, upload)
        except (RefusedUploadError, WrongContentError, HeldError) as refused:
            return _refusal(refused)
        return _answer(201, {**headers, **_state(upload, request)})

    async def one(self, request: Request) -> Response:
        """HEAD, PATCH and DELETE of one upload; POST with the method in X-HTTP-Method-Override."""
        method = request.headers.get("x-http-method-override", request.method).upper()
        try:
            _check_version(request)
            upload = await self._completed(await self._known(request))
            match method:
                case "HEAD":
                    # After a cut the old request still holds bytes that came: it is ended, so that they are counted.
                    with suppress(HeldError):
                        await self._holds.push_aside(upload.id)
                    return _answer(200, _whole_state(await self._known(request), request))
                case "PATCH":
                    return await self._patch(request, upload)
                case "DELETE":
                    await self._holds.push_aside(upload.id)
                    await run_in_threadpool(self._uploads.forget, upload.id)
                    return _answer(204, {})
        except (RefusedUploadError, WrongContentError, HeldError) as refused:
            return _refusal(refused)
        return _answer(405, {"Allow": "HEAD, PATCH, DELETE"})

    async def _known(self, request: Request) -> Upload:
        upload = await run_in_threadpool(self._uploads.find, request.path_params["upload"])
        if upload is None:
            raise RefusedUploadError(404, "unknown upload")
        if upload.state == "gone":
            raise RefusedUploadError(410, "this upload has expired or was given up")
        return upload

    async def _completed(self, upload: Upload) -> Upload:
        """The server may have died between the last byte and the check."""
        if not upload.is_open or upload.received < upload.length or self._holds.is_held(upload.id):
            return upload
        with self._holds.held(upload.id):
            return await run_in_threadpool(self._uploads.finish, upload)

    async def _patch(self, request: Request, upload: Upload) -> Response:
        if request.headers.get("content-type") != BYTES:
            raise RefusedUploadError(415, f"Content-Type must be {BYTES}")
        offset = _number(request.headers.get("upload-offset"))
        if offset is None:
            raise RefusedUploadError(400, "Upload-Offset is missing")
        await self._holds.push_aside(upload.id)
        with self._holds.held(upload.id) as hold:
            upload = await self._known(request)  # whoever was pushed aside may have left more
            if offset != upload.received:
                raise RefusedUploadError(409, f"the offset is {upload.received}")
            if upload.is_open:
                upload = await self._receive(request, upload, hold)
        return _answer(204, {"Upload-Offset": str(upload.received), **_state(upload, request)})

    async def _receive(self, request: Request, upload: Upload, hold: Hold) -> Upload:
        """Write what comes as it comes; even when the line is cut, what came is kept."""
        if (_number(request.headers.get("content-length")) or 0) > upload.length - upload.received:
            raise RefusedUploadError(413, "more bytes than announced")
        tail = self._uploads.tail(upload)
        try:
            await self._write(request, upload, hold, tail)
        except (PushedAsideError, ClientDisconnect):
            raise RefusedUploadError(408, "the line was cut") from None
        finally:
            if tail.size < upload.length:
                await self._settle(upload, tail)
            else:
                await run_in_threadpool(tail.sync)  # the row follows with the check
            tail.close()
        upload = replace(upload, received=tail.size)
        return await run_in_threadpool(self._uploads.finish, upload) if tail.size == upload.length else upload

    async def _write(self, request: Request, upload: Upload, hold: Hold, tail: Tail) -> None:
        fault, half = _fault(request), (tail.size + upload.length) // 2
        async for chunk in hold.chunks(request):
            if tail.size + len(chunk) > upload.length:
                raise RefusedUploadError(413, "more bytes than announced")
            tail.write(bytes(255 - b for b in chunk) if fault == "rot" else chunk)
            if fault == "cut_upload" and tail.size >= half:
                await hang_up(request)
                raise PushedAsideError
            if tail.is_due():
                await self._settle(upload, tail)

    async def _settle(self, upload: Upload, tail: Tail) -> None:
        """Bytes first, then the row that says how many."""
        await run_in_threadpool(tail.sync)
        await run_in_threadpool(self._uploads.advance, upload.id, tail.size)


def read_metadata(header: str) -> dict[str, str]:
    """ "name bmFtZQ==,flag" -> {"name": "name", "flag": ""}. Raises: RefusedUploadError."""
    facts: dict[str, str] = {}
    for pair in filter(None, (p.strip() for p in header.split(","))):
        name, _, value = pair.partition(" ")
        try:
            facts[name] = plain(base64.b64decode(value.strip(), validate=True).decode())
        except (ValueError, MalformedRequestError):  # of base64, of UTF-8; a name that is no text
            raise RefusedUploadError(400, "Upload-Metadata is not name base64, name base64 …") from None
    return facts


def _announced(facts: Mapping[str, str]) -> str:
    sha256 = facts.get("sha256", "").lower()
    if sha256 and not _SHA256.fullmatch(sha256):
        raise RefusedUploadError(400, "sha256 in Upload-Metadata must be 64 hexadecimal digits")
    return sha256


def _check_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != VERSION:
        raise RefusedUploadError(412, f"Tus-Resumable must be {VERSION}")


def _length(request: Request) -> int:
    length = _number(request.headers.get("upload-length"))
    if length is None:
        raise RefusedUploadError(400, "Upload-Length is missing")
    if length > LARGEST_FILE:
        raise RefusedUploadError(413, f"at most {LARGEST_FILE} bytes")
    return length


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def _fault(request: Request) -> str:
    return str(getattr(request.state, "fault", ""))


def _whole_state(upload: Upload, request: Request) -> dict[str, str]:
    metadata = {"Upload-Metadata": upload.metadata} if upload.metadata else {}
    sizes = {"Upload-Offset": str(upload.received), "Upload-Length": str(upload.length)}
    return {**sizes, **metadata, "Cache-Control": "no-store", **_state(upload, request)}


def _state(upload: Upload, request: Request) -> dict[str, str]:
    """When it will be forgotten; once it is done, the hash computed here and the file's address."""
    if upload.is_open:
        return {"Upload-Expires": formatdate(upload.expires_at, usegmt=True)}
    link = f"{str(request.base_url).rstrip('/')}/TepTin/{upload.sha256}"
    return {HASH_HEADER: "0" * 64 if _fault(request) == "wrong_hash" else upload.sha256, LINK_HEADER: link}


def _refusal(refused: RefusedUploadError | WrongContentError | HeldError) -> Response:
    match refused:
        case RefusedUploadError():
            extra = {"Tus-Version": VERSION} if refused.status == 412 else {}
            return _answer(refused.status, extra, refused.reason)
        case HeldError():
            return _answer(423, {}, "another request is writing to this upload")
    return _answer(WRONG_CHECKSUM, {}, "the bytes do not have the announced sha256")


def _answer(status: int, headers: Mapping[str, str], reason: str = "") -> Response:
    return Response(reason, status, {"Tus-Resumable": VERSION, **headers}, media_type="text/plain" if reason else None)


def options(tus: Tus, prefix: str) -> list[Route]:
    """What the server can do is told to everybody, without a fault."""
    paths = (f"{prefix}{PATH}", f"{prefix}{PATH}/{{upload}}")
    return [Route(path, tus.options, methods=["OPTIONS"]) for path in paths]


def calls(tus: Tus, may: Callable[[Request], bool], prefix: str) -> list[Call]:
    """may: whether a request has proved who it is."""
    all_, one = f"{prefix}{PATH}", f"{prefix}{PATH}/{{upload}}"
    return [
        Call("tus-create", "POST", all_, tus.create, "Mở một lượt gửi tệp (tus 1.0.0)", may, "upload", TUS_PIECE),
        Call("tus-head", "HEAD", one, tus.one, "Đã nhận đến đâu", may, "upload"),
        Call("tus", "PATCH", one, tus.one, "Gửi tiếp", may, "upload", TUS_PIECE),
        Call("tus-end", "DELETE", one, tus.one, "Bỏ lượt gửi", may, "upload"),
        Call("tus-method", "POST", one, tus.one, "Như trên, tên việc ở X-HTTP-Method-Override", may, "upload"),
    ]
