"""The newer acts of the queue on the fake office and on both engines: what is taken back is as it was before."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.event import Actor
from kiosk.domain.holding import double_calls
from kiosk.domain.office import Counter, Leftover
from kiosk.domain.ticket import Place, QueueEmptyError, Ticket, TicketState
from kiosk.services import moving, queueing
from kiosk.services.closing import close_day
from kiosk.services.ports import Units

if TYPE_CHECKING:
    from kiosk.storage import Store

SECOND = timedelta(seconds=1)


def issue(units: Units, touch: str, group: str = "ho-tich") -> Ticket:
    return queueing.issue_ticket(units(), OFFICE, group, actor=KIOSK, now=NOON, touch=touch)


def kept(units: Units, key: str) -> Ticket:
    with units() as uow:
        return uow.tickets.get(key)


def test_every_act_is_taken_back_to_the_last_field(units: Units) -> None:
    ticket = issue(units, "t")
    before = [kept(units, ticket.key)]
    key, at = ticket.key, NOON + SECOND

    def note() -> None:
        before.append(kept(units, key))

    queueing.call_next(units(), OFFICE, "1", actor=OFFICER, now=at)
    note()
    queueing.serve(units(), key, actor=OFFICER, now=at)
    note()
    queueing.park(units(), key, actor=OFFICER, now=at)
    note()
    queueing.call_ticket(units(), OFFICE, key, "1", actor=OFFICER, now=at)
    note()
    moving.transfer(
        units(), OFFICE, key, group="chung-thuc", counter="2", place=Place.END, actor=OFFICER, now=at + SECOND
    )
    note()
    queueing.call_next(units(), OFFICE, "2", actor=Actor("minh", "ban-2", "2"), now=at + SECOND)
    note()
    queueing.miss(units(), key, actor=OFFICER, now=at + SECOND)
    note()
    moving.return_to_line(units(), OFFICE, key, actor=OFFICER, now=at + SECOND)
    for former in reversed(before):
        back = moving.undo(units(), key, actor=OFFICER, now=at + 2 * SECOND)
        assert replace(back, version=0) == replace(former, version=0)
        assert kept(units, key) == back


def test_the_line_of_yesterday_stands_first_in_the_line_of_the_morning(units: Units) -> None:
    carry = replace(OFFICE, day_end=Leftover.CARRY)
    waiting, parked = issue(units, "w"), issue(units, "p")
    queueing.call_ticket(units(), OFFICE, parked.key, "1", actor=OFFICER, now=NOON)
    queueing.park(units(), parked.key, actor=OFFICER, now=NOON)
    evening = NOON.replace(hour=18)
    closed = close_day(units(), carry, WorkingCalendar(), actor=OFFICER, now=evening)
    assert closed.carried == (waiting.label, parked.label)
    morning = NOON.replace(hour=8) + timedelta(days=1)
    new = queueing.issue_ticket(units(), carry, "ho-tich", actor=KIOSK, now=morning, touch="n")
    assert new.label == "A003"
    first = queueing.call_next(units(), carry, "1", actor=OFFICER, now=morning)
    assert (first.key, first.state) == (waiting.key, TicketState.CALLED)


def test_officers_who_press_at_once_never_share_a_number(store: Store) -> None:
    counters = tuple(Counter(str(n), f"Quầy {n}") for n in range(1, 7))
    facts = replace(OFFICE, counters=counters)
    for n in range(30):
        issue(store.units, f"t{n}", "ho-tich" if n % 2 else "chung-thuc")

    def officer(place: int) -> None:
        actor = Actor(f"cb{place}", f"ban-{place}", str(place))
        for turn in range(5):
            now = NOON + turn * SECOND
            try:
                mine = queueing.call_next(store.units(), facts, str(place), actor=actor, now=now)
            except QueueEmptyError:
                return
            if turn % 2:
                moving.undo_last(store.units(), str(place), actor=actor, now=now)
            elif place % 2:
                moving.transfer(store.units(), facts, mine.key, group="ho-tich", place=Place.NEXT, actor=actor, now=now)
            else:
                queueing.finish(store.units(), mine.key, actor=actor, now=now)

    threads = [threading.Thread(target=officer, args=(place,)) for place in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reads() as uow:
        events = list(uow.events.all())
    assert sum(e.kind == "ticket.called" for e in events) == 30
    assert double_calls(events) == 0
    assert store.first_broken() is None
