"""Six officers press whatever they like: no ticket is at two counters, no counter holds two tickets."""

from __future__ import annotations

import random
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from fakes import FakeOffice
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from samples import KIOSK, NOON, OFFICE

from kiosk.domain.event import Actor, first_broken
from kiosk.domain.holding import double_calls
from kiosk.domain.office import Counter
from kiosk.domain.ticket import ACTIVE_STATES, IllegalTicketActError, Place
from kiosk.errors import RuleError
from kiosk.services import counters, moving, queueing

SIX = tuple(Counter(str(n), f"Quầy {n}", ("chung-thuc",) if n % 3 == 0 else ()) for n in range(1, 7))
FACTS = replace(OFFICE, counters=SIX)
GROUPS, PLACES = ("ho-tich", "chung-thuc"), tuple(Place)
ACTS = ("recall", "serve", "park", "resume", "finish", "miss", "leave", "void")


class Hall:
    """An office with six officers; `press` does one act of one of them, or what the rules refuse is nothing."""

    def __init__(self) -> None:
        self.office = FakeOffice()
        self.now = NOON
        self.presses = 0

    def press(self, act: str, officer: int, ticket: int, extra: int) -> None:
        self.presses += 1
        self.now += timedelta(seconds=extra % 7)
        before = dict(self.office.shelf.tickets)
        try:
            self._do(act, officer, ticket, extra)
        except RuleError:
            assert self.office.shelf.tickets == before
            return
        after = self.office.shelf.tickets
        touched = {key for key in after if before.get(key) != after[key]}
        assert len(touched) <= 1

    def _do(self, act: str, officer: int, ticket: int, extra: int) -> None:
        units, counter = self.office.units, str(officer)
        actor = Actor(f"cb{officer}", f"ban-{officer}", counter)
        group = GROUPS[extra % 2]
        if act == "issue":
            who = "cao-tuoi" if extra % 5 == 0 else ""
            touch = f"touch-{self.presses}"
            queueing.issue_ticket(units(), FACTS, group, actor=KIOSK, now=self.now, touch=touch, priority=who)
            return
        if act == "call":
            command = f"press-{self.presses}"
            first = queueing.call_next(units(), FACTS, counter, actor=actor, now=self.now, command=command)
            again = queueing.call_next(units(), FACTS, counter, actor=actor, now=self.now, command=command)
            assert again.key == first.key
            return
        if act == "undo":
            moving.undo_last(units(), counter, actor=actor, now=self.now)
            return
        if act == "pause":
            counters.pause_counter(units(), FACTS, counter, actor=actor, now=self.now)
            return
        if act == "open":
            counters.open_counter(units(), FACTS, counter, actor=actor, now=self.now)
            return
        keys = list(self.office.shelf.tickets)
        if not keys:
            return
        key = keys[-1 - ticket % len(keys)]
        if act == "call-back":
            queueing.call_ticket(units(), FACTS, key, counter, actor=actor, now=self.now)
        elif act == "transfer":
            to, place = str(1 + extra % 6) if extra % 3 == 0 else "", PLACES[extra % 3]
            moving.transfer(units(), FACTS, key, group=group, counter=to, place=place, actor=actor, now=self.now)
        elif act == "return":
            moving.return_to_line(units(), FACTS, key, actor=actor, now=self.now)
        else:
            getattr(queueing, act)(units(), key, actor=actor, now=self.now)

    def check(self) -> None:
        tickets = self.office.shelf.tickets.values()
        active = [t for t in tickets if t.state in ACTIVE_STATES]
        assert all(t.counter for t in active)
        assert len({t.counter for t in active}) == len(active)
        assert all(t.counter is None for t in tickets if not t.state.is_active and not t.state.is_final)
        labels = Tally((t.serve_day, t.label) for t in tickets)
        assert not labels or max(labels.values()) == 1


COMMANDS = (
    *(*ACTS, "issue", "issue", "issue", "call", "call", "call", "call", "finish", "finish"),
    *("call-back", "transfer", "return", "undo", "pause", "open", "open", "open"),
)


class SixOfficers(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.hall = Hall()

    @rule(act=st.sampled_from(COMMANDS), officer=st.integers(1, 6), ticket=st.integers(0, 9), extra=st.integers(0, 30))
    def anybody_presses(self, act: str, officer: int, ticket: int, extra: int) -> None:
        self.hall.press(act, officer, ticket, extra)

    @invariant()
    def the_rules_hold(self) -> None:
        self.hall.check()

    def teardown(self) -> None:
        assert double_calls(self.hall.office.shelf.events) == 0
        assert first_broken(self.hall.office.shelf.events) is None


SixOfficers.TestCase.settings = settings(max_examples=40, stateful_step_count=60, deadline=None)
TestSixOfficers: Callable[..., object] = SixOfficers.TestCase


def test_ten_thousand_commands_of_six_officers_call_nobody_twice() -> None:
    chance = random.Random(11)
    calls = 0
    for _ in range(40):
        hall = Hall()
        for _ in range(250):
            hall.press(chance.choice(COMMANDS), chance.randint(1, 6), chance.randint(0, 9), chance.randint(0, 30))
            hall.check()
        assert double_calls(hall.office.shelf.events) == 0
        calls += sum(e.kind == "ticket.called" for e in hall.office.shelf.events)
    assert calls > 500


def test_reading_the_queue_writes_nothing() -> None:
    hall = Hall()
    for n in range(5):
        hall.press("issue", 1, 0, n)
    hall.press("call", 1, 0, 0)
    before = list(hall.office.shelf.events)
    with hall.office.units() as look:
        for counter in FACTS.counters:
            look.tickets.active_at(counter.code)
            queueing.parked(look, FACTS, counter.code, "cb1", hall.now)
        for ticket in look.tickets.waiting(NOON.date()):
            queueing.people_ahead(look, FACTS, ticket, hall.now)
    assert hall.office.shelf.events == before


def test_two_officers_who_call_back_the_same_parked_number_do_not_share_it() -> None:
    hall = Hall()
    hall.press("issue", 1, 0, 1)
    hall.press("call", 1, 0, 0)
    hall.press("park", 1, 0, 0)
    hall.press("call-back", 2, 0, 0)
    key = next(iter(hall.office.shelf.tickets))
    try:
        queueing.call_ticket(hall.office.units(), FACTS, key, "3", actor=Actor("cb3", "ban-3", "3"), now=hall.now)
    except IllegalTicketActError:
        assert hall.office.shelf.tickets[key].counter == "2"
    else:
        raise AssertionError("one number at two counters")
