"""Figures of days that are over: computed from the log, kept because a year of the log takes too long to read again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kiosk.storage import rows
from kiosk.storage.models import QueueDayRow, table_of

D = table_of(QueueDayRow)


class SqlQueueDays:
    def __init__(self, session: Session) -> None:
        self._session = session

    def last(self) -> date | None:
        found: date | None = self._session.execute(select(func.max(D.c.day))).scalar_one()
        return found

    def put(self, day: date, figures: Mapping[str, Any]) -> None:
        kept = {"figures": dict(figures)}
        statement = rows.insert(self._session, D).values(day=day, **kept)
        self._session.execute(statement.on_conflict_do_update(index_elements=["day"], set_=kept))

    def clear(self) -> None:
        self._session.execute(delete(D))

    def between(self, first: date, last: date) -> list[Mapping[str, Any]]:
        wanted = select(D.c.figures).where(D.c.day.between(first, last)).order_by(D.c.day)
        return list(self._session.execute(wanted).scalars())
