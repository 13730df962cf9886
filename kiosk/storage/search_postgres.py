"""Finding dossiers on PostgreSQL in as few messages as can be: what is found as written is found without marks as
well, and all of that among the words of the papers, so that one look answers for all three.

A frequent word has enough hits among the newest dossiers; a rare one has few hits altogether. Asked in one step,
PostgreSQL takes the one for the other, and reads every dossier to find a telephone number. What lies between has
thousands of hits, and the index would fetch the row of each: as many of the newest are read as should hold enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

RECENT = 1000  # dossiers that count as new
RARE = 15  # hits among those; a word with fewer has few altogether
COLUMNS = ("exact", "folded", "papers")  # each finds what the one before it does, and more


@dataclass(frozen=True)
class Hit:
    """rank: place in `COLUMNS` of the first that finds it."""

    id: int
    rank: int


def find(session: Session, queries: Mapping[str, str], limit: int, recent: int = RECENT, rare: int = RARE) -> list[int]:
    """Ids of dossiers, best first. queries: column -> tsquery."""
    new, counts = _newest(session, queries, limit, recent)
    found: list[Hit] = []
    if few := sum(count < rare for count in counts):
        # The last of them finds what the others do.
        found = _among_all(session, queries, limit, few - 1)
    for rank in range(few, len(COLUMNS)):
        if len(found) < limit:
            hits = [hit for hit in new if hit.rank <= rank]
            if len(hits) < limit:
                further = recent * (limit + rare) // counts[rank]
                hits = _further_back(session, queries, limit, rank, further)
            found = sorted({*found, *hits}, key=lambda hit: (hit.rank, -hit.id))
    return [hit.id for hit in found[:limit]]


def _further_back(session: Session, queries: Mapping[str, str], limit: int, rank: int, recent: int) -> list[Hit]:
    """Hits of a column that had some among the newest, and too few."""
    hits, counts = _newest(session, queries, limit, recent)
    enough = counts[rank] >= limit
    return [hit for hit in hits if hit.rank <= rank] if enough else _among_all(session, queries, limit, rank)


def _newest(session: Session, queries: Mapping[str, str], limit: int, recent: int) -> tuple[list[Hit], Sequence[int]]:
    """The best hits among so many dossiers, and how many there are for each column."""
    rows = session.execute(NEWEST, {**queries, "limit": limit, "recent": recent}).all()
    return [Hit(row[0], row[1]) for row in rows], rows[0][2:] if rows else (0,) * len(COLUMNS)


def _among_all(session: Session, queries: Mapping[str, str], limit: int, rank: int) -> list[Hit]:
    rows = session.execute(AMONG_ALL[COLUMNS[rank]], {**queries, "limit": limit})
    return [Hit(number, rank) for number, rank in rows]


_RANK = (
    "CASE WHEN exact @@ CAST(:exact AS tsquery) THEN 0"
    " WHEN folded @@ CAST(:folded AS tsquery) THEN 1 ELSE 2 END AS rank"
)
_COUNTS = ", ".join(f"count(*) FILTER (WHERE rank <= {rank}) OVER ()" for rank in range(len(COLUMNS)))
NEWEST = text(
    f"SELECT id, rank, {_COUNTS} FROM (SELECT id, {_RANK} FROM"
    " (SELECT id, exact, folded, papers FROM dossier_words ORDER BY id DESC LIMIT :recent) newest"
    " WHERE papers @@ CAST(:papers AS tsquery)) hits ORDER BY rank, id DESC LIMIT :limit"
)
AMONG_ALL = {
    column: text(
        f"WITH hits AS MATERIALIZED (SELECT id, {_RANK} FROM dossier_words"
        f" WHERE {column} @@ CAST(:{column} AS tsquery)) SELECT id, rank FROM hits ORDER BY rank, id DESC LIMIT :limit"
    )
    for column in COLUMNS
}
