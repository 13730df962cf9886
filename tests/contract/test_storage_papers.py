from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from samples import NOON

from kiosk.domain.scan import Document, ScannedPage, StoredFile
from kiosk.errors import NotFoundError, StaleError
from kiosk.services.ports import Units

if TYPE_CHECKING:
    from kiosk.storage import Store


def a_file(n: int) -> StoredFile:
    return StoredFile(f"f-{n}", f"{n:064d}", 1000 + n, "image/png", bytes(range(60)))


def a_page(n: int, owner: str = "draft-1") -> ScannedPage:
    return ScannedPage(
        f"pg-{n}",
        owner,
        n,
        f"f-{n}",
        "flatbed",
        NOON + timedelta(seconds=n),
        "tp-1",
        200,
        meta={"góc": 1.5, "mã": ["QR"]},
    )


def a_document(n: int, owner: str = "draft-1", component: str = "tp-1") -> Document:
    fields = {"họ tên": "Nguyễn Thị Ánh"}
    return Document(
        f"doc-{n}", owner, component, f"f-{n}", ("pg-1", "pg-2"), "Tờ khai", NOON, 0.9, "ks", fields, "https://x/1"
    )


def keep(units: Units, *pages: ScannedPage) -> None:
    with units() as uow:
        for page in pages:
            uow.papers.add_file(a_file(page.number), page.owner)
            uow.papers.add_page(page)
        uow.commit()


def test_files_and_pages_are_read_back_as_they_were_kept(units: Units) -> None:
    keep(units, a_page(2), a_page(1))
    with units() as uow:
        assert uow.papers.file("f-1") == a_file(1)
        assert uow.papers.page("pg-1") == a_page(1)
        assert uow.papers.pages("draft-1") == [a_page(1), a_page(2)]
        assert uow.papers.pages("draft-2") == []
        assert uow.papers.file_by_content("draft-1", a_file(2).sha256) == a_file(2)
        assert uow.papers.file_by_content("draft-2", a_file(2).sha256) is None
    for missing in ("file", "page"):
        with units() as uow, pytest.raises(NotFoundError):
            getattr(uow.papers, missing)("nothing")


def test_a_page_can_be_given_to_a_component_and_set_aside(units: Units) -> None:
    keep(units, a_page(1))
    changed = replace(a_page(1), component="tp-2", blank=True, discarded=True, meta={})
    with units() as uow:
        uow.papers.save_page(changed)
        uow.commit()
    with units() as uow:
        assert uow.papers.pages("draft-1") == [changed]


def test_the_same_page_is_not_kept_twice(units: Units) -> None:
    keep(units, a_page(1))
    with pytest.raises(StaleError), units() as uow:
        uow.papers.add_page(a_page(1))


def test_a_newer_document_of_a_component_replaces_the_older(units: Units) -> None:
    keep(units, a_page(1), a_page(2), a_page(3))
    with units() as uow:
        uow.papers.add_document(a_document(1))
        uow.papers.add_document(a_document(2, component="tp-2"))
        uow.papers.add_document(a_document(3))
        uow.commit()
    with units() as uow:
        assert {d.id: d for d in uow.papers.documents("draft-1")} == {
            "doc-2": a_document(2, component="tp-2"),
            "doc-3": a_document(3),
        }


def test_everything_of_a_draft_goes_over_to_its_dossier(units: Units) -> None:
    keep(units, a_page(1), a_page(2), a_page(3, "other"))
    with units() as uow:
        uow.papers.add_document(a_document(1))
        uow.papers.move("draft-1", "d-1")
        uow.commit()
    with units() as uow:
        assert [p.id for p in uow.papers.pages("d-1")] == ["pg-1", "pg-2"]
        assert uow.papers.pages("draft-1") == []
        assert [p.id for p in uow.papers.pages("other")] == ["pg-3"]
        assert uow.papers.documents("d-1") == [replace(a_document(1), owner="d-1")]
        assert uow.papers.file_by_content("d-1", a_file(2).sha256) == a_file(2)
        assert uow.papers.file_by_content("draft-1", a_file(2).sha256) is None


def test_papers_brought_later_come_after_the_first_and_replace_what_was_mended(store: Store) -> None:
    keep(store.units, a_page(1, "d-1"), a_page(2, "d-1"), a_page(3, "draft-2"))
    with store.units() as uow:
        uow.papers.add_document(a_document(1, "d-1", "tp-1"))
        uow.papers.add_document(a_document(2, "d-1", "tp-2"))
        uow.papers.add_document(a_document(3, "draft-2", "tp-2"))
        uow.papers.move("draft-2", "d-1")
        uow.papers.move("d-1", "d-1")
        uow.commit()
    with store.reads() as uow:
        assert [(p.id, p.number) for p in uow.papers.pages("d-1")] == [("pg-1", 1), ("pg-2", 2), ("pg-3", 5)]
        assert [d.id for d in uow.papers.documents("d-1")] == ["doc-1", "doc-3"]


def test_a_page_without_its_file_is_never_committed(store: Store) -> None:
    from sqlalchemy.exc import IntegrityError

    with store.units() as uow:
        uow.papers.add_page(a_page(1))
        with pytest.raises(IntegrityError):
            uow.commit()
    with store.reads() as uow:
        assert uow.papers.pages("draft-1") == []
