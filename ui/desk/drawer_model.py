"""What the count of a drawer (kiểm quỹ) shows, and what it needs of the office. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class DrawerSheet:
    """One drawer today. whole: of the whole office, else the officer's own; whose: in words; cash: đồng that the ledger
    says came in less what went out; opening: as the last count had it; told: sums of the day in words; before: counts
    of today in words, the newest last."""

    whole: bool
    whose: str
    day: str
    cash: int
    opening: int = 0
    told: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


class DrawerOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def sheet(self, *, whole: bool) -> DrawerSheet: ...

    def count(self, notes: Mapping[int, int], opening: int, reason: str, *, whole: bool) -> str:
        """Keep the count and have its sheet printed; returns what to tell the officer."""
