"""The hall screen's door to the office: reads only; number, counter and time, never a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import structlog

from kiosk.clock import OFFICE_ZONE, Clock, business_day, office_now
from kiosk.domain.event import Event
from kiosk.domain.office_day import day_ends
from kiosk.domain.ticket import ACTIVE_STATES, Ticket, TicketState
from kiosk.services.office_round import Hours
from kiosk.services.queue_day import queue_day
from ui.app import OpenedOffice
from ui.display.presenter import REMEMBERED, Arrived, Back, Board, Call, Ended, Item, News, Waiting
from ui.display.waits import LineWait
from ui.office_clock import office_hours

CALLED = ("ticket.called", "ticket.recalled")
ENDED = (
    *("ticket.finished", "ticket.missed", "ticket.parked", "ticket.left", "ticket.resumed"),
    *("ticket.transferred", "ticket.expired", "ticket.carried", "ticket.voided"),
)
UNDONE = "ticket.undone"
ARRIVED = ("ticket.serving",)
PULL = 200
WITHOUT_COUNTER = 40  # of the last calls so many may have been set aside or sent on since


@dataclass
class LiveDisplay:
    office: OpenedOffice
    clock: Clock = office_now

    def board(self) -> Board:
        with self.office.reads() as look:
            day, seq = queue_day(look, self.clock()), look.events.last_seq()
            standing = look.tickets.of_day(day, tuple(ACTIVE_STATES))
            called = look.tickets.last_called(day, len(standing) + WITHOUT_COUNTER + REMEMBERED)
        current = [self._of_ticket(t) for t in sorted(standing, key=_called_at, reverse=True)]
        recent = [self._of_ticket(t) for t in called if not t.state.is_active and t.counter]
        return Board(seq, current, recent[:REMEMBERED])

    def after(self, seq: int) -> News:
        with self.office.reads() as look:
            events = look.events.after(seq, limit=PULL, kinds=(*CALLED, *ENDED, *ARRIVED, UNDONE))
        today = business_day(self.clock())
        items = [self._of_event(e) for e in events if business_day(e.at) == today and not _is_past_call(e)]
        upto = events[-1].seq if events else seq
        return News(items, upto, more=len(events) == PULL)

    def waiting(self) -> Sequence[Waiting]:
        with self.office.reads() as look:
            lengths = look.tickets.lengths(queue_day(look, self.clock()))
        return [Waiting(g.name, g.series, lengths.get(g.code, 0)) for g in self.office.facts.groups]

    def waits(self) -> Sequence[LineWait]:
        now = self.clock()
        closes = day_ends(self._hours.calendars, now.astimezone(OFFICE_ZONE).date()).closes
        if closes is None or now >= closes:
            return []
        made = self.office.waits.for_comers(now)
        return [LineWait(g.name, made[g.code].told) for g in self.office.facts.groups if g.code in made]

    @cached_property
    def _hours(self) -> Hours:
        return office_hours(self.office)

    def _of_event(self, event: Event) -> Item:
        label = str(event.data["label"])
        if event.kind in ENDED:
            return Ended(event.seq, label)
        if event.kind in ARRIVED:
            return Arrived(event.seq, label)
        counter = self._counter(str(event.data.get("counter") or event.actor.counter or ""))
        at = event.at.astimezone(OFFICE_ZONE)
        if event.kind == UNDONE:
            active = event.data.get("state") in (TicketState.CALLED, TicketState.SERVING)
            return Back(event.seq, label, counter, at) if active else Ended(event.seq, label)
        if "by_label" in event.data:
            return Back(event.seq, label, counter, at)  # its officer called it aloud; it stands there now
        return Call(event.seq, label, counter, at)

    def _of_ticket(self, ticket: Ticket) -> Call:
        return Call(0, ticket.label, self._counter(ticket.counter or ""), _called_at(ticket))

    def _counter(self, code: str) -> str:
        # A counter that was closed since is still shown by its code: one row must not empty the whole board.
        return next((c.name for c in self.office.facts.counters if c.code == code), f"Quầy {code}")


def _is_past_call(event: Event) -> bool:
    """Called by the number on the paper while the office's database was away, and over since."""
    return event.kind in CALLED and "by_label" in event.data and not event.data.get("standing")


def _called_at(ticket: Ticket) -> datetime:
    return (ticket.last_called_at or ticket.issued_at).astimezone(OFFICE_ZONE)


@dataclass(frozen=True)
class SeenFile:
    """The last seq that a screen has shown, in a small file of its own; a damaged one counts as none."""

    path: Path

    def load(self) -> int | None:
        try:
            return int(self.path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None

    def save(self, seq: int) -> None:
        """A full disk must not take the screen down: a call may then be shown again after a restart."""
        fresh = self.path.with_suffix(f"{self.path.suffix}.new")
        try:
            fresh.write_text(str(seq), encoding="ascii")
            fresh.replace(self.path)
        except OSError as wrong:
            structlog.get_logger().warning("display.mark_not_kept", error=type(wrong).__name__)
