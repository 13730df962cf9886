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

    ticket: its key, or "counter/1" for a pause of a counter; at_us: microseconds since 1970 UTC; counter: of a call;
    group and priority: of an issue.
    """

    seq: int
    kind: str
    ticket: str
    at_us: int
    counter: str | None = None
    group: str | None = None
    priority: str | None = None


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
MARK_KINDS = (
    *(ISSUED, CALLED, RECALLED, SERVING, PARKED, RESUMED, TRANSFERRED, RETURNED, CARRIED, UNDONE, *ENDS),
    *(COUNTER_PAUSED, COUNTER_OPENED),
)


def mark_of(event: Event) -> Mark:
    """The mark of one event, for who follows the log as it grows."""

    def said(key: str, kind: str) -> str | None:
        value = event.data.get(key) if event.kind == kind else None
        return None if value is None else str(value)

    counter, group, priority = said("counter", CALLED), said("group", ISSUED), said("priority", ISSUED)
    return Mark(event.seq, event.kind, event.subject, microseconds(event.at), counter, group, priority)


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
    None when the officer ended the ticket without starting service. parked_us: time set aside.
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

    @property
    def wait_us(self) -> int | None:
        return None if self.first_call_us is None else max(0, self.first_call_us - self.issued_us)

    @property
    def is_carried_over(self) -> bool:
        """First called, or ended, on a later day than issued; not when it is only the closing of its day that came
        late."""
        expired = self.outcome is Outcome.EXPIRED
        return not (self.is_same_day(self.first_call_us) and (expired or self.is_same_day(self.ended_us)))

    def is_same_day(self, at_us: int | None) -> bool:
        """Whether it happened on the day of issue, or has not happened."""
        return at_us is None or (at_us + OFFICE_OFFSET) // DAY == (self.issued_us + OFFICE_OFFSET) // DAY


def journey_of(trail: Sequence[Mark]) -> Journey:
    """Fold one ticket's marks, in the log's order; the first is its issue. An undone act is one that never was."""
    first = trail[0]
    made = Journey(first.at_us, first.group or "", first.priority or "")
    counter, called, started, parked, served = "", None, None, None, 0
    at = first.at_us
    for mark in trail[1:]:
        last, kind, at = at, mark.kind, mark.at_us
        if kind == RECALLED:
            made.recalls += 1
            continue
        if kind == SERVING:
            started = at
            if made.walk_us is None and called is not None:
                made.walk_us = max(0, at - called)
            continue
        if kind == EXPIRED:
            at = last  # the day was closed over it: when it really ended nobody knows, so no time is made up
        if started is not None and kind != EXPIRED:
            spent = max(0, at - started)
            made.service_us, served, started = (made.service_us or 0) + spent, served + spent, None
        if parked is not None:
            made.parked_us, parked = made.parked_us + max(0, at - parked), None
        if called is not None:
            made.stays.append(Stay(counter, called, max(at, called), served))
            called, served = None, 0
        made.outcome = ENDS.get(kind, Outcome.OPEN)
        made.ended_us = None if made.outcome is Outcome.OPEN else mark.at_us
        if kind == CALLED:
            counter, called = mark.counter or "", at
            if made.first_call_us is None:
                made.first_call_us = at
        elif kind == PARKED:
            parked = at
    return made


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
