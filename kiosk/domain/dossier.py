"""One applicant's papers for one procedure (hồ sơ thủ tục hành chính), and what the law lets an officer do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Component
from kiosk.domain.term_clock import TermClock
from kiosk.errors import RuleError


class DossierState(StrEnum):
    """Business state only; money, hand-over and exchange are kept apart."""

    DRAFT = "draft"
    WAITING_SUPPLEMENT = "waiting_supplement"
    RECEIVED = "received"
    PROCESSING = "processing"
    RESULT_READY = "result_ready"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


CLOSED_STATES = frozenset({DossierState.RETURNED, DossierState.REFUSED, DossierState.WITHDRAWN, DossierState.STOPPED})
ON_CLOCK = frozenset({DossierState.RECEIVED, DossierState.PROCESSING})
OPEN_ON_PAPER = frozenset({DossierState.DRAFT, DossierState.WAITING_SUPPLEMENT})


class PaperState(StrEnum):
    """What the officer found for one component."""

    MISSING = "missing"
    ORIGINAL = "original"
    COPY = "copy"
    CERTIFIED = "certified"
    FROM_DATABASE = "database"
    NOT_NEEDED = "not_needed"

    @property
    def is_settled(self) -> bool:
        return self is not PaperState.MISSING


@dataclass
class Paper:
    """One component as brought to this desk. note: what is wrong with it, when asked for again."""

    component: Component
    state: PaperState = PaperState.MISSING
    count: int = 1
    note: str = ""


@dataclass(frozen=True)
class ResultRecord:
    """The result (kết quả): number of the document, when, and its file in the vault ("" while on paper only)."""

    number: str
    at: datetime
    file_id: str = ""
    name: str = ""


class IncompleteDossierError(RuleError):
    """Required papers are missing. `missing` names all of them at once (only one supplement may be asked)."""

    code = "dossier.incomplete"

    def __init__(self, missing: Sequence[Component]) -> None:
        super().__init__(", ".join(c.code for c in missing), missing="; ".join(c.name for c in missing))
        self.missing = tuple(missing)


class NothingMissingError(RuleError):
    """A supplement was asked for although nothing is missing."""

    code = "dossier.nothing_missing"


class ReasonRequiredError(RuleError):
    """Supplement, refusal, stop and apology need a reason (Bắc Giang directive; NĐ 61/2018 Art 17)."""

    code = "dossier.reason_required"


class SupplementOnceError(RuleError):
    """A supplement may be asked for only once (NĐ 61/2018 Art 11.2.c)."""

    code = "dossier.supplement_once"


class NoResultError(RuleError):
    """A dossier may not be closed without a result (Bắc Giang directive; NĐ 61/2018 Art 19)."""

    code = "dossier.no_result"


class IllegalDossierActError(RuleError):
    """The dossier's state does not allow this act. details: state, act."""

    code = "dossier.illegal"


class NoApplicantError(RuleError):
    """The owner's name is missing."""

    code = "dossier.no_applicant"


class StateSecretError(RuleError):
    """State-secret papers are never scanned or sent (NĐ 118/2025 Art 18.2)."""

    code = "dossier.state_secret"


@dataclass
class Dossier:
    """key: made at this desk, offline too (12 digits: yyMMdd, station, serial, check digit); code: the official one,
    from the province only (docs/legal.md#dossier-code). It keeps the version of the procedure it was received under.

    papers: one per component, in catalogue order. fee: đồng, None where unknown. external_codes: every code by which
    another system knows it. original_due_at: as the last receipt says, whatever became of due_at since. version:
    compare-and-set counter.
    """

    key: str
    procedure_code: str
    procedure_version: int
    procedure_name: str
    field_name: str
    owner: Person
    papers: list[Paper]
    officer: str
    counter: str | None = None
    state: DossierState = DossierState.DRAFT
    code: str | None = None
    submitter: Person | None = None
    channel: Channel = Channel.COUNTER
    case: str = ""
    summary: str = ""
    ticket_key: str | None = None
    created_at: datetime | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    original_due_at: datetime | None = None
    term: str = ""
    fee: int | None = None
    fee_note: str = ""
    sets: int = 1
    return_by_post: bool = False
    supplements: int = 0
    reason: str = ""
    legal_basis: str = ""
    result: ResultRecord | None = None
    returned_at: datetime | None = None
    returned_to: str = ""
    state_secret: bool = False
    province_state: str = ""
    external_codes: list[str] = field(default_factory=list)
    draft_key: str = ""
    clock: TermClock = field(default_factory=TermClock)
    version: int = 0

    def missing(self) -> list[Component]:
        """Every required component that nobody brought, replaced by data, or ruled out."""
        return [p.component for p in self.papers if p.component.required and not p.state.is_settled]

    def receive(self, now: datetime, due_at: datetime | None, *, goes_on: bool = False) -> None:
        """Accept a complete dossier; the clock starts now, or goes on from before a supplement.

        Raises: IncompleteDossierError, NoApplicantError, IllegalDossierActError.
        """
        self._allow("receive", OPEN_ON_PAPER)
        if not self.owner.full_name.strip():
            raise NoApplicantError
        if missing := self.missing():
            # All at once: an officer may ask for supplements only one time.
            raise IncompleteDossierError(missing)
        self.due_at = self.original_due_at = due_at
        if not goes_on:
            self.received_at = now
        self.state = DossierState.RECEIVED

    def ask_supplement(self, reason: str, legal_basis: str = "") -> None:
        """One list of everything that is missing, with the reason. Raises: SupplementOnceError, ReasonRequiredError."""
        self._allow("supplement", OPEN_ON_PAPER | {DossierState.RECEIVED, DossierState.PROCESSING})
        if self.supplements:
            raise SupplementOnceError
        if not any(p.note or (p.component.required and not p.state.is_settled) for p in self.papers):
            raise NothingMissingError
        self.reason, self.legal_basis = _reason(reason), legal_basis
        self.supplements += 1
        self.state = DossierState.WAITING_SUPPLEMENT

    def refuse(self, reason: str, legal_basis: str = "") -> None:
        """Not acceptable: a refusal is a result too, so its reason is printed. Raises: ReasonRequiredError."""
        self._allow("refuse", OPEN_ON_PAPER | {DossierState.RECEIVED, DossierState.PROCESSING})
        self.reason, self.legal_basis = _reason(reason), legal_basis
        self.state = DossierState.REFUSED

    def start(self) -> None:
        """Handed to the unit that solves it."""
        self._allow("start", {DossierState.RECEIVED})
        self.state = DossierState.PROCESSING

    def record_result(self, result: ResultRecord) -> None:
        """The result exists; the citizen must be told at once. Raises: NoResultError when it has no number."""
        self._allow("result", {DossierState.RECEIVED, DossierState.PROCESSING, DossierState.RESULT_READY})
        if not result.number.strip():
            raise NoResultError
        self.result, self.state = result, DossierState.RESULT_READY

    def hand_over(self, now: datetime, to: str) -> None:
        """Give the result to the citizen; the only way to close a received dossier. Raises: NoResultError."""
        if self.result is None:
            raise NoResultError
        self._allow("return", {DossierState.RESULT_READY})
        self.returned_at, self.returned_to, self.state = now, to, DossierState.RETURNED

    def withdraw(self, reason: str) -> None:
        """At the citizen's own request, before a result exists."""
        self._allow("withdraw", {DossierState.RECEIVED, DossierState.PROCESSING, DossierState.WAITING_SUPPLEMENT})
        self.reason, self.state = _reason(reason), DossierState.WITHDRAWN

    def stop(self, reason: str) -> None:
        """Stop by decision (form 05), before a result exists."""
        self._allow("stop", {DossierState.RECEIVED, DossierState.PROCESSING, DossierState.WAITING_SUPPLEMENT})
        self.reason, self.state = _reason(reason), DossierState.STOPPED

    def _allow(self, act: str, states: frozenset[DossierState] | set[DossierState]) -> None:
        if self.state not in states:
            raise IllegalDossierActError(state=self.state.value, act=act)


def _reason(text: str) -> str:
    if not text.strip():
        raise ReasonRequiredError
    return text.strip()


def check_digit(digits: str) -> str:
    """Luhn check digit; every single wrong digit and most swaps are caught when a key is typed."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def dossier_key(day: str, station: int, serial: int) -> str:
    """ "261123", 1, 7 -> "261123100078": digits only, so no input method can spoil it under a scanner."""
    body = f"{day}{station}{serial:04d}"
    return body + check_digit(body)


def is_dossier_key(text: str) -> bool:
    return len(text) >= 12 and text.isascii() and text.isdigit() and check_digit(text[:-1]) == text[-1]
