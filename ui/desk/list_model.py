"""What a panel with a list and what belongs to the chosen line shows. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Act:
    """key: as on the cap, one sign or "Enter"; asks: what has to be written first, "" for nothing."""

    id: str
    key: str
    words: str
    asks: str = ""


@dataclass(frozen=True)
class Line:
    """One line. id: for the office; title and place: in the list; why: beside it, with what to do; facts: label and
    value; acts: ids of what may be done; tone: "bad", "warn", "info", "good" or ""; pages: name and picture (PNG)."""

    id: str
    title: str
    place: str
    why: str
    acts: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    tone: str = ""
    pages: tuple[tuple[str, bytes], ...] = ()


class ListView(Protocol):
    def open(self) -> None: ...

    def close_panel(self) -> None: ...

    def show_head(self, tone: str, words: str, more: str) -> None:
        """Above the list: how things stand as a whole."""

    def show_lines(self, lines: Sequence[Line]) -> None: ...

    def tell(self, tone: str, message: str, fix: str) -> None: ...
