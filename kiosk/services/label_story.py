"""One ticket's past as the log tells it: the office's own acts, and what counters did by label on top of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.by_label import LabelEntry, Visit, visits_of
from kiosk.domain.event import Event
from kiosk.domain.ticket import Ticket, TicketAct, restore
from kiosk.services.queueing import EVENT_OF_ACT

SERVED_AGAIN, ACT_KEPT = "ticket.served_again", "ticket.act_kept"
EVENT_OF = EVENT_OF_ACT | {TicketAct.CALL: "ticket.called", TicketAct.RETURN: "ticket.returned"}


@dataclass
class LabelStory:
    """top: visits done on top of the office's last own act, run: their events; kept: visits since that act that are
    only kept. told: keys of all entries that the log holds; ever_done: of those that went through the table."""

    ticket: Ticket
    run: list[Event] = field(default_factory=list)
    kept: list[Visit] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    ever_done: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, ticket: Ticket, history: Sequence[Event]) -> LabelStory:
        story = cls(ticket)
        for event in sorted(history, key=lambda e: e.seq):
            story._take(event)
        return story

    def _take(self, event: Event) -> None:
        data = event.data
        if event.kind in (SERVED_AGAIN, ACT_KEPT):
            visit = _kept_visit(event)
            self.kept.append(visit)
            self.told |= {e.key for e in visit.entries}
        elif "by_label_undone" in data:
            self.run.clear()
        elif "by_label" in data:
            self.run.append(event)
            if "entry" in data:
                self.told.add(data["entry"])
                self.ever_done.add(data["entry"])
        elif "before" in data:
            self.run.clear()
            self.kept.clear()

    @property
    def top(self) -> list[Visit]:
        return visits_of(_entry(e) for e in self.run if "entry" in e.data)

    @property
    def done(self) -> list[str]:
        """Keys of the entries of `top`, in the order in which they went through the table."""
        return [e.data["entry"] for e in self.run if "entry" in e.data]

    @property
    def base(self) -> Ticket:
        """The ticket as the office's own acts left it."""
        base = copy(self.ticket)
        self.to_base(base)
        return base

    def to_base(self, ticket: Ticket) -> None:
        for event in reversed(self.run):
            restore(ticket, dict(event.data["before"]))

    def with_fresh(self, fresh: Iterable[Visit]) -> list[Visit]:
        """All visits to arrange: what was done, what was kept, and what is new, each once and whole."""
        entries = {e.key: e for v in (*self.top, *self.kept, *fresh) for e in v.entries}
        return visits_of(entries.values())


def plain_entries(visit: Visit) -> list[list[str]]:
    """As JSON, to be kept in an event."""
    return [[e.key, e.act.value, e.at.isoformat(), e.ticket] for e in visit.entries]


def _kept_visit(event: Event) -> Visit:
    who, data = event.actor, event.data
    return Visit(
        tuple(
            LabelEntry(
                key, data["visit"], data["label"], TicketAct(act),
                datetime.fromisoformat(at).astimezone(OFFICE_ZONE), who.officer, who.station, who.counter or "", ticket,
            )
            for key, act, at, ticket in data["acts"]
        )
    )  # fmt: skip


def _entry(event: Event) -> LabelEntry:
    who, data = event.actor, event.data
    act, at = TicketAct(data["act"]), event.at.astimezone(OFFICE_ZONE)
    return LabelEntry(
        data["entry"], data["by_label"], data["label"], act, at, who.officer, who.station, who.counter or "",
        event.subject,
    )  # fmt: skip
