"""How values stand on the wire: times of each kind, flags, texts cut to what a form takes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kiosk.clock import OFFICE_ZONE
from kiosk.text import nfc

COMPACT, SPACED = "%Y%m%d%H%M%S", "%Y-%m-%d %H:%M:%S"


def wire_time(at: datetime | None) -> str:
    """yyyyMMddHHmmss on the office's wall clock; "" for an unknown time. Raises: ValueError for a naive one."""
    return _local(at).strftime(COMPACT) if at is not None else ""


def spaced_time(at: datetime | None) -> str:
    """yyyy-MM-dd HH:mm:ss, as G2 writes the days of a dossier. Raises: ValueError for a naive one."""
    return _local(at).strftime(SPACED) if at is not None else ""


def iso_time(at: datetime | None) -> str:
    """yyyy-MM-ddTHH:mm:ss.fff without a zone, as G2 writes the times of a step. Raises: ValueError for a naive one."""
    return _local(at).replace(tzinfo=None).isoformat(timespec="milliseconds") if at is not None else ""


def birth_time(born_on: str) -> str:
    """ "1995-03-07" -> "19950307000000"; "" for a birth date without its day: none is made up."""
    digits = born_on.replace("-", "")
    return f"{digits}000000" if len(digits) == 8 and digits.isdigit() else ""


def read_time(text: str) -> datetime | None:
    """Any of the three forms above, on the office's wall clock; None for "" or what is no date."""
    for form in (COMPACT, SPACED, "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=OFFICE_ZONE)
        except ValueError:
            continue
    return None


def flag(value: bool) -> str:
    return "1" if value else "0"


def word(value: bool) -> str:
    """ "True" or "False", as IsDeleted and isUpdating have it."""
    return "True" if value else "False"


def cut(text: str, longest: int) -> str:
    """NFC, at most `longest` characters, with an ellipsis where something was left out."""
    text = nfc(text)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def composed(message: dict[str, Any]) -> dict[str, Any]:
    """The same with every text in NFC, as the field's systems compare it."""
    return {name: _composed(value) for name, value in message.items()}


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, dict):
        return composed(value)
    return [_composed(inner) for inner in value] if isinstance(value, list) else value


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("naive datetime")
    return at.astimezone(OFFICE_ZONE)
