"""The office's clock on a real store: a PC that was off, and one that works through the night."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from ui_fakes import FakeClock

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.event import Actor
from kiosk.domain.ticket import PrintState, Ticket, TicketState
from kiosk.services.queueing import call_next, issue_ticket, serve
from ui.app import OpenedOffice, open_office
from ui.desk.office import LiveQueue
from ui.office_clock import OfficeClock

KIOSK, DESK = Actor("", "kiosk-1"), Actor("lan", "ban-1", "1")
Act = Callable[..., Ticket]
WHY = {"reason": "Làm thêm buổi tối", "basis": "TB 4"}
WEDNESDAY = datetime(2026, 11, 25, 16, 0, tzinfo=OFFICE_ZONE)


def work(office: OpenedOffice, clock: FakeClock, minutes: int) -> None:
    """A PC switched on for so long, with a look each minute."""
    began = clock.now
    pc = OfficeClock(office, clock, lambda: (clock.now - began).total_seconds())
    for _ in range(minutes):
        pc.look()
        clock.pass_s(60)


def test_a_pc_that_was_off_overnight_puts_yesterday_in_order(tmp_path: Path) -> None:
    clock = FakeClock(WEDNESDAY)
    with open_office(tmp_path) as office:
        group = office.facts.groups[0].code
        ticket = issue_ticket(office.units(), office.facts, group, actor=KIOSK, now=clock.now, touch="t")
        work(office, clock, 1)
        clock.now = WEDNESDAY.replace(hour=7, minute=15) + timedelta(days=1)
        work(office, clock, 8)
        with office.reads() as look:
            kept = look.tickets.get(ticket.key)
            ends = [e.data["day"] for e in look.events.all() if e.kind == "queue.day_closed"]
        assert (kept.state, kept.print_state) == (TicketState.EXPIRED, PrintState.FAILED)
        assert ends == ["2026-11-25"]


@pytest.mark.parametrize("act", [None, serve])
def test_a_desk_that_died_with_a_number_shows_it_when_it_starts_again(tmp_path: Path, act: Act | None) -> None:
    clock = FakeClock(WEDNESDAY)
    with open_office(tmp_path) as office:
        issue_ticket(office.units(), office.facts, office.facts.groups[0].code, actor=KIOSK, now=clock.now, touch="t")
        ticket = call_next(office.units(), office.facts, "1", actor=DESK, now=clock.now)
        if act is not None:
            act(office.units(), ticket.key, actor=DESK, now=clock.now)
    with open_office(tmp_path) as again:
        at = LiveQueue(again, "1", DESK, clock).queue().current
        assert at is not None
        assert at.label == ticket.label
        clock.now = WEDNESDAY.replace(hour=7, minute=15) + timedelta(days=1)
        work(again, clock, 8)
        with again.reads() as look:
            assert look.tickets.get(ticket.key).outcome == "forced"
        assert LiveQueue(again, "1", DESK, clock).queue().current is None


def test_a_pack_that_opens_the_evening_while_the_program_runs_keeps_who_waits(tmp_path: Path) -> None:
    clock = FakeClock(WEDNESDAY)
    with open_office(tmp_path) as office:
        group = office.facts.groups[0].code
        ticket = issue_ticket(office.units(), office.facts, group, actor=KIOSK, now=clock.now, touch="t")
        pc = OfficeClock(office, clock, lambda: (clock.now - WEDNESDAY).total_seconds())
        pc.look()
        line = {"date": "2026-11-25", "kind": "work", "spans": ["07:30-11:30", "13:30-20:00"]}
        (tmp_path / "calendar.json").write_text(json.dumps({"pack": {"scope": "office"}, "day": [line | WHY]}), "utf-8")
        states = []
        for hour in (18, 23):
            clock.now = WEDNESDAY.replace(hour=hour)
            pc.look()
            with office.reads() as look:
                states.append(look.tickets.get(ticket.key).state)
    assert states == [TicketState.WAITING, TicketState.EXPIRED]


def test_the_servers_clock_ends_the_day_whatever_this_pc_believes(tmp_path: Path) -> None:
    server = FakeClock(WEDNESDAY)

    class ServedOffice(OpenedOffice):
        def now(self) -> datetime:
            return server.now

    with open_office(tmp_path) as opened:
        office = ServedOffice(opened.paths, opened.config, opened.facts, opened.store)
        group = office.facts.groups[0].code
        ticket = issue_ticket(office.units(), office.facts, group, actor=KIOSK, now=server.now, touch="t")
        pc = OfficeClock(office, running_s=lambda: (server.now - WEDNESDAY).total_seconds())
        states = []
        for hours in (0, 0.5, 12):
            server.now = WEDNESDAY + timedelta(hours=hours)
            pc.look()
            with office.reads() as look:
                states.append(look.tickets.get(ticket.key).state)
    assert states == [TicketState.WAITING, TicketState.WAITING, TicketState.EXPIRED]


def test_a_pc_that_works_for_days_keeps_the_figures_of_days_that_are_over(tmp_path: Path) -> None:
    clock = FakeClock(WEDNESDAY)
    with open_office(tmp_path) as office:
        group, began = office.facts.groups[0].code, clock.now
        pc = OfficeClock(office, clock, lambda: (clock.now - began).total_seconds())
        for n in range(4 * 24 * 4):  # four days, a look each quarter of an hour
            if n % 96 == 0:
                issue_ticket(office.units(), office.facts, group, actor=KIOSK, now=clock.now, touch=f"t{n}")
            pc.look()
            clock.pass_s(900)
        with office.reads() as look:
            ends = [e.data["day"] for e in look.events.all() if e.kind == "queue.day_closed"]
            kept = look.queue_days.last()
        assert ends == ["2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28"]
        assert kept is not None
        assert kept.isoformat() == "2026-11-26"
