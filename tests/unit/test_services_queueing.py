from __future__ import annotations

from datetime import timedelta

import pytest
from fakes import FakeOffice
from hypothesis import given
from hypothesis import strategies as st
from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.domain.event import first_broken
from kiosk.domain.job import Wing
from kiosk.domain.ticket import (
    ACTIVE_STATES,
    TRANSITIONS,
    CounterBusyError,
    IllegalTicketActError,
    QueueEmptyError,
    Ticket,
    TicketAct,
    TicketState,
)
from kiosk.errors import DiskFullError
from kiosk.services import queueing

MINUTE = timedelta(minutes=1)


def issue(
    office: FakeOffice, touch: str, group: str = "ho-tich", priority: str = "", after: timedelta = timedelta()
) -> Ticket:
    return queueing.issue_ticket(
        office.units(), OFFICE, group, actor=KIOSK, now=NOON + after, touch=touch, priority=priority
    )


def call(office: FakeOffice, counter: str = "1", after: timedelta = MINUTE, command: str | None = None) -> Ticket:
    return queueing.call_next(office.units(), OFFICE, counter, actor=OFFICER, now=NOON + after, command=command)


def test_numbers_run_by_series_and_each_has_its_event_and_print_job() -> None:
    office = FakeOffice()
    labels = [issue(office, f"t{n}", group).label for n, group in enumerate(["ho-tich", "chung-thuc", "ho-tich"])]
    assert labels == ["A001", "B001", "A002"]
    assert [e.kind for e in office.shelf.events] == ["ticket.issued"] * 3
    assert [j.wing for j in office.shelf.jobs] == [Wing.PRINT] * 3


def test_the_same_touch_gets_the_same_number_once() -> None:
    office = FakeOffice()
    assert {issue(office, "one-finger").key for _ in range(20)} == {next(iter(office.shelf.tickets))}
    assert len(office.shelf.jobs) == 1


def test_a_new_day_begins_at_one_without_any_reset() -> None:
    office = FakeOffice()
    issue(office, "today")
    assert issue(office, "tomorrow", after=timedelta(days=1)).label == "A001"


def test_a_full_disk_leaves_no_number_behind() -> None:
    office = FakeOffice(fail_commit=DiskFullError())
    with pytest.raises(DiskFullError):
        issue(office, "t")
    office.fail_commit = None
    assert issue(office, "t").label == "A001"


def test_unknown_group_priority_and_counter_name_what_there_is() -> None:
    office = FakeOffice()
    with pytest.raises(queueing.UnknownGroupError) as group:
        issue(office, "t", "thue")
    assert "ho-tich" in str(group.value.details["known"])
    with pytest.raises(queueing.UnknownPriorityError):
        issue(office, "t", priority="vip")
    with pytest.raises(queueing.UnknownCounterError):
        call(office, "9")


def test_priority_goes_before_those_who_came_within_its_head_start() -> None:
    office = FakeOffice()
    early = issue(office, "early")
    issue(office, "late", after=25 * MINUTE)
    old = issue(office, "old", priority="cao-tuoi", after=30 * MINUTE)
    assert call(office, after=31 * MINUTE).key == early.key
    queueing.finish(office.units(), early.key, actor=OFFICER, now=NOON + 32 * MINUTE)
    assert call(office, after=33 * MINUTE).key == old.key


def test_nobody_waits_longer_than_the_cap_whatever_their_class() -> None:
    office = FakeOffice()
    ordinary = issue(office, "ordinary")
    for n in range(3):
        issue(office, f"old{n}", priority="cao-tuoi", after=15 * MINUTE)
    assert call(office, after=61 * MINUTE).key == ordinary.key


def test_a_counter_holds_one_ticket_and_calls_only_its_own_lines() -> None:
    office = FakeOffice()
    issue(office, "civil")
    with pytest.raises(QueueEmptyError):
        call(office, "2")
    first = call(office, "1")
    issue(office, "civil-2")
    with pytest.raises(CounterBusyError) as busy:
        call(office, "1")
    assert busy.value.details["number"] == first.label


def test_a_repeated_call_command_calls_nobody_else() -> None:
    office = FakeOffice()
    issue(office, "one")
    issue(office, "two")
    first = call(office, command="F2-press-1")
    assert call(office, command="F2-press-1").key == first.key
    assert sum(e.kind == "ticket.called" for e in office.shelf.events) == 1


def test_recall_is_its_own_event_and_parking_frees_the_counter() -> None:
    office = FakeOffice()
    ticket = issue(office, "one")
    call(office)
    assert queueing.recall(office.units(), ticket.key, actor=OFFICER, now=NOON + 2 * MINUTE).calls == 2
    queueing.park(office.units(), ticket.key, actor=OFFICER, now=NOON + 3 * MINUTE)
    back = queueing.call_ticket(office.units(), OFFICE, ticket.key, "1", actor=OFFICER, now=NOON + 4 * MINUTE)
    assert (back.label, back.counter) == (ticket.label, "1")
    assert [e.kind for e in office.shelf.events][-3:] == ["ticket.recalled", "ticket.parked", "ticket.called"]


@pytest.mark.parametrize("state", list(TicketState))
@pytest.mark.parametrize("act", list(TicketAct))
def test_only_the_listed_transitions_are_possible(state: TicketState, act: TicketAct) -> None:
    ticket = issue(FakeOffice(), "t")
    ticket.state = state
    if (state, act) in TRANSITIONS:
        ticket.apply(act, NOON, "1", "lan")
        assert ticket.state is TRANSITIONS[state, act]
    else:
        with pytest.raises(IllegalTicketActError):
            ticket.apply(act, NOON)
        assert ticket.state is state


@given(st.lists(st.sampled_from(["issue", "call1", "call2", "serve", "park", "resume", "finish", "miss"]), max_size=60))
def test_whatever_officers_press_a_counter_has_one_ticket_and_a_ticket_one_counter(presses: list[str]) -> None:
    office = FakeOffice()
    for step, press in enumerate(presses):
        _press(office, press, step)
        active = [t for t in office.shelf.tickets.values() if t.state in ACTIVE_STATES]
        assert len({t.counter for t in active}) == len(active)
        labels = [t.label for t in office.shelf.tickets.values()]
        assert len(set(labels)) == len(labels)
    assert first_broken(office.shelf.events) is None


def _press(office: FakeOffice, press: str, step: int) -> None:
    now = NOON + step * MINUTE
    if press == "issue":
        issue(office, f"touch-{step}", "ho-tich" if step % 2 else "chung-thuc", after=step * MINUTE)
        return
    try:
        if press.startswith("call"):
            call(office, press[-1], after=step * MINUTE)
            return
        for key in list(office.shelf.tickets):
            getattr(queueing, press)(office.units(), key, actor=OFFICER, now=now)
    except (CounterBusyError, QueueEmptyError, IllegalTicketActError):
        pass
