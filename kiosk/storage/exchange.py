"""What other systems answered, and how far their feeds were read."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from kiosk.services.ports import Reply
from kiosk.storage import rows
from kiosk.storage.models import CursorRow, ReplyRow, table_of

R, C = table_of(ReplyRow), table_of(CursorRow)


class SqlExchange:
    def __init__(self, session: Session) -> None:
        self._session = session

    def keep_reply(self, reply: Reply) -> None:
        self._session.execute(insert(R).values(**rows.values_of(reply)))

    def replies(self, subject: str) -> list[Reply]:
        """Oldest first."""
        statement = select(R).where(R.c.subject == subject).order_by(R.c.id)
        return [rows.revived(Reply, row) for row in self._session.execute(statement).mappings()]

    def cursor(self, name: str) -> str:
        """ "" before the first reading."""
        return self._session.execute(select(C.c.value).where(C.c.name == name)).scalar() or ""

    def set_cursor(self, name: str, value: str) -> None:
        statement = rows.insert(self._session, C).values(name=name, value=value)
        self._session.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
