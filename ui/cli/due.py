"""`motcua due`: the return date and why; with the shipped catalogue and calendar when no office is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import typer

from kiosk.clock import OFFICE_ZONE, business_day, office_now
from kiosk.domain.calendar import (
    WEEKDAYS,
    Counting,
    Due,
    UnknownTermError,
    WorkingCalendar,
    due,
    parse_term,
)
from kiosk.domain.procedure import Channel, Procedure, Term, TermUnit
from kiosk.errors import InputError, NotFoundError
from ui.cli.console import frame, show

_UNITS = {
    TermUnit.HOURS: "giờ làm việc",
    TermUnit.WORKING_DAYS: "ngày làm việc",
    TermUnit.CALENDAR_DAYS: "ngày",
}
_BY_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T](\d{1,2}):(\d{2}))?")


class ReceivedAtError(InputError):
    """No such date, or not written as one. details: value."""

    code = "due.date"


class TermTextError(InputError):
    """The words are no term. details: value."""

    code = "due.term"


class NoTermError(InputError):
    """Neither a term nor a procedure that has one was given."""

    code = "due.no_term"


def register(app: typer.Typer) -> None:
    app.command("due")(due_command)


def due_command(
    received: Annotated[str, typer.Option("--received", help="Lúc nhận đủ hồ sơ, ví dụ 2026-02-13T15:30.")] = "",
    term: Annotated[str, typer.Option("--term", help='"3 working days", "8 giờ", "15 ngày", "trong ngày".')] = "",
    procedure: Annotated[str, typer.Option("--procedure", help="Mã thủ tục: lấy thời hạn và lịch của lĩnh vực.")] = "",
    channel: Annotated[str, typer.Option("--channel", help="1 trực tiếp, 2 trực tuyến, 3 bưu chính.")] = "1",
    case: Annotated[str, typer.Option("--case", help="Trường hợp của thủ tục.")] = "",
    exact_hours: Annotated[bool, typer.Option("--exact-hours", help="Tính theo giờ chính xác từ phút nhận.")] = False,
) -> None:
    """Ngày hẹn trả kết quả và lý do."""
    if channel not in [c.value for c in Channel]:
        raise NotFoundError(what="kênh", key=channel)
    at = received_at(received) if received else office_now()
    wanted = _term(term) if term else None
    if frame.data is None:
        found, calendar, counting = _from_starter(procedure, at)
    else:
        found, calendar, counting = _from_office(procedure, at)
    if exact_hours:
        counting = Counting.EXACT_HOURS
    answer = due(calendar, at, wanted or _term_of(found, channel, case), counting)
    data = {
        "received_at": answer.received_at.isoformat(),
        "starts_at": answer.starts_at.isoformat(),
        "due_at": answer.due_at.isoformat(),
        "term": str(answer.term),
        "skipped": [{"day": s.day.isoformat(), "reason": s.reason} for s in answer.skipped],
        "counting": answer.counting.value,
        "procedure": found.code if found else None,
    }
    show(data, _text(answer, found))


def received_at(text: str) -> datetime:
    """ISO 8601 or dd/MM/yyyy HH:mm, in the office's zone unless it names its own. Raises: ReceivedAtError."""
    found = _BY_DAY.fullmatch(text.strip())
    try:
        if found:
            day, month, year, hour, minute = (int(part or 0) for part in found.groups())
            return datetime(year, month, day, hour, minute, tzinfo=OFFICE_ZONE)
        at = datetime.fromisoformat(text.strip())
        return (at if at.tzinfo else at.replace(tzinfo=OFFICE_ZONE)).astimezone(OFFICE_ZONE)
    except (ValueError, OverflowError):
        raise ReceivedAtError(value=text) from None


def _term(text: str) -> Term:
    try:
        return parse_term(text)
    except UnknownTermError:
        raise TermTextError(value=text) from None


Found = tuple[Procedure | None, WorkingCalendar, Counting]


def _from_starter(code: str, at: datetime) -> Found:
    from kiosk.catalogue.calendar_pack import load_calendars
    from kiosk.catalogue.starter import load_starter

    day = business_day(at)
    known = {p.code: p for p in load_starter() if p.in_force(day)} if code else {}
    return _found(code, known.get, load_calendars().of_field, Counting.END_OF_DAY)


def _from_office(code: str, at: datetime) -> Found:
    from ui.app import open_office

    with open_office(frame.data) as office:
        with office.reads() as look:
            procedure = look.procedures.current(code, business_day(at)) if code else None
        return _found(code, lambda _: procedure, office.calendar, office.desk.counting)


def _found(
    code: str,
    find: Callable[[str], Procedure | None],
    calendar: Callable[[str], WorkingCalendar],
    counting: Counting,
) -> Found:
    procedure = find(code) if code else None
    if code and procedure is None:
        raise NotFoundError(what="thủ tục", key=code)
    return procedure, calendar(procedure.field_name if procedure else ""), counting


def _term_of(procedure: Procedure | None, channel: str, case: str) -> Term:
    if procedure is None:
        raise NoTermError
    if case and case not in [o.case for o in procedure.options]:
        raise NotFoundError(what="trường hợp", key=case)
    option = procedure.option(Channel(channel), case)
    if option is None:
        raise NoTermError
    return option.term


def term_words(term: Term) -> str:
    """The term in Vietnamese."""
    if not term.is_known or term.unit is None:
        return term.verbatim
    return "trong ngày" if term.unit is TermUnit.SAME_DAY else f"{term.value} {_UNITS[term.unit]}"


def moment_words(at: datetime) -> str:
    """ "15:30, Thứ Sáu 13/02/2026"."""
    return f"{at:%H:%M}, {WEEKDAYS[at.weekday()]} {at:%d/%m/%Y}"


def _text(answer: Due, procedure: Procedure | None) -> str:
    lines = [f"{procedure.code} {procedure.name}"] if procedure else []
    lines += [f"Nhận:     {moment_words(answer.received_at)}", f"Thời hạn: {term_words(answer.term)}"]
    if answer.starts_at != answer.received_at:
        lines.append(f"Tính từ:  {moment_words(answer.starts_at)} (nhận ngoài giờ làm việc)")
    lines.append(f"Hẹn trả:  {moment_words(answer.due_at)}")
    if answer.skipped:
        lines.append("Không tính:")
        lines += [f"  {s.day:%d/%m/%Y}  {s.reason}" for s in answer.skipped]
    return "\n".join(lines)
