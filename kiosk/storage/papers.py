"""What was scanned and what became of it: rows of the vault's files, pages and documents."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from kiosk.domain.scan import Document, ScannedPage, StoredFile
from kiosk.errors import NotFoundError
from kiosk.storage.models import DocumentRow, DossierRow, FileRow, PageRow, table_of
from kiosk.storage.rows import found, revived, values_of
from kiosk.storage.search import SearchIndex

F, P, D = table_of(FileRow), table_of(PageRow), table_of(DocumentRow)
DOSSIERS = table_of(DossierRow)


class SqlPapers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add_file(self, file: StoredFile, owner: str) -> None:
        self._session.execute(insert(F).values(**values_of(file), owner=owner))

    def file(self, file_id: str) -> StoredFile:
        return found(StoredFile, self._first(select(F).where(F.c.id == file_id)), "tệp", file_id)

    def file_by_content(self, owner: str, sha256: str) -> StoredFile | None:
        row = self._first(select(F).where(F.c.owner == owner, F.c.sha256 == sha256))
        return None if row is None else revived(StoredFile, row)

    def same_files(self, owner: str) -> list[tuple[str, str]]:
        mine = select(F.c.sha256).where(F.c.owner == owner)
        statement = select(F.c.owner, F.c.id).where(F.c.sha256.in_(mine), F.c.owner != owner).order_by(F.c.id)
        return [(row.owner, row.id) for row in self._session.execute(statement)]

    def add_page(self, page: ScannedPage) -> None:
        self._session.execute(insert(P).values(**values_of(page)))

    def save_page(self, page: ScannedPage) -> None:
        """Raises: NotFoundError."""
        statement = update(P).where(P.c.id == page.id).values(**values_of(page)).returning(P.c.id)
        if self._session.execute(statement).first() is None:
            raise NotFoundError(what="trang", key=page.id)

    def page(self, page_id: str) -> ScannedPage:
        return found(ScannedPage, self._first(select(P).where(P.c.id == page_id)), "trang", page_id)

    def pages(self, owner: str) -> list[ScannedPage]:
        statement = select(P).where(P.c.owner == owner).order_by(P.c.number, P.c.at, P.c.id)
        return [revived(ScannedPage, row) for row in self._session.execute(statement).mappings()]

    def add_document(self, document: Document) -> None:
        mine = (D.c.owner == document.owner) & (D.c.component == document.component)
        self._session.execute(delete(D).where(mine | (D.c.id == document.id)))
        # PostgreSQL keeps no NUL in a text, and none means anything in one.
        values = values_of(document) | {"text": document.text.replace("\0", " ")}
        self._session.execute(insert(D).values(**values))
        self._reindex(document.owner)

    def documents(self, owner: str) -> list[Document]:
        """By component."""
        statement = select(D).where(D.c.owner == owner).order_by(D.c.component)
        return [revived(Document, row) for row in self._session.execute(statement).mappings()]

    def move(self, owner: str, to: str) -> None:
        """Pages that `to` has already keep their numbers, the new ones follow; a newer document replaces an older."""
        if owner == to:
            return
        last = self._session.execute(select(func.max(P.c.number)).where(P.c.owner == to)).scalar() or 0
        theirs = select(D.c.component).where(D.c.owner == owner)
        self._session.execute(delete(D).where(D.c.owner == to, D.c.component.in_(theirs)))
        self._session.execute(update(P).where(P.c.owner == owner).values(owner=to, number=P.c.number + last))
        for table in (F, D):
            self._session.execute(update(table).where(table.c.owner == owner).values(owner=to))
        self._reindex(to)

    def _reindex(self, owner: str) -> None:
        """A draft has no words of its own; they come with the dossier that it becomes."""
        row = self._session.execute(select(DOSSIERS.c.id, DOSSIERS.c.words).where(DOSSIERS.c.key == owner)).first()
        if row is not None:
            index_papers(self._session, row.id, owner, row.words)

    def _first(self, statement: Select[Any]) -> Any:
        return self._session.execute(statement.limit(1)).mappings().first()


def index_papers(session: Session, dossier_id: int, key: str, words: str) -> None:
    """Put a dossier's own words and those of all its documents in the index."""
    texts = session.execute(select(D.c.text).where(D.c.owner == key)).scalars()
    SearchIndex(session).put(dossier_id, words, texts)
