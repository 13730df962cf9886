"""The rules of the line: who is next, who is sent on, who comes back, what is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import FakeOffice
from hypothesis import given
from hypothesis import strategies as st
from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.domain.appointment import Arrival, arrival, standing
from kiosk.domain.counter import CounterNotPausedError, CounterPausedError
from kiosk.domain.event import Actor
from kiosk.domain.office import Counter, Office, OfficerSkills, PriorityClass
from kiosk.domain.order import OrderKind, OrderRule, serving_order
from kiosk.domain.ticket import (
    CounterBusyError,
    IllegalTicketActError,
    Outcome,
    Place,
    QueueEmptyError,
    Ticket,
    TicketState,
    WrongOutcomeError,
)
from kiosk.services import counters, moving, queueing

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
MINH = Actor("minh", "ban-2", "2")


def issue(office: FakeOffice, name: str, *, at: int = 0, facts: Office = OFFICE, **more: object) -> Ticket:
    group = str(more.pop("group", "ho-tich"))
    return queueing.issue_ticket(
        office.units(),
        facts,
        group,
        actor=KIOSK,
        now=NOON + at * MINUTE,
        touch=name,
        **more,  # type: ignore[arg-type]
    )


def call(office: FakeOffice, counter: str = "1", at: int = 1, facts: Office = OFFICE, actor: Actor = OFFICER) -> Ticket:
    return queueing.call_next(office.units(), facts, counter, actor=actor, now=NOON + at * MINUTE)


def calls(office: FakeOffice, facts: Office, at: int = 30) -> str:
    """The whole line in the order of its calls, by touch."""
    order = ""
    while True:
        try:
            ticket = call(office, at=at, facts=facts)
        except QueueEmptyError:
            return order.strip()
        order += f"{ticket.touch} "
        queueing.finish(office.units(), ticket.key, actor=OFFICER, now=NOON + at * MINUTE)
        at += 1


def a_morning(office: FakeOffice, facts: Office) -> None:
    for n in range(1, 5):
        issue(office, f"n{n}", at=n, facts=facts)
    for n in range(1, 4):
        issue(office, f"p{n}", at=23 + n, facts=facts, priority="cao-tuoi")


@pytest.mark.parametrize(
    ("facts", "order"),
    [
        (OFFICE, "n1 n2 n3 n4 p1 p2 p3"),
        (replace(OFFICE, order=OrderKind.STRICT), "p1 p2 p3 n1 n2 n3 n4"),
        (replace(OFFICE, order=OrderKind.RATIO), "n1 n2 p1 n3 n4 p2 p3"),
        (replace(OFFICE, order=OrderKind.RATIO, order_ratio=1), "n1 p1 n2 p2 n3 p3 n4"),
    ],
)
def test_each_rule_has_its_own_order(facts: Office, order: str) -> None:
    office = FakeOffice()
    a_morning(office, facts)
    assert calls(office, facts) == order


def test_a_class_may_have_a_cap_of_its_own() -> None:
    quick = PriorityClass("cao-tuoi", "Người từ 60 tuổi", 0, hard_cap_min=10)
    facts = replace(OFFICE, priorities=(quick,))
    office = FakeOffice()
    issue(office, "n", facts=facts)
    issue(office, "p", at=5, facts=facts, priority="cao-tuoi")
    assert call(office, at=14, facts=facts).touch == "n"
    other = FakeOffice()
    issue(other, "n", facts=facts)
    issue(other, "p", at=5, facts=facts, priority="cao-tuoi")
    assert call(other, at=15, facts=facts).touch == "p"


@given(
    st.lists(st.tuples(st.integers(0, 120), st.sampled_from(["", "", "cao-tuoi"])), max_size=25),
    st.sampled_from(list(OrderKind)),
    st.integers(1, 4),
    st.integers(0, 6),
)
def test_whatever_the_rule_everybody_is_called_once_and_equals_keep_their_order(
    people: list[tuple[int, str]], kind: OrderKind, ratio: int, since: int
) -> None:
    tickets = [
        Ticket(
            f"t{n}", f"A{n:03d}", "A", n, 1, NOON.date(), "g", p, at, at - (20 * MINUTE if p else 0 * MINUTE), f"{n}"
        )
        for n, (minute, p) in enumerate(people, 1)
        for at in [NOON + minute * MINUTE]
    ]
    order = serving_order(tickets, NOON + 120 * MINUTE, OrderRule(60 * MINUTE, kind, ratio), since)
    assert sorted(t.n for t in order) == [t.n for t in tickets]
    for priority in ("", "cao-tuoi"):
        mine = [(t.issued_at, t.n) for t in order if t.priority == priority]
        assert mine == sorted(mine)
    capped = [t for t in order if t.issued_at <= NOON + 60 * MINUTE]
    assert order[: len(capped)] == capped


def test_a_chain_of_five_transfers_keeps_the_number_and_goes_by_its_place() -> None:
    office = FakeOffice()
    facts = replace(OFFICE, counters=(*OFFICE.counters, Counter("3", "Quầy 3", ("ho-tich",))))
    ticket = issue(office, "one", at=0)
    for n in range(3):
        issue(office, f"other{n}", at=1, group="chung-thuc")
    first = call(office, at=2)
    chain = [
        ("chung-thuc", "", Place.BY_ARRIVAL),
        ("ho-tich", "", Place.END),
        ("chung-thuc", "", Place.NEXT),
        ("", "3", Place.BY_ARRIVAL),
        ("chung-thuc", "", Place.END),
    ]
    key = first.key
    for step, (group, counter, place) in enumerate(chain):
        sent = moving.transfer(
            office.units(),
            facts,
            key,
            group=group,
            counter=counter,
            place=place,
            actor=OFFICER,
            now=NOON + (3 + step) * MINUTE,
        )
        assert (sent.label, sent.state, sent.counter) == (ticket.label, TicketState.WAITING, None)
        if counter:
            assert call(office, "3", at=7, facts=facts).key == key
    sent_on = [e for e in office.shelf.events if e.kind == "ticket.transferred"]
    assert [e.data["place"] for e in sent_on] == ["by-arrival", "end", "next", "by-arrival", "end"]
    assert [call(office, "2", at=9 + n, facts=facts).touch for n in range(1)] == ["other0"]


@pytest.mark.parametrize(
    ("place", "order"), [(Place.BY_ARRIVAL, "late b1 b2"), (Place.NEXT, "late b1 b2"), (Place.END, "b1 b2 late")]
)
def test_a_transferred_citizen_stands_where_the_rule_says(place: Place, order: str) -> None:
    office = FakeOffice()
    issue(office, "late")
    sent = call(office)
    issue(office, "b1", at=2, group="chung-thuc")
    issue(office, "b2", at=3, group="chung-thuc")
    moving.transfer(
        office.units(), OFFICE, sent.key, group="chung-thuc", place=place, actor=OFFICER, now=NOON + 4 * MINUTE
    )
    assert calls(office, OFFICE, at=5) == order


def test_put_next_goes_before_those_who_came_earlier_and_only_once() -> None:
    office = FakeOffice()
    issue(office, "first", group="chung-thuc")
    issue(office, "second", at=1, group="chung-thuc")
    issue(office, "sent", at=2)
    sent = queueing.call_ticket(office.units(), OFFICE, _key(office, "sent"), "1", actor=OFFICER, now=NOON + 3 * MINUTE)
    moving.transfer(
        office.units(), OFFICE, sent.key, group="chung-thuc", place=Place.NEXT, actor=OFFICER, now=NOON + 4 * MINUTE
    )
    again = call(office, "2", at=5)
    assert again.key == sent.key
    queueing.park(office.units(), again.key, actor=MINH, now=NOON + 6 * MINUTE)
    queueing.resume(office.units(), again.key, actor=MINH, now=NOON + 7 * MINUTE)
    assert call(office, "2", at=8).touch == "first"


@pytest.mark.parametrize(
    ("group", "counter", "failure"),
    [
        ("", "", moving.NoTargetError),
        ("thue", "", queueing.UnknownGroupError),
        ("", "9", queueing.UnknownCounterError),
    ],
)
def test_a_transfer_needs_a_known_target(group: str, counter: str, failure: type[Exception]) -> None:
    office = FakeOffice()
    key = issue(office, "t").key
    with pytest.raises(failure):
        moving.transfer(office.units(), OFFICE, key, group=group, counter=counter, actor=OFFICER, now=NOON)


def test_an_appointment_counts_from_its_time_within_the_margin_to_the_second() -> None:
    quarter = 15 * MINUTE
    booked = NOON
    assert arrival(booked, booked - quarter - SECOND, quarter, quarter) is Arrival.EARLY
    assert arrival(booked, booked - quarter, quarter, quarter) is Arrival.ON_TIME
    assert arrival(booked, booked + quarter - SECOND, quarter, quarter) is Arrival.ON_TIME
    assert arrival(booked, booked + quarter, quarter, quarter) is Arrival.LATE
    assert standing(booked, booked + quarter, quarter, quarter) == (booked + quarter, Arrival.LATE)
    assert standing(None, booked, quarter, quarter) == (booked, None)


def test_who_is_late_within_the_margin_goes_at_the_booked_time() -> None:
    office = FakeOffice()
    issue(office, "walk-in", at=3)
    booked = issue(office, "booked", at=10, booked_at=NOON)
    assert booked.effective_at == NOON
    assert office.shelf.events[-1].data["kept"] == "on-time"
    assert call(office, at=11).touch == "booked"


def test_several_dossiers_stand_on_one_ticket_and_can_be_set_right() -> None:
    office = FakeOffice()
    ticket = issue(office, "t", dossiers=3)
    assert (ticket.dossiers, office.shelf.events[-1].data["dossiers"]) == (3, 3)
    assert queueing.set_dossiers(office.units(), ticket.key, 5, actor=OFFICER, now=NOON).dossiers == 5
    for wrong in (0, 100, -1):
        with pytest.raises(queueing.DossierCountError):
            queueing.set_dossiers(office.units(), ticket.key, wrong, actor=OFFICER, now=NOON)


def test_an_officer_calls_only_the_lines_that_both_officer_and_counter_serve() -> None:
    facts = replace(OFFICE, officers=(OfficerSkills("minh", ("chung-thuc",)), OfficerSkills("hoa", ("ho-tich",))))
    office = FakeOffice()
    issue(office, "civil")
    issue(office, "copy", at=1, group="chung-thuc")
    assert call(office, "1", facts=facts, actor=MINH).touch == "copy"
    with pytest.raises(queueing.NoSharedLineError):
        call(office, "2", facts=facts, actor=Actor("hoa", "ban-2", "2"))
    queueing.finish(office.units(), _key(office, "copy"), actor=MINH, now=NOON + 2 * MINUTE)
    assert call(office, "1", at=3, facts=facts).touch == "civil"


def test_parked_numbers_are_listed_for_the_counters_that_may_call_them_back() -> None:
    office = FakeOffice()
    issue(office, "civil")
    ticket = call(office)
    queueing.park(office.units(), ticket.key, actor=OFFICER, now=NOON + 2 * MINUTE)
    with office.units() as look:
        assert [t.label for t in queueing.parked(look, OFFICE, "1", "lan", NOON)] == ["A001"]
        assert queueing.parked(look, OFFICE, "2", "minh", NOON) == []


def test_nobody_is_noted_absent_before_the_calls_that_the_office_wants() -> None:
    strict = replace(OFFICE, miss_needs_calls=True)
    office = FakeOffice()
    issue(office, "t")
    ticket = call(office)
    needed = queueing.calls_needed(strict)
    assert (needed, queueing.calls_needed(OFFICE)) == (3, 0)
    for _ in range(2):
        with pytest.raises(queueing.TooFewCallsError):
            queueing.miss(office.units(), ticket.key, actor=OFFICER, now=NOON + MINUTE, calls_needed=needed)
        queueing.recall(office.units(), ticket.key, actor=OFFICER, now=NOON + MINUTE)
    missed = queueing.miss(office.units(), ticket.key, actor=OFFICER, now=NOON + MINUTE, calls_needed=needed)
    assert (missed.state, missed.outcome) == (TicketState.NO_SHOW, Outcome.NO_SHOW)


def test_who_was_absent_may_come_back_once_behind_the_others() -> None:
    office = FakeOffice()
    issue(office, "absent")
    ticket = call(office)
    issue(office, "other", at=2)
    queueing.miss(office.units(), ticket.key, actor=OFFICER, now=NOON + 3 * MINUTE)
    back = moving.return_to_line(office.units(), OFFICE, ticket.key, actor=OFFICER, now=NOON + 5 * MINUTE)
    assert (back.state, back.label, back.outcome, back.calls) == (TicketState.WAITING, "A001", "", 0)
    assert calls(office, OFFICE, at=6) == "other absent"
    again = issue(office, "third", at=20)
    call(office, at=21)
    queueing.miss(office.units(), again.key, actor=OFFICER, now=NOON + 22 * MINUTE)
    moving.return_to_line(office.units(), OFFICE, again.key, actor=OFFICER, now=NOON + 23 * MINUTE)
    call(office, at=24)
    queueing.miss(office.units(), again.key, actor=OFFICER, now=NOON + 25 * MINUTE)
    with pytest.raises(moving.TooManyReturnsError):
        moving.return_to_line(office.units(), OFFICE, again.key, actor=OFFICER, now=NOON + 26 * MINUTE)
    with pytest.raises(IllegalTicketActError):
        moving.return_to_line(office.units(), OFFICE, ticket.key, actor=OFFICER, now=NOON + 26 * MINUTE)


def test_a_visit_ends_with_a_code_of_its_own() -> None:
    office = FakeOffice()
    issue(office, "t")
    ticket = call(office)
    with pytest.raises(WrongOutcomeError):
        queueing.finish(office.units(), ticket.key, actor=OFFICER, now=NOON, outcome="expired_day")
    done = queueing.finish(office.units(), ticket.key, actor=OFFICER, now=NOON, outcome="served_partly")
    assert (done.outcome, office.shelf.events[-1].data["outcome"]) == ("served_partly", "served_partly")


def test_the_last_act_is_taken_back_within_ten_seconds_and_frees_the_counter() -> None:
    office = FakeOffice()
    ticket = issue(office, "t")
    called = call(office)
    back = moving.undo_last(office.units(), "1", actor=OFFICER, now=NOON + MINUTE + 10 * SECOND)
    assert replace(back, version=0) == replace(ticket, version=0)
    assert [e.kind for e in office.shelf.events] == ["ticket.issued", "ticket.called", "ticket.undone"]
    assert office.shelf.events[-1].data["undone"] == 2
    assert call(office, at=2).key == called.key
    with pytest.raises(moving.NothingToUndoError):
        moving.undo_last(office.units(), "1", actor=OFFICER, now=NOON + 2 * MINUTE + 11 * SECOND)


def test_acts_are_taken_back_one_after_another_never_twice() -> None:
    office = FakeOffice()
    issue(office, "t")
    ticket = call(office)
    at = NOON + MINUTE
    queueing.serve(office.units(), ticket.key, actor=OFFICER, now=at + SECOND)
    queueing.finish(office.units(), ticket.key, actor=OFFICER, now=at + 2 * SECOND)
    states = [moving.undo_last(office.units(), "1", actor=OFFICER, now=at + 5 * SECOND).state for _ in range(3)]
    assert states == [TicketState.SERVING, TicketState.CALLED, TicketState.WAITING]
    with pytest.raises(moving.NothingToUndoError):
        moving.undo(office.units(), ticket.key, actor=OFFICER, now=at + 5 * SECOND)


def test_nothing_is_taken_back_over_what_another_officer_did_since() -> None:
    office = FakeOffice()
    issue(office, "t", group="chung-thuc")
    ticket = call(office)
    queueing.park(office.units(), ticket.key, actor=OFFICER, now=NOON + MINUTE + SECOND)
    queueing.call_ticket(office.units(), OFFICE, ticket.key, "2", actor=MINH, now=NOON + MINUTE + 2 * SECOND)
    with pytest.raises(moving.NothingToUndoError):
        moving.undo_last(office.units(), "1", actor=OFFICER, now=NOON + MINUTE + 3 * SECOND)


def test_taking_back_never_puts_a_second_ticket_at_a_counter() -> None:
    office = FakeOffice()
    issue(office, "one")
    issue(office, "two")
    one = call(office)
    queueing.finish(office.units(), one.key, actor=OFFICER, now=NOON + MINUTE)
    call(office)
    with pytest.raises(CounterBusyError):
        moving.undo(office.units(), one.key, actor=OFFICER, now=NOON + MINUTE + SECOND)


def test_a_paused_counter_calls_nobody_until_it_is_opened() -> None:
    office = FakeOffice()
    issue(office, "t")
    until = NOON + 30 * MINUTE
    pause = counters.pause_counter(office.units(), OFFICE, "1", reason="Họp", until=until, actor=OFFICER, now=NOON)
    assert (pause.reason, pause.until) == ("Họp", until)
    with pytest.raises(CounterPausedError):
        call(office)
    with pytest.raises(counters.PastReturnError):
        counters.pause_counter(office.units(), OFFICE, "1", until=NOON, actor=OFFICER, now=NOON)
    counters.open_counter(office.units(), OFFICE, "1", actor=OFFICER, now=NOON + MINUTE)
    with pytest.raises(CounterNotPausedError):
        counters.open_counter(office.units(), OFFICE, "1", actor=OFFICER, now=NOON + MINUTE)
    call(office)
    with pytest.raises(CounterBusyError):
        counters.pause_counter(office.units(), OFFICE, "1", actor=OFFICER, now=NOON + 2 * MINUTE)
    kinds = [e.kind for e in office.shelf.events if e.kind.startswith("counter.")]
    assert kinds == ["counter.paused", "counter.opened"]


def _key(office: FakeOffice, touch: str) -> str:
    with office.units() as look:
        ticket = look.tickets.by_touch(touch)
    assert ticket is not None
    return ticket.key
