"""Separator sheets in a run over files: where a new document begins, what is left out, what must be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.domain.separator import Judge, Placed, Separator, Sorting, Verdict, looks_like_separator
from scanner.codes import Code

NOT_ASKED = "Có tờ ngăn: chạy lại với --separators để tách văn bản tại đó."


@dataclass
class Stack:
    """Pages of a run in order. left_out: numbers of sheets and their empty backs; doubts: number of a page -> why."""

    sorting: Sorting
    left_out: list[int] = field(default_factory=list)
    doubts: dict[int, str] = field(default_factory=dict)
    is_divided: bool = False  # sheets say where papers begin, so titles no longer do
    _begins: bool = False
    _found: set[Separator] = field(default_factory=set)

    def place(self, number: int, codes: Iterable[Code], *, blank: bool) -> tuple[Placed, bool]:
        """Where page `number` goes, and whether it begins a document."""
        placed = self.sorting.place(str(number), [code.text for code in codes], lambda: blank)
        begins, self._begins = self._begins, placed.begins
        if placed.sheet is not None:
            self._found.add(placed.sheet)
            self.is_divided = True
        if placed.left_out:
            self.left_out.append(number)
            self._begins = begins or self._begins  # the empty back of a sheet comes between it and its paper
        for finding in placed.findings:
            self.doubts[number] = finding.words
        if placed.doubt is not None:
            self.doubts |= {int(side): placed.doubt.words for side in placed.doubtful}
        return placed, begins or placed.begins

    @property
    def sheets(self) -> int:
        """How many good separators came."""
        return len(self._found)


def stack_of(judge: Judge | None) -> Stack:
    """judge: None where nobody asked to divide; sheets are then pages, and said to be sheets."""
    return Stack(Sorting(judge or _unasked))


def _unasked(text: str) -> Verdict | None:
    return Verdict(None, NOT_ASKED) if looks_like_separator(text) else None
