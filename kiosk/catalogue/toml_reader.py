"""Typed reading of TOML data packs: every fault is a PackError that names the file and the key."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from kiosk.catalogue.errors import PackError, unreadable
from kiosk.text import nfc, toml_fault

T = TypeVar("T")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAMES = {str: "chữ trong ngoặc kép", int: "số nguyên", bool: "true hoặc false", date: "ngày dạng 2026-01-02"}


@dataclass(frozen=True)
class Table:
    """One table of a pack. where: its place, such as "day[3]"; source: the file's text, to tell the line of a fault."""

    file: str
    where: str
    values: Mapping[str, Any]
    source: str = ""

    def fail(self, key: str, problem: str) -> NoReturn:
        """Raises: PackError for this key."""
        line = line_of(self.source, self.where, key)
        place = f"{problem} (dòng {line})" if line else problem
        raise PackError(file=self.file, key=f"{self.where}.{key}".strip("."), problem=place)

    def allow(self, *keys: str) -> Table:
        """Refuse keys that nobody reads: a slip of the pen must not be passed over in silence."""
        for key in self.values:
            if key not in keys:
                self.fail(key, f"khóa lạ; chỉ dùng {', '.join(keys)}")
        return self

    def _get(self, key: str, kind: type[T], default: T | None) -> T:
        value = self.values.get(key, default)
        if value is None:
            self.fail(key, "thiếu khóa này")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fail(key, f"cần {_NAMES.get(kind, kind.__name__)}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return nfc(self._get(key, str, default)).strip()

    def number(self, key: str, default: int | None = None, low: int = 0, high: int = 10**9) -> int:
        value = self._get(key, int, default)
        if not low <= value <= high:
            self.fail(key, f"cần số từ {low} đến {high}")
        return value

    def flag(self, key: str, default: bool) -> bool:
        return self._get(key, bool, default)

    def day(self, key: str, default: date | None = None) -> date:
        return self._get(key, date, default)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fail(key, 'cần danh sách chữ, ví dụ ["A", "B"]')
        return tuple(nfc(item).strip() for item in value)

    def spans(self, key: str) -> tuple[tuple[time, time], ...]:
        """["07:30-11:30", "13:30-17:00"], in order and not overlapping."""
        spans: list[tuple[time, time]] = []
        for item in self.texts(key):
            try:
                start, end = (time.fromisoformat(part.strip()) for part in item.split("-"))
            except ValueError:
                self.fail(key, f"“{item}” không phải khoảng giờ dạng 07:30-11:30")
            if start >= end or (spans and start < spans[-1][1]):
                self.fail(key, f"“{item}” kết thúc trước khi bắt đầu, hoặc chồng lên khoảng trước")
            spans.append((start, end))
        return tuple(spans)

    def table(self, key: str) -> Table:
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.fail(key, f"cần một bảng [{key}]")
        return Table(self.file, f"{self.where}.{key}".strip("."), value, self.source)

    def tables(self, key: str) -> list[Table]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fail(key, f"cần các bảng [[{key}]]")
        places = [f"{self.where}.{key}[{n}]".strip(".") for n in range(1, len(value) + 1)]
        return [Table(self.file, place, item, self.source) for place, item in zip(places, value, strict=True)]


def read_pack(path: Path) -> Table:
    """A pack in TOML, or in JSON by its name. Raises: PackError for a file that cannot be read, is not UTF-8 or not
    what its name says (with the line)."""
    try:
        return parse_pack(path.read_bytes(), path.name)
    except OSError as error:
        raise PackError(file=path.name, key="-", problem=unreadable(error)) from error


def shipped_pack(name: str) -> Table:
    """A pack that comes with the program, from `kiosk/catalogue/starter`."""
    return parse_pack(files("kiosk.catalogue").joinpath("starter", name).read_bytes(), name)


def parse_pack(content: bytes, name: str) -> Table:
    """Raises: PackError."""
    try:
        text = content.decode("utf-8-sig")
        values = _json(text, name) if name.lower().endswith(".json") else tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise PackError(file=name, key="-", problem="tệp không phải chữ UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise PackError(file=name, key="-", problem=toml_fault(error)) from error
    except json.JSONDecodeError as error:
        raise PackError(file=name, key="-", problem=f"sai cú pháp JSON ở dòng {error.lineno}") from error
    except RecursionError as error:
        raise PackError(file=name, key="-", problem="lồng nhau quá nhiều lớp") from error
    return Table(name, "", values, text)


def _json(text: str, name: str) -> dict[str, Any]:
    """JSON has no dates: a text that is one and nothing else becomes one, as TOML has them."""
    values = json.loads(text, object_hook=lambda found: {k: _dated(v) for k, v in found.items()})
    if not isinstance(values, dict):
        raise PackError(file=name, key="-", problem="cần một đối tượng JSON { … } ở ngoài cùng")
    return values


def _dated(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return value


def line_of(source: str, where: str, key: str) -> int | None:
    """The line of a TOML text on which a key stands, or the header of its table where the key is missing; None where
    that cannot be told. where: "day[3]" for the third [[day]], "hours" for [hours], "" for the top; of a table inside
    another the place where it begins."""
    outer, dot, inner = where.partition(".")
    if dot:
        return line_of(source, outer, inner.partition("[")[0])
    name, _, number = where.rstrip("]").partition("[")
    wanted = f"[[{name}]]" if number else f"[{name}]"
    left, header = int(number or 1), 0 if not where else None
    for at, line in enumerate(source.splitlines(), 1):
        bare = line.partition("#")[0].strip()
        if bare.startswith("["):
            if header is not None:
                break
            left -= bare == wanted
            header = at if bare == wanted and left == 0 else None
        elif header is not None and bare.partition("=")[0].strip() == key:
            return at
    return header or None
