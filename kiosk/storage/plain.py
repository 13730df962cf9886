"""Dataclasses of the domain as plain JSON values and back. Unknown keys are dropped, missing ones take their default,
so a row that an older version wrote still reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from kiosk.clock import OFFICE_ZONE

Reader = Callable[[Any], Any]


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
    read = reader(kind)
    return data if data is None or read is None else read(data)


@cache
def reader(kind: Any) -> Reader | None:
    """How to read one type, worked out once; None where the JSON value is already the value."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return reader(next(a for a in get_args(kind) if a is not NoneType))
    if origin in (list, tuple):
        return _sequence(origin, reader(get_args(kind)[0]))
    if not isinstance(kind, type):
        return None
    if is_dataclass(kind):
        return _dataclass(kind)
    if issubclass(kind, datetime):
        return lambda text: datetime.fromisoformat(text).astimezone(OFFICE_ZONE)
    if issubclass(kind, date):
        return date.fromisoformat
    return kind if issubclass(kind, Enum) else None


def _sequence(make: Any, item: Reader | None) -> Reader:
    return make if item is None else lambda data: make(map(item, data))


def _dataclass(kind: type[Any]) -> Reader:
    hints = get_type_hints(kind)
    names = frozenset(f.name for f in fields(kind))
    readers = [(f.name, read) for f in fields(kind) if (read := reader(hints[f.name])) is not None]

    def read_all(data: Mapping[str, Any]) -> Any:
        values = {name: value for name, value in data.items() if name in names}
        for name, read in readers:
            if values.get(name) is not None:
                values[name] = read(values[name])
        return kind(**values)

    return read_all
