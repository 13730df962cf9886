"""What the stand-in has received: rows on the disk before it answers yes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, update

from sync.reference.database import Database
from sync.reference.tables import changes, counters, dossiers, files, steps

AGAIN = "inserted again"

Entry = Mapping[str, Any]


class UnknownDossierError(Exception):
    """No dossier under this code."""


class KnownDossierError(Exception):
    """There is one under this code already."""


@dataclass(frozen=True)
class Arrival:
    """One dossier as it comes in. body: the message as it was sent; at: yyyyMMddHHmmss, local."""

    office: str
    code: str
    status: str
    generation: str
    body: Entry
    at: str


@dataclass(frozen=True)
class Step:
    """code: the dossier's, ours or the official one."""

    code: str
    at: str
    status: str
    body: Entry


@dataclass(frozen=True)
class News:
    """Something the province decides. result: SHA-256 of a kept file, "" for none."""

    status: str
    at: str
    note: str = ""
    official: str = ""
    result_name: str = ""
    result_sha256: str = ""


class ProvinceStore:
    """Thread-safe. Everything that takes several entries takes all or none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def insert(self, arrivals: Sequence[Arrival], *, naive: bool, allocate: bool) -> list[int]:
        """naive: like systems without a unique key, which happily take the same code twice.

        allocate: give an official code, told through the changes. Returns the rows' ids. Raises: KnownDossierError.
        """
        ids = []
        with self._database.write() as connection:
            # In one order, or two batches could wait for each other's codes.
            for code in sorted({a.code for a in arrivals}):
                self._database.lock(connection, code)
            if allocate:
                self._database.lock(connection, "changes")
            for arrival in arrivals:
                if _row(connection, arrival.code) is not None:
                    if not naive:
                        raise KnownDossierError(arrival.code)
                    self._database.next_number(connection, AGAIN)
                ids.append(self._add(connection, arrival, allocate))
        return ids

    def update(self, arrivals: Sequence[Arrival]) -> None:
        """Replaces whole dossiers. Raises: UnknownDossierError."""
        with self._database.write() as connection:
            for arrival in arrivals:
                values = {"status": arrival.status, "body": _json(arrival.body), "updates": dossiers.c.updates + 1}
                row = _known(connection, arrival.code)
                connection.execute(update(dossiers).where(dossiers.c.id == row.id).values(**values))

    def add_steps(self, entries: Sequence[Step]) -> None:
        """A step seen before (code, time, status) is counted, not added. Raises: UnknownDossierError."""
        with self._database.write() as connection:
            for entry in entries:
                row = _known(connection, entry.code)
                new = self._database.upsert(steps).values(
                    dossier=row.id, at=entry.at, status=entry.status, body=_json(entry.body), times=1
                )
                again = new.on_conflict_do_update(
                    index_elements=["dossier", "at", "status"], set_={"times": steps.c.times + 1}
                )
                connection.execute(again)

    def find(self, code: str) -> dict[str, Any] | None:
        """The dossier by our or the official code, with its steps."""
        with self._database.read() as connection:
            row = _row(connection, code)
            if row is None:
                return None
            query = select(steps.c.at, steps.c.status).where(steps.c.dossier == row.id).order_by(steps.c.at)
            told = connection.execute(query).all()
        return {
            **json.loads(row.body),
            "MaHoSo": row.code,
            "MaHoSoQuocGia": row.official,
            "TrangThaiHoSo": row.status,
            "DanhSachTienTrinh": [{"ThoiDiemXuLy": s.at, "TrangThai": s.status} for s in told],
        }

    def decide(self, code: str, news: News) -> None:
        """The province's own act, told through the changes. Raises: UnknownDossierError."""
        with self._database.write() as connection:
            row = _known(connection, code)
            official = news.official or row.official
            values = {"status": news.status, "official": official}
            connection.execute(update(dossiers).where(dossiers.c.id == row.id).values(**values))
            self._tell(connection, row.office, row.code, official, news)

    def changes(self, after: int, limit: int, office: str = "") -> Sequence[Row[Any]]:
        """In the order in which they were decided. office: "" for those of all offices."""
        mine = changes.c.office == office if office else changes.c.seq > 0
        query = select(changes).where(changes.c.seq > after, mine).order_by(changes.c.seq).limit(limit)
        with self._database.read() as connection:
            return connection.execute(query).all()

    def next_number(self, name: str) -> int:
        """1, 2, 3 … for each name."""
        with self._database.write() as connection:
            return self._database.next_number(connection, name)

    def report(self) -> dict[str, Any]:
        """Everything received, for tests and for the demonstration. doubled: codes that stand there more than once."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(dossiers.c.code, dossiers.c.official, dossiers.c.status).order_by(dossiers.c.id)
            ).all()
            told = connection.execute(
                select(dossiers.c.code, steps.c.at, steps.c.status, steps.c.times).join(dossiers).order_by(steps.c.id)
            ).all()
            kept = connection.execute(select(files.c.sha256, files.c.times).order_by(files.c.number)).all()
            again = connection.execute(select(counters.c.n).where(counters.c.name == AGAIN)).scalar()
            repeated = select(dossiers.c.code).group_by(dossiers.c.code).having(func.count() > 1)
            doubled = connection.execute(repeated.order_by(dossiers.c.code)).scalars().all()
        return {
            "dossiers": len(rows),
            "codes": [r.code for r in rows],
            "doubled": list(doubled),
            "official": {r.code: r.official for r in rows if r.official},
            "statuses": {r.code: r.status for r in rows},
            "progress": len(told),
            "steps": [[s.code, s.at, s.status] for s in told],
            "progress_repeated": sum(s.times - 1 for s in told),
            "files": len(kept),
            "file_hashes": [f.sha256 for f in kept],
            "files_repeated": sum(f.times - 1 for f in kept),
            "inserted_again": again or 0,
        }

    def _add(self, connection: Connection, arrival: Arrival, allocate: bool) -> int:
        official = self._official(connection, arrival) if allocate else ""
        values = {
            "office": arrival.office,
            "code": arrival.code,
            "official": official,
            "status": arrival.status,
            "generation": arrival.generation,
            "arrived_at": arrival.at,
            "body": _json(arrival.body),
            "updates": 0,
        }
        new = connection.execute(dossiers.insert().values(**values).returning(dossiers.c.id)).scalar_one()
        if allocate:
            news = News(arrival.status, arrival.at, "Đã cấp mã hồ sơ")
            self._tell(connection, arrival.office, arrival.code, official, news)
        return int(new)

    def _official(self, connection: Connection, arrival: Arrival) -> str:
        day = arrival.at[:8]
        number = self._database.next_number(connection, f"official {arrival.office} {day}")
        return f"{arrival.office}-{day}-{number:07d}"

    def _tell(self, connection: Connection, office: str, code: str, official: str, news: News) -> None:
        # A number taken early and committed late would be passed over by whoever reads in between.
        self._database.lock(connection, "changes")
        values = {
            "office": office,
            "code": code,
            "official": official,
            "status": news.status,
            "note": news.note,
            "at": news.at,
            "result_name": news.result_name,
            "result_sha256": news.result_sha256,
        }
        connection.execute(changes.insert().values(**values))


def _row(connection: Connection, code: str) -> Row[Any] | None:
    if not code:
        return None
    named = or_(dossiers.c.code == code, dossiers.c.official == code)
    return connection.execute(select(dossiers).where(named).order_by(dossiers.c.id).limit(1)).first()


def _known(connection: Connection, code: str) -> Row[Any]:
    row = _row(connection, code)
    if row is None:
        raise UnknownDossierError(code)
    return row


def _json(entry: Entry) -> str:
    return json.dumps(dict(entry), ensure_ascii=False)
