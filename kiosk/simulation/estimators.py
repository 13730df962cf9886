"""Waiting times as others tell them, and an oracle, beside our own: the same numbers, the same moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.domain.closed_form import closed_form
from kiosk.domain.experience import Durations
from kiosk.domain.roll_out import roll_out
from kiosk.domain.ticket import Ticket
from kiosk.services.waiting import Seen, plain_estimate

ROLL_OUT, CLOSED_FORM, ORACLE = "roll-out", "closed-form", "oracle"
POSITION, LAST, LAST_30 = "position-x-mean", "last-to-enter", "mean-of-last-30"


@dataclass(frozen=True)
class Truth:
    """What only the simulation knows. pace: of this day; back: when who is away returns; durations: of a long run."""

    pace: float
    back: Mapping[str, datetime]
    durations: Mapping[str, Durations]


Estimator = Callable[[Seen, Ticket, Truth], float]


def rolled(seen: Seen, ticket: Ticket, _: Truth) -> float:
    draws = roll_out(seen.hall, seen.experience, ticket)
    return sum(draws) / len(draws) if draws else 0.0


def formula(seen: Seen, ticket: Ticket, _: Truth) -> float:
    return closed_form(seen.hall, seen.experience, ticket) or 0.0


def position(seen: Seen, ticket: Ticket, _: Truth) -> float:
    """Place in the whole line x the office's mean case / the counters at work (the industry's form)."""
    return plain_estimate(seen, ticket)


def last_to_enter(seen: Seen, ticket: Ticket, _: Truth) -> float:
    """What the last one called of the same line had waited."""
    waits = _waits(seen, ticket.group)
    return waits[-1] if waits else 0.0


def last_thirty(seen: Seen, ticket: Ticket, _: Truth) -> float:
    waits = _waits(seen, ticket.group)[-30:]
    return sum(waits) / len(waits) if waits else 0.0


def oracle(seen: Seen, ticket: Ticket, truth: Truth) -> float:
    """The roll-out, told the day's true pace, the true lengths of cases and when who is away will be back."""
    counters = tuple(
        replace(c, away_until=truth.back.get(c.code)) if c.serving is None else c for c in seen.hall.counters
    )
    known = replace(seen.experience, day_factor=truth.pace, by_group=truth.durations)
    return rolled(replace(seen, hall=replace(seen.hall, counters=counters), experience=known), ticket, truth)


def _waits(seen: Seen, group: str) -> list[float]:
    called = [
        (t.first_called_at, t.issued_at) for t in seen.today if t.group == group and t.first_called_at is not None
    ]
    return [(at - issued).total_seconds() / 60 for at, issued in sorted(called)]


ESTIMATORS: Mapping[str, Estimator] = {
    ROLL_OUT: rolled,
    CLOSED_FORM: formula,
    POSITION: position,
    LAST: last_to_enter,
    LAST_30: last_thirty,
    ORACLE: oracle,
}
