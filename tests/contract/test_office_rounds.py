"""Two PCs that look at the same moment end a day once, on the fake and on both engines."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from samples import KIOSK, NOON, OFFICE

from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.event import Actor
from kiosk.domain.ticket import PrintState, TicketState
from kiosk.services import queueing
from kiosk.services.closing import Closed
from kiosk.services.office_round import Hours, end_what_is_due, settle_papers
from kiosk.services.ports import Units

if TYPE_CHECKING:
    from kiosk.storage import Store

CALENDAR = WorkingCalendar()
HOURS = Hours([CALENDAR], CALENDAR)
EVENING = NOON.replace(hour=18, minute=0)


def give_numbers(units: Units, count: int) -> list[str]:
    make = [
        queueing.issue_ticket(units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON, touch=f"t{n}") for n in range(count)
    ]
    return [t.key for t in make]


def test_a_day_ends_once_and_papers_get_their_state(units: Units) -> None:
    keys = give_numbers(units, 3)
    looks = [
        end_what_is_due(units, units, OFFICE, HOURS, actor=Actor("", pc), now=EVENING + n * timedelta(minutes=1))
        for n in range(3)
        for pc in ("ban-1", "ban-2")
    ]
    assert [c.expired for each in looks for c in each] == [("A001", "A002", "A003")]
    assert settle_papers(units, units, actor=KIOSK, now=EVENING) == ("A001", "A002", "A003")
    with units() as look:
        tickets = [look.tickets.get(key) for key in keys]
        ends = [e for e in look.events.all() if e.kind == "queue.day_closed"]
    assert {(t.state, t.print_state) for t in tickets} == {(TicketState.EXPIRED, PrintState.FAILED)}
    assert len(ends) == 1


def test_pcs_that_look_at_the_same_instant_end_the_day_once(store: Store) -> None:
    give_numbers(store.units, 20)
    done: list[Closed] = []
    start = threading.Barrier(4)

    def pc(name: str) -> None:
        start.wait()
        done.extend(end_what_is_due(store.reads, store.units, OFFICE, HOURS, actor=Actor("", name), now=EVENING))

    threads = [threading.Thread(target=pc, args=(f"ban-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert len(done[0].expired) == 20
