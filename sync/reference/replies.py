"""The stand-in's answers, worded and coded as known systems word and code them."""

from __future__ import annotations

import json
from typing import Any, Protocol

from starlette.responses import Response

from sync.reference.faults import Faults, Switches

DONE, DENIED, PARTLY = 0, -1, -3
_NAMES = {
    "error_code": ("error_code", "message"),
    "STATUS": ("STATUS", "DESCRIPTION"),
    "Status": ("Status", "Message"),
}
_RAW_00 = "\N{NULL}00"  # stands for a bare 00 until the text is made; no JSON writer would write that

CAPTIVE_PORTAL = """<!DOCTYPE html><html><head><title>WiFi</title></head>
<body><h1>Kết nối thành công</h1><p>Vui lòng đăng nhập để dùng Internet.</p></body></html>"""


class Tongue(Protocol):
    """How one generation says no. busy_status: the HTTP status under which it says that it is busy."""

    busy_status: int

    def refuse(self, status: int, message: str) -> Response: ...


class Worded:
    """G1 and G1.5: HTTP 200 to nearly everything, the code and the words say what happened."""

    busy_status = 200

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    @property
    def hides_steps(self) -> bool:
        return self._faults.now.hide_steps

    def answer(self, code: int, message: str, *, status: int = 200, **more: Any) -> Response:
        return Response(reply(code, message, self._faults.now, **more), status, media_type="application/json")

    def refuse(self, status: int, message: str) -> Response:
        return self.answer(DENIED, message, status=status)


class Rest:
    """G2: HTTP statuses, and {code, message, data}."""

    busy_status = 429

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def answer(self, data: object, message: str = "Thành công", *, status: int = 200, **more: Any) -> Response:
        text = "" if status == 200 and self._faults.now.no_words else message
        body = {"code": status, "message": text, "data": data, **more}
        return Response(json.dumps(body, ensure_ascii=False), status, media_type="application/json")

    def refuse(self, status: int, message: str) -> Response:
        return self.answer(None, message, status=status)


def reply(code: int, message: str, switches: Switches, **more: Any) -> bytes:
    """One answer as bytes, in the dress that the switches ask for."""
    text = "" if code == DONE and switches.no_words else message
    code_name, message_name = _NAMES[switches.shape]
    body: dict[str, Any] = {code_name: _dressed(code, switches.code_form), message_name: text, **more}
    if switches.double_encoded:
        # As gateways do it: the real answer as text inside another one.
        body = {"message": _text(body)}
    return _text(body).encode()


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False).replace(json.dumps(_RAW_00), "00")


def _dressed(code: int, form: str) -> int | str:
    """form: "0" number as text, "00" two digits, "number" a JSON number, "raw00" two digits without quotes."""
    if form == "number":
        return code
    if code == DONE and form in ("00", "raw00"):
        return "00" if form == "00" else _RAW_00
    return str(code)
