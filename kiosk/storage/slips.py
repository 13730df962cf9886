"""Issued slips: numbered without gaps, kept whole, their prints counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from kiosk.domain.slip import Slip, SlipKind
from kiosk.errors import NotFoundError
from kiosk.storage.models import SlipRow, table_of
from kiosk.storage.rows import next_in

S = table_of(SlipRow)
WHAT = "phiếu"


class SqlSlips:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next_number(self, kind: SlipKind, year: int) -> int:
        return next_in(self._session, f"slip/{kind.value}/{year}")

    def add(self, slip: Slip) -> None:
        """Its dossier must be saved by the end of the act: nothing is printed for what is not there."""
        names = ("id", "kind", "year", "number", "dossier_key", "issued_at")
        values = {name: getattr(slip, name) for name in names}
        self._session.execute(insert(S).values(**values, copies_printed=0, body=slip))

    def get(self, slip_id: str) -> Slip:
        body: Slip | None = self._session.execute(select(S.c.body).where(S.c.id == slip_id)).scalar()
        if body is None:
            raise NotFoundError(what=WHAT, key=slip_id)
        return body

    def of_dossier(self, dossier_key: str) -> list[Slip]:
        statement = select(S.c.body).where(S.c.dossier_key == dossier_key)
        return list(self._session.execute(statement.order_by(S.c.issued_at, S.c.kind, S.c.number)).scalars())

    def issued(self, kind: SlipKind, year: int, start: datetime, end: datetime) -> list[Slip]:
        days = (S.c.issued_at >= start, S.c.issued_at < end)
        statement = select(S.c.body).where(S.c.kind == kind, S.c.year == year, *days)
        return list(self._session.execute(statement.order_by(S.c.number)).scalars())

    def count_print(self, slip_id: str) -> int:
        """Raises: NotFoundError."""
        statement = update(S).where(S.c.id == slip_id).values(copies_printed=S.c.copies_printed + 1)
        count = self._session.execute(statement.returning(S.c.copies_printed)).scalar()
        if count is None:
            raise NotFoundError(what=WHAT, key=slip_id)
        return int(count)
