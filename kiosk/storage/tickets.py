"""Tickets: numbers from counter rows, calls that no two counters can share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.orm import Session

from kiosk.domain.order import OrderKind, OrderRule, first_of
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
IS_OPEN = text("tickets.state IN ('waiting', 'called', 'serving', 'parked')")
IS_CARRIED = text("tickets.serve_day > tickets.business_day")
LAST_DAY = select(T.c.business_day).where(T.c.state != TicketState.VOIDED).order_by(T.c.business_day.desc()).limit(1)
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
        statement = (
            select(T)
            .where(T.c.serve_day == day, T.c.label == label)
            .order_by(T.c.business_day.desc(), T.c.epoch.desc())
        )
        return found(Ticket, self._first(statement), WHAT, label)

    def by_touch(self, touch: str) -> Ticket | None:
        if not touch:
            return None
        row = self._session.execute(BY_TOUCH, {"touch": touch}).mappings().first()
        return None if row is None else revived(Ticket, row)

    def take_next(
        self,
        day: date,
        groups: Sequence[str],
        now: datetime,
        rule: OrderRule | timedelta,
        counter: str = "",
    ) -> Ticket | None:
        rule = OrderRule.of(rule)
        line = self._waiting(day, groups, counter).order_by(*_turn(now, rule)).with_for_update(skip_locked=True)
        if rule.kind is not OrderKind.RATIO:
            return self._one(line)
        ordinary, priority = self._one(line.where(T.c.priority == "")), self._one(line.where(T.c.priority != ""))
        if ordinary is None or priority is None:
            return ordinary or priority
        return first_of(ordinary, priority, now, rule, self.ordinary_calls(day, groups))

    def ordinary_calls(self, day: date, groups: Sequence[str] = ()) -> int:
        called = select(T).where(T.c.serve_day == day, T.c.first_called_at.is_not(None))
        if groups:
            called = called.where(T.c.group.in_(groups))
        last = select(func.max(called.where(T.c.priority != "").subquery().c.first_called_at)).scalar_subquery()
        since = called.where(T.c.priority == "", or_(last.is_(None), T.c.first_called_at > last)).subquery()
        return int(self._session.execute(select(func.count()).select_from(since)).scalar_one())

    def carried(self, day: date, series: str) -> set[int]:
        statement = select(T.c.n).where(T.c.serve_day == day, T.c.series == series, IS_CARRIED)
        return set(self._session.execute(statement).scalars())

    def last_day(self) -> date | None:
        return self._session.execute(LAST_DAY).scalar()

    def open_until(self, day: date) -> list[Ticket]:
        statement = select(T).where(T.c.serve_day <= day, IS_OPEN)
        return self._all(statement.order_by(T.c.issued_at, T.c.series, T.c.n))

    def active_at(self, counter: str) -> Ticket | None:
        return self._one(select(T).where(T.c.counter == counter, IS_ACTIVE))

    def waiting(self, day: date, groups: Sequence[str] = ()) -> list[Ticket]:
        return self._all(self._waiting(day, groups).order_by(T.c.effective_at, T.c.n))

    def of_day(self, day: date, states: Sequence[TicketState] = ()) -> list[Ticket]:
        """By time of issue."""
        statement = select(T).where(T.c.serve_day == day)
        if states:
            statement = statement.where(_in_states(states))
        return self._all(statement.order_by(T.c.issued_at, T.c.series, T.c.n))

    def _waiting(self, day: date, groups: Sequence[str], counter: str | None = None) -> Select[Any]:
        """counter: who calls; None for whoever looks, which tickets meant for one counter do not hide from."""
        statement = select(T).where(T.c.serve_day == day, T.c.state == TicketState.WAITING)
        mine = T.c.group.in_(groups) if groups else true()
        if counter is None:
            return statement.where(mine)
        return statement.where(or_(and_(mine, T.c.for_counter.is_(None)), T.c.for_counter == counter))

    def _first(self, statement: Select[Any]) -> Any:
        return self._session.execute(statement.limit(1)).mappings().first()

    def _one(self, statement: Select[Any]) -> Ticket | None:
        row = self._first(statement)
        return None if row is None else revived(Ticket, row)

    def _all(self, statement: Select[Any]) -> list[Ticket]:
        return [revived(Ticket, row) for row in self._session.execute(statement).mappings()]


def _turn(now: datetime, rule: OrderRule) -> list[ColumnElement[Any]]:
    """`domain.order.turn` in SQL, field by field."""
    since = [(T.c.priority == code, literal(now - cap, T.c.line_at.type)) for code, cap in sorted(rule.caps.items())]
    capped = T.c.line_at <= (case(*since, else_=literal(now - rule.cap, T.c.line_at.type)) if since else now - rule.cap)
    when = case((capped, T.c.line_at), else_=T.c.effective_at)
    first: list[ColumnElement[Any]] = [T.c.rank, case((capped, 0), else_=1)]
    if rule.kind is OrderKind.STRICT:
        first.append(case((and_(not_(capped), T.c.priority == ""), 1), else_=0))
    return [*first, when, T.c.business_day, T.c.n, T.c.series, T.c.epoch]


def _in_states(states: Sequence[TicketState]) -> ColumnElement[bool]:
    return T.c.state.in_(sorted(states))
