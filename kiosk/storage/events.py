"""The event log: added to, never changed; one chain, one order, the order of commits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Text, bindparam, case, cast, func, insert, or_, select, update
from sqlalchemy.orm import Session

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.event import Actor, DuplicateCommandError, Event, chain_hash, first_broken
from kiosk.domain.journey import CALLED, ISSUED, MARK_KINDS, SECOND, Mark
from kiosk.storage.models import ChainHeadRow, EventRow, table_of
from kiosk.storage.prepared import Prepared
from kiosk.storage.rows import OFFICE, Head, head_of, is_postgres
from kiosk.storage.types import dumps

E, HEAD = table_of(EventRow), table_of(ChainHeadRow)
BATCH = 1000


def _said(key: str, kind: str) -> ColumnElement[str | None]:
    return case((E.c.kind == kind, E.c.data[key].as_string()))


WHERE_AND_WHO = (_said("counter", CALLED), *(_said(key, ISSUED) for key in ("group", "priority", "kept")))
TEXT_AT = cast(E.c.at, Text)  # "2026-11-23 03:00:00.000000"
MARK_SQLITE = (
    *(E.c.seq, E.c.kind, E.c.subject),
    cast(func.strftime("%s", TEXT_AT), BigInteger) * SECOND + cast(func.substr(TEXT_AT, 21, 6), BigInteger),
    *WHERE_AND_WHO,
)
MARK_POSTGRES = (
    *(E.c.seq, E.c.kind, E.c.subject),
    cast(func.extract("epoch", E.c.at) * SECOND, BigInteger),
    *WHERE_AND_WHO,
)
NEW = {c.name: bindparam(f"new_{c.name}", type_=c.type) for c in E.c}
INTO_LOG = insert(E).values(NEW)
MOVE_HEAD = update(HEAD).where(HEAD.c.id == 1).values(seq=NEW["seq"], hash=NEW["hash"])
# A server gets both in one message: while the head of the log is held, every other act waits.
ADD, MOVE = Prepared(INTO_LOG, postgres=MOVE_HEAD.add_cte(INTO_LOG.cte("added"))), Prepared(MOVE_HEAD)
IS_DONE = Prepared(select(E.c.seq).where(E.c.command == bindparam("command")))
BY_COMMAND = Prepared(select(E).where(E.c.command == bindparam("command")))


class SqlEvents:
    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, event: Event) -> Event:
        """The chain head's row stays locked until commit, so numbers have no gaps and follow the order of commits."""
        head = head_of(self._session)
        if event.command is not None and IS_DONE.first(self._session, command=event.command) is not None:
            raise DuplicateCommandError(command=event.command)
        # Hashed as it will be read back: JSON turns tuples into lists and keys into text.
        kept = replace(
            event, at=event.at.astimezone(OFFICE_ZONE), data=json.loads(dumps(dict(event.data))), seq=head.seq + 1
        )
        kept = replace(kept, prev_hash=head.hash, hash=chain_hash(head.hash, kept))
        ADD.run(self._session, **_values(kept))
        if not is_postgres(self._session):
            MOVE.run(self._session, **_values(kept))
        self._session.info[OFFICE] = Head(kept.seq, kept.hash)
        return kept

    def after(self, seq: int, limit: int = 500, kinds: Sequence[str] = ()) -> list[Event]:
        return [_event(_named(row)) for row in _after(tuple(kinds)).rows(self._session, seq=seq, limit=limit)]

    def of(self, subject: str) -> list[Event]:
        """Oldest first."""
        return self._read(select(E).where(E.c.subject == subject).order_by(E.c.seq))

    def by_command(self, command: str) -> Event | None:
        row = BY_COMMAND.first(self._session, command=command)
        return None if row is None else _event(_named(row))

    def last_seq(self) -> int:
        return int(self._session.execute(select(HEAD.c.seq).where(HEAD.c.id == 1)).scalar_one())

    def all(self) -> Iterator[Event]:
        """From the first on, read in batches."""
        last = 0
        while batch := self.after(last, BATCH):
            yield from batch
            last = batch[-1].seq

    def between(self, start: datetime, end: datetime, kinds: Sequence[str]) -> Iterator[Event]:
        """Read as a stream."""
        wanted = self._within(start, end, kinds).with_only_columns(*E.c)
        for batch in self._session.execute(wanted).mappings().partitions(BATCH):
            yield from map(_event, batch)

    def is_late(self, seq: int, before: datetime) -> bool:
        late = select(E.c.seq).where(E.c.seq > seq, E.c.at < before, E.c.kind.in_(MARK_KINDS)).limit(1)
        return self._session.execute(late).first() is not None

    def marks(self, start: datetime, end: datetime) -> Iterator[Mark]:
        """Numbers and short texts only, computed by the database: a quarter of the cost of whole events."""
        columns = MARK_POSTGRES if is_postgres(self._session) else MARK_SQLITE
        wanted = self._within(start, end, MARK_KINDS).with_only_columns(*columns)
        return (Mark(*row) for row in self._session.execute(wanted))

    def _within(self, start: datetime, end: datetime, kinds: Sequence[str]) -> Select[Any]:
        """By the index of times: what was told days late stands anywhere behind its own time."""
        return select(E).where(E.c.at >= start, E.c.at < end, E.c.kind.in_(kinds)).order_by(E.c.seq)

    def first_broken(self) -> int | None:
        """The seq of the first event that was changed or taken out, None when the log is whole.

        A tail that was cut off shows too, because the chain head still names it.
        """
        if (broken := first_broken(self.all())) is not None:
            return broken
        end = self._session.execute(select(E.c.seq, E.c.hash).order_by(E.c.seq.desc()).limit(1)).first()
        head = self._session.execute(select(HEAD.c.seq, HEAD.c.hash).where(HEAD.c.id == 1)).one()
        if end is None:
            return None if head.seq == 0 else 1
        return None if tuple(end) == tuple(head) else end.seq + 1

    def _read(self, statement: Select[Any]) -> list[Event]:
        return [_event(row) for row in self._session.execute(statement).mappings()]


def _values(event: Event) -> dict[str, Any]:
    return {
        "new_seq": event.seq,
        "new_kind": event.kind,
        "new_subject": event.subject,
        "new_at": event.at,
        "new_officer": event.actor.officer,
        "new_station": event.actor.station,
        "new_counter": event.actor.counter,
        "new_data": event.data,
        "new_command": event.command,
        "new_prev_hash": event.prev_hash,
        "new_hash": event.hash,
    }


@lru_cache(maxsize=64)
def _after(kinds: tuple[str, ...]) -> Prepared:
    """Every screen of the hall asks this after every event."""
    wanted = select(E).where(E.c.seq > bindparam("seq"))
    if kinds:
        wanted = wanted.where(or_(*(E.c.kind == kind for kind in kinds)))
    return Prepared(wanted.order_by(E.c.seq).limit(bindparam("limit", type_=BigInteger)))


def _named(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(E.c.keys(), row, strict=True))


def _event(row: Any) -> Event:
    actor = Actor(row["officer"], row["station"], row["counter"])
    rest = {name: row[name] for name in ("kind", "subject", "at", "data", "command", "seq", "prev_hash", "hash")}
    return Event(actor=actor, **rest)
