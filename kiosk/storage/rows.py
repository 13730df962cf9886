"""Small steps that every repository takes: a domain object as column values and back, counters, the office lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Table, Text, bindparam, literal, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from kiosk.errors import NotFoundError, StaleError
from kiosk.storage.models import ChainHeadRow, CounterRow, table_of
from kiosk.storage.prepared import Prepared

D = TypeVar("D")
HEAD, COUNTERS = table_of(ChainHeadRow), table_of(CounterRow)
OFFICE = "office"  # where a session keeps the head of the log that it has read
THE_HEAD = select(HEAD.c.seq, HEAD.c.hash).where(HEAD.c.id == 1).with_for_update()
TAKE_HEAD = Prepared(THE_HEAD)
ONE_MORE: dict[str, Any] = {"index_elements": ["name"], "set_": {"last": COUNTERS.c.last + 1}}
NAME = bindparam("name", type_=Text())
FROM_ONE: dict[str, Any] = {"name": NAME, "last": 1}
COUNT = Prepared(
    sqlite.insert(COUNTERS).values(FROM_ONE).on_conflict_do_update(**ONE_MORE).returning(COUNTERS.c.last),
    postgresql.insert(COUNTERS).values(FROM_ONE).on_conflict_do_update(**ONE_MORE).returning(COUNTERS.c.last),
)


def _take_head_and_count() -> Prepared:
    """Both in one message to the server: first the lock of the office, then the counter."""
    head = THE_HEAD.cte("head")
    first = select(NAME, literal(1)).select_from(head)
    counted = postgresql.insert(COUNTERS).from_select(["name", "last"], first).on_conflict_do_update(**ONE_MORE)
    count = counted.returning(COUNTERS.c.last).cte("count")
    return Prepared(select(count.c.last, head.c.seq, head.c.hash).select_from(count.join(head, true())))


TAKE_HEAD_AND_COUNT = _take_head_and_count()


@dataclass(frozen=True)
class Head:
    """The end of the log."""

    seq: int
    hash: str


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


def compare_and_set(
    session: Session, table: Table, entity: Any, fixed: frozenset[str] = frozenset(), **extra: Any
) -> None:
    """Write an entity that has `key` and `version`, unless somebody else did meanwhile. Raises: StaleError.

    fixed: fields that never change; leaving them out spares the indexes that they are in.
    """
    lock_office(session)
    values = values_of(entity) | extra | {"version": entity.version + 1}
    known = {"known_key": entity.key, "known_version": entity.version}
    if _compare_and_set(table, fixed).first(session, **values, **known) is None:
        raise StaleError
    entity.version += 1


@cache
def _compare_and_set(table: Table, fixed: frozenset[str]) -> Prepared:
    unchanged = (table.c.key == bindparam("known_key")) & (table.c.version == bindparam("known_version"))
    values = {c.name: bindparam(c.name, type_=c.type) for c in table.c if c.name not in {"id", *fixed}}
    return Prepared(update(table).where(unchanged).values(values).returning(table.c.version))


def head_of(session: Session) -> Head:
    """The end of the log; on PostgreSQL its row is then locked until the act ends."""
    if OFFICE not in session.info:
        [(seq, past)] = TAKE_HEAD.rows(session)
        session.info[OFFICE] = Head(seq, past)
    head: Head = session.info[OFFICE]
    return head


def lock_office(session: Session) -> None:
    """On PostgreSQL, acts that change state go one after another, as they do on SQLite: events need one order anyway,
    and taking this lock before any other means that two acts never wait for each other."""
    if is_postgres(session):
        head_of(session)


def next_in(session: Session, name: str) -> int:
    """The next number of a gap-free series, from 1; its row stays locked until the act ends."""
    if is_postgres(session) and OFFICE not in session.info:
        [(last, seq, past)] = TAKE_HEAD_AND_COUNT.rows(session, name=name)
        session.info[OFFICE] = Head(seq, past)
    else:
        [(last,)] = COUNT.rows(session, name=name)
    return int(last)


def is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def insert(session: Session, table: Table) -> sqlite.Insert | postgresql.Insert:
    """INSERT with ON CONFLICT, in the words of the session's engine (both mean the same)."""
    return postgresql.insert(table) if is_postgres(session) else sqlite.insert(table)
