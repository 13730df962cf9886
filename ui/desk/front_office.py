"""The desk's door to the office for who was not called: services behind `FrontOffice`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.clock import OFFICE_ZONE, Clock, office_now
from kiosk.config import Config
from kiosk.domain.appointment import bookable
from kiosk.domain.event import Actor
from kiosk.domain.ticket import Place, Ticket, TicketState
from kiosk.services import moving, queueing
from kiosk.services.lost_papers import lost_papers_after
from kiosk.services.queue_day import queue_day
from kiosk.services.unprinted import Unprinted, print_here, unprinted_slips
from ui.app import OpenedOffice
from ui.desk.front_presenter import TICKET_PAPER, Bookings
from ui.desk.model import Choice


@dataclass
class LiveFront:
    office: OpenedOffice
    actor: Actor
    clock: Clock = office_now

    def missed(self) -> Sequence[Choice]:
        allowed = self.office.facts.no_show_returns
        with self.office.reads() as look:
            absent = look.tickets.of_day(queue_day(look, self.clock()), (TicketState.NO_SHOW,))
        back = sorted((t for t in absent if t.returns < allowed), key=_called_at, reverse=True)
        names = {g.code: g.name for g in self.office.facts.groups}
        return [
            Choice(t.key, f"{t.label} · {names.get(t.group, t.group)} · gọi lúc {_called_at(t):%H:%M}") for t in back
        ]

    def bring_back(self, key: str, place: str) -> str:
        facts, now = self.office.facts, self.clock()
        uow = self.office.units()
        return moving.return_to_line(uow, facts, key, place=Place(place), actor=self.actor, now=now).label

    def bookings(self) -> Bookings:
        facts = self.office.facts
        early, late = timedelta(minutes=facts.appointment_early_min), timedelta(minutes=facts.appointment_late_min)
        now = self.clock().astimezone(OFFICE_ZONE)
        times = bookable(now, early, late)
        nearest = min(times, key=lambda at: abs(at - now), default=None)
        lines = tuple(Choice(g.code, g.name) for g in facts.groups)
        return Bookings(lines, tuple(Choice(at.isoformat(), f"{at:%H:%M}", at == nearest) for at in times))

    def check_in(self, line: str, booked_at: str, touch: str) -> str:
        at = datetime.fromisoformat(booked_at) if booked_at else None
        facts, now = self.office.facts, self.office.trusted(self.clock())
        uow, paper_at = self.office.units(), self.office.config.prints_at("ticket")
        return queueing.issue_ticket(
            uow, facts, line, actor=self.actor, now=now, touch=touch, booked_at=at, paper_at=paper_at
        ).label

    def set_dossiers(self, key: str, count: int) -> None:
        queueing.set_dossiers(self.office.units(), key, count, actor=self.actor, now=self.clock())


def ticket_paper(config: Config) -> str:
    """Where the paper of a number given at this desk comes out, in words."""
    at = config.prints_at("ticket")
    if at != config.station.name:
        return f"Phiếu ra ở {at}."
    has_printer = any("ticket" in p.papers and p.kind != "file" for p in config.printers)
    return TICKET_PAPER if has_printer else "Máy này không có máy in số: đọc số cho người dân ghi lại."


def _called_at(ticket: Ticket) -> datetime:
    return (ticket.last_called_at or ticket.issued_at).astimezone(OFFICE_ZONE)


@dataclass
class LiveUnprinted:
    office: OpenedOffice
    actor: Actor
    clock: Clock = office_now

    @property
    def station(self) -> str:
        return self.office.config.station.name

    def unprinted(self) -> Sequence[Unprinted]:
        with self.office.reads() as look:
            return unprinted_slips(look, self.clock())

    def print_here(self, key: str) -> str:
        where = self.office.config.prints_at("slip")
        print_here(self.office.units(), key, where, actor=self.actor, now=self.clock())
        return where


@dataclass
class LivePapers:
    office: OpenedOffice
    clock: Clock = office_now

    def last_seq(self) -> int:
        with self.office.reads() as look:
            return look.events.last_seq()

    def lost_papers(self, after: int) -> tuple[int, tuple[str, ...]]:
        with self.office.reads() as look:
            return lost_papers_after(look, after, self.clock())
