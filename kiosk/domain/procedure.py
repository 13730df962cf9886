"""A procedure (thủ tục hành chính) as published: what to bring, how long, how much, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Channel(StrEnum):
    """How a dossier comes in (KenhThucHien 1, 2, 3)."""

    COUNTER = "1"
    ONLINE = "2"
    POST = "3"


class TermUnit(StrEnum):
    """The four units of the national catalogue."""

    SAME_DAY = "same day"
    HOURS = "hours"
    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"


@dataclass(frozen=True)
class Term:
    """Time to solve: value in `unit`; None where the source gave none. verbatim: the source's own words."""

    value: int | None
    unit: TermUnit | None
    verbatim: str = ""

    @property
    def is_known(self) -> bool:
        return self.unit is TermUnit.SAME_DAY or (self.unit is not None and self.value is not None)

    def __str__(self) -> str:
        if not self.is_known or self.unit is None:
            return self.verbatim
        return "same day" if self.unit is TermUnit.SAME_DAY else f"{self.value} {self.unit.value}"


@dataclass(frozen=True)
class Fee:
    """One fee line; amount in đồng, None where the source names no number (verbatim keeps what it says)."""

    name: str
    amount: int | None
    code: str = ""
    note: str = ""
    verbatim: str = ""


@dataclass(frozen=True)
class Option:
    """Term and fees of one channel and one case (trường hợp); case "" means every case."""

    channel: Channel
    term: Term
    fees: tuple[Fee, ...] = ()
    case: str = ""
    note: str = ""


class ComponentKind(StrEnum):
    SUBMIT = "submit"
    PRESENT = "present"
    EXPLANATION = "explanation"


@dataclass(frozen=True)
class Component:
    """A paper of the dossier (thành phần hồ sơ). code: the authority's, or "tp-N" by position where it has none.

    required: must be there for the dossier to be complete; False for papers of a special case.
    replaced_by: result code (KQ.…) that replaces the paper when the State already holds it. database: the national
    database that gives it, so that nobody brings it; "" for none. secret: a state secret, never scanned and never sent.
    """

    code: str
    name: str
    originals: int = 1
    copies: int = 0
    required: bool = True
    kind: ComponentKind = ComponentKind.SUBMIT
    case: str = ""
    form: str = ""
    replaced_by: str = ""
    database: str = ""
    secret: bool = False


@dataclass(frozen=True)
class ResultType:
    code: str
    name: str


@dataclass(frozen=True)
class Unclear:
    """Something of the source that could not be understood: where, and its words, for an officer to settle."""

    where: str
    verbatim: str
    why: str


@dataclass(frozen=True)
class LinkedStep:
    """One step of a linked procedure (bước liên thông). code: of the step; procedure: national code of what is solved
    in it, "" where none is known; here: this unit solves it; field: whose calendar counts; after: codes of the steps
    whose results it waits for, which stand before it."""

    code: str
    name: str
    agency: str
    term: Term
    procedure: str = ""
    field: str = ""
    here: bool = False
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Procedure:
    """One version of a procedure. code: national (1.001193); version: 1.. by code; valid_to exclusive, None = open.

    mnemonic: short ASCII name for the keyboard ("ks"), safe under Telex. confidence: A..D as in docs/legal.md.
    steps: of a linked procedure, () for an ordinary one.
    """

    code: str
    version: int
    name: str
    field_code: str
    field_name: str
    options: tuple[Option, ...]
    components: tuple[Component, ...]
    results: tuple[ResultType, ...] = ()
    levels: tuple[str, ...] = ()
    decision: str = ""
    source: str = ""
    confidence: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    mnemonic: str = ""
    needs_receipt: bool = True
    public: bool = True
    unclear: tuple[Unclear, ...] = ()
    steps: tuple[LinkedStep, ...] = ()

    def option(self, channel: Channel, case: str = "") -> Option | None:
        """Term and fees for a channel and case; falls back to the channel's general case, then to the first option."""
        mine = self._of(channel)
        exact = [o for o in mine if o.case == case] or [o for o in mine if not o.case] or mine
        return exact[0] if exact else None

    @property
    def published_in(self) -> str:
        """Where the list of papers stands: the legal basis of asking for one of them."""
        where = f"Quyết định {self.decision}" if self.decision else self.source or "danh mục thủ tục"
        return f"Thủ tục {self.code} công bố tại {where}"

    def cases(self, channel: Channel) -> tuple[str, ...]:
        """The cases that term, fees or papers tell apart, in the catalogue's order; () where there is only one."""
        named = [o.case for o in self._of(channel)]
        named += [c.case for c in self.components if c.kind is not ComponentKind.EXPLANATION]
        return tuple(dict.fromkeys(case for case in named if case))

    def needs_case(self, channel: Channel) -> bool:
        """Whether term and fees are unknown until a case is chosen: there are several, and none for every case."""
        cases = {o.case for o in self._of(channel)}
        return len(cases) > 1 and "" not in cases

    def _of(self, channel: Channel) -> list[Option]:
        return [o for o in self.options if o.channel is channel] or list(self.options)

    def papers(self, case: str = "") -> tuple[Component, ...]:
        """Components that an officer can ask for: no explanations, only the general ones and the case's own.

        A case of terms or fees alone says nothing about the papers of other headings: those stay.
        """
        others = {o.case for o in self.options}
        has_own = any(c.case == case for c in self.components)
        return tuple(
            c
            for c in self.components
            if c.kind is not ComponentKind.EXPLANATION
            and (not c.case or not case or c.case == case or not (has_own or c.case in others))
        )

    def in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)
