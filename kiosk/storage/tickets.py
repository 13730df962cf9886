"""Tickets: numbers from counter rows, calls that no two counters can share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, insert, select, text
from sqlalchemy.orm import Session

from kiosk.domain.ticket import Ticket, TicketState
from kiosk.storage.models import TicketRow, table_of
from kiosk.storage.rows import compare_and_set, found, next_in, revived, values_of

T = table_of(TicketRow)
WHAT = "số thứ tự"
# Built once: on the way of every citizen at the kiosk, building a statement costs more than running it.
ADD = insert(T)
# Word for word the conditions of the partial indexes: SQLite otherwise reads every ticket.
HAS_TOUCH = text("tickets.touch <> ''")
IS_ACTIVE = text("tickets.state IN ('called', 'serving')")
BY_TOUCH = select(T).where(T.c.touch == bindparam("touch"), HAS_TOUCH)


class SqlTickets:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next_number(self, day: date, series: str, epoch: int) -> int:
        return next_in(self._session, f"ticket/{day.isoformat()}/{series}/{epoch}")

    def add(self, ticket: Ticket) -> None:
        """Raises: StaleError when the same touch has a ticket, or the counter an active one."""
        self._session.execute(ADD, values_of(ticket))

    def save(self, ticket: Ticket) -> None:
        compare_and_set(self._session, T, ticket)

    def get(self, key: str) -> Ticket:
        return found(Ticket, self._first(select(T).where(T.c.key == key)), WHAT, key)

    def by_label(self, day: date, label: str) -> Ticket:
        """The newest epoch's, should a restored kiosk have begun again."""
        statement = select(T).where(T.c.business_day == day, T.c.label == label).order_by(T.c.epoch.desc())
        return found(Ticket, self._first(statement), WHAT, label)

    def by_touch(self, touch: str) -> Ticket | None:
        if not touch:
            return None
        row = self._session.execute(BY_TOUCH, {"touch": touch}).mappings().first()
        return None if row is None else revived(Ticket, row)

    def take_next(self, day: date, groups: Sequence[str], now: datetime, hard_cap: timedelta) -> Ticket | None:
        capped = T.c.issued_at <= now - hard_cap
        statement = (
            self._waiting(day, groups)
            .order_by(case((capped, 0), else_=1), case((capped, T.c.issued_at), else_=T.c.effective_at), T.c.n)
            .with_for_update(skip_locked=True)
        )
        return self._one(statement)

    def active_at(self, counter: str) -> Ticket | None:
        return self._one(select(T).where(T.c.counter == counter, IS_ACTIVE))

    def waiting(self, day: date, groups: Sequence[str] = ()) -> list[Ticket]:
        return self._all(self._waiting(day, groups).order_by(T.c.effective_at, T.c.n))

    def of_day(self, day: date, states: Sequence[TicketState] = ()) -> list[Ticket]:
        """By time of issue."""
        statement = select(T).where(T.c.business_day == day)
        if states:
            statement = statement.where(_in_states(states))
        return self._all(statement.order_by(T.c.issued_at, T.c.series, T.c.n))

    def _waiting(self, day: date, groups: Sequence[str]) -> Select[Any]:
        statement = select(T).where(T.c.business_day == day, T.c.state == TicketState.WAITING)
        return statement.where(T.c.group.in_(groups)) if groups else statement

    def _first(self, statement: Select[Any]) -> Any:
        return self._session.execute(statement.limit(1)).mappings().first()

    def _one(self, statement: Select[Any]) -> Ticket | None:
        row = self._first(statement)
        return None if row is None else revived(Ticket, row)

    def _all(self, statement: Select[Any]) -> list[Ticket]:
        return [revived(Ticket, row) for row in self._session.execute(statement).mappings()]


def _in_states(states: Sequence[TicketState]) -> ColumnElement[bool]:
    return T.c.state.in_(sorted(states))
