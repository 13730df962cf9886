"""The intake on the screen: person, procedure, marks and pages, kept together under one draft key. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.domain.dossier import PaperState
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Component, ComponentKind, Procedure
from kiosk.services.reception import PaperMark
from ui.desk.model import AtCounter, PageThumb, PaperRow

ASSIGN_KEYS = 9


@dataclass
class Work:
    """pages: thumb and component code, feeding order. changed: something is not in the draft store yet.

    loose_told: the officer was warned of pages without a paper, with a fault, or too few. scanned: a stack was begun,
    so there may be pages.
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

    @property
    def components(self) -> tuple[Component, ...]:
        return self.procedure.papers(self.case) if self.procedure else ()

    @property
    def lacks_case(self) -> bool:
        return self.procedure is not None and not self.case and self.procedure.needs_case(Channel.COUNTER)

    @property
    def cases(self) -> tuple[str, ...]:
        return self.procedure.cases(Channel.COUNTER) if self.procedure else ()

    def mark(self, code: str) -> PaperMark:
        return self.marks.get(code, PaperMark(PaperState.MISSING))

    def missing(self) -> list[Component]:
        return [c for c in self.components if c.required and not self.mark(c.code).state.is_settled]

    def note_brought(self, component: Component) -> None:
        """The paper is there, as the catalogue asks for it; a mark made by hand stays."""
        if not self.mark(component.code).state.is_settled:
            state = PaperState.ORIGINAL if component.originals or not component.copies else PaperState.COPY
            self.marks[component.code] = replace(self.mark(component.code), state=state)
            self.changed = True

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
        )

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
