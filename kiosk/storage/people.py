"""Citizens, found again by the number of their card."""

from __future__ import annotations

from sqlalchemy import ColumnElement, case, or_, select, text
from sqlalchemy.orm import Session

from kiosk.clock import office_now
from kiosk.domain.person import KEPT, Person
from kiosk.storage.models import DossierPersonRow, PersonRow, table_of
from kiosk.storage.rows import insert, revived, values_of

P, PEOPLE = table_of(PersonRow), table_of(DossierPersonRow)
HAS_LINK = text("people.linked_number <> ''")


class SqlPeople:
    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, person: Person) -> None:
        values = values_of(person) | {"saved_at": office_now()}
        changed = {name: value for name, value in values.items() if value or name not in KEPT}
        statement = insert(self._session, P).values(**values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["key"], set_=changed))

    def by_id_number(self, id_number: str) -> Person | None:
        """Whom an officer confirmed to have had this number, then a current number before an old one, then who was
        saved last (two counters may enter one person)."""
        if not id_number:
            return None
        statement = (
            select(P)
            .where(or_(P.c.id_number == id_number, P.c.old_id_number == id_number, _linked_to(id_number)))
            .order_by(
                case((P.c.linked_number == id_number, 0), (P.c.id_number == id_number, 1), else_=2), P.c.saved_at.desc()
            )
            .limit(1)
        )
        row = self._session.execute(statement).mappings().first()
        return None if row is None else revived(Person, row)


def _linked_to(id_number: str) -> ColumnElement[bool]:
    """Word for word the condition of the partial index."""
    return (P.c.linked_number == id_number) & HAS_LINK


def numbers_of(id_number: str) -> ColumnElement[bool]:
    """Whether a dossier's number is this one, or one that an officer confirmed to be the same person's."""
    column = PEOPLE.c.id_number
    older = select(P.c.linked_number).where(P.c.id_number == id_number, HAS_LINK)
    newer = select(P.c.id_number).where(_linked_to(id_number))
    return or_(column == id_number, column.in_(older), column.in_(newer))
