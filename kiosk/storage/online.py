"""Dossiers that citizens sent through the portal."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.incoming import OnlineDossier, OnlineState
from kiosk.storage import rows
from kiosk.storage.models import OnlineRow, table_of

ONLINE = table_of(OnlineRow)


class SqlOnline:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, dossier: OnlineDossier) -> bool:
        rows.lock_office(self._session)
        statement = rows.insert(self._session, ONLINE).values(rows.values_of(dossier)).on_conflict_do_nothing()
        return self._session.execute(statement.returning(ONLINE.c.key)).first() is not None

    def save(self, dossier: OnlineDossier) -> None:
        rows.compare_and_set(self._session, ONLINE, dossier)

    def get(self, key: str) -> OnlineDossier:
        row = self._session.execute(select(ONLINE).where(ONLINE.c.key == key)).mappings().first()
        return rows.found(OnlineDossier, row, "hồ sơ trực tuyến", key)

    def listed(self, states: Sequence[OnlineState], limit: int = 200) -> list[OnlineDossier]:
        wanted = (
            select(ONLINE).where(ONLINE.c.state.in_(states)).order_by(ONLINE.c.submitted_at, ONLINE.c.key).limit(limit)
        )
        return [rows.revived(OnlineDossier, row) for row in self._session.execute(wanted).mappings()]
