"""What the intake shows and what it needs of the office. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from ui.desk.beyond_presenter import BeyondView
from ui.desk.faults_presenter import FaultsView
from ui.desk.group_presenter import GroupOffice, GroupView
from ui.desk.known_presenter import KnownOffice, KnownView
from ui.desk.model import Earlier, IntakeOffice, Promised, Saved
from ui.desk.pages_presenter import PagesOffice, PagesView
from ui.desk.submitter_presenter import SubmitterView


class IntakeView(PagesView, FaultsView, SubmitterView, KnownView, GroupView, BeyondView, Protocol):
    def show_person(self, person: Person | None) -> None: ...

    def show_earlier(self, earlier: Sequence[Earlier]) -> None: ...

    def show_choices(self, choices: Sequence[Procedure]) -> None: ...

    def show_procedure(self, procedure: Procedure | None) -> None: ...

    def show_cases(self, cases: Sequence[str], chosen: str, *, needed: bool) -> None: ...

    def show_promise(self, promised: Promised | None) -> None: ...

    def show_saved(self, saved: Saved | None) -> None: ...

    def show_reasons(self, act: str, reasons: Sequence[str]) -> None:
        """Open the panel for "supplement" or "refuse"; "" closes it."""

    def hide_notice(self) -> None: ...

    def show_kept(self, words: str) -> None: ...

    def focus(self, part: str) -> None:
        """ "card", "name", "procedure", "case" or "papers"."""


class IntakeStore(IntakeOffice, PagesOffice, KnownOffice, GroupOffice, Protocol):
    """All that an intake needs of the office."""
