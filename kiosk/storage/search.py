"""Finding dossiers by words, with or without marks, in any order; each engine's own index behind one interface.

Words as written are looked for first, because the tone is part of the word; then without marks; then the text of the
scanned papers. The last word may be just begun ("nguyễn v"); when nothing is found, each may ("ngu v").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from kiosk.domain.dossier import Dossier
from kiosk.domain.person import Person
from kiosk.storage.rows import is_postgres
from kiosk.storage.search_postgres import COLUMNS
from kiosk.storage.search_postgres import find as find_in_postgres
from kiosk.text import fold, nfc

LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")
LONGEST_WORD = 64
MOST_WORDS = 30_000  # of one dossier's papers; PostgreSQL holds 1 MB of words in a row
MOST_ASKED = 8


def words_of(dossier: Dossier) -> str:
    """By what an officer looks for a dossier, beside its papers: names, numbers, codes, procedure, phone."""
    codes = (dossier.key, dossier.code, dossier.procedure_code, dossier.procedure_name, *dossier.external_codes)
    people = (_person(dossier.owner), _person(dossier.submitter) if dossier.submitter else "")
    return " ".join(filter(None, (*codes, dossier.summary, *people)))


def _person(person: Person) -> str:
    return f"{person.full_name} {person.id_number} {person.old_id_number} {person.phone.replace(' ', '')}"


def split(content: str) -> list[str]:
    """Distinct words in order of appearance, lower case, marks kept."""
    found = LETTERS_AND_DIGITS.findall(nfc(content).casefold())
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in found))


class SearchIndex:
    """The index of dossiers; `dossier_id` is the row's own number, so newer dossiers have higher ones."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._on_postgres = is_postgres(session)

    def put(self, dossier_id: int, words: str, texts: Iterable[str] = ()) -> None:
        """Replace what is known of a dossier. texts: of its documents."""
        papers = " ".join((words, *texts))
        row = {"id": dossier_id, "exact": split(words), "folded": split(fold(words))}
        row["papers"] = split(fold(papers))[:MOST_WORDS]
        self._session.execute(_put_postgres() if self._on_postgres else _put_sqlite(), self._encoded(row))

    def find(self, asked: str, limit: int) -> list[int]:
        """Dossier ids, best first: hits as written, without marks, in papers; the newest first within each."""
        return self._passes(asked, limit, all_begin=False) or self._passes(asked, limit, all_begin=True)

    def _passes(self, asked: str, limit: int, all_begin: bool) -> list[int]:
        exact = split(asked)[:MOST_ASKED]
        # Of the same words, so that what is found as written is found without marks as well.
        folded = split(fold(" ".join(exact)))
        if not folded:
            return []
        if self._on_postgres:
            queries = {column: _tsquery(exact if column == "exact" else folded, all_begin) for column in COLUMNS}
            return find_in_postgres(self._session, queries, limit)
        hits: dict[int, None] = {}
        for column in COLUMNS:
            if len(hits) < limit:
                words = exact if column == "exact" else folded
                asked_of = {"query": f"{{{column}}} : ({_fts(words, all_begin)})", "limit": limit}
                hits |= dict.fromkeys(self._session.execute(MATCH_SQLITE, asked_of).scalars())
        return list(hits)[:limit]

    def _encoded(self, row: dict[str, Any]) -> dict[str, Any]:
        if self._on_postgres:
            return row
        return {name: " ".join(value) if isinstance(value, list) else value for name, value in row.items()}


MATCH_SQLITE = text("SELECT rowid FROM dossier_words WHERE dossier_words MATCH :query ORDER BY rowid DESC LIMIT :limit")


def _tsquery(words: list[str], all_begin: bool) -> str:
    """The last word may be just begun, or each."""
    return " & ".join(f"'{word}':*" if all_begin or word == words[-1] else f"'{word}'" for word in words)


def _fts(words: list[str], all_begin: bool) -> str:
    return " AND ".join(f'"{word}" *' if all_begin or word == words[-1] else f'"{word}"' for word in words)


def _put_sqlite() -> TextClause:
    return text(
        "INSERT OR REPLACE INTO dossier_words (rowid, exact, folded, papers) VALUES (:id, :exact, :folded, :papers)"
    )


def _put_postgres() -> TextClause:
    return text(
        "INSERT INTO dossier_words (id, exact, folded, papers) VALUES (:id, array_to_tsvector(CAST(:exact AS text[])),"
        " array_to_tsvector(CAST(:folded AS text[])), array_to_tsvector(CAST(:papers AS text[])))"
        " ON CONFLICT (id) DO UPDATE SET exact = excluded.exact, folded = excluded.folded, papers = excluded.papers"
    )
