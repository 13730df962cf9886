"""Tickets, pauses and log of a simulated office, in memory, behind the ports that the queue's acts use.

The order of calls is the domain's (`domain.order.serving_order`), not a copy of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Self, cast

from kiosk.domain.counter import Pause
from kiosk.domain.event import DuplicateCommandError, Event
from kiosk.domain.job import Job
from kiosk.domain.order import OrderKind, OrderRule, serving_order
from kiosk.domain.station import Grant
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.errors import NotFoundError, StaleError
from kiosk.services.ports import UnitOfWork

Undo = Callable[[], object]


class MemoryTickets:
    """What is kept is never changed, only replaced: lists may be handed out without copying every ticket."""

    def __init__(self, undo: list[Undo]) -> None:
        self._undo = undo
        self._all: dict[str, Ticket] = {}
        self._days: dict[date, dict[str, Ticket]] = {}
        self._waiting: dict[date, dict[str, Ticket]] = {}
        self._active: dict[str, str] = {}
        self._touches: dict[str, str] = {}
        self._numbers: dict[tuple[date, str, int], int] = {}

    def next_number(self, day: date, series: str, epoch: int) -> int:
        key = (day, series, epoch)
        last = self._numbers.get(key, 0)
        self._undo.append(lambda: self._numbers.__setitem__(key, last))
        self._numbers[key] = last + 1
        return last + 1

    def add(self, ticket: Ticket) -> None:
        if ticket.touch in self._touches:
            raise StaleError
        self._put(copy(ticket))

    def save(self, ticket: Ticket) -> None:
        if self._all[ticket.key].version != ticket.version:
            raise StaleError
        ticket.version += 1
        self._put(copy(ticket))

    def _put(self, ticket: Ticket) -> None:
        before = self._all.get(ticket.key)
        self._undo.append(lambda: self._back(ticket, before))
        if before is not None:
            self._take(before)
        self._all[ticket.key] = ticket
        self._touches[ticket.touch] = ticket.key
        self._days.setdefault(ticket.serve_day, {})[ticket.key] = ticket
        if ticket.state is TicketState.WAITING:
            self._waiting.setdefault(ticket.serve_day, {})[ticket.key] = ticket
        elif ticket.state.is_active and ticket.counter is not None:
            self._active[ticket.counter] = ticket.key

    def _take(self, ticket: Ticket) -> None:
        """Out of every index, but in its place among the day's tickets."""
        self._waiting.get(ticket.serve_day, {}).pop(ticket.key, None)
        if ticket.counter is not None and self._active.get(ticket.counter) == ticket.key:
            del self._active[ticket.counter]

    def _back(self, ticket: Ticket, before: Ticket | None) -> None:
        self._take(ticket)
        if before is not None:
            self._put(before)
            return
        del self._all[ticket.key], self._touches[ticket.touch], self._days[ticket.serve_day][ticket.key]

    def get(self, key: str) -> Ticket:
        if key not in self._all:
            raise NotFoundError(what="số thứ tự", key=key)
        return copy(self._all[key])

    def by_label(self, day: date, label: str) -> Ticket:
        for ticket in reversed(self._days.get(day, {}).values()):
            if ticket.label == label:
                return copy(ticket)
        raise NotFoundError(what="số thứ tự", key=label)

    def by_touch(self, touch: str) -> Ticket | None:
        key = self._touches.get(touch)
        return None if key is None else self.get(key)

    def take_next(
        self, day: date, groups: Sequence[str], now: datetime, rule: OrderRule | timedelta, counter: str = ""
    ) -> Ticket | None:
        wanted = set(groups)
        line = self._waiting.get(day, {}).values()
        mine = [
            t for t in line if t.for_counter == counter or (t.for_counter is None and (not wanted or t.group in wanted))
        ]
        if not mine:
            return None
        counts = OrderRule.of(rule).kind is OrderKind.RATIO
        return copy(serving_order(mine, now, rule, self.ordinary_calls(day, groups) if counts else 0)[0])

    def ordinary_calls(self, day: date, groups: Sequence[str] = ()) -> int:
        called = [t for t in self.of_day(day) if t.first_called_at and (not groups or t.group in groups)]
        last = max((t.first_called_at for t in called if t.priority and t.first_called_at), default=None)
        return sum(not t.priority and (last is None or (t.first_called_at or last) > last) for t in called)

    def carried(self, day: date, series: str) -> set[int]:
        return {t.n for t in self._days.get(day, {}).values() if t.business_day < day and t.series == series}

    def last_day(self) -> date | None:
        return max(self._days, default=None)

    def open_until(self, day: date) -> list[Ticket]:
        return [t for d in sorted(self._days) if d <= day for t in self.of_day(d) if not t.state.is_final]

    def active_at(self, counter: str) -> Ticket | None:
        key = self._active.get(counter)
        return None if key is None else self.get(key)

    def waiting(self, day: date, groups: Sequence[str] = ()) -> list[Ticket]:
        mine = (t for t in self._waiting.get(day, {}).values() if not groups or t.group in groups)
        return sorted(mine, key=lambda t: (t.effective_at, t.n))

    def lengths(self, day: date) -> Mapping[str, int]:
        return Counter(t.group for t in self._waiting.get(day, {}).values())

    def of_day(self, day: date, states: Sequence[TicketState] = ()) -> list[Ticket]:
        """In the order of their issue."""
        return [t for t in self._days.get(day, {}).values() if not states or t.state in states]

    def last_called(self, day: date, limit: int) -> list[Ticket]:
        called = [(t.last_called_at, t) for t in self._days.get(day, {}).values() if t.last_called_at is not None]
        return [t for _, t in sorted(called, key=lambda pair: pair[0], reverse=True)[:limit]]


class MemoryPauses:
    def __init__(self) -> None:
        self._pauses: dict[str, Pause] = {}

    def of(self, counter: str) -> Pause | None:
        return self._pauses.get(counter)

    def all(self) -> list[Pause]:
        return sorted(self._pauses.values(), key=lambda p: (p.since, p.counter))

    def begin(self, pause: Pause) -> None:
        self._pauses[pause.counter] = pause

    def end(self, counter: str) -> None:
        self._pauses.pop(counter, None)


class MemoryEvents:
    """Numbered, not chained: nobody can tamper with a simulation that is thrown away."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._commands: dict[str, Event] = {}
        self._subjects: dict[str, list[Event]] = {}

    def append(self, event: Event) -> Event:
        if event.command is not None and event.command in self._commands:
            raise DuplicateCommandError(command=event.command)
        kept = replace(event, seq=len(self._events) + 1)
        self._events.append(kept)
        self._subjects.setdefault(kept.subject, []).append(kept)
        if kept.command is not None:
            self._commands[kept.command] = kept
        return kept

    def after(self, seq: int, limit: int = 500, kinds: Sequence[str] = ()) -> list[Event]:
        found: list[Event] = []
        for at in range(seq, len(self._events)):
            if not kinds or self._events[at].kind in kinds:
                found.append(self._events[at])
                if len(found) == limit:
                    break
        return found

    def of(self, subject: str) -> list[Event]:
        return list(self._subjects.get(subject, ()))

    def by_command(self, command: str) -> Event | None:
        return self._commands.get(command)

    def last_seq(self) -> int:
        return len(self._events)

    def all(self) -> Iterator[Event]:
        return iter(self._events)


class NoJobs:
    """Nothing is printed or sent."""

    def add(self, _: Job) -> bool:
        return True


class NoStations:
    """Nobody numbers beside the office itself."""

    def grants(self, _: datetime) -> list[Grant]:
        return []


class MemoryOffice:
    """One thread, one office; `units()` is its unit of work. An act that fails leaves the tickets as they were."""

    def __init__(self) -> None:
        self._undo: list[Undo] = []
        self.tickets, self.pauses = MemoryTickets(self._undo), MemoryPauses()
        self.events, self.jobs, self.stations = MemoryEvents(), NoJobs(), NoStations()

    def units(self) -> UnitOfWork:
        # The queue's acts touch tickets, pauses, events, jobs and stations only; there are no dossiers in this hall.
        return cast(UnitOfWork, self)

    def __enter__(self) -> Self:
        self._undo.clear()
        return self

    def __exit__(self, *exc: object) -> None:
        steps = list(reversed(self._undo))
        for step in steps:
            step()
        self._undo.clear()

    def lock(self) -> None:
        """Nobody else is here."""

    def commit(self) -> None:
        self._undo.clear()
