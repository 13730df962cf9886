"""`motcua appointment …`: the register of appointments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import typer

from kiosk.clock import OFFICE_ZONE, business_day, office_now
from kiosk.domain.appointment import Appointment, AppointmentState
from kiosk.errors import InputError
from kiosk.services import appointments
from kiosk.services.appointments import Hours, UnknownAppointmentError, open_hours
from ui.app import OpenedOffice, open_office
from ui.cli.console import frame, show
from ui.cli.due import ReceivedAtError, received_at

appointment_app = typer.Typer(help="Sổ hẹn: khung giờ, đặt, dời, hủy, người hẹn đã đến.", rich_markup_mode=None)

Code = Annotated[str, typer.Argument(help="Mã hẹn sáu số.")]
DayOption = Annotated[str, typer.Option("--day", help="Ngày hẹn, dạng 2026-11-23; mặc định: hôm nay.")]
STATE_WORDS = {
    AppointmentState.BOOKED: "đã đặt",
    AppointmentState.CANCELLED: "đã hủy",
    AppointmentState.KEPT: "đã đến",
    AppointmentState.MISSED: "không đến",
}
At = Annotated[str, typer.Option("--at", help="Đầu khung giờ, dạng 2026-11-23T08:30.")]


class AppointmentTimeError(InputError):
    """details: text."""

    code = "appointment.time"


def register(app: typer.Typer) -> None:
    app.add_typer(appointment_app, name="appointment")


@appointment_app.callback()
def appointment() -> None:
    """Sổ hẹn của cơ quan."""


@appointment_app.command("slots")
def slots(
    group: Annotated[str, typer.Option("--group", "-g", help="Mã nhóm dịch vụ.")],
    day: DayOption = "",
) -> None:
    """Các khung giờ còn đặt được."""
    with open_office(frame.data) as office:
        with office.reads() as look:
            found = appointments.slots(look, office.facts, _hours(office), group, _day(day), office_now())
        data = {"slots": [{"at": s.at.isoformat(), "room": s.room, "free": s.free} for s in found]}
        show(data, "\n".join(f"{s.at:%H:%M}  còn {s.free}/{s.room} chỗ" for s in found) or "Không còn khung giờ nào.")


@appointment_app.command("book")
def book(
    group: Annotated[str, typer.Option("--group", "-g", help="Mã nhóm dịch vụ.")],
    at: At,
    name: Annotated[str, typer.Option("--name", help="Họ và tên, không bắt buộc.")] = "",
    phone: Annotated[str, typer.Option("--phone", help="Số điện thoại, không bắt buộc.")] = "",
) -> None:
    """Đặt hẹn; in ra mã hẹn để báo cho người dân."""
    with open_office(frame.data) as office:
        made = appointments.book(
            office.units(),
            office.facts,
            _hours(office),
            group,
            _time(at),
            actor=office.actor,
            now=office_now(),
            name=name,
            phone=phone,
        )
        show(_data(made), f"Mã hẹn {made.code} · {_when(made)}")


@appointment_app.command("list")
def listed(day: DayOption = "") -> None:
    """Lịch hẹn của một ngày."""
    with open_office(frame.data) as office:
        with office.reads() as look:
            found = appointments.day_of_appointments(look, _day(day))
        data = {"appointments": [_data(b.appointment) | {"number": b.number or None} for b in found]}
        lines = (
            f"{_when(b.appointment)}  {b.appointment.code}  {b.appointment.group}  "
            f"{b.number or STATE_WORDS[b.appointment.state]}  {b.appointment.name}".rstrip()
            for b in found
        )
        show(data, "\n".join(lines) or "Chưa có lịch hẹn.")


@appointment_app.command("move")
def move(code: Code, at: At, day: DayOption = "") -> None:
    """Dời sang khung giờ khác của cùng nhóm. --day: ngày hẹn hiện nay."""
    with open_office(frame.data) as office:
        key = _key(office, code, day)
        moved = appointments.move(
            office.units(), office.facts, _hours(office), key, _time(at), actor=office.actor, now=office_now()
        )
        show(_data(moved), f"Mã hẹn {moved.code} · {_when(moved)}")


@appointment_app.command("cancel")
def cancel(code: Code, day: DayOption = "") -> None:
    """Hủy hẹn."""
    with open_office(frame.data) as office:
        ended = appointments.cancel(office.units(), _key(office, code, day), actor=office.actor, now=office_now())
        show(_data(ended), f"Đã hủy hẹn {ended.code}.")


@appointment_app.command("come")
def come(code: Code) -> None:
    """Người hẹn hôm nay đã đến: cấp số theo giờ hẹn."""
    with open_office(frame.data) as office:
        now, paper_at = office.trusted(office_now()), office.config.prints_at("ticket")
        key = _key(office, code, "")
        ticket = appointments.check_in(office.units, office.facts, key, actor=office.actor, now=now, paper_at=paper_at)
        show({"number": ticket.label, "key": ticket.key}, f"Số {ticket.label}")


def _hours(office: OpenedOffice) -> Hours:
    return open_hours(office.facts, office.calendar)


def _key(office: OpenedOffice, code: str, day: str) -> str:
    with office.reads() as look:
        found = look.appointments.by_code(_day(day), code.replace(" ", ""))
    if found is None:
        raise UnknownAppointmentError
    return found.key


def _day(text: str) -> date:
    if not text:
        return business_day(office_now())
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AppointmentTimeError(text=text) from None


def _time(text: str) -> datetime:
    try:
        return received_at(text)
    except ReceivedAtError:
        raise AppointmentTimeError(text=text) from None


def _when(kept: Appointment) -> str:
    return f"{kept.at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}"


def _data(kept: Appointment) -> dict[str, Any]:
    return {
        "code": kept.code,
        "group": kept.group,
        "at": kept.at.isoformat(),
        "state": kept.state.value,
        "name": kept.name,
        "phone": kept.phone,
    }
