"""The papers of the fake office: files, pages, documents."""

from __future__ import annotations

from dataclasses import replace

from fake_shelf import Shelf

from kiosk.domain.scan import Document, ScannedPage, StoredFile
from kiosk.errors import NotFoundError, StaleError


class FakePapers:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def add_file(self, file: StoredFile, owner: str) -> None:
        self._shelf.files[file.id] = (file, owner)

    def file(self, file_id: str) -> StoredFile:
        if file_id not in self._shelf.files:
            raise NotFoundError(what="tệp", key=file_id)
        return self._shelf.files[file_id][0]

    def file_by_content(self, owner: str, sha256: str) -> StoredFile | None:
        return next((f for f, o in self._shelf.files.values() if o == owner and f.sha256 == sha256), None)

    def same_files(self, owner: str) -> list[tuple[str, str]]:
        mine = {file.sha256 for file, of in self._shelf.files.values() if of == owner}
        return [(of, file.id) for file, of in self._shelf.files.values() if of != owner and file.sha256 in mine]

    def add_page(self, page: ScannedPage) -> None:
        if page.id in self._shelf.pages:
            raise StaleError
        self._shelf.pages[page.id] = page

    def save_page(self, page: ScannedPage) -> None:
        self._shelf.pages[page.id] = page

    def page(self, page_id: str) -> ScannedPage:
        if page_id not in self._shelf.pages:
            raise NotFoundError(what="trang", key=page_id)
        return self._shelf.pages[page_id]

    def pages(self, owner: str) -> list[ScannedPage]:
        return sorted((p for p in self._shelf.pages.values() if p.owner == owner), key=lambda p: p.number)

    def add_document(self, document: Document) -> None:
        for old in self.documents(document.owner):
            if old.component == document.component:
                del self._shelf.documents[old.id]
        self._shelf.documents[document.id] = document

    def documents(self, owner: str) -> list[Document]:
        return [d for d in self._shelf.documents.values() if d.owner == owner]

    def move(self, owner: str, to: str) -> None:
        for page in self.pages(owner):
            self.save_page(replace(page, owner=to))
        for document in self.documents(owner):
            self._shelf.documents[document.id] = replace(document, owner=to)
        for file_id, (file, of) in list(self._shelf.files.items()):
            if of == owner:
                self._shelf.files[file_id] = (file, to)
