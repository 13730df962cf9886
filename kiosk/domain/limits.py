"""How often and how soon, where the law names a number that may change: rows with dates in force, of `office.toml`.

The numbers are those of NĐ 61/2018/NĐ-CP; the wording of NĐ 118/2025/NĐ-CP is not verified (docs/legal.md#supplement,
#apology), so an office can say others from a day on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Limits:
    """supplements: how often one may be asked for of one dossier; return_days: working days from its reception within
    which a dossier that was found wanting goes back; alarm_days: working days before the end of a term from which its
    explanation and apology fall due; basis: the instrument, "" for the shipped row."""

    supplements: int = 1
    return_days: int = 3
    alarm_days: int = 1
    valid_from: date = date.min
    basis: str = ""


def limits_on(rows: Iterable[Limits], day: date) -> Limits:
    """The newest row in force; the shipped one before any other."""
    return max((Limits(), *(row for row in rows if row.valid_from <= day)), key=lambda row: row.valid_from)
