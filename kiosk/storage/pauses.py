"""Counters that are closed for a while."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from kiosk.domain.counter import Pause
from kiosk.storage.models import PauseRow, table_of
from kiosk.storage.prepared import Prepared
from kiosk.storage.rows import insert, lock_office, revived, values_of

P = table_of(PauseRow)
OF = Prepared(select(*(P.c[f.name] for f in fields(Pause))).where(P.c.counter == bindparam("counter")))


class SqlPauses:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, counter: str) -> Pause | None:
        row = OF.first(self._session, counter=counter)
        return None if row is None else Pause(*row)

    def all(self) -> list[Pause]:
        """Longest first."""
        rows = self._session.execute(select(P).order_by(P.c.since, P.c.counter)).mappings()
        return [revived(Pause, row) for row in rows]

    def begin(self, pause: Pause) -> None:
        """Replaces the counter's earlier pause."""
        lock_office(self._session)
        values = values_of(pause)
        statement = insert(self._session, P).values(values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["counter"], set_=values))

    def end(self, counter: str) -> None:
        lock_office(self._session)
        self._session.execute(delete(P).where(P.c.counter == counter))
