"""A kiosk tells the office what it did: reads its own log after a cursor that moves only once the office has it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kiosk.domain.event import Event
from kiosk.domain.office import Office
from kiosk.domain.ticket import PrintState, Ticket, TicketState
from kiosk.services.admission import ISSUED, TOLD, Admitted, Report, Word
from kiosk.services.membership import PUSHED
from kiosk.services.ports import UnitOfWork
from kiosk.services.queue_day import queue_day
from kiosk.services.quota import given_today
from kiosk.services.station_clock import StationClock

AT_ONCE = 100  # words in one transaction of the office


@dataclass(frozen=True)
class Gap:
    """What the office has not acknowledged. after: the cursor as it stood; upto: seq of the last word."""

    after: str
    words: tuple[Word, ...]
    floor: datetime | None

    @property
    def upto(self) -> int:
        return self.words[-1].seq

    def report(self, station: str, lease: str, clock: StationClock) -> Report:
        """clock: that the kiosk stamped its words with."""
        words = [replace(w, at=w.at - clock.off_of(w.seq)) for w in self.words]
        return Report(station, lease, words, self.floor)


def gap(look: UnitOfWork, limit: int = AT_ONCE) -> Gap | None:
    """None when the office knows everything. Reads only; inside a `with`."""
    after = look.exchange.cursor(PUSHED)
    seq, _, floor = after.partition(" ")
    found = look.events.after(int(seq or 0), limit, TOLD)
    if not found:
        return None
    return Gap(after, tuple(_word(look, e) for e in found), datetime.fromisoformat(floor) if floor else None)


def _word(look: UnitOfWork, event: Event) -> Word:
    ticket = _as_given(look.tickets.get(event.subject)) if event.kind == ISSUED else None
    return Word(event.seq, event.kind, event.subject, event.at, event.data, event.hash, ticket)


def _as_given(ticket: Ticket) -> Ticket:
    """What became of it since are words of their own."""
    return replace(
        ticket, state=TicketState.WAITING, print_state=PrintState.PENDING, ended_at=None, outcome="", version=0
    )


def acknowledged(uow: UnitOfWork, told: Gap, admitted: Admitted) -> None:
    """The office has these words. A cursor that was moved meanwhile, by a new pairing, stays where it was put."""
    with uow:
        if uow.exchange.cursor(PUSHED) == told.after:
            floor = f" {admitted.floor.isoformat()}" if admitted.floor else ""
            uow.exchange.set_cursor(PUSHED, f"{told.upto}{floor}")
            uow.commit()


def waits_to_be_told(look: UnitOfWork) -> int:
    """How many numbers of this kiosk the office does not know yet. Reads only; inside a `with`."""
    seq, _, _ = look.exchange.cursor(PUSHED).partition(" ")
    return len(look.events.after(int(seq or 0), 10_000, (ISSUED,)))


@dataclass(frozen=True)
class HallSeen:
    """What a kiosk last heard of the hall. waiting: people in each line; given: numbers of `day` that others gave."""

    at: datetime
    day: date
    waiting: Mapping[str, int]
    given: Mapping[str, int]


def hall_seen(look: UnitOfWork, office: Office, epochs: Sequence[int], now: datetime) -> HallSeen:
    """Of the office's store. epochs: of the kiosk that asks. Reads only; inside a `with`."""
    day = queue_day(look, now)
    waiting = look.tickets.lengths(day)
    given: Counter[str] = Counter()
    if any(g.daily_quota for g in office.groups):
        given.update(t.group for t in look.tickets.of_day(day) if t.business_day == day and t.epoch not in epochs)
    return HallSeen(now, day, waiting, given)


def full_here(look: UnitOfWork, office: Office, seen: HallSeen | None, now: datetime) -> set[str]:
    """Lines that have given their day's numbers, by the kiosk's own and what was last heard of the others'. Reads only;
    inside a `with` of the kiosk's own store."""
    limits = {g.code: g.daily_quota for g in office.groups if g.daily_quota}
    if not limits:
        return set()
    given = given_today(look, now)
    if seen is not None and seen.day == queue_day(look, now):
        given.update(seen.given)
    return {code for code, limit in limits.items() if given[code] >= limit}
