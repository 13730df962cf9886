"""`motcua ticket …`: the acts of the queue."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import uuid4

import typer

from kiosk.clock import office_now
from kiosk.domain.ticket import Ticket
from kiosk.services import queueing
from kiosk.services.queue_day import queue_day
from ui.app import OpenedOffice, open_office
from ui.cli import ticket_rules
from ui.cli.console import frame, show
from ui.words import TICKET_STATES

ticket_app = typer.Typer(help="Số thứ tự: lấy số, gọi, gọi lại, hoãn, kết thúc.", rich_markup_mode=None)

Number = Annotated[str, typer.Argument(help="Số thứ tự, ví dụ A012.")]
CounterOption = Annotated[str, typer.Option("--counter", help="Mã quầy.")]


def register(app: typer.Typer) -> None:
    ticket_rules.register(ticket_app)
    app.add_typer(ticket_app, name="ticket")


@ticket_app.command("issue")
def issue(
    group: Annotated[str, typer.Option("--group", "-g", help="Mã nhóm dịch vụ; mặc định: nhóm đầu tiên.")] = "",
    priority: Annotated[str, typer.Option("--priority", "-p", help="Mã diện ưu tiên.")] = "",
    touch: Annotated[str, typer.Option("--touch", help="Khóa chống lặp; lặp lại thì được đúng số cũ.")] = "",
    dossiers: Annotated[int, typer.Option("--dossiers", help="Số hồ sơ mang theo.")] = 1,
    booked: Annotated[str, typer.Option("--booked", help="Giờ đã hẹn hôm nay, dạng 09:30.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Căn cứ ưu tiên.")] = "",
) -> None:
    """Lấy số."""
    with open_office(frame.data) as office:
        now = office.trusted(office_now())
        line = group or office.facts.groups[0].code
        uow = office.units()
        ticket = queueing.issue_ticket(
            uow,
            office.facts,
            line,
            actor=office.actor,
            now=now,
            touch=touch or uuid4().hex,
            priority=priority,
            reason=reason,
            dossiers=dossiers,
            booked_at=ticket_rules.time_of_today(booked, now),
            paper_at=office.config.prints_at("ticket"),
        )
        with office.reads() as look:
            ahead = queueing.people_ahead(look, office.facts, ticket, now)
        wait = office.waits.tell(ticket, actor=office.actor, now=now)
        data = {
            "number": ticket.label,
            "series": ticket.series,
            "business_day": ticket.business_day.isoformat(),
            "ahead": ahead,
            "wait_minutes": list(wait) if wait else None,
            "key": ticket.key,
        }
        expected = f" · dự kiến chờ {wait[0]}–{wait[1]} phút" if wait else ""
        show(data, f"Số {ticket.label} · trước ông/bà còn {ahead} người{expected}")


@ticket_app.command("call")
def call(
    counter: CounterOption = "1",
    number: Annotated[str, typer.Option("--number", help="Gọi đúng số này (số đang tạm hoãn).")] = "",
) -> None:
    """Gọi số tiếp theo đến quầy."""
    with open_office(frame.data) as office:
        now = office_now()
        actor = office.at_counter(counter)
        if number:
            key = _ticket(office, number).key
            called = queueing.call_ticket(office.units(), office.facts, key, counter, actor=actor, now=now)
        else:
            called = queueing.call_next(office.units(), office.facts, counter, actor=actor, now=now)
        show(_row(called), f"Mời số {called.label} đến quầy {counter}")


@ticket_app.command("recall")
def recall(number: Number) -> None:
    """Gọi lại số đang gọi."""
    _act(queueing.recall, number)


@ticket_app.command("serve")
def serve(number: Number) -> None:
    """Người dân đã đến quầy."""
    _act(queueing.serve, number)


@ticket_app.command("park")
def park(number: Number) -> None:
    """Tạm hoãn số trong khi chờ người dân."""
    _act(queueing.park, number)


@ticket_app.command("resume")
def resume(number: Number) -> None:
    """Đưa số đang tạm hoãn trở lại hàng chờ."""
    _act(queueing.resume, number)


@ticket_app.command("finish")
def finish(
    number: Number,
    outcome: Annotated[
        str, typer.Option("--outcome", help="served, served_partly (xong một phần) hoặc moved (sang nơi khác).")
    ] = "",
) -> None:
    """Kết thúc phục vụ."""
    _act(queueing.finish, number, outcome=outcome)


@ticket_app.command("miss")
def miss(number: Number) -> None:
    """Ghi vắng: đã gọi mà không ai đến."""
    with open_office(frame.data) as office:
        needed = queueing.calls_needed(office.facts)
    _act(queueing.miss, number, calls_needed=needed)


@ticket_app.command("list")
def listed() -> None:
    """Các số của hôm nay."""
    with open_office(frame.data) as office, office.reads() as look:
        rows = [_row(t) for t in look.tickets.of_day(queue_day(look, office_now()))]
        lines = [f"{r['number']}  {TICKET_STATES[r['state']]:<13} {r['group']:<14} {r['counter'] or ''}" for r in rows]
        show({"tickets": rows}, "\n".join(lines) or "Hôm nay chưa có số nào.")


def _act(act: Any, number: str, **more: Any) -> None:
    with open_office(frame.data) as office:
        done = act(office.units(), _ticket(office, number).key, actor=office.actor, now=office_now(), **more)
        show(_row(done), f"Số {done.label}: {TICKET_STATES[done.state]}")


def _ticket(office: OpenedOffice, number: str) -> Ticket:
    with office.reads() as look:
        return look.tickets.by_label(queue_day(look, office_now()), number.strip().upper())


def _row(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.label,
        "state": ticket.state.value,
        "group": ticket.group,
        "priority": ticket.priority,
        "counter": ticket.counter,
        "calls": ticket.calls,
        "outcome": ticket.outcome,
        "dossiers": ticket.dossiers,
        "issued_at": ticket.issued_at.isoformat(),
    }
