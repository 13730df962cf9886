"""A counter that serves by the number on the paper: what is at it, who comes next, its acts, from its own disk. No Qt.

Everything is written down (`services.label_journal`) before it shows; a desk that starts again goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from kiosk.clock import Clock, business_day
from kiosk.domain.by_label import LabelEntry, Visit, WrongLabelError, read_label, read_paper, state_after, visits_of
from kiosk.domain.event import Actor
from kiosk.domain.office import Office
from kiosk.domain.order import serving_order
from kiosk.domain.ticket import CounterBusyError, Ticket, TicketAct, TicketState
from kiosk.services import label_journal, queueing
from kiosk.services.label_journal import LastKnown
from kiosk.services.ports import Units
from ui.desk.model import AtCounter, Line, Proposal, Queue

UNKNOWN_LINE = "Theo số trên phiếu"


@dataclass(frozen=True)
class Held:
    """The number at the counter. visit: "" while its call is only in the office's own log."""

    label: str
    ticket: str
    state: TicketState
    calls: int
    visit: str = ""


class LabelDesk:
    """One counter's journal and the line as it was last known. Off the UI thread. Raises: KioskError."""

    def __init__(
        self,
        local: Units,
        facts: Office,
        counter: str,
        actor: Actor,
        clock: Clock,
        new_key: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        self._local, self._facts, self._counter, self._actor = local, facts, counter, actor
        self._clock, self._new_key = clock, new_key
        self._entries: list[LabelEntry] | None = None
        self._known: LastKnown | None = None

    # --- what it knows -------------------------------------------------------------------------------------------

    @property
    def entries(self) -> list[LabelEntry]:
        """What the office has not taken yet."""
        if self._entries is None:
            self._entries = label_journal.unsettled(self._local(), self._counter)
        return self._entries

    @property
    def known(self) -> LastKnown | None:
        if self._known is None:
            self._known = label_journal.last_line(self._local(), self._counter)
        return self._known

    @property
    def waits(self) -> bool:
        """Whether the office has something to take, as far as was read."""
        return bool(self._entries)

    def keep(self, known: LastKnown) -> None:
        """Also says which entries are older than this reading of the line."""
        known = replace(known, seen=tuple(e.key for e in self.entries))
        label_journal.keep_line(self._local(), self._counter, known)
        self._known = known

    def settled(self, visit: Visit, how: str) -> None:
        label_journal.settle(self._local(), self._counter, visit.entries, how, self._clock())
        self._entries = None

    def held(self) -> Held | None:
        visits = visits_of(self.entries)
        if visits and not visits[-1].is_ended:
            return self._of_visit(visits[-1])
        at = self.known.current if self.known else None
        if at is None or at.label in self._touched():
            return None
        return Held(at.label, at.key, at.state, at.calls)

    def open_visit(self) -> Held | None:
        """A number that was called here by label and that the office does not know of yet."""
        held = self.held()
        return held if held is not None and held.visit else None

    def queue(self) -> Queue:
        """As with the database: the number here, the line as last known without those that this counter served."""
        left = self._left()
        groups = [t.group for t in left]
        lines = tuple(Line(g.code, g.name, groups.count(g.code)) for g in self._facts.groups if g.code in groups)
        held = self.held()
        aside = tuple((label, label) for label in self._aside())
        as_of = f"{self.known.at:%H:%M}" if self.known else ""
        return Queue(self.at(held) if held else None, lines, aside, as_of=as_of)

    def proposals(self) -> list[Proposal]:
        """Who would come next, by the office's own order rule."""
        made = self.known.ordinary_calls if self.known else 0
        order = serving_order(self._left(), self._clock(), self._facts.order_rule, made)
        return [Proposal(t.label, self._group_name(t.group), self._priority_name(t)) for t in order]

    def at(self, held: Held) -> AtCounter:
        ticket = self._ticket(held.label)
        group = ticket.group if ticket else self._group_of(held.label)
        due = held.state is TicketState.CALLED and held.calls >= self._facts.calls_before_no_show
        priority, dossiers = (self._priority_name(ticket), ticket.dossiers) if ticket else ("", 1)
        return AtCounter(
            held.ticket or f"label:{held.label}", held.label, group, self._group_name(group), held.state, held.calls,
            priority, due, dossiers,
        )  # fmt: skip

    # --- its acts ------------------------------------------------------------------------------------------------

    def call(self, text: str) -> AtCounter:
        """text: typed or scanned. Raises: CounterBusyError, WrongLabelError."""
        if (holding := self.held()) is not None:
            raise CounterBusyError(number=holding.label, counter=self._counter)
        paper = read_paper(text)
        known = next((t for t in (self.known.tickets if self.known else ()) if t.key == text), None)
        if paper is not None and not paper.ticket and paper.day != business_day(self._clock()):
            raise WrongLabelError(text=text.strip())  # another day's number, and nothing says which ticket it is
        if paper is not None:
            self._note(TicketAct.CALL, paper.label, paper.ticket or self._key_of(paper.label), "")
        else:
            label = known.label if known else read_label(text, [t.label for t in self._left()])
            self._note(TicketAct.CALL, label, known.key if known else self._key_of(label), "")
        return self._now_held()

    def go_on_with(self, at: AtCounter) -> None:
        """A number that the office has just called here, which the last known line does not have yet."""
        self._note(TicketAct.CALL, at.label, at.key, "")

    def act(self, act: TicketAct) -> None:
        """On the number here. Raises: IllegalTicketActError, TooFewCallsError; nothing happens when nobody is here."""
        held = self.held()
        if held is None:
            return
        state_after(held.state, [act], held.label)
        needed = queueing.calls_needed(self._facts)
        if act is TicketAct.MISS and held.calls < needed:
            raise queueing.TooFewCallsError(number=held.label, calls=held.calls, needed=needed)
        self._note(act, held.label, held.ticket, held.visit)

    def _note(self, act: TicketAct, label: str, ticket: str, visit: str) -> None:
        key, who = self._new_key(), self._actor
        entry = LabelEntry(
            key, visit or key, label, act, self._clock(), who.officer, who.station, self._counter, ticket
        )  # fmt: skip
        entries = self.entries
        label_journal.note(self._local(), entry)
        entries.append(entry)

    # --- looking things up ---------------------------------------------------------------------------------------

    def _now_held(self) -> AtCounter:
        held = self.held()
        assert held is not None, "a call was just written down"
        return self.at(held)

    def _of_visit(self, visit: Visit) -> Held:
        start, calls = TicketState.WAITING, 0
        at = self.known.current if self.known else None
        if visit.goes_on and at is not None and at.label == visit.label:
            start, calls = at.state, at.calls
        elif visit.goes_on:
            start = TicketState.CALLED  # the last known line is gone; what is in the journal is what counts
        acts = [e.act for e in visit.entries]
        calls += sum(act in (TicketAct.CALL, TicketAct.RECALL) for act in acts)
        return Held(visit.label, visit.ticket, state_after(start, acts, visit.label), calls, visit.key)

    def _touched(self) -> set[str]:
        """Numbers that this counter has dealt with since the line was last read."""
        seen = set(self.known.seen) if self.known else set()
        return {e.label for e in self.entries if e.key not in seen}

    def _left(self) -> list[Ticket]:
        line, touched = self._line_of_today(), self._touched()
        return [t for t in (line.waiting if line else ()) if t.label not in touched]

    def _line_of_today(self) -> LastKnown | None:
        """Yesterday's line is nobody's turn this morning."""
        known = self.known
        return known if known is not None and business_day(known.at) == business_day(self._clock()) else None

    def _aside(self) -> list[str]:
        last = {v.label: v.entries[-1].act for v in visits_of(self.entries)}
        mine = [label for label, act in last.items() if act is TicketAct.PARK]
        line = self._line_of_today()
        return [*mine, *(t.label for t in (line.parked if line else ()) if t.label not in last)]

    def _ticket(self, label: str) -> Ticket | None:
        return next((t for t in (self.known.tickets if self.known else ()) if t.label == label), None)

    def _key_of(self, label: str) -> str:
        """By today's line: the same label of yesterday is another ticket, and the office finds who has it today."""
        line = self._line_of_today()
        return next((t.key for t in (line.tickets if line else ()) if t.label == label), "")

    def _group_of(self, label: str) -> str:
        """By the letter, which is that of the line before the kiosk's own."""
        return next((g.code for g in self._facts.groups if g.series and label.startswith(g.series)), "")

    def _group_name(self, code: str) -> str:
        return next((g.name for g in self._facts.groups if g.code == code), code or UNKNOWN_LINE)

    def _priority_name(self, ticket: Ticket) -> str:
        return next((p.name for p in self._facts.priorities if p.code == ticket.priority), "")


def words_of(proposals: Sequence[Proposal]) -> list[str]:
    """One line each, for the panel."""
    return [" · ".join(part for part in (p.label, p.group, p.priority) if part) for p in proposals]
