"""Small steps that the reviews of the hall take: a number given, told late, served by label; its day's figures."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from samples import KIOSK, NOON, OFFICE
from station_samples import Hands, OwnStore, SampleKiosk

from kiosk.domain.by_label import LabelEntry, Visit
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.ticket import Ticket, TicketAct
from kiosk.services import queueing
from kiosk.services.office_round import Hours
from kiosk.services.ports import Units
from kiosk.services.queue_stats import plain_summary, queue_summary

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CALENDAR = WorkingCalendar()
HOURS = Hours([CALENDAR], CALENDAR)
EVENING = NOON.replace(hour=18)
CALL, SERVE, PARK, MISS, FINISH = (
    TicketAct.CALL, TicketAct.SERVE, TicketAct.PARK, TicketAct.MISS, TicketAct.FINISH,
)  # fmt: skip


def give(units: Units, touch: str, now: datetime = NOON) -> Ticket:
    return queueing.issue_ticket(units(), OFFICE, "ho-tich", actor=KIOSK, now=now, touch=touch)


def kept(units: Units, key: str) -> Ticket:
    with units() as look:
        return look.tickets.get(key)


def push(kiosk: SampleKiosk, units: Units, now: datetime) -> int:
    return kiosk.reporter.push(OwnStore(units, Hands(now)))


def figures(units: Units, now: datetime, *, rebuild: bool) -> dict[str, Any]:
    return plain_summary(queue_summary(units(), OFFICE, NOON.date(), now.date(), now=now, rebuild=rebuild))


def a_visit(key: str, label: str, counter: str, at: datetime, *acts: TicketAct, ticket: str = "") -> Visit:
    entries = (
        LabelEntry(f"{key}/{n}", key, label, act, at + n * MINUTE, "lan", f"ban-{counter}", counter, ticket)
        for n, act in enumerate(acts)
    )
    return Visit(tuple(entries))
