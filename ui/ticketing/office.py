"""The kiosk's door to the office: services and reads behind `TicketingOffice`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.clock import Clock, business_day, office_now
from kiosk.domain.event import Actor
from kiosk.domain.ticket import PrintState
from kiosk.services.help import ask_help
from kiosk.services.queueing import issue_ticket, people_ahead
from ui.app import OpenedOffice
from ui.ticketing.presenter import Issued, PriorityTile, Tile

PRIORITY_ICONS = {
    "cao-tuoi": "elder",
    "khuyet-tat": "wheelchair",
    "mang-thai": "pregnant",
    "con-nho": "baby",
    "co-cong": "medal",
}


def priority_icon(code: str) -> str:
    """The picture of a class by a part of its code; people for classes of an office's own."""
    return next((name for part, name in PRIORITY_ICONS.items() if part in code), "people")


@dataclass
class LiveTicketing:
    """station: the kiosk's own name in the log."""

    office: OpenedOffice
    station: str = "kiosk-1"
    clock: Clock = office_now

    @property
    def _actor(self) -> Actor:
        return Actor("", self.station)

    def tiles(self) -> Sequence[Tile]:
        with self.office.reads() as look:
            waiting = look.tickets.waiting(business_day(self.clock()))
        counts = [t.group for t in waiting]
        return [Tile(g.code, g.name, g.icon, g.series, counts.count(g.code)) for g in self.office.facts.groups]

    def priorities(self) -> Sequence[PriorityTile]:
        return [PriorityTile(p.code, p.name, priority_icon(p.code)) for p in self.office.facts.priorities]

    def issue(self, group: str, priority: str, touch: str) -> Issued:
        facts, now = self.office.facts, self.clock()
        ticket = issue_ticket(
            self.office.units(), facts, group, actor=self._actor, now=now, touch=touch, priority=priority
        )
        with self.office.reads() as look:
            ahead = people_ahead(look, facts, ticket, now)
        who = facts.priority(priority).name if priority else ""
        return Issued(ticket.key, ticket.label, facts.group(group).name, who, ahead, ticket.print_state)

    def paper(self, key: str) -> PrintState:
        with self.office.reads() as look:
            return look.tickets.get(key).print_state

    def ask_help(self) -> None:
        ask_help(self.office.units(), actor=self._actor, now=self.clock())
