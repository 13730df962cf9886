"""One ticket's past as the log tells it: the office's own acts, and what counters did by label on top of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.by_label import ENDS, LabelEntry, Visit, visits_of
from kiosk.domain.event import Event
from kiosk.domain.ticket import Ticket, TicketAct, restore
from kiosk.services.queueing import EVENT_OF_ACT

SERVED_AGAIN, ACT_KEPT = "ticket.served_again", "ticket.act_kept"
EXPIRED = "ticket.expired"
EVENT_OF = EVENT_OF_ACT | {TicketAct.CALL: "ticket.called", TicketAct.RETURN: "ticket.returned"}


@dataclass
class LabelStory:
    """top: visits done on top of the office's last own act, run: their events; kept: visits since that act that are
    only kept. told: keys of all entries that the log holds; ever_done: of those that went through the table. expiry:
    the office's last own act where it only says that nobody knew how the number ended; sealed: the run under it."""

    ticket: Ticket
    expiry: Event | None = None
    sealed: list[Event] = field(default_factory=list)
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
        elif event.kind == EXPIRED:
            self.sealed, self.run, self.expiry = self.run, [], event
        elif self.expiry is not None and data.get("undone") == self.expiry.seq:
            self._open()
        elif "before" in data:
            self.run.clear()
            self.kept.clear()
            self.expiry = None

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

    def _open(self) -> None:
        self.run, self.sealed, self.expiry = self.sealed, [], None

    def before_expiry(self) -> LabelStory:
        """As it was when its day or morning was closed over it. Its ticket is a copy."""
        assert self.expiry is not None
        ticket = copy(self.ticket)
        restore(ticket, dict(self.expiry.data["before"]))
        story = replace(self, ticket=ticket)
        story._open()
        return story

    def with_fresh(self, fresh: Iterable[Visit]) -> tuple[list[Visit], list[Visit]]:
        """(all visits to arrange: what was done, what was kept, and what is new, each once and whole; what is new and
        was done after its visit had ended: a desk that was set back does not remember the end)."""
        entries = {e.key: e for v in (*self.top, *self.kept, *fresh) for e in v.entries}
        cut = [_cut_at_end(visit) for visit in visits_of(entries.values())]
        beyond = (tuple(e for e in rest if e.key not in self.told) for _, rest in cut)
        return [visit for visit, _ in cut], [Visit(rest) for rest in beyond if rest]


def plain_entries(visit: Visit) -> list[list[str]]:
    """As JSON, to be kept in an event."""
    return [[e.key, e.act.value, e.at.isoformat(), e.ticket] for e in visit.entries]


def _cut_at_end(visit: Visit) -> tuple[Visit, tuple[LabelEntry, ...]]:
    ends = next((n for n, e in enumerate(visit.entries, 1) if e.act in ENDS), len(visit.entries))
    return Visit(visit.entries[:ends]), visit.entries[ends:]


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
