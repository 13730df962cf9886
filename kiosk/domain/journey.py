"""What one ticket went through, folded from its lines of the event log: the raw material of every queue figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.event import Event

SECOND = 1_000_000  # microseconds: whole numbers, so that sums do not depend on their order
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86_400 * SECOND
# The office's zone has had no summer time since 1975, so a day and an hour are plain arithmetic.
_OFFSET = OFFICE_ZONE.utcoffset(datetime(2026, 1, 1))
OFFICE_OFFSET = int(_OFFSET.total_seconds()) * SECOND if _OFFSET else 0


class Mark(NamedTuple):
    """One line of the event log, as much of it as figures need; no person.

    ticket: its key, or "counter/1" for a pause of a counter, or an appointment's key; at_us: microseconds since 1970
    UTC; counter: of a call; group, priority and kept (how its appointment was): of an issue.
    """

    seq: int
    kind: str
    ticket: str
    at_us: int
    counter: str | None = None
    group: str | None = None
    priority: str | None = None
    kept: str | None = None


class Outcome(StrEnum):
    OPEN = "open"
    SERVED = "served"
    NO_SHOW = "no_show"
    LEFT = "left"
    VOIDED = "voided"
    EXPIRED = "expired"  # closed by the end of the day: nobody knows, so neither served nor abandoned


ENDS = {
    "ticket.finished": Outcome.SERVED,
    "ticket.missed": Outcome.NO_SHOW,
    "ticket.left": Outcome.LEFT,
    "ticket.voided": Outcome.VOIDED,
    "ticket.expired": Outcome.EXPIRED,
}
ISSUED, CALLED, RECALLED, SERVING = "ticket.issued", "ticket.called", "ticket.recalled", "ticket.serving"
PARKED, RESUMED, TRANSFERRED, UNDONE = "ticket.parked", "ticket.resumed", "ticket.transferred", "ticket.undone"
RETURNED, CARRIED, EXPIRED = "ticket.returned", "ticket.carried", "ticket.expired"
COUNTER_PAUSED, COUNTER_OPENED = "counter.paused", "counter.opened"
REGISTER = "appointment."  # what was done in the register of appointments
REGISTERED = tuple(REGISTER + act for act in ("booked", "moved", "cancelled", "missed"))
MARK_KINDS = (
    *(ISSUED, CALLED, RECALLED, SERVING, PARKED, RESUMED, TRANSFERRED, RETURNED, CARRIED, UNDONE, *ENDS),
    *(COUNTER_PAUSED, COUNTER_OPENED, *REGISTERED),
)


def mark_of(event: Event) -> Mark:
    """The mark of one event, for who follows the log as it grows."""

    def said(key: str, kind: str) -> str | None:
        value = event.data.get(key) if event.kind == kind else None
        return None if value is None else str(value)

    counter, group, priority = said("counter", CALLED), said("group", ISSUED), said("priority", ISSUED)
    return Mark(
        event.seq, event.kind, event.subject, microseconds(event.at), counter, group, priority, said("kept", ISSUED)
    )


class Stay(NamedTuple):
    """One visit of a ticket to a counter: called, until it left the counter; served_us: of that, in service."""

    counter: str
    called_us: int
    until_us: int
    served_us: int


@dataclass(slots=True)
class Journey:
    """One ticket's times, in microseconds. None: that did not happen (yet).

    first_call_us: of the first call ever, never of a later one. walk_us: from the call that led to the first start of
    service to that start; recalls do not restart it. service_us: time in service only, parked time never in it;
    None when the officer ended the ticket without starting service. parked_us: time set aside. ended_us: of an expired
    ticket the last that is known of it, not the closing of its day. kept: how its appointment was, "" without one.
    """

    issued_us: int
    group: str
    priority: str
    first_call_us: int | None = None
    walk_us: int | None = None
    service_us: int | None = None
    parked_us: int = 0
    recalls: int = 0
    outcome: Outcome = Outcome.OPEN
    ended_us: int | None = None
    stays: list[Stay] = field(default_factory=list)
    kept: str = ""

    @property
    def wait_us(self) -> int | None:
        return None if self.first_call_us is None else max(0, self.first_call_us - self.issued_us)

    @property
    def is_carried_over(self) -> bool:
        """First called, or ended, on a later day than issued."""
        return not (self.is_same_day(self.first_call_us) and self.is_same_day(self.ended_us))

    def is_same_day(self, at_us: int | None) -> bool:
        """Whether it happened on the day of issue, or has not happened."""
        return at_us is None or (at_us + OFFICE_OFFSET) // DAY == (self.issued_us + OFFICE_OFFSET) // DAY


def journey_of(trail: Sequence[Mark]) -> Journey:
    """Fold one ticket's marks, in the log's order; the first is its issue."""
    first = trail[0]
    fold = _Fold(Journey(first.at_us, first.group or "", first.priority or "", kept=first.kept or ""), first.at_us)
    for mark in trail[1:]:
        fold.take(mark)
    return fold.made


@dataclass(slots=True)
class _Fold:
    """Where the ticket is just now. last: of its mark before; called, started, parked: since when, None when not."""

    made: Journey
    last: int
    counter: str = ""
    called: int | None = None
    started: int | None = None
    parked: int | None = None
    served: int = 0

    def take(self, mark: Mark) -> None:
        kind = mark.kind
        if kind == RECALLED:
            self.made.recalls += 1
        elif kind == SERVING:
            self._start(mark.at_us)
        else:
            self._leave(kind, mark.at_us)
            if kind == CALLED:
                self._call(mark)
            elif kind == PARKED:
                self.parked = mark.at_us
        self.last = mark.at_us

    def _call(self, mark: Mark) -> None:
        self.counter, self.called = mark.counter or "", mark.at_us
        if self.made.first_call_us is None:
            self.made.first_call_us = mark.at_us

    def _start(self, at: int) -> None:
        self.started = at
        if self.made.walk_us is None and self.called is not None:
            self.made.walk_us = max(0, at - self.called)

    def _leave(self, kind: str, at: int) -> None:
        """End whatever went on: service, time aside, the stay at a counter."""
        made = self.made
        if kind == EXPIRED:  # the day was closed over it: when it really ended nobody knows, so no time is made up
            at, self.started = self.last, None
        if self.started is not None:
            spent = max(0, at - self.started)
            made.service_us, self.served, self.started = (made.service_us or 0) + spent, self.served + spent, None
        if self.parked is not None:
            made.parked_us, self.parked = made.parked_us + max(0, at - self.parked), None
        if self.called is not None:
            made.stays.append(Stay(self.counter, self.called, max(at, self.called), self.served))
            self.called, self.served = None, 0
        made.outcome = ENDS.get(kind, Outcome.OPEN)
        made.ended_us = None if made.outcome is Outcome.OPEN else at


def day_of(at_us: int) -> int:
    """Number of the office's civil day."""
    return (at_us + OFFICE_OFFSET) // DAY


def time_of_day(at_us: int) -> int:
    """Microseconds since the office's midnight."""
    return (at_us + OFFICE_OFFSET) % DAY


def microseconds(at: datetime) -> int:
    """An aware instant since 1970 UTC, exact."""
    gap = at - _EPOCH
    return (gap.days * 86_400 + gap.seconds) * SECOND + gap.microseconds


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
