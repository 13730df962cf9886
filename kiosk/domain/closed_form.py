"""The waiting time by one formula that knows who serves what: the estimate for want of better, and the yardstick.

Counters that share lines even out. The busiest set of lines (work ahead and half a case at each busy counter, over the
counters that serve any of them) keeps its counters to itself; the next busiest shares those that are left; a number
waits as long as the set that its own line falls into. Nothing while one of its own counters is free.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from kiosk.domain.experience import Experience
from kiosk.domain.ticket import Ticket
from kiosk.domain.waiting import CounterNow, Hall

MOST_LINES = 8  # 255 sets; an office with more lines is looked at by its busiest ones


def closed_form(hall: Hall, experience: Experience, ticket: Ticket) -> float | None:
    """Minutes until the call; None when no counter serves the group or no case was ever finished."""
    staffed = [c for c in hall.counters if c.away_until is None or c.away_until <= hall.now]
    if not any(ticket.group in c.groups for c in staffed):
        staffed = list(hall.counters)
    mine = [c for c in staffed if ticket.group in c.groups]
    if not mine or experience.office is None:
        return None
    ahead = people_before(hall, ticket)
    if any(c.is_free(hall.now) for c in mine) and not any(t.group == ticket.group for t in ahead):
        return _closed_ahead(hall)
    work: dict[str, float] = {ticket.group: 0.0}
    for one in ahead:
        work[one.group] = work.get(one.group, 0.0) + experience.minutes(one.group)
    return _level(ticket.group, work, staffed, experience) + _closed_ahead(hall)


def people_before(hall: Hall, ticket: Ticket) -> list[Ticket]:
    """Those who stand before the ticket by the order rule, of any group."""
    others = [t for t in hall.waiting if t.key != ticket.key]
    order = hall.order([*others, ticket], hall.now)
    return order[: next(n for n, t in enumerate(order) if t.key == ticket.key)]


def _level(group: str, work: dict[str, float], staffed: Sequence[CounterNow], experience: Experience) -> float:
    """Minutes until the set of lines that the group falls into has done its work."""
    lines = [group, *sorted((g for g in work if g != group), key=lambda g: -work[g])[: MOST_LINES - 1]]
    counters = list(staffed)
    while True:
        minutes, busiest = max((_clear(chosen, work, counters, experience), chosen) for chosen in _sets(lines))
        if group in busiest:
            return minutes
        lines = [g for g in lines if g not in busiest]
        left = [c for c in counters if c.groups.isdisjoint(busiest)]
        if not any(group in c.groups for c in left):
            return minutes  # its counters are all kept busy by the others
        counters = left


def _sets(lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for size in range(1, len(lines) + 1):
        yield from combinations(lines, size)


def _clear(
    lines: tuple[str, ...], work: dict[str, float], counters: Sequence[CounterNow], experience: Experience
) -> float:
    """Minutes until the counters of these lines have done their work; nothing for lines that no counter serves."""
    serving = [c for c in counters if not c.groups.isdisjoint(lines)]
    if not serving:
        return 0.0
    half = sum(experience.minutes(c.serving) for c in serving if c.serving is not None) / (2 * len(serving))
    return (sum(work[g] for g in lines) + half) / len(serving)


def _closed_ahead(hall: Hall) -> float:
    """Minutes until the doors open again, should they be closed now."""
    ends = [end for begin, end in hall.closed if begin <= hall.now < end]
    return max(((end - hall.now).total_seconds() / 60 for end in ends), default=0.0)
