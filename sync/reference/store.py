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
CHANGES = "changes"  # who holds this lock tells the next news
STATUS, RESULT, ONLINE = "TrangThai", "KetQua", "HoSoTrucTuyen"

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
class Result:
    """A result's file that is kept here. facts: the members of its entry that the far end reads besides the file's."""

    sha256: str
    facts: Entry


@dataclass(frozen=True)
class News:
    """Something the province decides. at: yyyyMMddHHmmss."""

    status: str
    at: str
    note: str = ""
    official: str = ""
    result: Result | None = None


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
                self._database.lock(connection, CHANGES)
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
            "IdHoSo": id_of(row.id),
            "MaHoSo": row.code,
            "MaHoSoQuocGia": row.official,
            "TrangThaiHoSo": row.status,
            "DanhSachTienTrinh": [{"ThoiDiemXuLy": s.at, "TrangThai": s.status} for s in told],
        }

    def set_statuses(self, entries: Sequence[Step]) -> None:
        """The office's word on where its dossiers stand, as G2 says it. Raises: UnknownDossierError."""
        with self._database.write() as connection:
            for entry in entries:
                row = _known(connection, entry.code)
                body = {**json.loads(row.body), "TrangThaiCuoi": entry.body}
                values = {"status": entry.status, "body": _json(body), "updates": dossiers.c.updates + 1}
                connection.execute(update(dossiers).where(dossiers.c.id == row.id).values(**values))

    def decide(self, code: str, news: News) -> None:
        """The province's own act, told through the changes. Raises: UnknownDossierError."""
        with self._database.write() as connection:
            row = _known(connection, code)
            official = news.official or row.official
            values = {"status": news.status, "decided": news.status, "official": official}
            connection.execute(update(dossiers).where(dossiers.c.id == row.id).values(**values))
            self._tell(connection, row.office, row.code, official, news)

    def undecided(self, decided: str, limit: int) -> list[str]:
        """Codes of the oldest dossiers on which this was decided last; "" for nothing yet."""
        query = select(dossiers.c.code).where(dossiers.c.decided == decided).order_by(dossiers.c.id).limit(limit)
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def hand_in(self, office: str, dossier: Entry, at: str) -> None:
        """An online dossier for an office. The same code again adds nothing: a second click is no second dossier."""
        code = str(dossier["MaHoSo"])
        same = (changes.c.kind == ONLINE) & (changes.c.code == code)
        with self._database.write() as connection:
            self._database.lock(connection, CHANGES)
            if connection.execute(select(changes.c.seq).where(same)).first() is None:
                self._put(connection, office, ONLINE, code, News("1", at), body=dossier)

    def changes(self, after: int, limit: int, office: str = "") -> Sequence[Row[Any]]:
        """In the order in which they were decided. office: "" for those of all offices."""
        mine = changes.c.office == office if office else changes.c.seq > 0
        query = select(changes).where(changes.c.seq > after, mine).order_by(changes.c.seq).limit(limit)
        with self._database.read() as connection:
            return connection.execute(query).all()

    def has(self, remote_id: int, code: str) -> bool:
        """Whether the id is of a dossier with this code."""
        named = or_(dossiers.c.code == code, dossiers.c.official == code)
        query = select(dossiers.c.id).where(dossiers.c.id == remote_id, named)
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def next_number(self, name: str) -> int:
        """1, 2, 3 … for each name."""
        with self._database.write() as connection:
            return self._database.next_number(connection, name)

    def number(self, name: str) -> int:
        """0 before it was set."""
        with self._database.read() as connection:
            return connection.execute(select(counters.c.n).where(counters.c.name == name)).scalar() or 0

    def set_number(self, name: str, n: int) -> None:
        new = self._database.upsert(counters).values(name=name, n=n)
        with self._database.write() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=["name"], set_={"n": n}))

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
            "decided": "",
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
        self._database.lock(connection, CHANGES)
        self._put(connection, office, STATUS, code, news, official)
        if news.result is not None:
            self._put(connection, office, RESULT, code, news, official, news.result.sha256, news.result.facts)

    @staticmethod
    def _put(
        connection: Connection,
        office: str,
        kind: str,
        code: str,
        news: News,
        official: str = "",
        file: str = "",
        body: Entry | None = None,
    ) -> None:
        values = {
            "office": office,
            "kind": kind,
            "code": code,
            "official": official,
            "status": news.status,
            "note": news.note,
            "at": news.at,
            "file": file,
            "body": _json(body or {}),
        }
        connection.execute(changes.insert().values(**values))


def id_of(row: int) -> str:
    """The number that G2 knows a dossier by. As document stores write them: 24 hexadecimal digits."""
    return f"{row:024x}"


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
