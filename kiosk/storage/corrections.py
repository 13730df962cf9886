"""What was mended, beside the log."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from kiosk.domain.correction import CorrectionRecord
from kiosk.storage.models import CorrectionRow, table_of
from kiosk.storage.rows import lock_office, revived, values_of

C = table_of(CorrectionRow)


class SqlCorrections:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, record: CorrectionRecord) -> None:
        lock_office(self._session)
        self._session.execute(insert(C).values(values_of(record)))

    def of_dossier(self, dossier_key: str) -> list[CorrectionRecord]:
        statement = select(C).where(C.c.dossier_key == dossier_key).order_by(C.c.id)
        return [revived(CorrectionRecord, row) for row in self._session.execute(statement).mappings()]
