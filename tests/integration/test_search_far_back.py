"""What PostgreSQL finds in few messages is what a look at every dossier would find, in the same order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import MakeAddress
from samples import MOTHER
from sqlalchemy import text
from sqlalchemy.orm import Session

from kiosk.domain.dossier import Dossier
from kiosk.storage import open_store
from kiosk.storage.engine import writing
from kiosk.storage.search import SearchIndex, split
from kiosk.storage.search_postgres import COLUMNS, find
from kiosk.text import fold

if TYPE_CHECKING:
    from kiosk.storage import Store

MANY = 90
FAMILY, GIVEN = ["Nguyễn"] * 6 + ["Trần"] * 3 + ["Đặng", "Dang"], ["Ánh", "Anh", "An", "Dương", "Duong", "Bình"]
PAPERS = ["giấy chứng sinh", "cháu Trần Ánh", "bản đồ thửa đất", ""]


@pytest.fixture(scope="module")
def kept() -> list[tuple[str, str]]:
    """Names and words of papers of all dossiers, the oldest first."""
    chance = random.Random(20261122)
    made = [(f"{chance.choice(FAMILY)} {chance.choice(GIVEN)}", chance.choice(PAPERS)) for _ in range(MANY)]
    return [("Lò Thị Mẩy", "giấy tờ cũ"), *made]


@pytest.fixture
def store(make_address: MakeAddress, tmp_path: Path, kept: list[tuple[str, str]]) -> Iterator[Store]:
    opened = open_store(make_address("postgresql"), tmp_path / "office")
    with opened.units() as uow:
        for n, (name, _papers) in enumerate(kept):
            owner = replace(MOTHER, key=f"p-{n}", full_name=name, id_number=f"00119500{n:04d}")
            uow.dossiers.add(Dossier(f"26112310{n:04d}", "2.000815", 1, "Chứng thực", "Chứng thực", owner, [], "lan"))
        uow.commit()
    with writing(opened.engine).begin() as session:
        index = SearchIndex(session)
        for number, (name, papers) in zip(numbers(session), kept, strict=True):
            index.put(number, name, [papers])
    yield opened
    opened.close()


def numbers(session: Session) -> list[int]:
    """Row numbers of the dossiers, the oldest first."""
    return list(session.execute(text("SELECT id FROM dossier_words ORDER BY id")).scalars())


def looked_at_all(kept: list[tuple[str, str]], typed: str, limit: int) -> list[int]:
    """Places of the dossiers, by the rule as it stands in the docstring of `search`."""
    exact = split(typed)
    asked = {"exact": exact, "folded": split(fold(typed)), "papers": split(fold(typed))}
    best: dict[int, None] = {}
    for column in COLUMNS:
        for place in reversed(range(len(kept))):
            name, papers = kept[place]
            words = {"exact": split(name), "folded": split(fold(name)), "papers": split(fold(f"{name} {papers}"))}[
                column
            ]
            *whole, begun = asked[column]
            if set(whole) <= set(words) and any(word.startswith(begun) for word in words):
                best.setdefault(place)
    return list(best)[:limit]


def query(words: list[str]) -> str:
    return " & ".join([*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"])


@pytest.mark.parametrize("limit", [3, 20, 200])
def test_frequent_rare_and_unknown_words_are_found_wherever_they_lie(
    store: Store, kept: list[tuple[str, str]], limit: int
) -> None:
    texts = [
        "nguyễn",
        "nguyen",
        "ánh",
        "anh nguyen",
        "trần",
        "tran anh",
        "đặng",
        "dang",
        "mẩy",
        "lo may",
        "giay",
        "giấy",
    ]
    texts += ["chau tran", "chứng sinh", "thửa", "duong", "dương d", "khong co", "an", "a", "cu"]
    with writing(store.engine).begin() as session:
        places = {number: place for place, number in enumerate(numbers(session))}
        for typed in texts:
            words = {"exact": split(typed), "folded": split(fold(typed)), "papers": split(fold(typed))}
            queries = {column: query(words[column]) for column in COLUMNS}
            for recent, rare in ((5, 2), (12, 3), (1000, 15)):
                found = [places[number] for number in find(session, queries, limit, recent, rare)]
                assert found == looked_at_all(kept, typed, limit), (typed, recent, rare)
