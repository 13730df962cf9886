"""The citizen's number (số thứ tự) and the closed list of what may happen to it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.order import IN_TURN, NEXT
from kiosk.domain.order import serving_order as serving_order
from kiosk.errors import RuleError


class TicketState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    FINISHED = "finished"
    NO_SHOW = "no_show"
    LEFT = "left"
    VOIDED = "voided"
    EXPIRED = "expired"

    @property
    def is_final(self) -> bool:
        return self in FINAL_STATES

    @property
    def is_active(self) -> bool:
        """At a counter now: a counter holds at most one such ticket."""
        return self in ACTIVE_STATES


FINAL_STATES = frozenset(
    {TicketState.FINISHED, TicketState.NO_SHOW, TicketState.LEFT, TicketState.VOIDED, TicketState.EXPIRED}
)
ACTIVE_STATES = frozenset({TicketState.CALLED, TicketState.SERVING})


class TicketAct(StrEnum):
    CALL = "call"
    RECALL = "recall"
    SERVE = "serve"
    PARK = "park"
    RESUME = "resume"
    FINISH = "finish"
    MISS = "miss"
    LEAVE = "leave"
    VOID = "void"
    EXPIRE = "expire"
    TRANSFER = "transfer"
    RETURN = "return"
    CARRY = "carry"


# (state, act) -> next state; what is not listed is refused.
TRANSITIONS: dict[tuple[TicketState, TicketAct], TicketState] = {
    (TicketState.WAITING, TicketAct.CALL): TicketState.CALLED,
    (TicketState.CALLED, TicketAct.RECALL): TicketState.CALLED,
    (TicketState.CALLED, TicketAct.SERVE): TicketState.SERVING,
    (TicketState.CALLED, TicketAct.PARK): TicketState.PARKED,
    (TicketState.SERVING, TicketAct.PARK): TicketState.PARKED,
    (TicketState.PARKED, TicketAct.CALL): TicketState.CALLED,
    (TicketState.PARKED, TicketAct.RESUME): TicketState.WAITING,
    (TicketState.CALLED, TicketAct.FINISH): TicketState.FINISHED,
    (TicketState.SERVING, TicketAct.FINISH): TicketState.FINISHED,
    (TicketState.CALLED, TicketAct.MISS): TicketState.NO_SHOW,
    (TicketState.WAITING, TicketAct.LEAVE): TicketState.LEFT,
    (TicketState.PARKED, TicketAct.LEAVE): TicketState.LEFT,
    (TicketState.WAITING, TicketAct.VOID): TicketState.VOIDED,
    (TicketState.WAITING, TicketAct.EXPIRE): TicketState.EXPIRED,
    (TicketState.PARKED, TicketAct.EXPIRE): TicketState.EXPIRED,
    # Left open when the day was closed: nobody knows how it ended, so it is never called served.
    (TicketState.CALLED, TicketAct.EXPIRE): TicketState.EXPIRED,
    (TicketState.SERVING, TicketAct.EXPIRE): TicketState.EXPIRED,
    (TicketState.WAITING, TicketAct.TRANSFER): TicketState.WAITING,
    (TicketState.CALLED, TicketAct.TRANSFER): TicketState.WAITING,
    (TicketState.SERVING, TicketAct.TRANSFER): TicketState.WAITING,
    (TicketState.PARKED, TicketAct.TRANSFER): TicketState.WAITING,
    (TicketState.NO_SHOW, TicketAct.RETURN): TicketState.WAITING,
    (TicketState.WAITING, TicketAct.CARRY): TicketState.WAITING,
    (TicketState.PARKED, TicketAct.CARRY): TicketState.WAITING,
}


class Outcome(StrEnum):
    """How a ticket ended; told apart so that no figure counts as served what was not. MOVED: sent to another place
    than this desk; FORCED: still at a counter when the day was closed."""

    SERVED = "served"
    SERVED_PARTLY = "served_partly"
    MOVED = "moved"
    NO_SHOW = "no_show"
    LEFT = "left"
    VOIDED_PRINT = "voided_print"
    VOIDED_OFFICER = "voided_officer"
    EXPIRED_LUNCH = "expired_lunch"
    EXPIRED_DAY = "expired_day"
    FORCED = "forced"


OUTCOMES: dict[TicketAct, tuple[Outcome, ...]] = {  # the first is what an act means when nothing is said
    TicketAct.FINISH: (Outcome.SERVED, Outcome.SERVED_PARTLY, Outcome.MOVED),
    TicketAct.MISS: (Outcome.NO_SHOW,),
    TicketAct.LEAVE: (Outcome.LEFT,),
    TicketAct.VOID: (Outcome.VOIDED_OFFICER, Outcome.VOIDED_PRINT),
    TicketAct.EXPIRE: (Outcome.EXPIRED_DAY, Outcome.EXPIRED_LUNCH, Outcome.FORCED),
}


class Place(StrEnum):
    """Where a ticket that is sent on, or comes back, stands: by its own time, before everybody, behind everybody."""

    BY_ARRIVAL = "by-arrival"
    NEXT = "next"
    END = "end"


class IllegalTicketActError(RuleError):
    """This ticket is not in a state that allows the act. details: number, state, act."""

    code = "ticket.illegal"


class CounterBusyError(RuleError):
    """The counter still holds a ticket; finish, park or miss it first. details: number, counter."""

    code = "ticket.counter_busy"


class WrongOutcomeError(RuleError):
    """This act cannot end a ticket in that way. details: number, outcome, known."""

    code = "ticket.outcome"
    exit_code = 2


class QueueEmptyError(RuleError):
    """Nobody waits for this counter."""

    code = "ticket.queue_empty"


class PrintState(StrEnum):
    """UNCERTAIN: whoever printed vanished without a word, so the paper may be out."""

    PENDING = "pending"
    PRINTED = "printed"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


UNSET_DAY = date(1, 1, 1)
UNSET_AT = datetime(1, 1, 2, tzinfo=UTC)


@dataclass
class Ticket:
    """One number of one business day. `label` ("A012") is never reused within (day, series, epoch).

    priority: code of the priority class, "" for ordinary; effective_at = issued_at minus the class's head start,
    the static key of the order rule (Kleinrock's time-dependent priority with equal slopes).
    touch: idempotency key of the touch or command that asked for it. version: compare-and-set counter.
    serve_day: the day in whose line it stands, later than business_day when it was carried over; line_at: since when
    it counts as waiting (the cap). rank: NEXT when put before everybody. for_counter: only this counter calls it.
    dossiers: how many the citizen brought. booked_at: an appointment's time; appointment: its key in the register, ""
    for one booked elsewhere. returns: how often it came back after a miss. outcome: how it ended, "" while it has not.
    """

    key: str
    label: str
    series: str
    n: int
    epoch: int
    business_day: date
    group: str
    priority: str
    issued_at: datetime
    effective_at: datetime
    touch: str
    state: TicketState = TicketState.WAITING
    priority_reason: str = ""
    counter: str | None = None
    officer: str | None = None
    calls: int = 0
    first_called_at: datetime | None = None
    last_called_at: datetime | None = None
    serving_at: datetime | None = None
    ended_at: datetime | None = None
    print_state: PrintState = PrintState.PENDING
    version: int = 0
    serve_day: date = UNSET_DAY
    line_at: datetime = UNSET_AT
    rank: int = IN_TURN
    for_counter: str | None = None
    dossiers: int = 1
    booked_at: datetime | None = None
    returns: int = 0
    outcome: str = ""
    appointment: str = ""

    def __post_init__(self) -> None:
        if self.serve_day == UNSET_DAY:
            self.serve_day = self.business_day
        if self.line_at <= UNSET_AT:
            self.line_at = self.issued_at

    def apply(
        self,
        act: TicketAct,
        now: datetime,
        counter: str | None = None,
        officer: str | None = None,
        outcome: str = "",
    ) -> None:
        """Change state by the table. Raises: IllegalTicketActError, WrongOutcomeError; the ticket is then unchanged."""
        target = TRANSITIONS.get((self.state, act))
        if target is None:
            raise IllegalTicketActError(number=self.label, state=self.state.value, act=act.value)
        self.outcome = self._outcome(act, outcome)
        if act in (TicketAct.CALL, TicketAct.RECALL):
            self.calls += 1
            self.first_called_at = self.first_called_at or now
            self.last_called_at = now
        if act is TicketAct.CALL:
            self.counter, self.officer = counter, officer
            self.rank = IN_TURN
        if act is TicketAct.SERVE:
            self.serving_at = now
        if target in (TicketState.PARKED, TicketState.WAITING):
            self.counter = self.officer = None
        self.ended_at = now if target.is_final else None
        self.state = target

    def _outcome(self, act: TicketAct, said: str) -> str:
        possible = OUTCOMES.get(act, ())
        if said and said not in possible:
            raise WrongOutcomeError(number=self.label, outcome=said, known=", ".join(possible))
        return said or (possible[0].value if possible else "")

    def stand(self, place: Place, now: datetime) -> None:
        """Take a place in the line: its own time stays, or it goes before or behind everybody who is there now."""
        self.rank = NEXT if place is Place.NEXT else IN_TURN
        if place is Place.END:
            self.effective_at = self.line_at = now


# What an act changes, as JSON values: kept with its event, so that the act can be taken back.
UNDOABLE = (
    *("state", "group", "effective_at", "counter", "officer", "calls", "first_called_at", "last_called_at"),
    *("serving_at", "ended_at", "serve_day", "line_at", "rank", "for_counter", "returns", "outcome"),
)
_TIMES = {f.name for f in fields(Ticket) if f.name.endswith("_at")}


def changed(before: Ticket, after: Ticket) -> dict[str, Any]:
    """The former values of the fields that an act changed."""
    names = (n for n in UNDOABLE if getattr(before, n) != getattr(after, n))
    return {n: _plain(getattr(before, n)) for n in names}


def restore(ticket: Ticket, former: dict[str, Any]) -> None:
    """Give the fields their former values again."""
    for name in UNDOABLE:
        if name in former:
            setattr(ticket, name, _revived(name, former[name]))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _revived(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "state":
        return TicketState(value)
    if name in _TIMES:
        return datetime.fromisoformat(value).astimezone(OFFICE_ZONE)
    return date.fromisoformat(value) if name == "serve_day" else value
