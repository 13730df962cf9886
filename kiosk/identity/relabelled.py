"""Card data that scanner software rewrote: with labels, as JSON, with commas, tabs or semicolons."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from kiosk.identity.reading import Problems
from kiosk.text import fold

_LABELS = {
    "id": "cccd socccd canccuoc socancuoc sothecancuoc sodinhdanh sodinhdanhcanhan idnumber id so idno cancuoc "
    "socancuoccongdan cancuoccongdan number",
    "old": "cmnd socmnd cmndcu socmndcu oldid oldidnumber cmnd9so",
    "name": "hoten hovaten hochudemvaten hochudemvatenkhaisinh name fullname ten",
    "born": "ngaysinh ngaythangnamsinh dob dateofbirth birthday birthdate bornon namsinh",
    "sex": "gioitinh sex gender",
    "address": "diachi noithuongtru noicutru thuongtru address residence diachithuongtru",
    "issued": "ngaycap issuedate issuedon issued dateofissue",
    "expires": "ngayhethan cogiatriden hethan expiry expires expireson dateofexpiry",
}
NAME_OF = {label: name for name, labels in _LABELS.items() for label in labels.split()}
_PART = re.compile(r"\s*([^:=]{1,40}?)\s*[:=]\s*(.*?)\s*")


def named_parts(text: str, problems: Problems) -> dict[str, str] | None:
    """ "CCCD:001…|Họ tên:…" by lines, bars or semicolons -> items by name; None when it is not of that kind."""
    parts = [_PART.fullmatch(part) for part in re.split(r"[|\n;]", text) if part.strip()]
    pairs = [(found[1], found[2]) for found in parts if found]
    if len(pairs) < 2 or len(pairs) * 2 < len(parts):
        return None
    return _named(pairs, problems)


def json_parts(text: str, problems: Problems) -> dict[str, str] | list[str] | None:
    """A JSON object by its labels, or a JSON list by position."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict):
        inner = [v for v in value.values() if isinstance(v, dict)]
        if len(inner) == 1 and not any(isinstance(v, str) for v in value.values()):
            value = inner[0]
        return _named([(str(k), _plain(v)) for k, v in value.items()], problems)
    if isinstance(value, list) and value and all(isinstance(v, (str, int)) or v is None for v in value):
        return [_plain(v) for v in value]
    return None


def comma_parts(text: str) -> list[str] | None:
    """Positional items parted by commas, tabs or semicolons; an address may hold commas itself."""
    for mark in ("\t", ";", ","):
        items = [item.strip().strip('"') for item in text.split(mark)]
        if len(items) < 4 or not re.fullmatch(r"[\d ]{9,14}", items[0]):
            continue
        if mark != "," or len(items) <= 7:
            return items
        old = 1 if not items[1] or items[1].isdigit() else 0
        head, rest = items[: 4 + old], items[4 + old :]
        last = [rest.pop()] if re.fullmatch(r"\d{4,8}|[\d/.\-]{8,10}", rest[-1]) else []
        return [*head, ", ".join(rest), *last]
    return None


def _plain(value: Any) -> str:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _named(pairs: list[tuple[str, str]], problems: Problems) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for label, text in pairs:
        name = NAME_OF.get(re.sub(r"[^a-z0-9]", "", fold(label)))
        if name is None:
            continue
        if found.get(name, text) != text:
            problems.add(f"Mục “{label}” có hai giá trị khác nhau nên không dùng; nhập tay theo thẻ.")
            text = ""
        found[name] = text
    return found if _enough(found) else None


def _enough(found: Mapping[str, str]) -> bool:
    return len(found) >= 2 and ("id" in found or "name" in found)
