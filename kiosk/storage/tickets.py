"""Tickets: numbers from counter rows, calls that no two counters can share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, insert, not_, or_, select, text, true
from sqlalchemy.orm import Session

from kiosk.domain.order import OrderKind, OrderRule, first_of
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.errors import NotFoundError
from kiosk.storage.models import TicketRow, table_of
from kiosk.storage.prepared import Prepared
from kiosk.storage.rows import compare_and_set, found, next_in, revived, values_of

T = table_of(TicketRow)
WHAT = "số thứ tự"
# Word for word the conditions of the partial indexes: SQLite otherwise reads every ticket.
HAS_TOUCH = text("tickets.touch <> ''")
IS_ACTIVE = text("tickets.state IN ('called', 'serving')")
IS_OPEN = text("tickets.state IN ('waiting', 'called', 'serving', 'parked')")
IS_CARRIED = text("tickets.serve_day > tickets.business_day")
FIXED = frozenset({"key", "label", "series", "n", "epoch", "business_day", "issued_at", "touch"})
TICKET = select(*(T.c[f.name] for f in fields(Ticket)))
ADD = Prepared(insert(T))
BY_KEY = Prepared(TICKET.where(T.c.key == bindparam("key")))
BY_TOUCH = Prepared(TICKET.where(T.c.touch == bindparam("touch"), HAS_TOUCH))
ACTIVE_AT = Prepared(TICKET.where(T.c.counter == bindparam("counter"), IS_ACTIVE))
LAST_DAY = Prepared(
    select(T.c.business_day).where(T.c.state != TicketState.VOIDED).order_by(T.c.business_day.desc()).limit(1)
)
LENGTHS = Prepared(
    select(T.c.group, func.count())
    .where(T.c.serve_day == bindparam("day"), T.c.state == TicketState.WAITING)
    .group_by(T.c.group)
)
CARRIED = Prepared(
    select(T.c.n).where(T.c.serve_day == bindparam("day"), T.c.series == bindparam("series"), IS_CARRIED)
)


class SqlTickets:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next_number(self, day: date, series: str, epoch: int) -> int:
        return next_in(self._session, f"ticket/{day.isoformat()}/{series}/{epoch}")

    def add(self, ticket: Ticket) -> None:
        """Raises: StaleError when the same touch has a ticket, or the counter an active one."""
        ADD.run(self._session, **values_of(ticket))

    def save(self, ticket: Ticket) -> None:
        compare_and_set(self._session, T, ticket, FIXED)

    def get(self, key: str) -> Ticket:
        if (row := BY_KEY.first(self._session, key=key)) is None:
            raise NotFoundError(what=WHAT, key=key)
        return Ticket(*row)

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
        return _ticket(BY_TOUCH.first(self._session, touch=touch))

    def take_next(
        self,
        day: date,
        groups: Sequence[str],
        now: datetime,
        rule: OrderRule | timedelta,
        counter: str = "",
    ) -> Ticket | None:
        rule = OrderRule.of(rule)
        capped = tuple(sorted(rule.caps))
        known: dict[str, Any] = {"day": day, "counter": counter, "cap_at": now - rule.cap}
        known |= {f"cap_at_{place}": now - rule.caps[code] for place, code in enumerate(capped)}
        shape = tuple(groups), rule.kind, capped
        if rule.kind is not OrderKind.RATIO:
            return _ticket(_next(*shape).first(self._session, **known))
        ordinary, priority = (_ticket(_next(*shape, one).first(self._session, **known)) for one in (False, True))
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
        return {n for (n,) in CARRIED.rows(self._session, day=day, series=series)}

    def last_day(self) -> date | None:
        row = LAST_DAY.first(self._session)
        return None if row is None else row[0]

    def open_until(self, day: date) -> list[Ticket]:
        statement = select(T).where(T.c.serve_day <= day, IS_OPEN)
        return self._all(statement.order_by(T.c.issued_at, T.c.series, T.c.n))

    def active_at(self, counter: str) -> Ticket | None:
        return _ticket(ACTIVE_AT.first(self._session, counter=counter))

    def waiting(self, day: date, groups: Sequence[str] = ()) -> list[Ticket]:
        statement = select(T).where(T.c.serve_day == day, T.c.state == TicketState.WAITING)
        if groups:
            statement = statement.where(T.c.group.in_(groups))
        return self._all(statement.order_by(T.c.effective_at, T.c.n))

    def lengths(self, day: date) -> Mapping[str, int]:
        return dict(LENGTHS.rows(self._session, day=day))

    def of_day(self, day: date, states: Sequence[TicketState] = ()) -> list[Ticket]:
        """By time of issue."""
        statement = select(T).where(T.c.serve_day == day)
        if states:
            statement = statement.where(_in_states(states))
        return self._all(statement.order_by(T.c.issued_at, T.c.series, T.c.n))

    def last_called(self, day: date, limit: int) -> list[Ticket]:
        statement = select(T).where(T.c.serve_day == day, T.c.last_called_at.is_not(None))
        return self._all(statement.order_by(T.c.last_called_at.desc(), T.c.key).limit(limit))

    def _first(self, statement: Select[Any]) -> Any:
        return self._session.execute(statement.limit(1)).mappings().first()

    def _all(self, statement: Select[Any]) -> list[Ticket]:
        return [revived(Ticket, row) for row in self._session.execute(statement).mappings()]


def _ticket(row: tuple[Any, ...] | None) -> Ticket | None:
    return None if row is None else Ticket(*row)


@lru_cache(maxsize=256)
def _next(groups: tuple[str, ...], kind: OrderKind, capped: tuple[str, ...], priority: bool | None = None) -> Prepared:
    """Who stands first for one counter. capped: classes with a cap of their own; priority: only those with a class, or
    only those without. A ticket that is meant for the counter is its own, whatever its group."""
    mine = or_(*(T.c.group == group for group in groups)) if groups else true()
    mine = or_(and_(mine, T.c.for_counter.is_(None)), T.c.for_counter == bindparam("counter"))
    line = TICKET.where(T.c.serve_day == bindparam("day"), T.c.state == TicketState.WAITING, mine)
    if priority is not None:
        line = line.where(T.c.priority != "" if priority else T.c.priority == "")
    return Prepared(line.order_by(*_turn(kind, capped)).limit(1).with_for_update(skip_locked=True))


def _turn(kind: OrderKind, capped: tuple[str, ...]) -> list[ColumnElement[Any]]:
    """`domain.order.turn` in SQL, field by field."""
    usual = bindparam("cap_at", type_=T.c.line_at.type)
    places = enumerate(capped)
    since = [(T.c.priority == code, bindparam(f"cap_at_{n}", type_=T.c.line_at.type)) for n, code in places]
    is_capped = T.c.line_at <= (case(*since, else_=usual) if since else usual)
    when = case((is_capped, T.c.line_at), else_=T.c.effective_at)
    first: list[ColumnElement[Any]] = [T.c.rank, case((is_capped, 0), else_=1)]
    if kind is OrderKind.STRICT:
        first.append(case((and_(not_(is_capped), T.c.priority == ""), 1), else_=0))
    return [*first, when, T.c.business_day, T.c.n, T.c.series, T.c.epoch]


def _in_states(states: Sequence[TicketState]) -> ColumnElement[bool]:
    return T.c.state.in_(sorted(states))
