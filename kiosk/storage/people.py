"""Citizens, found again by the number of their card."""

from __future__ import annotations

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from kiosk.clock import office_now
from kiosk.domain.person import Person
from kiosk.storage.models import PersonRow, table_of
from kiosk.storage.rows import insert, revived, values_of

P = table_of(PersonRow)


class SqlPeople:
    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, person: Person) -> None:
        values = values_of(person) | {"saved_at": office_now()}
        statement = insert(self._session, P).values(**values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    def by_id_number(self, id_number: str) -> Person | None:
        """A current number goes before an old one, then who was saved last (two counters may enter one person)."""
        if not id_number:
            return None
        statement = (
            select(P)
            .where(or_(P.c.id_number == id_number, P.c.old_id_number == id_number))
            .order_by(case((P.c.id_number == id_number, 0), else_=1), P.c.saved_at.desc())
            .limit(1)
        )
        row = self._session.execute(statement).mappings().first()
        return None if row is None else revived(Person, row)
