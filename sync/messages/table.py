"""Field tables as data: what a generation says of each field, and what is wrong with a message by its table."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sync.messages.profile import Profile

Message = Mapping[str, Any]
Rule = Callable[[Message, Profile], bool]


class Must(StrEnum):
    """YES: not sent without it; COUNTED: may be empty, but the index counts it (QĐ 766/QĐ-TTg); NO: may be empty."""

    YES = "M"
    COUNTED = "o*"
    NO = "o"


class Kind(StrEnum):
    """TEXT: a string, whatever it says; NUMBER: a JSON number; the three forms of time are strings; ITEMS: an array of
    objects; OBJECT: one object; OPEN: an object with names of its own."""

    TEXT = "text"
    NUMBER = "number"
    COMPACT = "yyyyMMddHHmmss"
    SPACED = "yyyy-MM-dd HH:mm:ss"
    ISO = "yyyy-MM-ddTHH:mm:ss.fff"
    ITEMS = "array"
    OBJECT = "object"
    OPEN = "open object"


_TIMES = {
    Kind.COMPACT: (re.compile(r"\d{14}"), "%Y%m%d%H%M%S"),
    Kind.SPACED: (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"), "%Y-%m-%d %H:%M:%S"),
    Kind.ISO: (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}"), "%Y-%m-%dT%H:%M:%S.%f"),
}


def always(message: Message, profile: Profile) -> bool:  # noqa: ARG001 -- a rule that looks at nothing
    return True


def nothing(profile: Profile) -> Collection[str]:  # noqa: ARG001 -- no values beside the table's
    return ()


@dataclass(frozen=True)
class Field:
    """One row. label: in the officer's words. longest: characters. among: allowed values, () for any; also: further
    ones by the connection's settings. when: whether `must` holds for this message. words: what to say of a counted
    field that is empty. pattern: of a value that is not empty, in full; like: an example of it. members: the rows of
    an array's or object's own.
    """

    name: str
    label: str
    must: Must = Must.NO
    kind: Kind = Kind.TEXT
    longest: int | None = None
    among: tuple[str, ...] = ()
    pattern: str = ""
    like: str = ""
    members: tuple[Field, ...] = ()
    when: Rule = always
    words: str = ""
    also: Callable[[Profile], Collection[str]] = nothing


Table = tuple[Field, ...]


def missing(message: Message, table: Table, profile: Profile) -> Iterator[str]:
    """Labels of mandatory fields that are empty, in the order of the table, those of nested objects included."""
    for row in table:
        value = message.get(row.name)
        if row.must is Must.YES and _is_empty(value) and row.when(message, profile):
            yield row.label
        for entry in _entries(value):
            yield from (f"{row.label}: {label}" for label in missing(entry, row.members, profile))


def malformed(message: Message, table: Table, profile: Profile) -> Iterator[str]:
    """What does not fit its row, in Vietnamese; empty values always do. Unknown and absent names are told too."""
    names = {row.name for row in table}
    yield from (f"“{name}” không có trong bảng trường" for name in message if name not in names)
    for row in table:
        if row.name not in message:
            yield f"Không có trường {row.name}"
            continue
        value = message[row.name]
        if (wrong := _wrong(value, row, profile)) and not _is_empty(value):
            yield f"{row.label}: {wrong}"
        elif row.kind in (Kind.ITEMS, Kind.OBJECT):
            for entry in _entries(value):
                yield from (f"{row.label}: {words}" for words in malformed(entry, row.members, profile))


def uncounted(message: Message, table: Table, profile: Profile) -> list[str]:
    """What to tell of fields that the index counts and that are still empty."""
    told = []
    for row in table:
        value = message.get(row.name)
        if row.must is Must.COUNTED and _is_empty(value) and row.when(message, profile):
            told.append(row.words or f"Chưa có: {row.label}")
        for entry in _entries(value):
            told += uncounted(entry, row.members, profile)
    return list(dict.fromkeys(told))


def _wrong(value: object, row: Field, profile: Profile) -> str:
    """Why a value does not fit; "" when it does."""
    match row.kind:
        case Kind.ITEMS:
            return "" if isinstance(value, list) and all(isinstance(e, dict) for e in value) else "phải là mảng"
        case Kind.OBJECT | Kind.OPEN:
            return "" if isinstance(value, dict) else "phải là một nhóm trường"
        case Kind.NUMBER:
            if not isinstance(value, int) or isinstance(value, bool):
                return "phải là số"
        case _:
            if not isinstance(value, str):
                return "phải là chuỗi"
    text = str(value)
    if row.kind in _TIMES:
        return "" if _is_time(text, row.kind) else f"“{text}” không đúng dạng {row.kind.value}"
    if row.longest is not None and len(text) > row.longest:
        return f"dài quá {row.longest} ký tự"
    if row.among and text not in row.among and text not in row.also(profile):
        return f"“{text}” không có trong danh mục {', '.join(row.among)}"
    if row.pattern and re.fullmatch(row.pattern, text) is None:
        return f"“{text}” không đúng mẫu" + (f" (ví dụ {row.like})" if row.like else "")
    return ""


def _is_time(text: str, kind: Kind) -> bool:
    shape, form = _TIMES[kind]
    if shape.fullmatch(text) is None:
        return False
    try:
        datetime.strptime(text, form)
    except ValueError:
        return False
    return True


def _is_empty(value: object) -> bool:
    """0 is a value."""
    return value is None or value == "" or value == [] or value == {}


def _entries(value: object) -> list[Message]:
    if isinstance(value, dict):
        return [value]
    return [e for e in value if isinstance(e, dict)] if isinstance(value, list) else []
