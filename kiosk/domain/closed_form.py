"""The waiting time by one formula that knows who serves what: the estimate for want of better, and the yardstick.

(work ahead that the citizen's counters share + half a case) / those counters; nothing while one of them is free.
"""

from __future__ import annotations

from kiosk.domain.experience import Experience
from kiosk.domain.ticket import Ticket
from kiosk.domain.waiting import Hall, skills


def closed_form(hall: Hall, experience: Experience, ticket: Ticket) -> float | None:
    """Minutes until the call; None when no counter serves the group or no case was ever finished."""
    open_now = [c for c in hall.counters if c.away_until is None or c.away_until <= hall.now]
    mine = [c for c in (open_now or hall.counters) if ticket.group in c.groups]
    mine = mine or [c for c in hall.counters if ticket.group in c.groups]
    if not mine or experience.office is None:
        return None
    ahead = people_before(hall, ticket)
    if not ahead and any(c.is_free(hall.now) for c in mine):
        return 0.0
    serving = skills(open_now or hall.counters)
    shared = {g: sum(g in c.groups for c in mine) / serving[g] for g in serving}
    work = sum(experience.minutes(t.group) * shared.get(t.group, 0.0) for t in ahead)
    busy = [c for c in mine if c.serving is not None]
    half = sum(experience.minutes(c.serving or ticket.group) for c in busy) / (2 * len(mine)) if busy else 0.0
    return (work + half) / len(mine) + _closed_ahead(hall)


def people_before(hall: Hall, ticket: Ticket) -> list[Ticket]:
    """Those who stand before the ticket by the order rule, of any group."""
    others = [t for t in hall.waiting if t.key != ticket.key]
    order = hall.order([*others, ticket], hall.now)
    return order[: next(n for n, t in enumerate(order) if t.key == ticket.key)]


def _closed_ahead(hall: Hall) -> float:
    """Minutes until the doors open again, should they be closed now."""
    ends = [end for begin, end in hall.closed if begin <= hall.now < end]
    return max(((end - hall.now).total_seconds() / 60 for end in ends), default=0.0)
