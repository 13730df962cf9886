"""The hall of the fake office: tickets, pauses, stations, figures of days."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from fake_shelf import Shelf

from kiosk.domain.counter import Pause
from kiosk.domain.order import OrderRule
from kiosk.domain.station import Grant, Station, UnknownStationError
from kiosk.domain.ticket import Ticket, TicketState, serving_order
from kiosk.errors import NotFoundError, StaleError


class FakeTickets:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def next_number(self, day: date, series: str, epoch: int) -> int:
        key = ("ticket", day, series, epoch)
        self._shelf.numbers[key] = self._shelf.numbers.get(key, 0) + 1
        return self._shelf.numbers[key]

    def add(self, ticket: Ticket) -> None:
        if self.by_touch(ticket.touch) is not None:
            raise StaleError
        self._shelf.tickets[ticket.key] = copy.copy(ticket)

    def save(self, ticket: Ticket) -> None:
        if self._shelf.tickets[ticket.key].version != ticket.version:
            raise StaleError
        ticket.version += 1
        self._shelf.tickets[ticket.key] = copy.copy(ticket)

    def get(self, key: str) -> Ticket:
        if key not in self._shelf.tickets:
            raise NotFoundError(what="số", key=key)
        return copy.copy(self._shelf.tickets[key])

    def by_label(self, day: date, label: str) -> Ticket:
        found = [t for t in self._shelf.tickets.values() if (t.serve_day, t.label) == (day, label)]
        if not found:
            raise NotFoundError(what="số", key=label)
        return copy.copy(max(found, key=lambda t: (t.business_day, t.epoch)))

    def by_touch(self, touch: str) -> Ticket | None:
        return next((copy.copy(t) for t in self._shelf.tickets.values() if t.touch == touch), None)

    def take_next(
        self, day: date, groups: Sequence[str], now: datetime, rule: OrderRule | timedelta, counter: str = ""
    ) -> Ticket | None:
        mine = [t for t in self.waiting(day, groups) if t.for_counter is None]
        mine += [t for t in self.waiting(day) if t.for_counter == counter]
        order = serving_order(mine, now, rule, self.ordinary_calls(day, groups))
        return order[0] if order else None

    def ordinary_calls(self, day: date, groups: Sequence[str] = ()) -> int:
        called = [t for t in self.of_day(day) if t.first_called_at and (not groups or t.group in groups)]
        last = max((t.first_called_at for t in called if t.priority and t.first_called_at), default=None)
        return sum(not t.priority and (last is None or (t.first_called_at or last) > last) for t in called)

    def carried(self, day: date, series: str) -> set[int]:
        return {t.n for t in self.of_day(day) if t.business_day < day and t.series == series}

    def last_day(self) -> date | None:
        given = (t for t in self._shelf.tickets.values() if t.state is not TicketState.VOIDED)
        return max((t.business_day for t in given), default=None)

    def open_until(self, day: date) -> list[Ticket]:
        mine = [t for t in self._shelf.tickets.values() if t.serve_day <= day and not t.state.is_final]
        return [copy.copy(t) for t in sorted(mine, key=lambda t: (t.issued_at, t.n))]

    def last_called(self, day: date, limit: int) -> list[Ticket]:
        called = [t for t in self._shelf.tickets.values() if t.serve_day == day and t.last_called_at]
        return [copy.copy(t) for t in sorted(called, key=_newest_call)[:limit]]

    def active_at(self, counter: str) -> Ticket | None:
        active = (t for t in self._shelf.tickets.values() if t.counter == counter and t.state.is_active)
        return next(map(copy.copy, active), None)

    def waiting(self, day: date, groups: Sequence[str] = ()) -> list[Ticket]:
        mine = [t for t in self.of_day(day, (TicketState.WAITING,)) if not groups or t.group in groups]
        return sorted(mine, key=lambda t: (t.effective_at, t.n))

    def lengths(self, day: date) -> Mapping[str, int]:
        return Counter(t.group for t in self.waiting(day))

    def of_day(self, day: date, states: Sequence[TicketState] = ()) -> list[Ticket]:
        mine = [t for t in self._shelf.tickets.values() if t.serve_day == day and (not states or t.state in states)]
        return [copy.copy(t) for t in sorted(mine, key=lambda t: (t.issued_at, t.n))]


def _newest_call(ticket: Ticket) -> tuple[float, str]:
    assert ticket.last_called_at is not None
    return -ticket.last_called_at.timestamp(), ticket.key


class FakePauses:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def of(self, counter: str) -> Pause | None:
        return self._shelf.pauses.get(counter)

    def all(self) -> list[Pause]:
        return sorted(self._shelf.pauses.values(), key=lambda p: (p.since, p.counter))

    def begin(self, pause: Pause) -> None:
        self._shelf.pauses[pause.counter] = pause

    def end(self, counter: str) -> None:
        self._shelf.pauses.pop(counter, None)


class FakeStations:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def take(self, name: str) -> Station:
        if name not in self._shelf.stations:
            raise UnknownStationError(name=name)
        return copy.copy(self._shelf.stations[name])

    def all(self) -> list[Station]:
        return [copy.copy(s) for _, s in sorted(self._shelf.stations.items())]

    def save(self, station: Station) -> None:
        self._shelf.stations[station.name] = copy.copy(station)

    def next_epoch(self) -> int:
        return max((1, *self._shelf.grants)) + 1

    def grant(self, grant: Grant) -> None:
        if any(g.letter == grant.letter and g.until is None for g in self._shelf.grants.values()):
            raise StaleError
        self._shelf.grants[grant.epoch] = grant

    def end_grant(self, epoch: int, until: datetime) -> None:
        known = self._shelf.grants.get(epoch)
        if known is not None and known.until is None:
            self._shelf.grants[epoch] = replace(known, until=until)

    def grants(self, since: datetime) -> list[Grant]:
        return [g for _, g in sorted(self._shelf.grants.items()) if g.until is None or g.until >= since]


class FakeQueueDays:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def last(self) -> date | None:
        return max(self._shelf.queue_days, default=None)

    def put(self, day: date, figures: Mapping[str, Any]) -> None:
        self._shelf.queue_days[day] = figures

    def clear(self) -> None:
        self._shelf.queue_days.clear()

    def between(self, first: date, last: date) -> list[Mapping[str, Any]]:
        return [kept for day, kept in sorted(self._shelf.queue_days.items()) if first <= day <= last]
