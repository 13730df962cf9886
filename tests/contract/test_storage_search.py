from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from samples import MOTHER, NOON

from kiosk.domain.dossier import Dossier
from kiosk.domain.scan import Document, StoredFile
from kiosk.services.ports import Units

if TYPE_CHECKING:
    from kiosk.storage import Store

NAMES = ["Đặng Thị Ánh", "Dang Anh Tuan", "Nguyễn Văn Đáng", "Trần Ánh Dương", "Lê Hoàng Ân"]


def a_dossier(n: int, name: str, **changes: object) -> Dossier:
    owner = replace(MOTHER, key=f"p-{n}", full_name=name, id_number=f"00119500{n:04d}", phone=f"09120001{n:02d}")
    dossier = Dossier(f"26112310{n:04d}", "2.000815", 1, "Chứng thực bản sao", "Chứng thực", owner, [], "lan")
    return replace(dossier, **changes)  # type: ignore[arg-type]


def keep_names(units: Units) -> None:
    with units() as uow:
        for n, name in enumerate(NAMES):
            uow.dossiers.add(a_dossier(n, name))
        uow.commit()


def found(units: Units, text: str, limit: int = 50) -> list[str]:
    with units() as uow:
        return [d.owner.full_name for d in uow.dossiers.search(text, limit)]


@pytest.mark.parametrize("text", ["dang anh", "anh dang", "ĐẶNG ánh", "Thị Đặng", "dặng thi"])
def test_words_are_found_in_any_order_with_or_without_marks(units: Units, text: str) -> None:
    keep_names(units)
    assert "Đặng Thị Ánh" in found(units, text)
    assert "Lê Hoàng Ân" not in found(units, text)


def test_codes_phones_and_procedures_are_words_too(units: Units) -> None:
    with units() as uow:
        uow.dossiers.add(a_dossier(7, "Phạm Bình", code="H26.107-261123-0007"))
        uow.dossiers.add(a_dossier(8, "Phạm Chi"))
        uow.commit()
    for text in ("261123100007", "H26.107-261123-0007", "0912000107", "binh chung thuc", "Phạm Bình bản sao"):
        assert found(units, text) == ["Phạm Bình"]


def test_the_newest_comes_first_and_no_more_than_asked(units: Units) -> None:
    with units() as uow:
        for n in range(6):
            uow.dossiers.add(a_dossier(n, "Nguyễn Văn An"))
        uow.commit()
    with units() as uow:
        assert [d.key[-1] for d in uow.dossiers.search("nguyen", 3)] == ["5", "4", "3"]


def test_hits_with_the_very_marks_come_before_the_others(store: Store) -> None:
    keep_names(store.units)
    assert found(store.units, "ánh")[:2] == ["Trần Ánh Dương", "Đặng Thị Ánh"]
    assert found(store.units, "ánh")[2:] == ["Dang Anh Tuan"]
    assert found(store.units, "đặng")[0] == "Đặng Thị Ánh"
    assert found(store.units, "dang")[0] == "Dang Anh Tuan"


def test_the_beginning_of_a_word_is_enough(store: Store) -> None:
    keep_names(store.units)
    assert found(store.units, "ngu đá") == ["Nguyễn Văn Đáng"]
    assert found(store.units, "hoang a") == ["Lê Hoàng Ân"]
    assert found(store.units, "oang") == []


@pytest.mark.parametrize("text", ["", "   ", "'", '"', "* - ()", "'; DROP TABLE dossiers --", "NEAR(x y)", "{exact}"])
def test_what_is_not_a_word_finds_nothing_and_harms_nothing(store: Store, text: str) -> None:
    keep_names(store.units)
    assert found(store.units, text) == []
    assert len(found(store.units, "dang")) == 3


def test_text_typed_in_decomposed_letters_is_found(store: Store) -> None:
    import unicodedata

    keep_names(store.units)
    assert found(store.units, unicodedata.normalize("NFD", "Đặng Thị Ánh"))[0] == "Đặng Thị Ánh"


def a_document(owner: str, component: str, text: str) -> Document:
    return Document(f"doc-{owner}-{component}-{len(text)}", owner, component, f"file-{component}", (), text, NOON)


def keep_document(units: Units, document: Document) -> None:
    with units() as uow:
        uow.papers.add_file(StoredFile(document.file_id, "0", 1, "application/pdf", b""), document.owner)
        uow.papers.add_document(document)
        uow.commit()


def test_a_dossier_is_found_by_words_of_its_papers_after_hits_in_its_own_words(store: Store) -> None:
    keep_names(store.units)
    keep_document(
        store.units, a_document("261123100004", "tp-1", "Giấy chứng sinh: cháu ĐẶNG GIA BẢO, Bệnh viện Bạch Mai")
    )
    assert found(store.units, "gia bao") == ["Lê Hoàng Ân"]
    assert found(store.units, "bach hoang") == ["Lê Hoàng Ân"]
    assert found(store.units, "đặng")[-1] == "Lê Hoàng Ân"


def test_words_follow_when_a_paper_is_replaced_or_the_name_is_corrected(store: Store) -> None:
    keep_names(store.units)
    keep_document(store.units, a_document("261123100004", "tp-1", "cháu Gia Bảo"))
    with store.units() as uow:
        uow.papers.add_document(a_document("261123100004", "tp-1", "cháu Minh Khôi sinh đôi"))
        dossier = uow.dossiers.get("261123100004")
        dossier.owner = replace(dossier.owner, full_name="Lê Hoàng Yến")
        uow.dossiers.save(dossier)
        uow.commit()
    assert found(store.units, "gia bao") == []
    assert found(store.units, "minh khoi") == ["Lê Hoàng Yến"]
    assert found(store.units, "yen") == ["Lê Hoàng Yến"]
    assert found(store.units, "hoang an") == []


def test_papers_scanned_before_reception_are_found_under_the_dossier(store: Store) -> None:
    keep_document(store.units, a_document("draft-1", "tp-1", "Bạch Mai"))
    with store.units() as uow:
        uow.dossiers.add(a_dossier(1, "Lê Hoàng Ân"))
        uow.papers.move("draft-1", "261123100001")
        uow.commit()
    assert found(store.units, "bach mai") == ["Lê Hoàng Ân"]


def test_very_long_papers_with_odd_characters_are_kept(store: Store) -> None:
    keep_names(store.units)
    text = "\0 \ufffd " + " ".join(f"từ{n}" for n in range(40_000)) + " x" * 5000 + "y" * 5000
    keep_document(store.units, a_document("261123100000", "tp-1", text))
    assert found(store.units, "tu123") == ["Đặng Thị Ánh"]
