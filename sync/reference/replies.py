"""The stand-in's answers, worded and coded as known systems word and code them."""

from __future__ import annotations

import json
from typing import Any

from sync.reference.faults import Switches

DONE, DENIED, PARTLY = 0, -1, -3

CAPTIVE_PORTAL = """<!DOCTYPE html><html><head><title>WiFi</title></head>
<body><h1>Kết nối thành công</h1><p>Vui lòng đăng nhập để dùng Internet.</p></body></html>"""


def reply(code: int, message: str, switches: Switches, **more: Any) -> bytes:
    """One answer as bytes, in the dress that the switches ask for."""
    text = "" if code == DONE and switches.no_words else message
    body: dict[str, Any] = {"error_code": _dressed(code, switches.code_form), "message": text, **more}
    if switches.double_encoded:
        # As gateways do it: the real answer as text inside another one.
        body = {"message": json.dumps(body, ensure_ascii=False)}
    return json.dumps(body, ensure_ascii=False).encode()


def _dressed(code: int, form: str) -> int | str:
    """form: "0" number as text, "00" two digits, "number" a JSON number."""
    if form == "number":
        return code
    return "00" if form == "00" and code == DONE else str(code)
