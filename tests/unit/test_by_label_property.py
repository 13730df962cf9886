"""Random acts at three counters, with links cut at random and kiosks that push late: nothing is lost or doubled."""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count, permutations
from uuid import uuid4

from fakes import FakeOffice, FakeUnitOfWork
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import KIOSK, NOON, OFFICE
from ui_fakes import FakeClock

from kiosk.domain.by_label import LabelEntry, Visit, WrongLabelError, visits_of
from kiosk.domain.event import Actor, Event
from kiosk.domain.office import Counter, Office
from kiosk.domain.ticket import Ticket, TicketAct, TicketState
from kiosk.errors import RuleError, StorageError
from kiosk.services.by_label import reconcile
from kiosk.services.label_journal import SETTLED, unsettled
from kiosk.services.ports import UnitOfWork
from ui.desk.by_label import LabelDesk
from ui.desk.model import AtCounter
from ui.desk.office import LiveQueue
from ui.desk.switched import ServerJustLostError, SwitchedQueue

COUNTERS = ("1", "2", "3")
HALL = Office(
    OFFICE.name, OFFICE.parent, OFFICE.agency_code, OFFICE.province, OFFICE.place,
    groups=OFFICE.groups, counters=tuple(Counter(c, f"Quầy {c}") for c in COUNTERS),
)  # fmt: skip


class OfflineError(StorageError):
    """As the store says it."""

    code = "storage.offline"


class Unanswered(FakeUnitOfWork):
    """What it commits is done, and nobody hears of it."""

    def commit(self) -> None:
        super().commit()
        raise OfflineError


@dataclass
class Link:
    """One desk's way to the office; loses_answer: the next act is done, and the answer never comes."""

    office: FakeOffice
    facts: Office = HALL
    is_up: bool = True
    loses_answer: bool = False

    def units(self) -> UnitOfWork:
        if not self.is_up:
            raise OfflineError
        if self.loses_answer:
            self.loses_answer = self.is_up = False
            return Unanswered(self.office)
        return self.office.units()

    def reads(self) -> UnitOfWork:
        if not self.is_up:
            raise OfflineError
        return self.office.units()


@dataclass
class Place:
    """A counter: its link, its disk, its desk."""

    counter: str
    link: Link
    clock: FakeClock
    disk: FakeOffice = field(default_factory=FakeOffice)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Also again, as after a power cut: all that is left is the disk."""
        actor = Actor(f"officer-{self.counter}", f"ban-{self.counter}", self.counter)
        live = LiveQueue(self.link, self.counter, actor, self.clock)  # type: ignore[arg-type]
        desk = LabelDesk(self.disk.units, HALL, self.counter, actor, self.clock)
        self.desk = SwitchedQueue(live, desk, self.link.units, self.clock)
        self.look()

    @property
    def written(self) -> dict[str, Event]:
        """Everything that was ever done by label here, by key."""
        lines = self.disk.shelf.events
        return {str(e.command): e for e in lines if e.kind.startswith("label.") and e.kind != SETTLED}

    def unsettled(self) -> list[LabelEntry]:
        return unsettled(self.disk.units(), self.counter)

    def look(self) -> AtCounter | None:
        return self.desk.queue().current

    def come_back(self) -> None:
        self.link.is_up, self.link.loses_answer = True, False
        self.desk.come_back()


class World:
    def __init__(self) -> None:
        self.clock, self.office = FakeClock(NOON), FakeOffice()
        self.places = {c: Place(c, Link(self.office), self.clock) for c in COUNTERS}
        self.printed: list[Ticket] = []
        self.at_kiosk: list[Ticket] = []
        self.serials = count(1)

    def print_number(self) -> None:
        n, now = next(self.serials), self.clock()
        key = uuid4().hex
        ticket = Ticket(key, f"A{n:03d}", "A", n, 2, now.date(), "ho-tich", "", now, now, key)
        self.printed.append(ticket)
        self.at_kiosk.append(ticket)

    def push(self) -> None:
        """The kiosk tells the office what it gave."""
        for ticket in self.at_kiosk:
            with self.office.units() as uow:
                uow.tickets.add(copy(ticket))
                data = {"label": ticket.label, "group": ticket.group}
                uow.events.append(Event("ticket.issued", ticket.key, ticket.issued_at, KIOSK, data))
                uow.commit()
        self.at_kiosk.clear()

    def do(self, counter: str, act: str, pick: int) -> None:
        place = self.places[counter]
        try:
            self._do(place, act, pick)
        except RuleError:
            pass  # the desk says why, and nothing happens
        except (OfflineError, ServerJustLostError, WrongLabelError):
            pass  # the link is cut; the counter goes on by label

    def _do(self, place: Place, act: str, pick: int) -> None:
        if act == "cut":
            place.link.is_up = False
        elif act == "lose_answer":
            place.link.loses_answer = place.link.is_up
        elif act == "power":
            place.start()
        elif act == "back":
            place.come_back()
        elif act == "half_back":
            self._half_back(place)
        elif act == "lost_call":
            place.link.loses_answer = place.link.is_up
            place.desk.call_next(uuid4().hex)
        elif act == "aside":
            for key, _label in place.desk.queue().parked[:1]:
                place.desk.call_back(key)
        elif act == "next" and place.desk.is_lost and self.printed:
            place.desk.call_back(self.printed[pick % len(self.printed)].label)
        elif act == "next":
            place.desk.call_next(uuid4().hex)
        elif (at := place.look()) is not None:
            getattr(place.desk, act)(at.key)
        place.look()

    def _half_back(self, place: Place) -> None:
        """The power goes after the office took the journal, before the desk noted it."""
        place.link.is_up = True
        reconcile(place.link.units, visits_of(place.unsettled()), now=self.clock())
        place.start()


STEP = st.one_of(
    st.tuples(st.sampled_from(COUNTERS), st.sampled_from(["next", "serve", "finish"]), st.integers(0, 7)),
    st.tuples(
        st.sampled_from(COUNTERS), st.sampled_from(["park", "miss", "recall", "next", "aside"]), st.integers(0, 7)
    ),
    st.tuples(
        st.sampled_from(COUNTERS),
        st.sampled_from(["cut", "cut", "back", "half_back", "lose_answer", "lost_call", "power"]),
        st.integers(0, 7),
    ),
    st.tuples(st.just(""), st.sampled_from(["print", "push", "all_cut"]), st.integers(0, 7)),
)


@settings(max_examples=250, deadline=None)
@given(st.lists(STEP, max_size=60), st.permutations(COUNTERS))
@example([("1", "lost_call", 0), ("3", "cut", 0), ("1", "next", 1), ("3", "next", 0), ("3", "finish", 0)], list("231"))
def test_nothing_is_lost_and_every_number_is_served_by_one_counter(
    steps: list[tuple[str, str, int]], return_in: list[str]
) -> None:
    world = World()
    for _ in range(3):
        world.print_number()
    world.push()
    for counter, act, pick in steps:
        world.clock.pass_s(20 + 7 * pick)
        if act == "print":
            world.print_number()
        elif act == "push":
            world.push()
        elif act == "all_cut":
            for place in world.places.values():
                place.link.is_up = False
        else:
            world.do(counter, act, pick)
    for counter in return_in[:2]:
        world.places[counter].come_back()
    world.push()
    for counter in (*return_in, *return_in):
        world.places[counter].come_back()
    _check(world)


def _check(world: World) -> None:
    log = world.office.shelf.events
    written = {key: e for place in world.places.values() for key, e in place.written.items()}
    done = {e.data["entry"]: e for e in log if "entry" in e.data}
    kept = {act[0]: e for e in log if e.kind in ("ticket.served_again", "ticket.act_kept") for act in e.data["acts"]}
    assert set(written) == set(done) | set(kept), "nothing is lost, nothing made up"
    commands = [e.command for e in log if e.command is not None]
    assert len(commands) == len(set(commands))
    for key, event in done.items():
        entry = written[key]
        assert (event.at, event.actor) == (entry.at, entry.actor)
        assert (event.data["label"], f"label.{event.data['act']}") == (entry.subject, entry.kind)
    keeps = [(e.subject, repr(e.data)) for e in log if e.kind in ("ticket.served_again", "ticket.act_kept")]
    assert len(keeps) == len(set(keeps)), "kept once"
    for key, event in kept.items():
        told = next(act for act in event.data["acts"] if act[0] == key)
        assert told[2] == written[key].at.isoformat()
    for place in world.places.values():
        assert not place.unsettled(), "the office has all of it"
    assert len(world.office.shelf.tickets) == len(world.printed)
    for ticket in world.office.shelf.tickets.values():
        _check_ticket(ticket, [e for e in log if e.subject == ticket.key])
    active = [t.counter for t in world.office.shelf.tickets.values() if t.state.is_active]
    assert len(active) == len(set(active)), "a counter holds one number"


def _check_ticket(ticket: Ticket, history: list[Event]) -> None:
    ends = [e for e in _standing(history) if e.data.get("state") in ("finished", "no_show")]
    finished = [e for e in ends if e.kind == "ticket.finished"]
    assert len(finished) <= 1, "one counter serves a number"
    if finished:
        assert ticket.state is TicketState.FINISHED
        assert (ticket.counter, ticket.ended_at) == (finished[0].data["counter"], finished[0].at)
    by_label = [e for e in history if e.kind == "ticket.served_again"]
    if any(act[1] == "finish" for e in by_label for act in e.data["acts"]) and ticket.state is TicketState.WAITING:
        raise AssertionError("somebody who was served waits in the line")


def _standing(history: list[Event]) -> list[Event]:
    """Without what was taken back."""
    left: list[Event] = []
    for event in history:
        if (visits := event.data.get("by_label_undone")) is not None:
            left = [e for e in left if e.data.get("by_label") not in visits]
        else:
            left.append(event)
    return left


# --- the order in which counters come back does not matter ----------------------------------------------------------

ENDINGS = (
    (TicketAct.CALL, TicketAct.SERVE, TicketAct.FINISH), (TicketAct.CALL, TicketAct.FINISH),
    (TicketAct.CALL, TicketAct.MISS), (TicketAct.CALL, TicketAct.SERVE, TicketAct.PARK),
    (TicketAct.CALL, TicketAct.RECALL, TicketAct.PARK),
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 5), st.sampled_from(ENDINGS)), min_size=3, max_size=3))
def test_the_order_of_coming_back_changes_nothing(plans: list[tuple[int, int, tuple[TicketAct, ...]]]) -> None:
    outcomes = defaultdict(list)
    for order in permutations(range(3)):
        office = FakeOffice()
        ticket = Ticket("k", "A001", "A", 1, 1, NOON.date(), "ho-tich", "", NOON, NOON, "t")
        with office.units() as uow:
            uow.tickets.add(ticket)
            uow.commit()
        visits = [_visit(n, *plan) for n, plan in enumerate(plans)]
        for n in order:
            reconcile(office.units, [visits[n]], now=NOON + timedelta(hours=3))
        after = office.shelf.tickets["k"]
        outcomes[after.state, after.counter, after.serving_at, after.first_called_at, after.ended_at].append(order)
    assert len(outcomes) == 1, outcomes
    ((state, counter, *_),) = outcomes
    served = [v for n, plan in enumerate(plans) if (v := _visit(n, *plan)).is_served]
    if served:
        first = min(served, key=lambda v: v.begun)
        assert (state, counter) == (TicketState.FINISHED, first.counter), "whoever began first"


def _visit(counter: int, start: int, pace: int, acts: tuple[TicketAct, ...]) -> Visit:
    name = COUNTERS[counter]
    at = [NOON + timedelta(minutes=1 + start + pace * n, seconds=counter) for n in range(len(acts))]
    return visits_of(
        LabelEntry(f"{name}/{n}", f"{name}/0", "A001", act, at[n], f"officer-{name}", f"ban-{name}", name)
        for n, act in enumerate(acts)
    )[0]
