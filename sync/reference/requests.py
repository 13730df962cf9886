"""Reading requests with care: whatever comes, the stand-in answers, and never falls over."""

from __future__ import annotations

import json
import zlib
from typing import Any

from starlette.requests import Request

from kiosk.clock import office_now

DEEPEST = 20
LARGEST_JSON = 64 * 1024 * 1024


class MalformedRequestError(Exception):
    """The request cannot be read; the text says what is wrong with it, in Vietnamese."""


async def json_of(request: Request) -> Any:
    """Raises: MalformedRequestError, also for what no database would take."""
    body = unpacked(await request.body(), request.headers.get("content-encoding", ""))
    try:
        value = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise MalformedRequestError("không phải JSON") from None
    _check(value, DEEPEST)
    return value


def unpacked(body: bytes, encoding: str) -> bytes:
    """Raises: MalformedRequestError, also for a little that would become very much."""
    if encoding != "gzip":
        return body
    reader = zlib.decompressobj(wbits=31)
    try:
        plain_body = reader.decompress(body, LARGEST_JSON)
    except zlib.error:
        raise MalformedRequestError("không phải gzip") from None
    if not reader.eof:
        raise MalformedRequestError("thân yêu cầu quá lớn hoặc bị cắt")
    return plain_body


async def object_of(request: Request) -> dict[str, Any]:
    """Raises: MalformedRequestError."""
    value = await json_of(request)
    if not isinstance(value, dict):
        raise MalformedRequestError("phải là một đối tượng JSON")
    return value


def text_of(value: object) -> str:
    """Text as it is; anything else is "": never the look of a list or a number."""
    return value if isinstance(value, str) else ""


def number_of(text: str, default: int = 0) -> int:
    """A cursor or a count, below what a column holds. Raises: MalformedRequestError."""
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise MalformedRequestError("con trỏ không hợp lệ")
    return int(text)


def plain(text: str) -> str:
    """A word of an address or a header. Raises: MalformedRequestError for what no database would take."""
    _check(text, 1)
    return text


def check_path(request: Request) -> None:
    """Raises: MalformedRequestError for an address that no database would take."""
    for value in request.path_params.values():
        plain(str(value))


def now_text() -> str:
    """yyyyMMddHHmmss, local."""
    return office_now().strftime("%Y%m%d%H%M%S")


def _check(value: object, depth: int) -> None:
    """No NUL (PostgreSQL has none in text), no half of a surrogate pair, not too deep."""
    if depth < 0:
        raise MalformedRequestError("lồng quá sâu")
    match value:
        case str():
            if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
                raise MalformedRequestError("có ký tự không hợp lệ")
        case list():
            for item in value:
                _check(item, depth - 1)
        case dict():
            for name, item in value.items():
                _check(name, depth - 1)
                _check(item, depth - 1)


def _refuse_constant(name: str) -> object:
    raise ValueError(name)
