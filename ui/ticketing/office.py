"""The kiosk's door to the office: services and reads behind `TicketingOffice`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from hmac import compare_digest

from kiosk.clock import OFFICE_ZONE, Clock, business_day, office_now
from kiosk.config import keep_px_per_mm
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.event import Actor
from kiosk.domain.membership import SpareLetterError
from kiosk.domain.office_day import day_ends
from kiosk.domain.opening import ALWAYS, Opening, opening
from kiosk.domain.procedure import ComponentKind, Procedure
from kiosk.domain.ticket import PrintState, Ticket
from kiosk.domain.waiting import come_back_at
from kiosk.errors import NotFoundError
from kiosk.services.appointments import check_in, claim_under
from kiosk.services.comers import ComerWaits
from kiosk.services.help import ask_help, is_help_coming
from kiosk.services.lookup import Progress, look_up
from kiosk.services.queue_day import queue_day
from kiosk.services.queueing import issue_ticket, people_ahead
from kiosk.services.quota import full_groups, refuse_when_full
from kiosk.services.touchless import line_for
from kiosk.text import fold
from ui.app import OpenedOffice
from ui.office_clock import office_hours
from ui.ticketing.model import Checklist, Issued, PaperToBring, PriorityTile, ProcedureLine, Stopped, Tile

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
    """station: the kiosk's own name in the log; comers: what each line would wait, kept by somebody else."""

    office: OpenedOffice
    station: str = "kiosk-1"
    clock: Clock = office_now
    comers: ComerWaits = field(default_factory=ComerWaits)

    @property
    def _actor(self) -> Actor:
        return Actor("", self.station)

    def tiles(self) -> Sequence[Tile]:
        facts, now = self.office.facts, self.clock()
        with self.office.reads() as look:
            waiting = look.tickets.lengths(queue_day(look, now))
            full = full_groups(look, facts, now)
        return [
            Tile(
                g.code,
                g.name,
                g.icon,
                g.series,
                waiting.get(g.code, 0),
                g.name_en,
                g.code in full,
                self.wait_of(g.code),
            )
            for g in facts.groups
        ]

    def wait_of(self, line: str) -> tuple[int, int] | None:
        """None also after hours, when nobody who comes now is served today."""
        now = self.clock()
        closes = day_ends(self._calendars, now.astimezone(OFFICE_ZONE).date()).closes
        return None if closes is None or now >= closes else self.comers.of(line)

    @cached_property
    def _calendars(self) -> Sequence[WorkingCalendar]:
        return office_hours(self.office).calendars

    def priorities(self) -> Sequence[PriorityTile]:
        return [
            PriorityTile(p.code, p.name, priority_icon(p.code), p.name_en, p.short, p.short_en)
            for p in self.office.facts.priorities
        ]

    def opening(self) -> Opening:
        """By the calendars of all fields of the lines; always open where the kiosk keeps no hours."""
        if not self.office.config.station.keeps_hours:
            return ALWAYS
        facts = self.office.facts
        fields = {name for g in facts.groups for name in g.fields} or {""}
        early = timedelta(minutes=facts.kiosk_early_min)
        return opening([self.office.calendar(name) for name in sorted(fields)], self.clock(), early)

    def issue(self, group: str, priority: str, touch: str) -> Issued:
        """Raises: GroupFullError when the day's quota was reached since the tiles were shown."""
        facts, now = self.office.facts, self.clock()
        with self.office.reads() as look:
            refuse_when_full(look, facts, group, touch, now)
        paper_at = self.office.config.prints_at("ticket")
        ticket = issue_ticket(
            self.office.units(), facts, group,
            actor=self._actor, now=now, touch=touch, priority=priority, paper_at=paper_at,
        )  # fmt: skip
        return self._shown(ticket, now)

    def check_in(self, code: str) -> Issued:
        facts, now = self.office.facts, self.clock()
        with self.office.reads() as look:
            key = claim_under(look, code, now).appointment.key
        paper_at = self.office.config.prints_at("ticket")
        return self._shown(check_in(self.office.units, facts, key, actor=self._actor, now=now, paper_at=paper_at), now)

    def _shown(self, ticket: Ticket, now: datetime) -> Issued:
        facts = self.office.facts
        with self.office.reads() as look:
            ahead = people_ahead(look, facts, ticket, now)
        wait = self.office.waits.tell(ticket, actor=self._actor, now=now)
        line, who = facts.group(ticket.group), facts.priority(ticket.priority) if ticket.priority else None
        return Issued(
            ticket.key,
            ticket.label,
            line.name,
            who.name if who else "",
            ahead,
            ticket.print_state,
            line.name_en,
            who.name_en if who else "",
            wait,
            None if wait is None else come_back_at(wait, now),
        )

    def paper(self, key: str) -> PrintState:
        with self.office.reads() as look:
            return look.tickets.get(key).print_state

    def ask_help(self) -> None:
        ask_help(self.office.units(), actor=self._actor, now=self.clock())

    def is_help_coming(self, since: datetime) -> bool:
        return is_help_coming(self.office.reads(), self.station, since)

    def has_staff_code(self) -> bool:
        return bool(self.office.config.station.staff_code)

    def is_staff_code(self, code: str) -> bool:
        known = self.office.config.station.staff_code
        return bool(known) and compare_digest(code, known)

    def keep_px_per_mm(self, px_per_mm: float) -> None:
        keep_px_per_mm(self.office.paths.config, px_per_mm)

    def stopped(self) -> Stopped | None:
        return None  # the office's own store numbers as long as it is there

    def use_spare(self, letter: str) -> None:
        raise SpareLetterError(letter=letter)

    def look_up(self, text: str) -> Progress:
        return look_up(self.office.reads(), text)

    def line_of_code(self, text: str) -> str:
        return line_for(self.office.reads(), self.office.facts, text)

    def procedures(self, group: str) -> Sequence[ProcedureLine]:
        """Procedures in force of a line's fields, by name."""
        fields = self.office.facts.group(group).fields
        found = [p for p in self._current() if p.field_name in fields and p.public]
        return [ProcedureLine(p.code, p.name) for p in sorted(found, key=lambda p: fold(p.name))]

    def checklist(self, procedure: str) -> Checklist:
        """Raises: NotFoundError when the procedure has gone out of force meanwhile."""
        chosen = next((p for p in self._current() if p.code == procedure), None)
        if chosen is None:
            raise NotFoundError(what="thủ tục", key=procedure)
        listed = [c for c in chosen.components if c.kind is not ComponentKind.EXPLANATION]
        always = [c for c in listed if c.required and not c.case]
        papers = tuple(PaperToBring(c.name, c.originals, c.copies) for c in always)
        return Checklist(chosen.name, papers, special=len(always) < len(listed))

    def _current(self) -> Sequence[Procedure]:
        with self.office.reads() as look:
            return look.procedures.all_current(business_day(self.clock()))
