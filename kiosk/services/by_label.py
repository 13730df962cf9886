"""The office takes over what counters did by the numbers on the papers while its database was away.

Each entry of a counter's journal goes into the log once, under its own key and with its own time. What fits the
number's line of time goes through the legal transitions; the rest is kept as an event and changes nothing:
`ticket.served_again` (gọi lại) for a second service, `ticket.act_kept` for anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from kiosk.clock import OFFICE_ZONE, business_day
from kiosk.domain.by_label import Visit, arrange, visits_of
from kiosk.domain.event import Actor, Event
from kiosk.domain.journey import RECALLED
from kiosk.domain.station import StationKind
from kiosk.domain.ticket import IllegalTicketActError, Ticket, TicketAct, TicketState, restore
from kiosk.errors import NotFoundError
from kiosk.services.label_story import ACT_KEPT, EVENT_OF, SERVED_AGAIN, LabelStory, plain_entries
from kiosk.services.moving import UNDONE
from kiosk.services.ports import UnitOfWork, Units
from kiosk.services.queue_day import queue_day
from kiosk.services.queueing import record, told

UNKNOWN = "ticket.unknown_label"
MORNING_ENDS = time(12)
NEVER_AFTER = timedelta(days=14)  # longer than Tết


class How(StrEnum):
    """What became of a visit. WAITS: the kiosk has not brought the number yet, so it is tried again."""

    DONE = "done"
    AGAIN = "again"
    KEPT = "kept"
    UNKNOWN = "unknown"
    WAITS = "waits"


@dataclass(frozen=True)
class Settled:
    visit: Visit
    how: How


def reconcile(units: Units, visits: Sequence[Visit], *, now: datetime) -> list[Settled]:
    """Take over a counter's visits, a number at a time; doing it again changes nothing. now: the office's clock.

    Numbers that are done with come first, so that the counter is free for the one that stands there now.
    """
    numbers: dict[str, list[Visit]] = {}
    for visit in visits:
        numbers.setdefault(visit.label, []).append(visit)
    in_order = sorted(numbers.values(), key=lambda mine: (not all(v.is_ended for v in mine), mine[0].start))
    return [settled for mine in in_order for settled in _settle_number(units(), mine, now)]


def _settle_number(uow: UnitOfWork, visits: list[Visit], now: datetime) -> list[Settled]:
    with uow:
        uow.lock()
        tickets = {v.key: _find(uow, v, now) for v in visits}
        settled = [_without_ticket(uow, v, now) for v in visits if tickets[v.key] is None]
        for key in dict.fromkeys(t.key for t in tickets.values() if t is not None):
            mine = [v for v in visits if (t := tickets[v.key]) is not None and t.key == key]
            settled += _settle_ticket(uow, uow.tickets.get(key), mine)
        uow.commit()
        return settled


def _find(uow: UnitOfWork, visit: Visit, now: datetime) -> Ticket | None:
    if visit.ticket:
        try:
            return uow.tickets.get(visit.ticket)
        except NotFoundError:
            pass  # given by a kiosk that has not pushed it yet
    day = business_day(visit.start)
    for line in dict.fromkeys((day, queue_day(uow, now))):
        try:
            ticket = uow.tickets.by_label(line, visit.label)
        except NotFoundError:
            continue
        # A number that was carried over stands in a later line; one that was given on a later day is somebody else's.
        if ticket.business_day <= day or business_day(now) == day:
            return ticket
    return None


def _without_ticket(uow: UnitOfWork, visit: Visit, now: datetime) -> Settled:
    """A kiosk may still bring the number."""
    if uow.events.by_command(visit.entries[0].key) is not None:
        return Settled(visit, How.UNKNOWN)
    if _may_come(uow, visit, now):
        return Settled(visit, How.WAITS)
    uow.events.append(_kept_event(uow, UNKNOWN, visit.label, visit))
    return Settled(visit, How.UNKNOWN)


def _may_come(uow: UnitOfWork, visit: Visit, now: datetime) -> bool:
    """The office may have been away until the next working morning, and kiosks are not the first to be switched on."""
    given = business_day(visit.start)
    if now - visit.start > NEVER_AFTER:
        return False
    if business_day(now) <= given or now.astimezone(OFFICE_ZONE).time() < MORNING_ENDS:
        return True
    kiosks = (s for s in uow.stations.all() if s.kind is StationKind.KIOSK and s.revoked_at is None)
    return any(s.seen_at is None or business_day(s.seen_at) <= given for s in kiosks if s.enrolled_at <= visit.start)


def _settle_ticket(uow: UnitOfWork, ticket: Ticket, visits: list[Visit]) -> list[Settled]:
    story = LabelStory.of(ticket, uow.events.of(ticket.key))
    fresh = visits_of(e for v in visits for e in v.entries if e.key not in story.told)
    if fresh:
        story = _reopened(uow, ticket, story, fresh)
        pool, beyond = story.with_fresh(fresh)
        took, kept = _fitting(uow, pool, story.base)
        _carry_out(uow, ticket, story, took)
        news = {v.key for v in (*fresh, *story.top)}
        for visit in beyond:
            uow.events.append(_kept_event(uow, ACT_KEPT, ticket.key, visit))
        for visit in kept:
            if visit.key in news and visit not in story.kept:
                kind = SERVED_AGAIN if _is_service(visit) else ACT_KEPT
                uow.events.append(_kept_event(uow, kind, ticket.key, visit))
        story = LabelStory.of(ticket, uow.events.of(ticket.key))
    return [Settled(v, _how(story, v)) for v in visits]


def _reopened(uow: UnitOfWork, ticket: Ticket, story: LabelStory, fresh: list[Visit]) -> LabelStory:
    """What an officer finished is not lost because its day was closed before this counter came back: the closing over
    it is taken back. Anything else stays closed."""
    if story.expiry is None:
        return story
    closed, opened = story.expiry, story.before_expiry()
    took, _ = _fitting(uow, opened.with_fresh(fresh)[0], opened.base)
    if not took or took[-1].entries[-1].act is not TicketAct.FINISH or took[-1].start >= closed.at:
        return story
    before = copy(ticket)
    restore(ticket, dict(closed.data["before"]))
    uow.events.append(told(UNDONE, before, ticket, closed.actor, closed.at, undone=closed.seq, act=closed.kind))
    return opened


def _fitting(uow: UnitOfWork, pool: list[Visit], base: Ticket) -> tuple[list[Visit], list[Visit]]:
    """As `arrange`, without what the table of transitions refuses or a counter has no place for."""
    refused: list[Visit] = []
    while True:
        took, kept = arrange([v for v in pool if v not in refused], base)
        wrong = _first_refused(uow, took, base)
        if wrong is None:
            return took, kept + refused
        refused.append(wrong)


def _first_refused(uow: UnitOfWork, took: list[Visit], base: Ticket) -> Visit | None:
    tried = copy(base)
    for visit in took:
        try:
            for act, at in _acts(tried.state, visit):
                tried.apply(act, at, visit.counter)
        except IllegalTicketActError:
            return visit
        if not visit.is_ended:
            other = uow.tickets.active_at(visit.counter)
            if other is not None and other.key != base.key and (other.last_called_at or visit.start) > visit.start:
                return visit  # the counter has called somebody since
    return None


def _acts(state: TicketState, visit: Visit) -> list[tuple[TicketAct, datetime]]:
    """What the table needs for a visit: who was absent comes back first; a number that is held is called once more."""
    acts = [(e.act, e.at) for e in visit.entries]
    if acts[0][0] is TicketAct.CALL and state is TicketState.NO_SHOW:
        return [(TicketAct.RETURN, acts[0][1]), *acts]
    if acts[0][0] is TicketAct.CALL and state.is_active:
        return [(TicketAct.RECALL, acts[0][1]), *acts[1:]]
    return acts


def _carry_out(uow: UnitOfWork, ticket: Ticket, story: LabelStory, took: list[Visit]) -> None:
    """Bring the ticket to where `took` leads: go on from what was done before, or take that back first."""
    before, after = story.done, [e.key for v in took for e in v.entries]
    if before == after:
        return
    start = len(before) if after[: len(before)] == before else 0
    if not start and before:
        _take_back(uow, ticket, story)
    done = set(before[:start])
    for visit in took:
        if any(e.key not in done for e in visit.entries):
            _go_through(uow, ticket, visit, done, standing=not visit.is_ended)
    if ticket.state.is_active and ticket.counter:
        _make_room(uow, ticket)
    uow.tickets.save(ticket)


def _go_through(uow: UnitOfWork, ticket: Ticket, visit: Visit, done: set[str], *, standing: bool) -> None:
    """Through the table, each entry at its own time. Nothing is saved half-way: another may be at that counter now."""
    todo = Visit(tuple(e for e in visit.entries if e.key not in done))
    entries = list(todo.entries)
    for act, at in _acts(ticket.state, todo):
        entry = entries[0]
        before = copy(ticket)
        ticket.apply(act, at, entry.counter, entry.officer)
        kind, command, more = EVENT_OF[act], _free(uow, entry.key), {"entry": entry.key}
        if act is TicketAct.RETURN:
            ticket.returns, ticket.calls = ticket.returns + 1, 0
            command, more = None, {}
        else:
            entries.pop(0)
        mark: dict[str, Any] = {"by_label": visit.key, "standing": standing, "act": entry.act.value} | more
        uow.events.append(told(kind, before, ticket, _actor(visit), at, command, **mark))


def _take_back(uow: UnitOfWork, ticket: Ticket, story: LabelStory) -> None:
    """Another counter's service of this number turns out to have begun earlier. Each act is taken back by an event of
    its own, so that no figure counts any of them; a recall stays said, as everywhere."""
    visits = [v.key for v in story.top]
    last = min((e.seq for e in story.run if e.kind != RECALLED), default=story.run[0].seq)
    before = copy(ticket)
    for event in reversed(story.run):
        restore(ticket, dict(event.data["before"]))
        if event.kind != RECALLED or event.seq == last:
            mark = {"undone": event.seq, "act": event.kind, "by_label_undone": visits}
            uow.events.append(told(UNDONE, before, ticket, event.actor, event.at, None, **mark))
            before = copy(ticket)


def _make_room(uow: UnitOfWork, ticket: Ticket) -> None:
    """The office called somebody to this counter, and the answer never came: back to the line, at their own place, or
    to where another counter brought them by label meanwhile."""
    other = uow.tickets.active_at(ticket.counter or "")
    if other is None or other.key == ticket.key:
        return
    meanwhile = [v for v in LabelStory.of(other, uow.events.of(other.key)).kept if v.is_ended]
    at = ticket.last_called_at or ticket.issued_at
    actor = Actor(ticket.officer or "", "", ticket.counter)
    for act, kind in ((TicketAct.PARK, "ticket.parked"), (TicketAct.RESUME, "ticket.resumed")):
        before = copy(other)
        other.apply(act, at)
        record(uow, kind, before, other, actor, at, reason="by_label")
    took, _ = _fitting(uow, meanwhile, other)
    for visit in took:
        _go_through(uow, other, visit, set(), standing=False)
    if took:
        uow.tickets.save(other)


def _kept_event(uow: UnitOfWork, kind: str, subject: str, visit: Visit) -> Event:
    data = {"label": visit.label, "counter": visit.counter, "visit": visit.key, "acts": plain_entries(visit)}
    return Event(kind, subject, visit.start, _actor(visit), data, _free(uow, visit.entries[0].key))


def _free(uow: UnitOfWork, key: str) -> str | None:
    """A command stands in the log once; an entry that comes to stand twice keeps its key in the data."""
    return None if uow.events.by_command(key) is not None else key


def _actor(visit: Visit) -> Actor:
    first = visit.entries[0]
    return Actor(first.officer, first.station, first.counter)


def _is_service(visit: Visit) -> bool:
    return not visit.goes_on and any(e.act in (TicketAct.SERVE, TicketAct.FINISH) for e in visit.entries)


def _how(story: LabelStory, visit: Visit) -> How:
    if visit.key in {v.key for v in story.top} or visit.entries[-1].key in story.ever_done:
        return How.DONE
    return How.AGAIN if _is_service(visit) else How.KEPT
