"""The queue's figures: each defined once, the same whether read line by line, from digests or from the whole log."""

from __future__ import annotations

import contextlib
import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from itertools import count

import pytest
from fakes import FakeOffice
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.domain.event import Actor
from kiosk.domain.journey import DAY, MINUTE, SECOND, Journey, Mark, Outcome, Stay, journey_of, mark_of, microseconds
from kiosk.domain.queue_figures import Figures, figures_from, figures_of, merged, plain_of
from kiosk.domain.queue_stats import CounterLoad, QueueLog, QueueSummary, Spread, spread, summarise
from kiosk.domain.ticket import Ticket
from kiosk.errors import KioskError
from kiosk.services import appointments, moving, queueing
from kiosk.services.counters import open_counter, pause_counter
from kiosk.services.help import ask_help
from kiosk.services.ports import UnitOfWork
from kiosk.services.queue_stats import plain_summary, queue_summary, settle_days

TODAY = NOON.date()
TARGET = 15 * MINUTE
BOOKED = replace(OFFICE, groups=(replace(OFFICE.groups[0], appointments=2), OFFICE.groups[1]), appointment_slot_min=5)
FAR = timedelta(days=30)


def all_day(_group: str, _day: date) -> list[tuple[clock_time, clock_time]]:
    return [(clock_time(0), clock_time(23, 59))]


class Day:
    """A day at the desk: acts at so many minutes after ten o'clock, or after another start."""

    def __init__(self, office: FakeOffice | None = None, start: datetime = NOON) -> None:
        self.office = office or FakeOffice()
        self.start = start
        self._touches = count()

    def at(self, minute: float) -> datetime:
        return self.start + timedelta(minutes=minute)

    def issue(self, minute: float, group: str = "ho-tich", priority: str = "") -> Ticket:
        touch = f"{self.start}-{next(self._touches)}"
        now = self.at(minute)
        return queueing.issue_ticket(
            self.office.units(), OFFICE, group, actor=KIOSK, now=now, touch=touch, priority=priority
        )

    def call(self, minute: float, counter: str = "1") -> Ticket:
        actor = Actor("lan", "ban-1", counter)
        return queueing.call_next(self.office.units(), OFFICE, counter, actor=actor, now=self.at(minute))

    def act(self, act: Callable[..., Ticket], ticket: Ticket, minute: float) -> None:
        act(self.office.units(), ticket.key, actor=OFFICER, now=self.at(minute))

    def served(self, issued: float, called: float, started: float, ended: float, **issue: str) -> Ticket:
        ticket = self.issue(issued, **issue)
        self.call(called)
        self.act(queueing.serve, ticket, started)
        self.act(queueing.finish, ticket, ended)
        return ticket

    def summary(self, minute: float = 600, first: date = TODAY, last: date = TODAY) -> QueueSummary:
        return queue_summary(self.office.units(), OFFICE, first, last, now=self.at(minute))


def test_the_wait_ends_at_the_first_call_and_recalls_do_not_move_the_walk() -> None:
    day = Day()
    ticket = day.issue(0)
    day.call(10)
    day.act(queueing.recall, ticket, 11)
    day.act(queueing.recall, ticket, 12)
    day.act(queueing.serve, ticket, 13)
    day.act(queueing.finish, ticket, 20)
    found = day.summary()
    assert found.total.wait == Spread(1, *[10 * MINUTE] * 5)
    assert found.total.walk.longest == 3 * MINUTE
    assert found.total.service.longest == 7 * MINUTE
    assert found.total.lead.longest == 20 * MINUTE
    assert found.recalls == 2


def test_parked_time_stands_apart_from_wait_and_service() -> None:
    day = Day()
    ticket = day.issue(0)
    day.call(5)
    day.act(queueing.serve, ticket, 6)
    day.act(queueing.park, ticket, 10)
    day.act(queueing.resume, ticket, 30)
    day.call(40)
    day.act(queueing.serve, ticket, 42)
    day.act(queueing.finish, ticket, 50)
    found = day.summary()
    assert found.total.wait.longest == 5 * MINUTE  # to the first call, not to the second
    assert found.total.walk.longest == MINUTE
    assert found.parked.longest == 20 * MINUTE
    assert found.long_parked == 1
    assert found.total.service.longest == (4 + 8) * MINUTE
    assert found.counters["1"] == CounterLoad(2, 12 * MINUTE, 45 * MINUTE)


def test_who_does_not_come_or_leaves_is_abandoned_and_never_served() -> None:
    day = Day()
    missed, left = day.issue(0), day.issue(1)
    day.call(4)
    day.act(queueing.miss, missed, 6)
    day.act(queueing.leave, left, 31)
    found = day.summary()
    assert (found.total.no_show, found.total.left, found.total.served) == (1, 1, 0)
    assert found.total.abandonment == Spread(2, 18 * MINUTE, 6 * MINUTE, 30 * MINUTE, 30 * MINUTE, 30 * MINUTE)
    assert found.total.lead.n == found.total.service.n == 0
    plain = plain_summary(found)
    assert plain["no_show_share"] == 1.0  # of those called
    assert plain["abandoned"]["share"] == 1.0


def test_the_service_level_counts_everybody_who_took_a_number() -> None:
    day = Day()
    day.served(0, 5, 6, 10)
    day.served(10, 40, 41, 50)
    day.act(queueing.leave, day.issue(50), 55)
    day.issue(60)
    day.issue(99)
    found = day.summary(100).total
    assert (found.within, found.promised) == (1, 4)  # the one who waits for a minute is not decided yet
    assert day.summary(115).total.promised == 5


def test_a_ticket_ended_without_service_has_no_service_time() -> None:
    day = Day()
    ticket = day.issue(0)
    day.call(1)
    day.act(queueing.finish, ticket, 2)
    found = day.summary()
    assert (found.total.served, found.total.service.n, found.total.walk.n) == (1, 0, 0)


def test_figures_are_told_apart_by_group_hour_and_class_and_equity_compares_classes() -> None:
    day = Day()
    day.served(0, 10, 11, 12)
    day.served(60, 64, 65, 66, priority="cao-tuoi")
    found = day.summary()
    assert {k: c.wait.longest for k, c in found.by_class.items()} == {"": 10 * MINUTE, "cao-tuoi": 4 * MINUTE}
    assert set(found.by_hour) == {10, 11}
    assert set(found.by_group) == {"ho-tich"}
    assert found.equity == 0.4


def test_appointments_are_counted_as_they_were_made_kept_and_missed() -> None:
    day = Day()
    units, facts = day.office.units, replace(BOOKED, appointment_slot_min=10)

    def book(minute: float) -> str:
        at = day.at(minute)
        return appointments.book(units(), facts, all_day, "ho-tich", at, actor=OFFICER, now=NOON).key

    kept, late, off, missed, moved = (book(minute) for minute in (30, 40, 50, 60, 30))
    appointments.cancel(units(), off, actor=OFFICER, now=day.at(1))
    appointments.move(units(), facts, all_day, moved, day.at(70), actor=OFFICER, now=day.at(2))
    for key, minute in ((kept, 29), (late, 59), (moved, 50)):
        appointments.check_in(units, facts, key, actor=OFFICER, now=day.at(minute))
    queueing.void(units(), next(iter(day.office.shelf.tickets)), actor=OFFICER, now=day.at(60))
    appointments.check_in(units, facts, kept, actor=OFFICER, now=day.at(61))
    with units() as uow:
        assert len(appointments.note_missed(uow, TODAY, actor=KIOSK, now=day.at(400))) == 1
        uow.commit()
    found = plain_summary(day.summary())["appointments"]
    assert found == {
        "booked": 5, "moved": 1, "cancelled": 1, "missed": 1, "early": 1, "on_time": 0, "late": 2, "came": 3,
        "no_show_share": 0.25,
    }  # fmt: skip
    assert missed in day.office.shelf.appointments


def test_walk_lead_and_abandonment_are_told_by_group_and_hour_and_service_takes_its_share() -> None:
    day = Day()
    day.served(0, 10, 12, 30)
    day.act(queueing.leave, day.issue(61, "chung-thuc"), 81)
    day.served(62, 65, 66, 76, group="chung-thuc")
    found = plain_summary(day.summary())
    civil, certified = found["by_group"]["ho-tich"], found["by_group"]["chung-thuc"]
    assert (civil["walk"]["p90_s"], civil["lead"]["p90_s"]) == (120, 1800)
    assert (certified["lead"]["p95_s"], certified["abandonment"]["p50_s"]) == (14 * 60, 20 * 60)
    assert found["by_hour"]["11"]["lead"]["n"] == found["by_hour"]["10"]["lead"]["n"] == 1
    open_s = found["counters"]["1"]["open_s"]
    assert civil["occupancy"] == round(18 * 60 / open_s, 4)
    assert found["total"]["occupancy"] == found["counters"]["1"]["occupancy"]


def test_a_night_is_no_wait() -> None:
    day = Day()
    ticket = day.issue(0)
    log = QueueLog(0, 1 << 60)
    log.feed(mark_of(e) for e in day.office.shelf.events)
    tomorrow = microseconds(NOON + timedelta(hours=22))
    log.feed([Mark(99, "ticket.called", ticket.key, tomorrow, "1")])
    found = summarise(figures_of(log.journeys()), TARGET, tomorrow)
    assert found.carried_over == 1
    assert (found.total.wait.n, found.total.called) == (0, 1)
    assert (found.total.within, found.total.promised) == (0, 1)


def test_an_undone_act_is_one_that_never_was() -> None:
    marks = [
        Mark(1, "ticket.issued", "t", 0, None, "ho-tich", ""),
        Mark(2, "ticket.called", "t", MINUTE, "1"),
        Mark(3, "ticket.missed", "t", 2 * MINUTE),
        Mark(4, "ticket.undone", "t", 2 * MINUTE + SECOND),
        Mark(5, "ticket.serving", "t", 3 * MINUTE),
        Mark(6, "ticket.finished", "t", 9 * MINUTE),
    ]
    log = QueueLog(0, 1 << 60)
    log.feed(marks)
    (journey,) = log.journeys()
    assert (journey.outcome, journey.walk_us, journey.service_us) == (Outcome.SERVED, 2 * MINUTE, 6 * MINUTE)


def test_an_act_taken_back_at_the_counter_leaves_no_figure() -> None:
    day = Day()
    ticket = day.issue(0)
    day.call(5)
    day.act(queueing.recall, ticket, 6)
    day.act(queueing.miss, ticket, 7)
    day.act(moving.undo, ticket, 7.1)
    assert (day.summary().total.no_show, day.summary().recalls) == (0, 1)
    day.act(queueing.serve, ticket, 8)
    day.act(queueing.finish, ticket, 10)
    found = day.summary()
    assert (found.total.served, found.total.walk.longest, found.total.wait.longest) == (1, 3 * MINUTE, 5 * MINUTE)


def test_a_ticket_sent_on_keeps_its_first_wait_and_the_group_it_was_issued_for() -> None:
    day = Day()
    ticket = day.issue(0)
    day.call(5)
    day.act(queueing.serve, ticket, 6)
    units, now = day.office.units(), day.at(9)
    moving.transfer(units, OFFICE, ticket.key, group="chung-thuc", actor=OFFICER, now=now)
    day.call(20, "2")
    day.act(queueing.serve, ticket, 21)
    day.act(queueing.finish, ticket, 25)
    found = day.summary()
    assert set(found.by_group) == {"ho-tich"}
    assert (found.total.wait.longest, found.total.service.longest) == (5 * MINUTE, 7 * MINUTE)
    assert {c: load.serving_us for c, load in found.counters.items()} == {"1": 3 * MINUTE, "2": 4 * MINUTE}


def test_a_pause_is_not_counted_as_open() -> None:
    day = Day()
    day.served(0, 0, 1, 10)
    pause_counter(day.office.units(), OFFICE, "1", actor=OFFICER, now=day.at(10))
    open_counter(day.office.units(), OFFICE, "1", actor=OFFICER, now=day.at(40))
    day.served(40, 40, 40, 50)
    assert day.summary().counters["1"] == CounterLoad(2, 19 * MINUTE, 20 * MINUTE)


def test_time_set_aside_over_a_night_is_not_parked_time() -> None:
    night = DAY
    marks = [
        Mark(1, "ticket.issued", "t", 0, None, "g", ""),
        Mark(2, "ticket.called", "t", MINUTE, "1"),
        Mark(3, "ticket.parked", "t", 2 * MINUTE),
        Mark(4, "ticket.carried", "t", 60 * MINUTE),
        Mark(5, "ticket.called", "t", night, "1"),
        Mark(6, "ticket.serving", "t", night + MINUTE),
        Mark(7, "ticket.finished", "t", night + 5 * MINUTE),
    ]
    found = summarise(figures_of([journey_of(marks)]), TARGET, 2 * night)
    assert (found.parked.longest, found.total.wait.longest) == (58 * MINUTE, MINUTE)
    assert (found.carried_over, found.total.lead.n) == (1, 0)


def test_a_ticket_that_the_end_of_the_day_closed_is_neither_served_nor_timed() -> None:
    marks = [
        Mark(1, "ticket.issued", "t", 0, None, "g", ""),
        Mark(2, "ticket.called", "t", MINUTE, "1"),
        Mark(3, "ticket.serving", "t", 2 * MINUTE),
        Mark(4, "ticket.expired", "t", 9 * 60 * MINUTE),
    ]
    found = summarise(figures_of([journey_of(marks)]), TARGET, DAY)
    assert (found.total.served, found.total.no_show, found.total.left) == (0, 0, 0)
    assert found.outcomes["expired"] == 1
    assert (found.total.service.n, found.total.lead.n, found.counters["1"].open_us) == (0, 0, MINUTE)


def test_a_clock_set_back_gives_no_negative_time() -> None:
    marks = [Mark(1, "ticket.issued", "t", 10 * MINUTE, None, "g", ""), Mark(2, "ticket.called", "t", 0, "1")]
    journey = journey_of(
        [*marks, Mark(3, "ticket.serving", "t", -MINUTE), Mark(4, "ticket.finished", "t", -9 * MINUTE)]
    )
    assert (journey.wait_us, journey.walk_us, journey.service_us) == (0, 0, 0)
    assert journey.stays[0].until_us >= journey.stays[0].called_us


@pytest.mark.parametrize(("n", "expected"), [(1, (1, 1, 1)), (10, (5, 9, 10)), (100, (50, 90, 95)), (7, (4, 7, 7))])
def test_percentiles_are_times_that_somebody_really_had(n: int, expected: tuple[int, int, int]) -> None:
    found = spread(reversed(range(1, n + 1)))
    assert (found.p50, found.p90, found.p95) == expected


ACTS = ("issue", "issue-b", "issue-old", "call-1", "call-2", "back-1", "recall", "serve", "park", "resume", "finish",
        "miss", "leave", "undo", "undo", "return", "send", "pause", "open", "book", "move", "cancel", "come",
        "close")  # fmt: skip
ACT = {
    "recall": queueing.recall,
    "serve": queueing.serve,
    "park": queueing.park,
    "resume": queueing.resume,
    "finish": queueing.finish,
    "miss": queueing.miss,
    "leave": queueing.leave,
    "undo": moving.undo,
}
Step = tuple[str, int, float]
steps = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 30), st.sampled_from([0.001, 0.5, 7.0, 45.0, 700.0])),
    min_size=1,
    max_size=30,
)


class Life(Day):
    """Whatever of a random list of acts is legal, through the services; steps of up to half a day."""

    minute = 0.0

    def live(self, history: list[Step]) -> None:
        for act, which, pause in history:
            self.minute += pause
            with contextlib.suppress(KioskError):
                self._do(act, which)

    def _do(self, act: str, which: int) -> None:
        if act.startswith("issue"):
            group = "chung-thuc" if act.endswith("b") else "ho-tich"
            self.issue(self.minute, group, "cao-tuoi" if act.endswith("old") else "")
        elif act.startswith("call"):
            self.call(self.minute, act[-1])
        elif act in ("pause", "open"):
            change = pause_counter if act == "pause" else open_counter
            change(self.office.units(), OFFICE, "1", actor=OFFICER, now=self.at(self.minute))
        elif act == "book":
            at = self.at(self.minute) + timedelta(minutes=(5, 20, 90, 2000)[which % 4])
            on_five = at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0) + timedelta(minutes=5)
            appointments.book(
                self.office.units(), BOOKED, all_day, "ho-tich", on_five, actor=OFFICER, now=self.at(self.minute)
            )
        elif act == "close":
            with self.office.units() as uow:
                appointments.note_missed(uow, self.at(self.minute).date(), actor=KIOSK, now=self.at(self.minute))
                uow.commit()
        elif act in ("move", "cancel", "come"):
            self._do_booked(act, which)
        elif tickets := list(self.office.shelf.tickets):
            self._do_with(act, tickets[which % len(tickets)], self.office.units(), self.at(self.minute))

    def _do_booked(self, act: str, which: int) -> None:
        booked, now, uow = list(self.office.shelf.appointments.values()), self.at(self.minute), self.office.units()
        if not booked:
            return
        one = booked[which % len(booked)]
        if act == "come":
            appointments.check_in(self.office.units, BOOKED, one.key, actor=OFFICER, now=now)
        elif act == "cancel":
            appointments.cancel(uow, one.key, actor=OFFICER, now=now)
        else:
            later = one.at + timedelta(minutes=60)
            appointments.move(uow, BOOKED, all_day, one.key, later, actor=OFFICER, now=now)

    def _do_with(self, act: str, key: str, uow: UnitOfWork, now: datetime) -> None:
        if act == "back-1":
            queueing.call_ticket(uow, OFFICE, key, "1", actor=OFFICER, now=now)
        elif act == "return":
            moving.return_to_line(uow, OFFICE, key, actor=OFFICER, now=now)
        elif act == "send":
            moving.transfer(uow, OFFICE, key, group="chung-thuc", actor=OFFICER, now=now)
        else:
            ACT[act](uow, key, actor=OFFICER, now=now)


@settings(max_examples=30, deadline=None)
@given(steps, st.integers(1, 7))
def test_a_rebuild_equals_what_was_fed_event_by_event(history: list[Step], cut: int) -> None:
    life = Life()
    life.live(history)
    as_of = microseconds(life.at(life.minute))
    marks = [mark_of(e) for e in life.office.shelf.events if not e.kind.startswith("ticket.paper")]
    fed = QueueLog(0, 1 << 60)
    for n, mark in enumerate(marks):
        fed.feed([mark])
        if n % cut == 0:
            summarise(fed.figures(), TARGET, as_of)  # a look changes nothing
            fed.feed(marks[: n + 1])  # and what was seen before is not counted again
    rebuilt = QueueLog(0, 1 << 60)
    rebuilt.feed(marks)
    assert fed.journeys() == rebuilt.journeys()
    assert summarise(fed.figures(), TARGET, as_of) == summarise(rebuilt.figures(), TARGET, as_of)


@settings(max_examples=30, deadline=None)
@given(steps, st.lists(st.integers(0, 40), max_size=4))
def test_days_kept_while_time_goes_on_equal_the_whole_log(history: list[Step], looks: list[int]) -> None:
    life, done = Life(), 0
    units = life.office.units
    for look in sorted({*looks, len(history)}):
        life.live(history[done:look])
        settle_days(units, units, now=life.at(life.minute))
        done = look
    last, now = life.at(life.minute).date(), life.at(life.minute)
    for first in (TODAY, last):
        kept = queue_summary(units(), OFFICE, first, last, now=now)
        assert kept == queue_summary(units(), OFFICE, first, last, now=now, rebuild=True)
    ask_help(units(), actor=KIOSK, now=now + FAR)
    settle_days(units, units, now=now + FAR)
    later = queue_summary(units(), OFFICE, TODAY, last, now=now)
    assert later == queue_summary(units(), OFFICE, TODAY, last, now=now, rebuild=True)


BUSY = ("issue", *ACTS, "call-1", "serve", "serve", "serve", "finish")
PAUSES = {"hours": (0.05, 0.5, 3.0), "weeks": (0.1, 0.5, 45.0, 700.0, 1500.0)}


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("length", list(PAUSES))
def test_long_lives_give_the_same_figures_from_digests_and_from_the_log(length: str, seed: int) -> None:
    chance, life = random.Random(seed), Life()
    units = life.office.units
    for _part in range(3):
        life.live([(chance.choice(BUSY), chance.randrange(30), chance.choice(PAUSES[length])) for _ in range(30)])
        settle_days(units, units, now=life.at(life.minute))
    now = life.at(life.minute)
    for first in (TODAY, now.date()):
        kept = queue_summary(units(), OFFICE, first, now.date(), now=now)
        assert kept == queue_summary(units(), OFFICE, first, now.date(), now=now, rebuild=True)


@settings(max_examples=30, deadline=None)
@given(steps)
def test_the_books_balance(history: list[Step]) -> None:
    life = Life()
    life.live(history)
    found = life.summary(life.minute, TODAY, life.at(life.minute).date())
    assert sum(found.outcomes.values()) == found.total.issued
    assert sum(c.issued for c in found.by_group.values()) == found.total.issued
    assert sum(c.wait.n for c in found.by_hour.values()) == found.total.wait.n
    assert sum(c.service.n for c in found.by_class.values()) == found.total.service.n
    assert found.total.within <= found.total.promised <= found.total.issued
    for load in found.counters.values():
        assert 0 <= load.serving_us <= load.open_us


def test_figures_keep_their_bytes_in_whatever_order_days_are_merged() -> None:
    one, two = Day(), Day(start=NOON + timedelta(days=1))
    one.served(0, 5, 6, 9)
    two.served(0, 7, 8, 9, priority="mang-thai")
    parts = [_figures(day.office) for day in (one, two)]
    there, back = merged(parts), merged(reversed(parts))
    assert json.dumps(plain_of(there)) == json.dumps(plain_of(back))
    assert plain_of(figures_from(json.loads(json.dumps(plain_of(there))))) == plain_of(there)


def _figures(office: FakeOffice) -> Figures:
    log = QueueLog(0, 1 << 60)
    log.feed(mark_of(e) for e in office.shelf.events)
    return log.figures()


def test_a_day_is_kept_once_it_is_over_and_only_then() -> None:
    day = Day()
    day.served(0, 5, 6, 9)
    open_ticket = day.issue(10)

    def settle(after: timedelta) -> int:
        ask_help(day.office.units(), actor=KIOSK, now=NOON + after)  # the log goes on
        return settle_days(day.office.units, day.office.units, now=NOON + after)

    assert settle(timedelta(days=1)) == 0
    assert settle(timedelta(days=3)) == 0  # one of its tickets is still open
    assert settle(timedelta(days=16)) == 0
    assert settle(timedelta(days=17)) == 16  # nobody waits for two weeks
    assert settle(timedelta(days=17)) == 0
    assert max(day.office.shelf.queue_days) == (NOON + timedelta(days=15)).date()
    assert open_ticket.label == "A002"


def test_a_clock_that_runs_ahead_ends_no_day() -> None:
    day = Day()
    units = day.office.units
    day.served(0, 5, 6, 9)
    assert settle_days(units, units, now=NOON + timedelta(days=400)) == 0
    day.served(60, 61, 62, 63)
    assert day.summary().total.served == 2


def test_kept_days_can_be_computed_anew() -> None:
    day = Day()
    units = day.office.units
    day.served(0, 5, 6, 9)
    ask_help(units(), actor=KIOSK, now=NOON + timedelta(days=9))
    assert settle_days(units, units, now=NOON + timedelta(days=9)) == 8
    kept = dict(day.office.shelf.queue_days)
    day.office.shelf.queue_days[TODAY] = plain_of(Figures())  # damaged
    assert settle_days(units, units, now=NOON + timedelta(days=9), anew=True) == 8
    assert day.office.shelf.queue_days == kept


def test_an_office_without_a_single_event_has_empty_figures() -> None:
    office = FakeOffice()
    assert settle_days(office.units, office.units, now=NOON) == 0
    found = queue_summary(office.units(), OFFICE, TODAY, TODAY, now=NOON)
    assert found.total.issued == 0
    assert plain_summary(found)["total"]["service_level"] is None
    assert found.equity is None


def test_a_year_of_fifty_thousand_tickets_is_summed_from_its_days_within_a_second() -> None:
    chance, day = random.Random(1), []
    for n in range(200):
        start = n * 2 * MINUTE
        called = start + chance.randrange(20 * MINUTE)
        stay = Stay(str(n % 4), called, called + 9 * MINUTE, 8 * MINUTE)
        group, priority = chance.choice("abc"), chance.choice(["", "", "cao-tuoi"])
        day.append(
            Journey(start, group, priority, called, MINUTE, 8 * MINUTE, 0, 0, Outcome.SERVED, stay.until_us, [stay])
        )
    kept = [json.dumps(plain_of(figures_of(day)))] * 250
    begun = time.process_time()
    found = summarise(merged(figures_from(json.loads(text)) for text in kept), TARGET, 0)
    assert time.process_time() - begun <= 1
    assert found.total.issued == 50_000
