"""`motcua ticket …`: numbers sent on, taken back and closed; counters paused and opened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from kiosk.clock import OFFICE_ZONE, office_now
from kiosk.domain.ticket import Place, Ticket
from kiosk.errors import InputError
from kiosk.services import counters, moving, queueing
from kiosk.services.closing import Closed, close_day, close_morning
from kiosk.services.queue_day import queue_day
from ui.app import OpenedOffice, open_office
from ui.cli.console import frame, show
from ui.words import TICKET_STATES

Number = Annotated[str, typer.Argument(help="Số thứ tự, ví dụ A012.")]
CounterOption = Annotated[str, typer.Option("--counter", help="Mã quầy.")]


class WrongTimeError(InputError):
    """details: value, shape."""

    code = "ticket.time"


def register(app: typer.Typer) -> None:
    for name, command in (
        ("transfer", transfer),
        ("return", return_to_line),
        ("undo", undo),
        ("void", void),
        ("dossiers", dossiers),
        ("pause", pause),
        ("open", open_counter),
        ("close-morning", end_morning),
        ("close-day", end_day),
    ):
        app.command(name)(command)


def transfer(
    number: Number,
    group: Annotated[str, typer.Option("--group", "-g", help="Mã nhóm dịch vụ nhận.")] = "",
    counter: Annotated[str, typer.Option("--counter", help="Mã quầy nhận; chỉ quầy này gọi.")] = "",
    place: Annotated[Place, typer.Option(help="Chỗ trong hàng: theo giờ đến, gọi kế tiếp, hoặc cuối hàng.")] = (
        Place.BY_ARRIVAL
    ),
    reason: Annotated[str, typer.Option("--reason", help="Lý do chuyển.")] = "",
) -> None:
    """Chuyển số sang nhóm hoặc quầy khác; giữ nguyên số."""
    with open_office(frame.data) as office:
        key = _key(office, number)
        sent = moving.transfer(
            office.units(),
            office.facts,
            key,
            group=group,
            counter=counter,
            place=place,
            reason=reason,
            actor=office.actor,
            now=office_now(),
        )
        to = f"quầy {counter}" if counter else f"nhóm {sent.group}"
        show({**_row(sent), "place": place.value}, f"Đã chuyển số {sent.label} sang {to}")


def return_to_line(
    number: Number,
    place: Annotated[Place, typer.Option(help="Chỗ trong hàng.")] = Place.END,
) -> None:
    """Đưa số đã ghi vắng trở lại hàng chờ."""
    with open_office(frame.data) as office:
        key, now = _key(office, number), office_now()
        back = moving.return_to_line(office.units(), office.facts, key, place=place, actor=office.actor, now=now)
        show(_row(back), f"Số {back.label} trở lại hàng chờ")


def undo(
    number: Annotated[str, typer.Argument(help="Số thứ tự; bỏ trống: việc vừa làm ở quầy.")] = "",
    counter: CounterOption = "1",
) -> None:
    """Hoàn tác việc vừa làm trong 10 giây."""
    with open_office(frame.data) as office:
        now, uow = office_now(), office.units()
        if number:
            done = moving.undo(uow, _key(office, number), actor=office.actor, now=now)
        else:
            done = moving.undo_last(uow, counter, actor=office.at_counter(counter), now=now)
        show(_row(done), f"Đã hoàn tác; số {done.label} {TICKET_STATES[done.state]}.")


def void(
    number: Number,
    outcome: Annotated[
        str, typer.Option("--outcome", help="voided_officer (lấy nhầm) hoặc voided_print (không in được).")
    ] = "",
) -> None:
    """Hủy một số còn chờ; số đó không cấp lại."""
    with open_office(frame.data) as office:
        key = _key(office, number)
        done = queueing.void(office.units(), key, actor=office.actor, now=office_now(), outcome=outcome)
        show(_row(done), f"Đã hủy số {done.label}")


def dossiers(number: Number, count: Annotated[int, typer.Argument(help="Số hồ sơ.")]) -> None:
    """Ghi lại số hồ sơ mà người dân mang theo."""
    with open_office(frame.data) as office:
        key = _key(office, number)
        done = queueing.set_dossiers(office.units(), key, count, actor=office.actor, now=office_now())
        show(_row(done), f"Số {done.label}: {done.dossiers} hồ sơ")


def pause(
    counter: CounterOption = "1",
    reason: Annotated[str, typer.Option("--reason", help="Lý do.")] = "",
    until: Annotated[str, typer.Option("--until", help="Dự kiến trở lại lúc, dạng 10:15.")] = "",
) -> None:
    """Tạm nghỉ một quầy; không gọi số đến quầy cho đến khi mở lại."""
    with open_office(frame.data) as office:
        now = office_now()
        made = counters.pause_counter(
            office.units(),
            office.facts,
            counter,
            reason=reason,
            until=time_of_today(until, now),
            actor=office.at_counter(counter),
            now=now,
        )
        back = made.until.isoformat() if made.until else None
        words = f", dự kiến trở lại {made.until:%H:%M}" if made.until else ""
        show(
            {"counter": counter, "reason": made.reason, "until": back}, f"Quầy {counter} tạm nghỉ: {made.reason}{words}"
        )


def open_counter(counter: CounterOption = "1") -> None:
    """Mở lại quầy đang tạm nghỉ."""
    with open_office(frame.data) as office:
        actor = office.at_counter(counter)
        counters.open_counter(office.units(), office.facts, counter, actor=actor, now=office_now())
        show({"counter": counter, "open": True}, f"Quầy {counter} đã mở lại")


def end_morning() -> None:
    """Hết buổi sáng: số còn chờ giữ nguyên hoặc hết hiệu lực, theo office.toml."""
    with open_office(frame.data) as office:
        _show_closed(close_morning(office.units(), office.facts, actor=office.actor, now=office_now()))


def end_day(
    day: Annotated[str, typer.Option("--day", help="Ngày cần đóng, dạng 2026-11-23; mặc định: hôm nay.")] = "",
    early: Annotated[bool, typer.Option("--early", help="Đóng cả khi chưa hết giờ tiếp nhận.")] = False,
) -> None:
    """Đóng ngày: số còn lại hết hiệu lực hoặc chuyển sang sáng hôm sau; không số nào thành “đã phục vụ”."""
    with open_office(frame.data) as office:
        closed = close_day(
            office.units(),
            office.facts,
            office.calendar(""),
            actor=office.actor,
            now=office_now(),
            day=_day(day),
            early=early,
        )
        _show_closed(closed)


def time_of_today(text: str, now: datetime) -> datetime | None:
    """ "09:30" -> that time of today, aware; "" -> None. Raises: WrongTimeError."""
    if not text:
        return None
    try:
        clock = datetime.strptime(text.strip(), "%H:%M").time()
    except ValueError:
        raise WrongTimeError(value=text, shape="09:30") from None
    return datetime.combine(now.astimezone(OFFICE_ZONE).date(), clock, OFFICE_ZONE)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongTimeError(value=text, shape="2026-11-23") from None


def _show_closed(closed: Closed) -> None:
    data = {
        "day": closed.day.isoformat(),
        "carried": list(closed.carried),
        "expired": list(closed.expired),
        "forced": list(closed.forced),
        "to": closed.to.isoformat() if closed.to else None,
    }
    show(
        data,
        f"Ngày {closed.day:%d/%m/%Y}: chuyển sang sáng sau {len(closed.carried)}, hết hiệu lực {len(closed.expired)}, "
        f"còn mở ở quầy {len(closed.forced)}",
    )


def _key(office: OpenedOffice, number: str) -> str:
    with office.reads() as look:
        return look.tickets.by_label(queue_day(look, office_now()), number.strip().upper()).key


def _row(ticket: Ticket) -> dict[str, object]:
    return {
        "number": ticket.label,
        "state": ticket.state.value,
        "group": ticket.group,
        "counter": ticket.counter,
        "for_counter": ticket.for_counter,
        "outcome": ticket.outcome,
        "dossiers": ticket.dossiers,
    }
