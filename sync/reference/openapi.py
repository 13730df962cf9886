"""The description of the stand-in (OpenAPI 3.1), made from the same table as its addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sync.reference.gate import Call

_PARAMETER = re.compile(r"{(\w+)}")
# What a right request has there; wrong ones are made by whoever wants to try.
_FORMS = {
    "code": r"^[A-Z][0-9]{2}\.[0-9]{1,3}$",
    "contro": r"^[0-9]{1,9}$",
    "madonvi": r"^[A-Z][0-9]{2}\.[0-9]{1,3}$",
    "sha256": "^[0-9a-f]{64}$",
    "Upload-Length": "^[1-9][0-9]{0,3}$",
    "Upload-Offset": "^0$",
}
_HEADERS = {"tus-create": ("Upload-Length", "Upload-Metadata"), "tus": ("Upload-Offset",)}


def description(calls: Iterable[Call], url: str) -> dict[str, Any]:
    """url: where the stand-in is reached."""
    paths: dict[str, dict[str, Any]] = {}
    for call in calls:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Máy chủ đóng vai tỉnh (Một Cửa)",
            "version": "1",
            "description": "Để thử, tập huấn và trình diễn. Không phải giao diện của tỉnh nào. Lỗi cố ý: /_faults.",
        },
        "servers": [{"url": url}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "header", "name": "session"},
            }
        },
    }


def _operation(call: Call) -> dict[str, Any]:
    in_path = [_parameter(name, "path") for name in _PARAMETER.findall(call.path)]
    in_query = [_parameter(name, "query") for name in call.query]
    in_head = [_parameter("Tus-Resumable", "header", "1.0.0")] if call.name.startswith("tus") else []
    in_head += [_parameter(name, "header") for name in _HEADERS.get(call.name, ())]
    operation: dict[str, Any] = {
        "operationId": f"{call.method.lower()} {call.path}",
        "summary": call.summary,
        "parameters": [*in_path, *in_query, *in_head],
        # What is refused is refused in words under 200 (G1, G1.5) or by status (G2, tus); never a 5xx without a fault.
        "responses": {"default": {"description": "Trả lời"}},
        "security": [{"token": []}, {"session": []}, {}],
    }
    if call.body is not None:
        operation["requestBody"] = dict(call.body)
    return operation


def _parameter(name: str, place: str, only: str = "") -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "minLength": 1}
    if name in _FORMS:
        schema = {"type": "string", "pattern": _FORMS[name]}
    if only:
        schema = {"type": "string", "enum": [only]}
    return {"name": name, "in": place, "required": place == "path" or bool(only), "schema": schema}
