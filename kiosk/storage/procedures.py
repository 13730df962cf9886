"""Procedures by code and version, and which one is in force on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, insert, or_, select, update
from sqlalchemy.orm import Session

from kiosk.domain.procedure import Procedure
from kiosk.errors import NotFoundError
from kiosk.storage.models import ProcedureRow, table_of

P = table_of(ProcedureRow)
WHAT = "thủ tục"


class SqlProcedures:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, procedure: Procedure) -> None:
        """Raises: ConflictError when the version exists."""
        names = ("code", "version", "name", "field_name", "valid_from", "valid_to")
        values = {name: getattr(procedure, name) for name in names}
        self._session.execute(insert(P).values(**values, body=procedure))

    def get(self, code: str, version: int) -> Procedure:
        found = self._read(select(P).where(P.c.code == code, P.c.version == version))
        if not found:
            raise NotFoundError(what=WHAT, key=f"{code} ({version})")
        return found[0]

    def current(self, code: str, day: date) -> Procedure | None:
        newest = self._in_force(day).where(P.c.code == code).order_by(P.c.version.desc()).limit(1)
        return next(iter(self._read(newest)), None)

    def all_current(self, day: date) -> list[Procedure]:
        """One of each code, by code."""
        rows = self._read(self._in_force(day).order_by(P.c.code, P.c.version))
        return list({p.code: p for p in rows}.values())

    def versions(self, code: str) -> list[Procedure]:
        return self._read(select(P).where(P.c.code == code).order_by(P.c.version))

    def close(self, code: str, version: int, valid_to: date) -> None:
        """Raises: NotFoundError."""
        statement = update(P).where(P.c.code == code, P.c.version == version).values(valid_to=valid_to)
        if self._session.execute(statement.returning(P.c.code)).first() is None:
            raise NotFoundError(what=WHAT, key=f"{code} ({version})")

    def _in_force(self, day: date) -> Select[Any]:
        begun = or_(P.c.valid_from.is_(None), P.c.valid_from <= day)
        return select(P).where(begun, or_(P.c.valid_to.is_(None), P.c.valid_to > day))

    def _read(self, statement: Select[Any]) -> list[Procedure]:
        return [replace(row.body, valid_to=row.valid_to) for row in self._session.execute(statement)]
