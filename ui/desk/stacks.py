"""Stacks of a desk with separator sheets in them: which paper each page belongs to, and sets for the printer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.clock import Clock
from kiosk.domain.event import Actor
from kiosk.domain.separator import Sorting
from kiosk.services.separators import print_separators
from printing.forms.separator import set_mark
from ui.app import OpenedOffice
from ui.papers import keep_file, keep_sides, sorting_of

if TYPE_CHECKING:
    from scanner.page import Page


@dataclass
class Stacks:
    """One desk's. What it knows of a stack under way is not kept over a restart: pages then wait for an officer."""

    office: OpenedOffice
    actor: Actor
    clock: Clock
    _sortings: dict[str, Sorting] = field(default_factory=dict)

    def scanned(self, owner: str, sides: Iterable[Page]) -> int:
        """Keep a stack, each page at its paper; returns how many. After a jam the next stack goes on where it stopped.

        Raises: DeviceError, StorageError.
        """
        sorting = self._sorting(owner)
        count = sum(1 for _ in keep_sides(self.office, owner, sides, self.actor, sorting=sorting))
        sorting.begin_stack()
        return count

    def imported(self, owner: str, paths: Sequence[Path]) -> int:
        """Raises: InputError, StorageError."""
        sorting, count = self._sorting(owner), 0
        for path in paths:
            count += len(keep_file(self.office, owner, path, self.actor, sorting=sorting))
            sorting.begin_stack()
        return count

    def printed(self, owner: str, papers: Sequence[tuple[str, str]]) -> str:
        """Queue a set, a sheet for each paper (code, name); returns the mark on it. Raises: TooManySheetsError."""
        made = print_separators(
            self.office.units, owner, papers, actor=self.actor, now=self.clock(), to_printer=True
        )  # fmt: skip
        return set_mark(made.nonce)

    def _sorting(self, owner: str) -> Sorting:
        if owner not in self._sortings:
            self._sortings = {owner: sorting_of(self.office, owner)}  # one citizen at a time
        return self._sortings[owner]
