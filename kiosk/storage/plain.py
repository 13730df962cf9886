"""Dataclasses of the domain as plain JSON values and back. Unknown keys are dropped, missing ones take their default,
so a row that an older version wrote still reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from kiosk.clock import OFFICE_ZONE


def to_plain(value: Any) -> Any:
    """JSON values only: enums by value, dates and aware instants in ISO form, tuples as lists."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): to_plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(v) for v in value]
    return value


def revive(kind: Any, data: Any) -> Any:
    """The value of type `kind` (a dataclass, an enum, a date, a list of such …) that `to_plain` made `data` from."""
    if data is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return revive(next(a for a in get_args(kind) if a is not NoneType), data)
    if origin in (list, tuple):
        item = get_args(kind)[0]
        return origin(revive(item, d) for d in data)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: revive(hints[name], v) for name, v in data.items() if name in hints})
    return _scalar(kind, data)


def _scalar(kind: Any, data: Any) -> Any:
    if not isinstance(kind, type):
        return data
    if issubclass(kind, datetime):
        return datetime.fromisoformat(data).astimezone(OFFICE_ZONE)
    if issubclass(kind, date):
        return date.fromisoformat(data)
    return kind(data) if issubclass(kind, Enum) else data


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
