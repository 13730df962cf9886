"""Small steps that every repository takes: a domain object as column values and back, counters, the office lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from kiosk.errors import NotFoundError, StaleError
from kiosk.storage.models import ChainHeadRow, CounterRow, table_of

D = TypeVar("D")
HEAD, COUNTERS = table_of(ChainHeadRow), table_of(CounterRow)
COUNT_SQLITE, COUNT_POSTGRES = (
    upsert(COUNTERS)
    .on_conflict_do_update(index_elements=["name"], set_={"last": COUNTERS.c.last + 1})
    .returning(COUNTERS.c.last)
    for upsert in (sqlite.insert, postgresql.insert)
)
LOCK_OFFICE = select(HEAD.c.seq).where(HEAD.c.id == 1).with_for_update()


def values_of(entity: Any) -> dict[str, Any]:
    """Field name -> value, for the columns of the same names."""
    return {f.name: _plain(getattr(entity, f.name)) for f in fields(entity)}


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def revived(kind: type[D], row: Mapping[Any, Any]) -> D:
    """The domain object of a row that has a column for every field."""
    return kind(**{name: row[name] for name in _names(kind)})  # type: ignore[arg-type]


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def found(kind: type[D], row: Mapping[Any, Any] | None, what: str, key: str) -> D:
    """what: Vietnamese noun for the message. Raises: NotFoundError."""
    if row is None:
        raise NotFoundError(what=what, key=key)
    return revived(kind, row)


def compare_and_set(session: Session, table: Table, entity: Any, **extra: Any) -> None:
    """Write an entity that has `key` and `version`, unless somebody else did meanwhile. Raises: StaleError."""
    lock_office(session)
    values = values_of(entity) | extra | {"version": entity.version + 1}
    known = {"known_key": entity.key, "known_version": entity.version}
    if session.execute(_compare_and_set(table), values | known).first() is None:
        raise StaleError
    entity.version += 1


@cache
def _compare_and_set(table: Table) -> ReturningUpdate[Any]:
    unchanged = (table.c.key == bindparam("known_key")) & (table.c.version == bindparam("known_version"))
    return update(table).where(unchanged).returning(table.c.version)


def lock_office(session: Session) -> None:
    """On PostgreSQL, acts that change state go one after another, as they do on SQLite: events need one order anyway,
    and taking this lock before any other means that two acts never wait for each other."""
    if is_postgres(session) and "office" not in session.info:
        session.execute(LOCK_OFFICE)
        session.info["office"] = True


def next_in(session: Session, name: str) -> int:
    """The next number of a gap-free series, from 1; its row stays locked until the act ends."""
    lock_office(session)
    statement = COUNT_POSTGRES if is_postgres(session) else COUNT_SQLITE
    return int(session.execute(statement, {"name": name, "last": 1}).scalar_one())


def is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def insert(session: Session, table: Table) -> sqlite.Insert | postgresql.Insert:
    """INSERT with ON CONFLICT, in the words of the session's engine (both mean the same)."""
    return postgresql.insert(table) if is_postgres(session) else sqlite.insert(table)
