"""The intake on the screen: person, procedure, marks and pages, kept together under one draft key. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from kiosk.domain.dossier import PaperState
from kiosk.domain.held import HeldPaper
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Component, ComponentKind, Procedure
from kiosk.domain.proxy import Proxy, StandingRule, with_proxy_paper
from kiosk.services.extra_papers import ExtraPaper, extra_components
from kiosk.services.reception import Intake, PaperMark
from ui.desk.model import AtCounter, DraftState, PageThumb, PaperRow

ASSIGN_KEYS = 9


@dataclass
class Work:
    """pages: thumb and component code, feeding order. changed: something is not in the draft store yet.

    loose_told: the officer was warned of pages without a paper, with a fault, or too few. scanned: a stack was begun,
    so there may be pages. authority: the rule of the submitter's standing, None while the owner came in person. held:
    component code -> the paper that the office has. group_key: key of the first dossier of this person's visit.
    state_secret: never scanned, never sent. competent_agency: solves what is only taken in here, "" for this office.
    extra_papers: asked for beyond the catalogue.
    """

    key: str
    person: Person | None = None
    procedure: Procedure | None = None
    case: str = ""
    marks: dict[str, PaperMark] = field(default_factory=dict)
    pages: list[tuple[PageThumb, str]] = field(default_factory=list)
    current_page: int = 0
    ticket: AtCounter | None = None
    ticket_key: str | None = None
    changed: bool = False
    loose_told: bool = False
    scanned: bool = False
    submitter: Person | None = None
    proxy: Proxy | None = None
    authority: StandingRule | None = None
    held: Mapping[str, HeldPaper] = field(default_factory=dict)
    group_key: str = ""
    state_secret: bool = False
    competent_agency: str = ""
    extra_papers: tuple[ExtraPaper, ...] = ()

    @classmethod
    def of_draft(cls, draft: DraftState, procedures: Sequence[Procedure]) -> Self:
        """An intake that was begun before, to go on with."""
        known = {p.code: p for p in procedures}
        marks = {code: PaperMark(PaperState(state), 1, note) for code, (state, note) in draft.marks.items()}
        return cls(
            draft.key,
            draft.person,
            known.get(draft.procedure),
            draft.case,
            marks,
            ticket_key=draft.ticket_key,
            scanned=draft.scanned,
            submitter=draft.submitter,
            proxy=draft.proxy,
            group_key=draft.group_key,
            state_secret=draft.state_secret,
            competent_agency=draft.competent_agency,
            extra_papers=draft.extra_papers,
        )

    def clean(self, key: str) -> Self:
        """Another intake, for the number that is at the counter."""
        return type(self)(key, ticket=self.ticket, ticket_key=self.ticket.key if self.ticket else None)

    def draft(self, at: datetime) -> DraftState:
        return DraftState(
            self.key,
            self.person,
            self.procedure.code if self.procedure else "",
            self.case,
            {code: (mark.state.value, mark.note) for code, mark in self.marks.items()},
            self.ticket_key,
            at,
            self.scanned,
            self.submitter,
            self.proxy,
            self.group_key,
            self.state_secret,
            self.competent_agency,
            self.extra_papers,
        )

    def intake(self) -> Intake:
        """Raises: ValueError while person or procedure are lacking."""
        if self.person is None or self.procedure is None:
            raise ValueError("an intake needs a person and a procedure")
        return Intake(
            self.key,
            self.procedure.code,
            self.person,
            {c.code: self.mark(c.code) for c in self.components},
            case=self.case,
            ticket_key=self.ticket_key,
            submitter=self.submitter,
            proxy=self.proxy,
            group_key=self.group_key,
            state_secret=self.state_secret,
            competent_agency=self.competent_agency,
            extra_papers=self.extra_papers,
        )

    def choose(self, procedure: Procedure) -> None:
        """Marks of papers with the same code stay; who else solves it, and on what further papers, is another's."""
        codes = {c.code for c in procedure.papers()}
        self.marks = {c: m for c, m in self.marks.items() if c in codes}
        self.procedure, self.case, self.changed = procedure, "", True
        self.competent_agency, self.extra_papers = "", ()

    @property
    def components(self) -> tuple[Component, ...]:
        if self.procedure is None:
            return ()
        papers = with_proxy_paper(self.procedure.papers(self.case), self.authority)
        return papers + extra_components(self.procedure, self.extra_papers, None)

    @property
    def lacks_case(self) -> bool:
        return self.procedure is not None and not self.case and self.procedure.needs_case(Channel.COUNTER)

    @property
    def cases(self) -> tuple[str, ...]:
        return self.procedure.cases(Channel.COUNTER) if self.procedure else ()

    def mark(self, code: str) -> PaperMark:
        if (known := self.marks.get(code)) is not None:
            return known
        given = any(c.database for c in self.components if c.code == code)
        return PaperMark(PaperState.FROM_DATABASE if given else PaperState.MISSING)

    def missing(self) -> list[Component]:
        return [c for c in self.components if c.required and not self.mark(c.code).state.is_settled]

    def note_brought(self, component: Component) -> None:
        """The paper is there, as the catalogue asks for it; a mark made by hand stays."""
        if not self.mark(component.code).state.is_settled:
            state = PaperState.ORIGINAL if component.originals or not component.copies else PaperState.COPY
            self.marks[component.code] = replace(self.mark(component.code), state=state)
            self.changed = True

    def note_settled(self, component: Component) -> None:
        """Nothing is missing: the office has the paper, or it was brought."""
        if component.code in self.held and not self.mark(component.code).state.is_settled:
            self.marks[component.code] = replace(self.mark(component.code), state=PaperState.HELD)
            self.changed = True
        self.note_brought(component)

    def rows(self) -> list[PaperRow]:
        counts: dict[str, int] = {}
        for thumb, code in self.pages:
            counts[code] = counts.get(code, 0) + (not thumb.discarded)
        return [self._row(n, c, counts.get(c.code, 0)) for n, c in enumerate(self.components, 1)]

    def _row(self, number: int, component: Component, pages: int) -> PaperRow:
        mark = self.mark(component.code)
        return PaperRow(
            number if number <= ASSIGN_KEYS else 0,
            component.code,
            component.name,
            component.required,
            mark.state,
            pages,
            mark.note,
            component.kind is ComponentKind.PRESENT,
            self._source(component),
        )

    def _source(self, component: Component) -> str:
        """Where a paper is that nobody has to bring, in words; "" for one that has to be brought."""
        if (held := self.held.get(component.code)) is not None:
            until = f", dùng đến {held.until:%d/%m/%Y}" if held.until else ""
            return f"{held.words}{until}"
        return component.database

    def thumbs(self) -> list[PageThumb]:
        places = {c.code: n for n, c in enumerate(self.components, 1)}
        return [replace(thumb, place=places.get(code, 0)) for thumb, code in self.pages]

    def loose(self) -> list[int]:
        """Places of the pages that no paper has yet and that are worth one."""
        return [i for i, (p, code) in enumerate(self.pages) if not code and not p.discarded and not p.blank]

    def flawed(self) -> list[int]:
        """Places of the pages that the quality gate found something wrong with, and that still count."""
        return [i for i, (p, _code) in enumerate(self.pages) if p.findings and not p.discarded]

    def lost_sheets(self) -> list[int]:
        """Numbers of the last set of separators that have not come."""
        sheets = [thumb.sheet for thumb, _code in self.pages if thumb.sheet]
        if not sheets:
            return []
        nonce, _, count = sheets[-1]
        seen = {number for of, number, _ in sheets if of == nonce}
        return [n for n in range(1, count + 1) if n not in seen]

    def next_loose(self, index: int) -> int:
        """The next page that no paper has yet."""
        later = [i for i, (thumb, code) in enumerate(self.pages) if i > index and not code and not thumb.discarded]
        return later[0] if later else min(index + 1, len(self.pages) - 1)
