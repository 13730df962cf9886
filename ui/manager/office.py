"""The manager's door to the office: figures from the log, and the state of the hall now; reads only, no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.clock import Clock, office_now
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.ticket import PrintState
from kiosk.services.ports import UnitOfWork
from kiosk.services.proposals import waiting as waiting_proposals
from kiosk.services.queue_day import queue_day
from kiosk.services.queue_stats import queue_summary
from kiosk.services.rating import satisfaction
from kiosk.services.waiting_error import Accuracy, live_error
from ui.app import OpenedOffice
from ui.manager.model import CounterState, Page, Period

JUDGED_DAYS = 20  # working days
LONGEST_SEARCH = 60
NO_PAPER = (PrintState.FAILED, PrintState.UNCERTAIN)


@dataclass
class LiveManager:
    office: OpenedOffice
    clock: Clock = office_now

    def page(self, period: Period) -> Page:
        facts, now = self.office.facts, self.clock()
        with self.office.reads() as look:
            last = queue_day(look, now)
            today = look.tickets.of_day(last)
            waiting = look.tickets.lengths(last)
            counters = self._counters(look)
            # A manager's machine in the hall has no business with the catalogue.
            proposals = () if self.office.store.is_public else tuple(waiting_proposals(look))
        first = last - timedelta(days=period.value - 1)
        return Page(
            period,
            queue_summary(self.office.reads(), facts, first, last, now=now),
            satisfaction(self.office.reads(), first, last),
            counters,
            waiting,
            {g.code: g.name for g in facts.groups},
            facts.wait_target_min,
            sum(t.print_state in NO_PAPER for t in today),
            proposals,
        )

    def _counters(self, look: UnitOfWork) -> tuple[CounterState, ...]:
        paused = {p.counter: f"{p.reason}, từ {p.since:%H:%M}" for p in look.pauses.all()}
        found = []
        for counter in self.office.facts.counters:
            at = look.tickets.active_at(counter.code)
            number, state = (at.label, at.state) if at else ("", None)
            found.append(CounterState(counter.code, counter.name, number, state, paused.get(counter.code, "")))
        return tuple(found)

    def accuracy(self) -> Accuracy:
        last = self.clock().date()
        return live_error(self.office.reads(), first_of(self.office.calendar(""), last, JUDGED_DAYS), last)


def first_of(calendar: WorkingCalendar, last: date, days: int) -> date:
    """The day with which the last `days` working days up to `last` begin; two months back at most."""
    day, left = last, days
    while (last - day).days < LONGEST_SEARCH:
        left -= calendar.is_working(day)
        if left <= 0:
            break
        day -= timedelta(days=1)
    return day
