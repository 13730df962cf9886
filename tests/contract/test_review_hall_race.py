"""Served by label at one counter while another calls the same numbers; the day ends while kiosks still tell."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from samples import KIOSK, NOON, OFFICE
from station_samples import Hands, OwnStore, paired

from kiosk.domain.by_label import LabelEntry, Visit
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.event import Actor, first_broken
from kiosk.domain.holding import double_calls
from kiosk.domain.office import Counter as Window
from kiosk.domain.station import WrongClockError
from kiosk.domain.ticket import QueueEmptyError, TicketAct, TicketState
from kiosk.services import queueing
from kiosk.services.by_label import How, reconcile
from kiosk.services.office_round import Hours, end_what_is_due
from kiosk.services.queue_stats import plain_summary, queue_summary, settle_days
from kiosk.storage.server_clock import refuse_wrong_clock, server_now

if TYPE_CHECKING:
    from kiosk.storage import Store

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CALENDAR = WorkingCalendar()
HOURS = Hours([CALENDAR], CALENDAR)
EVENING = NOON.replace(hour=18)
NUMBERS = 12
CALL, SERVE, FINISH = TicketAct.CALL, TicketAct.SERVE, TicketAct.FINISH


def together(*works: Callable[[], None]) -> None:
    start, failed = threading.Barrier(len(works)), []

    def run(work: Callable[[], None]) -> None:
        start.wait()
        try:
            work()
        except Exception as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


def by_label(counter: str, n: int) -> Visit:
    key, at = f"{counter}-{n}", NOON + n * MINUTE
    acts = ((CALL, 0), (SERVE, 10), (FINISH, 40))
    return Visit(
        tuple(
            LabelEntry(
                f"{key}/{act}", key, f"A{n:03d}", act, at + timedelta(seconds=s), "lan", f"ban-{counter}", counter
            )
            for act, s in acts
        )
    )


def test_a_number_served_by_label_and_called_at_the_same_moment_has_one_end(store: Store) -> None:
    facts = OFFICE.__class__(**{**OFFICE.__dict__, "counters": tuple(Window(c, f"Quầy {c}") for c in "1234")})
    for n in range(NUMBERS):
        queueing.issue_ticket(store.units(), facts, "ho-tich", actor=KIOSK, now=NOON, touch=f"t{n}")
    hows: list[How] = []

    def tell(counter: str) -> Callable[[], None]:
        visits = [by_label(counter, n) for n in range(1, NUMBERS + 1)]
        return lambda: hows.extend(s.how for s in reconcile(store.units, visits, now=EVENING))

    def call(counter: str) -> Callable[[], None]:
        actor = Actor("minh", f"ban-{counter}", counter)

        def work() -> None:
            for n in range(NUMBERS):
                try:
                    now = NOON + timedelta(hours=1, seconds=n)
                    ticket = queueing.call_next(store.units(), facts, counter, actor=actor, now=now)
                except QueueEmptyError:
                    return
                queueing.finish(store.units(), ticket.key, actor=actor, now=now)

        return work

    together(tell("1"), tell("2"), call("3"), call("4"))
    with store.units() as look:
        tickets = look.tickets.of_day(NOON.date())
        events = list(look.events.all())
    assert first_broken(events) is None
    assert {t.state for t in tickets} == {TicketState.FINISHED}
    assert double_calls(events) == 0
    assert len(hows) == 2 * NUMBERS
    assert set(hows) <= {How.DONE, How.AGAIN}
    standing = Counter(e.subject for e in events if e.kind == "ticket.finished")
    taken_back = Counter(e.subject for e in events if e.kind == "ticket.undone" and e.data["act"] == "ticket.finished")
    assert {key: n - taken_back[key] for key, n in standing.items()} == {t.key: 1 for t in tickets}
    found = plain_summary(queue_summary(store.reads(), facts, NOON.date(), NOON.date(), now=EVENING))
    assert found["outcomes"]["served"] == NUMBERS


def test_a_day_that_ends_while_kiosks_still_tell_keeps_every_number_once(store: Store) -> None:
    kiosks = [paired(store.units, f"kiosk-{n}") for n in range(2)]
    given = [kiosk.issue() for kiosk in kiosks for _ in range(15)]
    desk = queueing.issue_ticket(store.units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON, touch="desk")

    def end() -> None:
        for n in range(6):
            end_what_is_due(store.reads, store.units, OFFICE, HOURS, actor=KIOSK, now=EVENING + n * MINUTE)

    def tell(n: int) -> None:
        kiosks[n].reporter.push(OwnStore(store.units, Hands(EVENING)))

    together(lambda: tell(0), lambda: tell(1), end, end)
    morning = NOON + DAY
    for _ in range(2):
        end_what_is_due(store.reads, store.units, OFFICE, HOURS, actor=KIOSK, now=morning)
    with store.units() as look:
        tickets = look.tickets.of_day(NOON.date())
        events = list(look.events.all())
    assert first_broken(events) is None
    assert sorted(t.label for t in tickets) == sorted(t.label for t in (desk, *given))
    assert {t.state for t in tickets} == {TicketState.EXPIRED}
    assert len([e for e in events if e.kind == "queue.day_closed" and e.command]) == 1
    settle_days(store.reads, store.units, now=morning + 3 * DAY)
    now = morning + 3 * DAY
    looks = [
        plain_summary(queue_summary(store.reads(), OFFICE, NOON.date(), now.date(), now=now, rebuild=rebuild))
        for rebuild in (False, True)
    ]
    assert looks[0] == looks[1]
    assert looks[0]["outcomes"]["expired"] == len(tickets)


def test_a_number_is_given_by_no_clock_that_is_far_from_the_servers(store: Store) -> None:
    now = server_now(store.engine)
    refuse_wrong_clock(store.engine, now - 5 * MINUTE)
    if store.engine.dialect.name != "postgresql":
        refuse_wrong_clock(store.engine, now + 365 * DAY)  # a file's only clock is the machine's
        return
    for wrong in (now + 365 * DAY, now - DAY, now + 11 * MINUTE):
        with pytest.raises(WrongClockError):
            refuse_wrong_clock(store.engine, wrong)
