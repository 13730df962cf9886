"""Column types: aware instants, enums by value, dataclasses as JSON. The same on both engines."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from kiosk.clock import OFFICE_ZONE
from kiosk.storage.plain import revive, to_plain


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, aware out in the office's zone; kept in UTC, so text order is time order on SQLite too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(OFFICE_ZONE)


class EnumText(TypeDecorator[StrEnum]):
    """A StrEnum by its value, as text: a new member needs no migration."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        return None if value is None else self.kind(value)


class AsJson(TypeDecorator[Any]):
    """A dataclass of the domain, or a list of them, as one JSON value that is read and written whole."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return to_plain(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return revive(self.kind, value)


def dumps(value: Any) -> str:
    """Compact JSON with Vietnamese letters as they are; NaN is refused because PostgreSQL would refuse it too."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
