"""Who is called first: one rule of the office, one function that applies it. Rules: docs/legal.md#priority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.domain.ticket import Ticket

NEXT, IN_TURN = 0, 1  # Ticket.rank: put before everybody by a transfer, or in turn


class OrderKind(StrEnum):
    """HEAD_START: a priority class counts as come earlier by its minutes (the default). RATIO: after n ordinary calls
    the next is a priority one. STRICT: every priority ticket before every ordinary one."""

    HEAD_START = "head-start"
    RATIO = "ratio"
    STRICT = "strict"


@dataclass(frozen=True)
class OrderRule:
    """The office's rule. cap: past this wait anybody goes first; caps: a shorter or longer cap of single classes;
    ratio: ordinary calls for one priority call."""

    cap: timedelta
    kind: OrderKind = OrderKind.HEAD_START
    ratio: int = 2
    caps: Mapping[str, timedelta] = field(default_factory=dict)

    @classmethod
    def of(cls, rule: OrderRule | timedelta) -> OrderRule:
        """A bare time is the cap of the default rule."""
        return rule if isinstance(rule, OrderRule) else cls(rule)

    def is_capped(self, ticket: Ticket, now: datetime) -> bool:
        return ticket.line_at <= now - self.caps.get(ticket.priority, self.cap)


Key = tuple[int, int, int, datetime, date, int, str, int]


def turn(ticket: Ticket, now: datetime, rule: OrderRule) -> Key:
    """The smallest is called first: put next, past the cap by time in line, then by the rule; ties by number."""
    capped = rule.is_capped(ticket, now)
    strict = rule.kind is OrderKind.STRICT and not capped and not ticket.priority
    at = ticket.line_at if capped else ticket.effective_at
    return (
        ticket.rank,
        0 if capped else 1,
        1 if strict else 0,
        at,
        ticket.business_day,
        ticket.n,
        ticket.series,
        ticket.epoch,
    )


def serving_order(
    tickets: Sequence[Ticket], now: datetime, rule: OrderRule | timedelta, ordinary_calls: int = 0
) -> list[Ticket]:
    """All of them in the order of their calls, as things stand now.

    ordinary_calls: how many ordinary tickets were called since the last priority one (the ratio rule counts them).
    """
    rule = OrderRule.of(rule)
    in_turn = sorted(tickets, key=lambda t: turn(t, now, rule))
    if rule.kind is not OrderKind.RATIO:
        return in_turn
    ordinary = [t for t in in_turn if not t.priority]
    priority = [t for t in in_turn if t.priority]
    order: list[Ticket] = []
    while ordinary and priority:
        chosen = first_of(ordinary[0], priority[0], now, rule, ordinary_calls)
        (priority if chosen is priority[0] else ordinary).pop(0)
        ordinary_calls = 0 if chosen.priority else ordinary_calls + 1
        order.append(chosen)
    return order + ordinary + priority


def first_of(ordinary: Ticket, priority: Ticket, now: datetime, rule: OrderRule, ordinary_calls: int) -> Ticket:
    """The ratio rule between the heads of the two lines; who was put next or is past the cap does not wait for it."""
    one, other = turn(ordinary, now, rule), turn(priority, now, rule)
    if one[:2] != other[:2]:
        return ordinary if one < other else priority
    if one[:2] != (IN_TURN, 1):
        return ordinary if one < other else priority
    return priority if ordinary_calls >= rule.ratio else ordinary
