"""What other systems answered, how far their feeds were read, which steps they have, and where they contradict us."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from kiosk.domain.conflict import Conflict
from kiosk.domain.told import ToldFile
from kiosk.errors import NotFoundError
from kiosk.services.exchange_ports import Reply
from kiosk.storage import rows
from kiosk.storage.models import ConflictRow, CursorRow, ReplyRow, SentStepRow, ToldFileRow, UploadPlaceRow, table_of

R, C, U = table_of(ReplyRow), table_of(CursorRow), table_of(UploadPlaceRow)
STEPS, CONFLICTS, TOLD = table_of(SentStepRow), table_of(ConflictRow), table_of(ToldFileRow)
NEW_CONFLICT = [f.name for f in fields(Conflict) if f.name != "id"]


class SqlExchange:
    def __init__(self, session: Session) -> None:
        self._session = session

    def keep_reply(self, reply: Reply) -> None:
        self._session.execute(insert(R).values(**rows.values_of(reply)))

    def replies(self, subject: str) -> list[Reply]:
        statement = select(R).where(R.c.subject == subject).order_by(R.c.id)
        return [rows.revived(Reply, row) for row in self._session.execute(statement).mappings()]

    def cursor(self, name: str) -> str:
        return self._session.execute(select(C.c.value).where(C.c.name == name)).scalar() or ""

    def set_cursor(self, name: str, value: str) -> None:
        statement = rows.insert(self._session, C).values(name=name, value=value)
        self._session.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))

    def sent_steps(self, connection: str, dossier_key: str) -> set[int]:
        mine = STEPS.c.connection.in_(("", connection))
        statement = select(STEPS.c.event_seq).where(mine, STEPS.c.dossier_key == dossier_key)
        return set(self._session.execute(statement).scalars())

    def mark_sent(self, connection: str, dossier_key: str, events: Collection[int], now: datetime) -> None:
        for seq in events:
            mark = {"connection": connection, "dossier_key": dossier_key, "event_seq": seq, "sent_at": now}
            self._session.execute(rows.insert(self._session, STEPS).values(mark).on_conflict_do_nothing())

    def forget_sent(self, connection: str, dossier_key: str, events: Collection[int]) -> None:
        mine = (STEPS.c.connection.in_(("", connection)), STEPS.c.dossier_key == dossier_key)
        self._session.execute(delete(STEPS).where(*mine, STEPS.c.event_seq.in_(events)))

    def told_files(self, connection: str, dossier_key: str) -> list[ToldFile]:
        mine = (TOLD.c.connection == connection, TOLD.c.dossier_key == dossier_key)
        found = self._session.execute(select(TOLD).where(*mine).order_by(TOLD.c.file_id)).mappings()
        return [rows.revived(ToldFile, row) for row in found]

    def note_told(self, connection: str, dossier_key: str, files: Sequence[ToldFile]) -> None:
        keys = ["connection", "dossier_key", "file_id"]
        for file in files:
            values = rows.values_of(file)
            row = {"connection": connection, "dossier_key": dossier_key, **values}
            statement = rows.insert(self._session, TOLD).values(row)
            self._session.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))

    def add_conflict(self, conflict: Conflict) -> bool:
        values = {name: getattr(conflict, name) for name in NEW_CONFLICT}
        statement = rows.insert(self._session, CONFLICTS).values(values).on_conflict_do_nothing()
        return self._session.execute(statement.returning(CONFLICTS.c.id)).first() is not None

    def conflicts(self, *, unseen: bool, dossier_key: str = "", limit: int = 200) -> list[Conflict]:
        wanted = select(CONFLICTS).order_by(CONFLICTS.c.id).limit(limit)
        if unseen:
            wanted = wanted.where(CONFLICTS.c.seen_at.is_(None))
        if dossier_key:
            wanted = wanted.where(CONFLICTS.c.dossier_key == dossier_key)
        return [rows.revived(Conflict, row) for row in self._session.execute(wanted).mappings()]

    def note_seen(self, conflict_id: int, officer: str, now: datetime) -> None:
        mine = CONFLICTS.c.id == conflict_id
        if self._session.execute(select(CONFLICTS.c.id).where(mine)).first() is None:
            raise NotFoundError(what="mục khác nhau với tỉnh", key=conflict_id)
        unseen = CONFLICTS.c.seen_at.is_(None)
        self._session.execute(update(CONFLICTS).where(mine, unseen).values(seen_at=now, seen_by=officer))

    def upload_place(self, identity: str) -> str:
        return self._session.execute(select(U.c.url).where(U.c.identity == identity)).scalar() or ""

    def keep_upload_place(self, identity: str, url: str) -> None:
        if not url:
            self._session.execute(delete(U).where(U.c.identity == identity))
            return
        statement = rows.insert(self._session, U).values(identity=identity, url=url)
        self._session.execute(statement.on_conflict_do_update(index_elements=["identity"], set_={"url": url}))
