"""Which papers to bring: field, procedure, list; then the number if wanted. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.tasks import Problem, Run
from ui.ticketing.model import Checklist, ProcedureLine, Tile
from ui.ticketing.ports import TicketingOffice, TicketingView


class ChecklistGuide:
    """choosing: the next tile touched names a field, not a number."""

    def __init__(
        self, view: TicketingView, office: TicketingOffice, run: Run, failed: Callable[[Problem], None]
    ) -> None:
        self._view, self._office, self._run, self._failed = view, office, run, failed
        self.choosing = False
        self._group: Tile | None = None
        self._visit = 0

    def open(self) -> None:
        self.choosing = True
        self._view.show_fields()

    def on_field(self, group: Tile) -> None:
        self.choosing, self._group, visit = False, group, self._visit
        self._run(lambda: self._office.procedures(group.code), lambda found: self._list(found, visit), self._failed)

    def _list(self, found: Sequence[ProcedureLine], visit: int) -> None:
        if visit == self._visit:
            self._view.show_procedures(found)

    def on_procedure(self, code: str) -> None:
        visit = self._visit
        self._run(lambda: self._office.checklist(code), lambda found: self._show(found, visit), self._failed)

    def _show(self, found: Checklist, visit: int) -> None:
        if visit == self._visit and self._group is not None:
            self._view.show_checklist(found, self._group)

    def forget(self) -> None:
        self.choosing, self._group = False, None
        self._visit += 1
