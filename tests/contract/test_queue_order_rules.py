"""The order rule is one function; the query that takes the next ticket must never disagree with it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from samples import NOON

from kiosk.domain.order import NEXT, OrderKind, OrderRule, serving_order
from kiosk.domain.ticket import Ticket, TicketAct
from kiosk.services.ports import Units

TODAY, MINUTE = NOON.date(), timedelta(minutes=1)
CLASSES = ("", "", "", "cao-tuoi", "mang-thai")


def a_line(chance: random.Random, size: int) -> list[Ticket]:
    """Tickets with many equal times, so that ties are tried too."""
    tickets = []
    for n in range(1, size + 1):
        priority = chance.choice(CLASSES)
        issued = NOON - chance.randint(0, 18) * 5 * MINUTE
        series = chance.choice("AB")
        ticket = Ticket(
            key=f"t-{n}",
            label=f"{series}{n:03d}",
            series=series,
            n=n,
            epoch=1,
            business_day=TODAY - timedelta(days=chance.choice([0, 0, 0, 1])),
            group=chance.choice(["ho-tich", "chung-thuc"]),
            priority=priority,
            issued_at=issued,
            effective_at=issued - (20 * MINUTE if priority else timedelta()),
            touch=f"touch-{n}",
            serve_day=TODAY,
        )
        if chance.random() < 0.1:
            ticket.rank = NEXT
        if chance.random() < 0.1:
            ticket.line_at = ticket.effective_at = NOON - chance.randint(0, 9) * MINUTE
        tickets.append(ticket)
    return tickets


RULES = [
    OrderRule(60 * MINUTE),
    OrderRule(60 * MINUTE, caps={"cao-tuoi": 30 * MINUTE, "mang-thai": 75 * MINUTE}),
    OrderRule(60 * MINUTE, OrderKind.STRICT),
    OrderRule(45 * MINUTE, OrderKind.STRICT, caps={"cao-tuoi": 30 * MINUTE}),
    OrderRule(60 * MINUTE, OrderKind.RATIO, ratio=2),
    OrderRule(80 * MINUTE, OrderKind.RATIO, ratio=1, caps={"mang-thai": 20 * MINUTE}),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: f"{r.kind}-{r.cap.seconds // 60}-{len(r.caps)}")
@pytest.mark.parametrize("seed", [1, 2])
def test_the_query_and_the_rule_call_everybody_in_the_same_order(units: Units, rule: OrderRule, seed: int) -> None:
    chance = random.Random(seed)
    groups: tuple[str, ...] = chance.choice([(), ("ho-tich",), ("ho-tich", "chung-thuc")])
    tickets = a_line(chance, 24)
    with units() as uow:
        for ticket in tickets:
            uow.tickets.add(ticket)
        uow.commit()
    left = [t for t in tickets if not groups or t.group in groups]
    for step in range(len(left)):
        now = NOON + step * MINUTE
        with units() as uow:
            expected = serving_order(left, now, rule, uow.tickets.ordinary_calls(TODAY, groups))[0]
            taken = uow.tickets.take_next(TODAY, groups, now, rule, "1")
            assert taken is not None
            assert taken.key == expected.key
            taken.apply(TicketAct.CALL, now, f"c-{step}", "lan")
            uow.tickets.save(taken)
            uow.commit()
        left = [t for t in left if t.key != taken.key]
    with units() as uow:
        assert uow.tickets.take_next(TODAY, groups, NOON, rule, "1") is None


def test_a_ticket_for_one_counter_is_called_there_only_whatever_its_line(units: Units) -> None:
    first, second = a_line(random.Random(4), 2)
    first = replace(first, group="ho-tich", for_counter="2", rank=NEXT)
    second = replace(second, group="ho-tich", for_counter=None)
    with units() as uow:
        uow.tickets.add(first)
        uow.tickets.add(second)
        uow.commit()
    rule = RULES[0]
    with units() as uow:
        one = uow.tickets.take_next(TODAY, ("ho-tich",), NOON, rule, "1")
        two = uow.tickets.take_next(TODAY, ("chung-thuc",), NOON, rule, "2")
        nobody = uow.tickets.take_next(TODAY, ("chung-thuc",), NOON, rule, "3")
    assert (one and one.key, two and two.key, nobody) == (second.key, first.key, None)


def test_the_last_day_and_the_numbers_carried_over_are_known(units: Units) -> None:
    with units() as uow:
        assert uow.tickets.last_day() is None
        assert uow.tickets.carried(TODAY, "A") == set()
    base = replace(a_line(random.Random(4), 1)[0], series="A", business_day=TODAY, serve_day=TODAY)
    tomorrow = TODAY + timedelta(days=1)
    carried = replace(base, key="c", n=12, label="A012", touch="c", serve_day=tomorrow)
    with units() as uow:
        uow.tickets.add(base)
        uow.tickets.add(carried)
        uow.commit()
    with units() as uow:
        assert uow.tickets.last_day() == TODAY
        assert uow.tickets.carried(tomorrow, "A") == {12}
        assert uow.tickets.carried(tomorrow, "B") == set()
        assert [t.key for t in uow.tickets.open_until(TODAY)] == [base.key]
        assert {t.key for t in uow.tickets.open_until(tomorrow)} == {base.key, "c"}
        assert uow.tickets.by_label(tomorrow, "A012").key == "c"
        ahead = replace(base, key="ahead", touch="ahead", business_day=tomorrow, serve_day=tomorrow)
        uow.tickets.add(ahead)
        assert uow.tickets.last_day() == tomorrow
        ahead.apply(TicketAct.VOID, NOON)
        uow.tickets.save(ahead)
        assert uow.tickets.last_day() == TODAY
