"""Short looks at what has arrived, for the page: newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select

from sync.reference.database import Database
from sync.reference.tables import changes, dossiers, files, steps, uploads

Rows = Sequence[Row[Any]]


class Overview:
    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self) -> dict[str, int]:
        """dossiers, offices, steps, files, bytes, uploads (unfinished), news."""
        with self._database.read() as connection:

            def one(query: Select[Any]) -> int:
                return int(connection.execute(query).scalar() or 0)

            return {
                "dossiers": one(select(func.count()).select_from(dossiers)),
                "offices": one(select(func.count(dossiers.c.office.distinct()))),
                "steps": one(select(func.count()).select_from(steps)),
                "files": one(select(func.count()).select_from(files)),
                "bytes": one(select(func.sum(files.c.size))),
                "uploads": one(select(func.count()).select_from(uploads).where(uploads.c.state == "open")),
                "news": one(select(func.count()).select_from(changes)),
            }

    def dossiers(self, limit: int, before: int = 0, office: str = "") -> Rows:
        """With `told`, how many steps each has. before: a row's id to go on from, 0 for the newest."""
        told = select(func.count()).where(steps.c.dossier == dossiers.c.id).scalar_subquery().label("told")
        query = select(dossiers, told).order_by(dossiers.c.id.desc()).limit(limit)
        if before:
            query = query.where(dossiers.c.id < before)
        return self._rows(query.where(dossiers.c.office == office) if office else query)

    def dossier(self, row: int) -> Row[Any] | None:
        return next(iter(self._rows(select(dossiers).where(dossiers.c.id == row))), None)

    def steps(self, row: int) -> Rows:
        return self._rows(select(steps).where(steps.c.dossier == row).order_by(steps.c.at, steps.c.id))

    def files(self, limit: int) -> Rows:
        return self._rows(select(files).order_by(files.c.number.desc()).limit(limit))

    def uploads(self, limit: int) -> Rows:
        """Those that are not done, the freshest first."""
        query = select(uploads).where(uploads.c.state == "open").order_by(uploads.c.expires_at.desc()).limit(limit)
        return self._rows(query)

    def news(self, limit: int, code: str = "") -> Rows:
        query = select(changes).order_by(changes.c.seq.desc()).limit(limit)
        return self._rows(query.where(changes.c.code == code) if code else query)

    def _rows(self, query: Select[Any]) -> Rows:
        with self._database.read() as connection:
            return connection.execute(query).all()
