"""The stations of an office and the letters that its kiosks number under."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from kiosk.domain.station import Grant, Station, UnknownStationError
from kiosk.storage.models import SeriesGrantRow, StationRow, table_of
from kiosk.storage.rows import insert, lock_office, next_in, revived, values_of

S, G = table_of(StationRow), table_of(SeriesGrantRow)


class SqlStations:
    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, name: str) -> Station:
        row = self._session.execute(select(S).where(S.c.name == name).with_for_update()).mappings().first()
        if row is None:
            raise UnknownStationError(name=name)
        return revived(Station, row)

    def all(self) -> list[Station]:
        return [revived(Station, row) for row in self._session.execute(select(S).order_by(S.c.name)).mappings()]

    def save(self, station: Station) -> None:
        values = values_of(station)
        known = update(S).where(S.c.name == station.name).values(values).returning(S.c.name)
        if self._session.execute(known).first() is None:
            self._session.execute(insert(self._session, S).values(values))

    def next_epoch(self) -> int:
        return next_in(self._session, "station-epoch") + 1  # 1 is the office's own

    def grant(self, grant: Grant) -> None:
        lock_office(self._session)
        self._session.execute(insert(self._session, G).values(values_of(grant)))

    def end_grant(self, epoch: int, until: datetime) -> None:
        lock_office(self._session)
        self._session.execute(update(G).where(G.c.epoch == epoch, G.c.until.is_(None)).values(until=until))

    def grants(self, since: datetime) -> list[Grant]:
        wanted = select(G).where(or_(G.c.until.is_(None), G.c.until >= since)).order_by(G.c.epoch)
        return [revived(Grant, row) for row in self._session.execute(wanted).mappings()]
