"""One applicant's papers for one procedure (hồ sơ thủ tục hành chính), and what the law lets an officer do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain import life
from kiosk.domain.due import StopKind
from kiosk.domain.fees import FeeLine, Quantity, dong
from kiosk.domain.held import HeldPaper
from kiosk.domain.life import DossierState, Move, Need
from kiosk.domain.linked import StepRecord, check_all_done
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Component
from kiosk.domain.proxy import Proxy
from kiosk.domain.term_clock import TermClock
from kiosk.domain.tracks import (
    HAND_OVER,
    MONEY,
    UNPAID,
    HandOverAct,
    HandOverState,
    MoneyAct,
    MoneyState,
    money_of,
    step_from,
)
from kiosk.errors import RuleError


class PaperState(StrEnum):
    """What the officer found for one component. HELD: the office has it of an earlier dossier."""

    MISSING = "missing"
    ORIGINAL = "original"
    COPY = "copy"
    CERTIFIED = "certified"
    FROM_DATABASE = "database"
    HELD = "held"
    NOT_NEEDED = "not_needed"

    @property
    def is_settled(self) -> bool:
        return self is not PaperState.MISSING


@dataclass
class Paper:
    """One component as brought to this desk. note: what is wrong with it, when asked for again; held: the paper of an
    earlier dossier that is used instead; asked: why it was asked for although it is there already."""

    component: Component
    state: PaperState = PaperState.MISSING
    count: int = 1
    note: str = ""
    held: HeldPaper | None = None
    asked: str = ""


@dataclass(frozen=True)
class ResultRecord:
    """The result (kết quả): number of the document, when, and its file in the vault ("" while on paper only).

    signature: what the file says of one, never verified here; without_copy: why it was handed over without a file;
    proof, proof_note: how the desk knew who took it (`domain.receiver.Proof`), and the reason where one is needed.
    """

    number: str
    at: datetime
    file_id: str = ""
    name: str = ""
    signature: str = ""
    without_copy: str = ""
    proof: str = ""
    proof_note: str = ""


@dataclass(frozen=True)
class Consultation:
    """Another agency asked for its opinion (lấy ý kiến). until: the day by which it answers; answer: "" while it has
    not."""

    agency: str
    question: str
    until: date
    asked_at: datetime
    answer: str = ""
    answered_at: datetime | None = None


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
    """A supplement may be asked for only once (NĐ 61/2018 Art 11.2.c; `domain.limits`). details: most."""

    code = "dossier.supplement_once"


class NoResultError(RuleError):
    """A dossier may not be closed without a result (Bắc Giang directive; NĐ 61/2018 Art 19)."""

    code = "dossier.no_result"


class NoResultCopyError(RuleError):
    """Every result has its electronic copy, or a reason why not (docs/legal.md#digitisation)."""

    code = "dossier.no_result_copy"


class FeeStillOwedError(RuleError):
    """What was asked for is the fee of this desk, and it is not paid. details: fee, in words."""

    code = "dossier.fee_still_owed"


class MissingWordsError(RuleError):
    """The act needs something in writing: who is asked and what, the answer, who takes the result. details: what."""

    code = "dossier.missing_words"


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
    another system knows it. original_due_at: as the last receipt says, whatever became of due_at since. money_paper:
    number of the fee's receipt, or what an exemption or a refund rests on; waybill: of a result sent by post.
    proxy: why the submitter acts for the owner; group_key: key of the first dossier that came with this one, "" of
    that first one itself. quantity, relief: as the fee was counted last; payment_elsewhere: what was asked of the
    citizen is not paid here (treasury, tax office). version: compare-and-set counter.
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
    consultations: tuple[Consultation, ...] = ()
    transferred_to: str = ""
    money: MoneyState = MoneyState.UNKNOWN
    money_paper: str = ""
    handed: HandOverState = HandOverState.NOTHING_YET
    notified_at: datetime | None = None
    notified_by: str = ""
    waybill: str = ""
    proxy: Proxy | None = None
    group_key: str = ""
    steps: tuple[StepRecord, ...] = ()
    competent_agency: str = ""
    fee_lines: tuple[FeeLine, ...] = ()
    quantity: Quantity = field(default_factory=Quantity)
    relief: str = ""
    payment_elsewhere: bool = False
    version: int = 0

    def missing(self) -> list[Component]:
        """Every required component that nobody brought, replaced by data, or ruled out."""
        return [p.component for p in self.papers if p.component.required and not p.state.is_settled]

    def receive(self, now: datetime, due_at: datetime | None, *, goes_on: bool = False) -> None:
        """Accept a complete dossier; the clock starts now, or goes on from before a supplement.

        Raises: IncompleteDossierError, NoApplicantError; as do all acts: IllegalDossierActError.
        """
        life.check_state(life.RECEIVE, self.state)
        if not self.owner.full_name.strip():
            raise NoApplicantError
        if missing := self.missing():
            # All at once: an officer may ask for supplements only one time.
            raise IncompleteDossierError(missing)
        self.due_at = self.original_due_at = due_at
        if not goes_on:
            self.received_at = now
        self.state = life.RECEIVE.target

    def ask_supplement(self, reason: str, legal_basis: str = "", most: int = 1) -> None:
        """One list of everything that is missing, with the reason. most: how often the law allows it.

        Raises: SupplementOnceError, ReasonRequiredError.
        """
        life.check_state(life.SUPPLEMENT, self.state)
        if self.supplements >= most:
            raise SupplementOnceError(most=most)
        if not any(p.note or (p.component.required and not p.state.is_settled) for p in self.papers):
            raise NothingMissingError
        self._enter(life.SUPPLEMENT, reason)
        self.legal_basis = legal_basis
        self.supplements += 1

    def refuse(self, reason: str, legal_basis: str = "") -> None:
        """Not acceptable: a refusal is a result too, so its reason is printed. Raises: ReasonRequiredError."""
        self._enter(life.REFUSE, reason)
        self.legal_basis = legal_basis

    def start(self) -> None:
        """Handed to the unit that solves it."""
        self._enter(life.START)

    def consult(self, agency: str, question: str, until: date, now: datetime) -> None:
        """Another agency is asked, in so many words and by a day; the term runs on. Raises: MissingWordsError."""
        life.check_state(life.CONSULT, self.state)
        asked = Consultation(_needed(agency, Need.AGENCY), _needed(question, Need.QUESTION), until, now)
        self._enter(life.CONSULT)
        self.consultations = (*self.consultations, asked)

    def note_answer(self, answer: str, now: datetime) -> None:
        """What the other agency said; silence is no answer. Raises: MissingWordsError."""
        life.check_state(life.ANSWER, self.state)
        *before, last = self.consultations
        answered = replace(last, answer=_needed(answer, Need.ANSWER), answered_at=now)
        self._enter(life.ANSWER)
        self.consultations = (*before, answered)

    def demand_payment(self, evidence: str, now: datetime, *, stops_clock: bool, elsewhere: bool = False) -> None:
        """The citizen has to pay first; evidence: number of the notice; elsewhere: at the treasury, the tax office.
        What nobody owes here is paid elsewhere anyway. Raises: EvidenceRequiredError."""
        life.check_state(life.DEMAND_PAYMENT, self.state)
        stopped = self.clock.stopped(StopKind.PAYMENT, now, evidence)
        self._enter(life.DEMAND_PAYMENT)
        self.clock = stopped if stops_clock else self.clock
        self.payment_elsewhere = elsewhere or self.money not in UNPAID

    @property
    def waits_for_fee(self) -> bool:
        """Whether it goes on by itself once its fee is paid here."""
        return self.state is DossierState.WAITING_PAYMENT and not self.payment_elsewhere

    def note_payment(self, now: datetime, paper: str = "") -> None:
        """What was asked for is paid; a clock that stood goes on. paper: number of the receipt of another agency.

        Raises: FeeStillOwedError for a fee that is owed here, without such a paper.
        """
        life.check_state(life.PAYMENT_DONE, self.state)
        if self.waits_for_fee and self.money in UNPAID and not paper.strip():
            raise FeeStillOwedError(fee=dong(self.fee) if self.fee else "phí, lệ phí chưa rõ mức")
        self.clock = self.clock.resumed(now) if self.clock.stands else self.clock
        self._enter(life.PAYMENT_DONE)
        self.payment_elsewhere = False

    def record_result(self, result: ResultRecord) -> None:
        """The result exists; the citizen must be told at once. Raises: NoResultError when it has no number;
        StepsOpenError while a step of a linked procedure is open."""
        life.check_state(life.RESULT, self.state)
        check_all_done(self.steps)
        if not result.number.strip():
            raise NoResultError
        self._enter(life.RESULT)
        self.result, self.handed = result, step_from(HAND_OVER, HandOverAct.ARRIVE, self.handed).target
        self.notified_at, self.notified_by = None, ""  # of this one nobody has been told

    def notify(self, how: str, now: datetime) -> None:
        """The citizen was told that the result is there. how: by telephone, message …

        Raises: IllegalStepError, MissingWordsError.
        """
        step = step_from(HAND_OVER, HandOverAct.NOTIFY, self.handed)
        self.notified_by, self.notified_at = _written(how, step.need), now
        self.handed = step.target

    def hand_over(self, now: datetime, to: str, waybill: str = "", without_copy: str = "") -> None:
        """Give the result to the citizen, or to the post with its waybill; the only way to close a received dossier.

        without_copy: why there is no electronic copy of it; a state secret has none.
        Raises: NoResultError, MissingWordsError, NoResultCopyError.
        """
        if self.result is None:
            raise NoResultError
        life.check_state(life.RETURN, self.state)
        if not (self.result.file_id or self.state_secret or without_copy.strip()):
            raise NoResultCopyError
        step = step_from(HAND_OVER, HandOverAct.POST if waybill else HandOverAct.GIVE, self.handed)
        self.returned_to, self.returned_at = _needed(to, Need.RECEIVER), now
        self._enter(life.RETURN)
        self.handed, self.waybill = step.target, waybill
        self.result = replace(self.result, without_copy=without_copy.strip())

    def withdraw(self, reason: str) -> None:
        """At the citizen's own request, before a result exists."""
        self._enter(life.WITHDRAW, reason)

    def stop(self, reason: str) -> None:
        """Stop by decision (form 05), before a result exists."""
        self._enter(life.STOP, reason)

    def transfer(self, agency: str, reason: str) -> None:
        """Another agency is the right one; here it ends. Raises: MissingWordsError, ReasonRequiredError."""
        life.check_state(life.TRANSFER, self.state)
        agency = _needed(agency, Need.AGENCY)
        self._enter(life.TRANSFER, reason)
        self.transferred_to = agency

    def set_fee(self, lines: tuple[FeeLine, ...]) -> None:
        """What is to be paid, line by line; nothing at all leaves nothing to pay.

        Raises: IllegalStepError; MissingWordsError while an amount is unknown.
        """
        step = step_from(MONEY, MoneyAct.SET_FEE, self.money)
        amounts = [line.amount for line in lines]
        if not lines or None in amounts:
            raise MissingWordsError(what=step.need)
        self.fee = sum(amount or 0 for amount in amounts)
        self.fee_lines, self.fee_note, self.money = lines, "", money_of(self.fee)

    def note_money(self, act: MoneyAct, paper: str) -> None:
        """PAY, EXEMPT, REFUND or CANCEL, with the number or the words that it rests on: nothing is paid without them.
        What went back in part still rests on its receipt.

        Raises: IllegalStepError, MissingWordsError.
        """
        step = step_from(MONEY, act, self.money)
        written = _written(paper, step.need)
        self.money_paper = self.money_paper if act is MoneyAct.REFUND_PART else written
        self.money = step.target

    def _enter(self, move: Move, reason: str = "") -> None:
        life.check_state(move, self.state)
        if Need.REASON in move.needs:
            if not reason.strip():
                raise ReasonRequiredError
            self.reason = reason.strip()
        self.state = move.target


def _needed(text: str, need: Need) -> str:
    return _written(text, life.NEED_WORDS[need])


def _written(text: str, what: str) -> str:
    if not text.strip():
        raise MissingWordsError(what=what)
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
