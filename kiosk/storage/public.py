"""The store as a public station has it: windows instead of tables, and no key, so no file of the vault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from sqlalchemy import select, text

from kiosk.domain.event import Event
from kiosk.domain.progress import Progress
from kiosk.domain.scan import StoredFile
from kiosk.storage.dossiers import SqlDossiers
from kiosk.storage.errors import NoRightError
from kiosk.storage.events import E, SqlEvents
from kiosk.storage.hall import HALL
from kiosk.storage.unit_of_work import SqlUnitOfWork

LOOK_UP = text(
    "SELECT code, procedure, owner, step, due_at, needs_supplement, field_name, printed_at "
    f"FROM {HALL}.look_up(CAST(:code AS text))"
)


LINES_AFTER = text("SELECT lines_after(:after, :most, CAST(:kinds AS text[]))")


class PublicEvents(SqlEvents):
    """A window keeps no index's order, so the log's own function says which lines come next."""

    def after(self, seq: int, limit: int = 500, kinds: Sequence[str] = ()) -> list[Event]:
        asked = {"after": seq, "most": limit, "kinds": list(kinds)}
        lines = self._session.execute(LINES_AFTER, asked).scalars().all()
        return self._read(select(E).where(E.c.seq.in_(lines)).order_by(E.c.seq)) if lines else []


class PublicDossiers(SqlDossiers):
    """Only the masked answer; every other question is refused by the database."""

    def progress(self, key: str) -> Progress | None:
        row = self._session.execute(LOOK_UP, {"code": key}).first()
        return None if row is None else Progress(*row)


class PublicUnitOfWork(SqlUnitOfWork):
    def __enter__(self) -> Self:
        super().__enter__()
        self.dossiers, self.events = PublicDossiers(self._session), PublicEvents(self._session)
        return self


class NoVault:
    """A public station has nothing to do with papers."""

    def put(self, content: bytes, media_type: str) -> StoredFile:  # noqa: ARG002
        raise NoRightError

    def get(self, file: StoredFile) -> bytes:  # noqa: ARG002
        raise NoRightError

    def sweep(self) -> int:
        return 0
