"""Dossiers: saved by compare-and-set, found by key, by any code, by person and by words."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, insert, or_, select, text
from sqlalchemy.orm import Session

from kiosk.domain.dossier import Dossier
from kiosk.domain.life import ON_CLOCK, DossierState
from kiosk.domain.progress import Progress, progress_of
from kiosk.errors import NotFoundError
from kiosk.storage.models import DossierCodeRow, DossierPersonRow, DossierRow, table_of
from kiosk.storage.papers import index_papers
from kiosk.storage.people import numbers_of
from kiosk.storage.rows import compare_and_set, lock_office, next_in, values_of
from kiosk.storage.search import SearchIndex, words_of

D, CODES, PEOPLE = table_of(DossierRow), table_of(DossierCodeRow), table_of(DossierPersonRow)
WHAT = "hồ sơ"
# Word for word the condition of the partial index: SQLite otherwise reads every dossier.
HAS_DRAFT = text("dossiers.draft_key <> ''")
HAS_GROUP = text("dossiers.group_key <> ''")
NAMES = [f.name for f in fields(Dossier)]


class SqlDossiers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next_serial(self, day: date, station: int) -> int:
        return next_in(self._session, f"dossier/{day.isoformat()}/{station}")

    def add(self, dossier: Dossier) -> None:
        """Raises: ConflictError when the key or the official code exists."""
        lock_office(self._session)
        words = words_of(dossier)
        statement = insert(D).values(**values_of(dossier), words=words).returning(D.c.id)
        self._index(self._session.execute(statement).scalar_one(), dossier, words)

    def save(self, dossier: Dossier) -> None:
        words = words_of(dossier)
        before = self._session.execute(select(D.c.id, D.c.words).where(D.c.key == dossier.key)).first()
        compare_and_set(self._session, D, dossier, words=words)
        if before is not None and before.words != words:
            self._index(before.id, dossier, words)

    def get(self, key: str) -> Dossier:
        coded = select(CODES.c.dossier_id).where(CODES.c.code == key)
        for statement in (
            select(D).where(D.c.key == key),
            select(D).where(D.c.id.in_(coded)).order_by(D.c.id.desc()).limit(1),
        ):
            if found := self._read(statement):
                return found[0]
        raise NotFoundError(what=WHAT, key=key)

    def progress(self, key: str) -> Progress | None:
        try:
            return progress_of(self.get(key))
        except NotFoundError:
            return None

    def by_draft(self, draft_key: str) -> Dossier | None:
        if not draft_key:
            return None
        statement = select(D).where(D.c.draft_key == draft_key, HAS_DRAFT).order_by(D.c.id.desc()).limit(1)
        return next(iter(self._read(statement)), None)

    def of_person(self, id_number: str, limit: int = 20) -> list[Dossier]:
        theirs = select(PEOPLE.c.dossier_id).where(numbers_of(id_number))
        return self._read(select(D).where(D.c.id.in_(theirs)).order_by(D.c.id.desc()).limit(limit))

    def of_group(self, key: str) -> list[Dossier]:
        return self._read(select(D).where(or_(D.c.key == key, (D.c.group_key == key) & HAS_GROUP)).order_by(D.c.id))

    def search(self, text: str, limit: int = 50) -> list[Dossier]:
        ids = SearchIndex(self._session).find(text, limit)
        rows = self._session.execute(select(D).where(D.c.id.in_(ids))).mappings()
        found = {row["id"]: _dossier(row) for row in rows}
        return [found[i] for i in ids if i in found]

    def recent(self, limit: int = 50) -> list[Dossier]:
        return self._read(select(D).order_by(D.c.id.desc()).limit(limit))

    def ready(self, limit: int = 50) -> list[Dossier]:
        return self._read(select(D).where(D.c.state == DossierState.RESULT_READY).order_by(D.c.id).limit(limit))

    def on_clock(self, after: str, limit: int) -> list[Dossier]:
        states = sorted(ON_CLOCK, key=str)
        return self._read(select(D).where(D.c.state.in_(states), D.c.key > after).order_by(D.c.key).limit(limit))

    def _read(self, statement: Select[Any]) -> list[Dossier]:
        return [_dossier(row) for row in self._session.execute(statement).mappings()]

    def _index(self, dossier_id: int, dossier: Dossier, words: str) -> None:
        """The words changed, so the codes and numbers by which it is found may have changed too."""
        codes = {dossier.code, *dossier.external_codes} - {None, ""}
        people = [dossier.owner, *([dossier.submitter] if dossier.submitter else [])]
        numbers = {n for person in people for n in (person.id_number, person.old_id_number) if n}
        for table, column, keys in ((CODES, "code", codes), (PEOPLE, "id_number", numbers)):
            self._session.execute(delete(table).where(table.c.dossier_id == dossier_id))
            if keys:
                self._session.execute(
                    insert(table), [{column: k, "dossier_id": dossier_id} for k in sorted(keys, key=str)]
                )
        index_papers(self._session, dossier_id, dossier.key, words)


def _dossier(row: Any) -> Dossier:
    return Dossier(**{name: row[name] for name in NAMES})
