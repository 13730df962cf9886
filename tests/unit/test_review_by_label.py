"""Whenever the counters come back, before the day was closed or after: the same end of the number, the same figures."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

from fakes import FakeOffice
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import NOON, OFFICE, OFFICER

from kiosk.domain.by_label import LabelEntry, Visit, visits_of
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.event import Actor, Event
from kiosk.domain.ticket import Ticket, TicketAct, TicketState
from kiosk.services.by_label import reconcile
from kiosk.services.closing import close_day
from kiosk.services.queue_stats import plain_summary, queue_summary

CALL, RECALL, SERVE, PARK, MISS, FINISH = (
    TicketAct.CALL, TicketAct.RECALL, TicketAct.SERVE, TicketAct.PARK, TicketAct.MISS, TicketAct.FINISH,
)  # fmt: skip
PATHS = (
    (CALL, SERVE, FINISH), (CALL, FINISH), (CALL, MISS), (CALL, SERVE, PARK), (CALL, RECALL, PARK),
    (CALL, RECALL, SERVE, FINISH), (CALL, RECALL, RECALL, MISS),
)  # fmt: skip
EVENING, MORNING = NOON.replace(hour=18), NOON + timedelta(hours=22)
PLAN = st.tuples(st.integers(0, 6), st.integers(1, 5), st.sampled_from(PATHS))


def visit_of(n: int, start: int, pace: int, acts: tuple[TicketAct, ...]) -> Visit:
    counter = str(n + 1)
    at = [NOON + timedelta(minutes=1 + start + pace * step, seconds=n) for step in range(len(acts))]
    return visits_of(
        LabelEntry(f"{n}/{step}", f"{n}/0", "A001", act, at[step], f"officer-{n}", f"ban-{n}", counter)
        for step, act in enumerate(acts)
    )[0]


def halves(visit: Visit, cut: int) -> list[Visit]:
    """As two tellings: a desk that comes back, goes away and comes back."""
    cut = cut % len(visit.entries)
    return [Visit(part) for part in (visit.entries[:cut], visit.entries[cut:]) if part]


def after(tellings: list[Visit], closed_before: int | None) -> tuple[FakeOffice, Ticket]:
    office = FakeOffice()
    with office.units() as uow:
        uow.tickets.add(Ticket("k", "A001", "A", 1, 1, NOON.date(), "ho-tich", "", NOON, NOON, "t"))
        data = {"label": "A001", "group": "ho-tich", "priority": ""}
        uow.events.append(Event("ticket.issued", "k", NOON, Actor("", "kiosk-1"), data))
        uow.commit()
    for n, telling in enumerate(tellings):
        if n == closed_before:
            close_day(office.units(), OFFICE, WorkingCalendar(), actor=OFFICER, now=EVENING)
        reconcile(office.units, [telling], now=MORNING)
    return office, office.shelf.tickets["k"]


@settings(max_examples=60, deadline=None)
@given(st.lists(PLAN, min_size=2, max_size=3), st.integers(0, 3), st.integers(0, 5))
def test_when_the_day_was_closed_changes_nothing_for_who_was_served(
    plans: list[tuple[int, int, tuple[TicketAct, ...]]], cut: int, closed_before: int
) -> None:
    visits = [visit_of(n, *plan) for n, plan in enumerate(plans)]
    served = [v for v in visits if v.is_served]
    ends = set()
    for order in permutations(visits):
        tellings = [half for v in order for half in halves(v, cut)]
        for close in (None, closed_before):
            office, ticket = after(tellings, close)
            found = plain_summary(
                queue_summary(office.units(), OFFICE, NOON.date(), MORNING.date(), now=MORNING, rebuild=True)
            )
            if served:
                first = min(served, key=lambda v: v.begun)
                assert (ticket.state, ticket.counter) == (TicketState.FINISHED, first.counter)
                assert found["outcomes"]["served"] == 1
                total = found["total"]
                ends.add((ticket.first_called_at, ticket.serving_at, ticket.ended_at, total["service"]["max_s"]))
            before = list(office.shelf.events)
            for telling in tellings:
                reconcile(office.units, [telling], now=MORNING)
            assert office.shelf.events == before, "told again, nothing is new"
    assert len(ends) <= 1, ends
