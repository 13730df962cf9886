"""Stacks of a desk with separator sheets in them: which paper each page belongs to, and sets for the printer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.clock import Clock
from kiosk.domain.event import Actor
from kiosk.domain.separator import Sorting
from kiosk.errors import InputError
from kiosk.services.separators import print_separators
from printing.forms.separator import set_mark
from scanner.errors import SeveralFilesError
from ui.app import OpenedOffice
from ui.papers import keep_file, keep_sides, sorting_of

if TYPE_CHECKING:
    from scanner.page import Page

NAMES_SHOWN = 3


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
        """One bad file does not cost the others. Raises, when all were tried: InputError of the bad one,
        SeveralFilesError; at once: StorageError."""
        sorting, count = self._sorting(owner), 0
        bad: list[tuple[Path, InputError]] = []
        for path in paths:
            try:
                count += len(keep_file(self.office, owner, path, self.actor, sorting=sorting))
            except InputError as e:
                bad.append((path, e))
            sorting.begin_stack()
        if len(bad) > 1:
            raise SeveralFilesError(count=len(bad), kept=count, files=_named([path for path, _reason in bad]))
        if bad:
            raise bad[0][1]
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


def _named(paths: Sequence[Path]) -> str:
    from scanner.limits import shown_name

    names = [shown_name(path) for path in paths[:NAMES_SHOWN]]
    more = len(paths) - len(names)
    return ", ".join(names) + (f" và {more} tệp khác" if more else "")
