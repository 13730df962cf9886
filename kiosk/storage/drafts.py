"""Intakes being filled in."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.services.ports import Draft
from kiosk.storage.models import DraftRow, table_of
from kiosk.storage.rows import insert, revived, values_of

D = table_of(DraftRow)


class SqlDrafts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, draft: Draft) -> None:
        """Insert, or replace by key."""
        values = values_of(draft)
        statement = insert(self._session, D).values(**values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    def get(self, key: str) -> Draft | None:
        row = self._session.execute(select(D).where(D.c.key == key)).mappings().first()
        return None if row is None else revived(Draft, row)

    def of_officer(self, officer: str) -> list[Draft]:
        statement = select(D).where(D.c.officer == officer).order_by(D.c.updated_at.desc(), D.c.key)
        return [revived(Draft, row) for row in self._session.execute(statement).mappings()]

    def remove(self, key: str) -> None:
        self._session.execute(delete(D).where(D.c.key == key))
