from __future__ import annotations

import random
import threading
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from samples import NOON

from kiosk.domain.ticket import PrintState, Ticket, TicketAct, TicketState, serving_order
from kiosk.errors import NotFoundError, StaleError
from kiosk.services.ports import Units

if TYPE_CHECKING:
    from kiosk.storage import Store

TODAY = NOON.date()
CAP = timedelta(minutes=60)


def a_ticket(n: int, group: str = "ho-tich", waited_min: int = 0, head_start_min: int = 0) -> Ticket:
    issued = NOON - timedelta(minutes=waited_min)
    return Ticket(
        key=f"t-{n}",
        label=f"A{n:03d}",
        series="A",
        n=n,
        epoch=1,
        business_day=TODAY,
        group=group,
        priority="cao-tuoi" if head_start_min else "",
        issued_at=issued,
        effective_at=issued - timedelta(minutes=head_start_min),
        touch=f"touch-{n}",
    )


def keep(units: Units, *tickets: Ticket) -> None:
    with units() as uow:
        for ticket in tickets:
            uow.tickets.add(ticket)
        uow.commit()


def called(ticket: Ticket, counter: str) -> Ticket:
    mine = replace(ticket)
    mine.apply(TicketAct.CALL, NOON, counter, "lan")
    return mine


def test_numbers_start_at_one_and_have_no_gaps_in_each_day_series_and_epoch(units: Units) -> None:
    with units() as uow:
        assert [uow.tickets.next_number(TODAY, "A", 1) for _ in range(3)] == [1, 2, 3]
        assert uow.tickets.next_number(TODAY, "B", 1) == 1
        assert uow.tickets.next_number(TODAY, "A", 2) == 1
        assert uow.tickets.next_number(TODAY + timedelta(days=1), "A", 1) == 1
        uow.commit()
    with units() as uow:
        assert uow.tickets.next_number(TODAY, "A", 1) == 4


def test_a_number_that_was_not_committed_is_given_again(units: Units) -> None:
    with units() as uow:
        assert uow.tickets.next_number(TODAY, "A", 1) == 1
    with units() as uow:
        assert uow.tickets.next_number(TODAY, "A", 1) == 1


def test_a_ticket_is_read_back_as_it_was_kept(units: Units) -> None:
    ticket = a_ticket(7, head_start_min=20)
    ticket.priority_reason, ticket.print_state = "Người từ 60 tuổi", PrintState.FAILED
    keep(units, ticket)
    with units() as uow:
        assert uow.tickets.get("t-7") == ticket
        assert uow.tickets.by_label(TODAY, "A007") == ticket
        assert uow.tickets.by_touch("touch-7") == ticket
        assert uow.tickets.get("t-7").issued_at.utcoffset() == timedelta(hours=7)
        assert uow.tickets.by_touch("another") is None


@pytest.mark.parametrize("label", ["A999", "", "a001"])
def test_an_unknown_label_is_not_found(units: Units, label: str) -> None:
    keep(units, a_ticket(1))
    with units() as uow, pytest.raises(NotFoundError):
        uow.tickets.by_label(TODAY, label)
    with units() as uow, pytest.raises(NotFoundError):
        uow.tickets.by_label(date(2026, 11, 22), "A001")


def test_one_touch_gives_one_ticket(units: Units) -> None:
    keep(units, a_ticket(1))
    with pytest.raises(StaleError), units() as uow:
        uow.tickets.add(replace(a_ticket(2), touch="touch-1"))
    with units() as uow:
        assert [t.n for t in uow.tickets.of_day(TODAY)] == [1]


def test_of_two_who_change_one_ticket_only_the_first_succeeds(units: Units) -> None:
    keep(units, a_ticket(1))
    with units() as uow:
        first = uow.tickets.get("t-1")
    with units() as uow:
        second = uow.tickets.get("t-1")
    first.apply(TicketAct.CALL, NOON, "1", "lan")
    with units() as uow:
        uow.tickets.save(first)
        uow.commit()
    assert first.version == 1
    second.apply(TicketAct.LEAVE, NOON)
    with pytest.raises(StaleError), units() as uow:
        uow.tickets.save(second)
    with units() as uow:
        assert uow.tickets.get("t-1").state is TicketState.CALLED
        assert uow.tickets.active_at("1") == first
        assert uow.tickets.active_at("2") is None


def test_the_next_ticket_follows_the_order_rule_with_its_head_start_and_its_cap(units: Units) -> None:
    chance = random.Random(5)
    tickets = [
        a_ticket(n, chance.choice(["ho-tich", "chung-thuc"]), chance.randint(0, 90), chance.choice([0, 0, 20]))
        for n in range(1, 41)
    ]
    keep(units, *tickets)
    expected = [t.key for t in serving_order(tickets, NOON, CAP)]
    taken = []
    for place in range(len(tickets)):
        with units() as uow:
            ticket = uow.tickets.take_next(TODAY, (), NOON, CAP)
            assert ticket is not None
            uow.tickets.save(called(ticket, str(place)))
            uow.commit()
        taken.append(ticket.key)
    assert taken == expected
    with units() as uow:
        assert uow.tickets.take_next(TODAY, (), NOON, CAP) is None


def test_a_counter_takes_only_its_groups_and_only_today(units: Units) -> None:
    a_day_ago = TODAY - timedelta(days=1)
    yesterday = replace(a_ticket(3, "chung-thuc", 80), business_day=a_day_ago, serve_day=a_day_ago)
    keep(units, a_ticket(1, "ho-tich", 9), a_ticket(2, "chung-thuc", 5), yesterday)
    with units() as uow:
        ticket = uow.tickets.take_next(TODAY, ["chung-thuc", "dat-dai"], NOON, CAP)
        assert ticket is not None
        assert ticket.key == "t-2"
        assert uow.tickets.take_next(TODAY, ["dat-dai"], NOON, CAP) is None


def test_waiting_people_are_listed_by_effective_time(units: Units) -> None:
    keep(units, a_ticket(1, waited_min=5), a_ticket(2, waited_min=1, head_start_min=20), a_ticket(3, "dat-dai"))
    with units() as uow:
        uow.tickets.save(called(uow.tickets.get("t-3"), "1"))
        uow.commit()
    with units() as uow:
        assert [t.n for t in uow.tickets.waiting(TODAY)] == [2, 1]
        assert [t.n for t in uow.tickets.waiting(TODAY, ["dat-dai"])] == []
        assert [t.n for t in uow.tickets.of_day(TODAY)] == [1, 2, 3]
        assert [t.n for t in uow.tickets.of_day(TODAY, [TicketState.CALLED])] == [3]


def test_a_counter_never_holds_two_tickets(store: Store) -> None:
    keep(store.units, a_ticket(1), a_ticket(2))
    with store.units() as uow:
        uow.tickets.save(called(uow.tickets.get("t-1"), "1"))
        uow.commit()
    with pytest.raises(StaleError), store.units() as uow:
        uow.tickets.save(called(uow.tickets.get("t-2"), "1"))
    with store.reads() as uow:
        assert uow.tickets.get("t-2").state is TicketState.WAITING


def test_one_number_is_never_two_tickets(store: Store) -> None:
    from kiosk.storage.errors import ConflictError

    keep(store.units, a_ticket(1))
    with pytest.raises(ConflictError), store.units() as uow:
        uow.tickets.add(replace(a_ticket(1), key="another", touch="another"))


def test_counters_that_call_at_once_get_different_tickets(store: Store) -> None:
    keep(store.units, *(a_ticket(n, waited_min=n) for n in range(1, 25)))
    got: list[list[str]] = [[] for _ in range(6)]

    def counter(place: int) -> None:
        for call in range(4):
            with store.units() as uow:
                ticket = uow.tickets.take_next(TODAY, (), NOON, CAP)
                assert ticket is not None
                uow.tickets.save(called(ticket, f"{place}-{call}"))
                uow.commit()
            got[place].append(ticket.key)

    threads = [threading.Thread(target=counter, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everyone = sorted(key for mine in got for key in mine)
    assert everyone == sorted(f"t-{n}" for n in range(1, 25))


def test_two_kiosks_wait_for_each_other_instead_of_sharing_a_number(store: Store) -> None:
    numbers: list[int] = []

    def kiosk() -> None:
        for _ in range(25):
            with store.units() as uow:
                numbers.append(uow.tickets.next_number(TODAY, "A", 1))
                uow.commit()

    threads = [threading.Thread(target=kiosk) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(b == a + 1 for a, b in pairwise(sorted(numbers)))
    assert len(numbers) == 100


def test_the_last_called_come_newest_first_whatever_became_of_them(units: Units) -> None:
    tickets = [a_ticket(n) for n in range(1, 6)]
    for n, ticket in enumerate(tickets[:4]):
        ticket.apply(TicketAct.CALL, NOON + timedelta(minutes=n), str(n), "lan")
    tickets[2].apply(TicketAct.FINISH, NOON + timedelta(minutes=9))
    keep(units, *tickets)
    with units() as uow:
        assert [t.n for t in uow.tickets.last_called(TODAY, 3)] == [4, 3, 2]
        assert uow.tickets.last_called(TODAY + timedelta(days=1), 3) == []
