"""The citizen's number (số thứ tự) and the closed list of what may happen to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

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
}


class IllegalTicketActError(RuleError):
    """This ticket is not in a state that allows the act. details: number, state, act."""

    code = "ticket.illegal"


class CounterBusyError(RuleError):
    """The counter still holds a ticket; finish, park or miss it first. details: number, counter."""

    code = "ticket.counter_busy"


class QueueEmptyError(RuleError):
    """Nobody waits for this counter."""

    code = "ticket.queue_empty"


class PrintState(StrEnum):
    PENDING = "pending"
    PRINTED = "printed"
    FAILED = "failed"


@dataclass
class Ticket:
    """One number of one business day. `label` ("A012") is never reused within (day, series, epoch).

    priority: code of the priority class, "" for ordinary; effective_at = issued_at minus the class's head start,
    the static key of the order rule (Kleinrock's time-dependent priority with equal slopes).
    touch: idempotency key of the touch or command that asked for it. version: compare-and-set counter.
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

    def apply(self, act: TicketAct, now: datetime, counter: str | None = None, officer: str | None = None) -> None:
        """Change state by the table. Raises: IllegalTicketActError; the ticket is then unchanged."""
        target = TRANSITIONS.get((self.state, act))
        if target is None:
            raise IllegalTicketActError(number=self.label, state=self.state.value, act=act.value)
        if act in (TicketAct.CALL, TicketAct.RECALL):
            self.calls += 1
            self.first_called_at = self.first_called_at or now
            self.last_called_at = now
        if act is TicketAct.CALL:
            self.counter, self.officer = counter, officer
        if act is TicketAct.SERVE:
            self.serving_at = now
        if target in (TicketState.PARKED, TicketState.WAITING):
            self.counter = self.officer = None
        if target.is_final:
            self.ended_at = now
        self.state = target


def serving_order(tickets: list[Ticket], now: datetime, hard_cap: timedelta) -> list[Ticket]:
    """Who is called first: anyone past the cap by arrival, then the smallest effective time."""

    def key(ticket: Ticket) -> tuple[int, datetime, int]:
        capped = ticket.issued_at <= now - hard_cap
        return (0, ticket.issued_at, ticket.n) if capped else (1, ticket.effective_at, ticket.n)

    return sorted(tickets, key=key)
