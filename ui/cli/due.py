"""`motcua due`: the return date and why; with the shipped catalogue and calendar when no office is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.clock import OFFICE_ZONE, business_day, office_now
from kiosk.domain.calendar import WEEKDAYS, Skipped, WorkingCalendar
from kiosk.domain.due import Counting, Due, Stop, StopKind, due, transfer_by
from kiosk.domain.due_words import due_reason
from kiosk.domain.linked import Planned, here_until, plan, whole
from kiosk.domain.procedure import Channel, Procedure, Term
from kiosk.domain.term_clock import TermClock
from kiosk.domain.term_words import UnknownTermError, parse_term, term_words
from kiosk.errors import InputError, NotFoundError
from ui.cli.console import frame, show
from ui.cli.due_alarm import alarm

if TYPE_CHECKING:
    from kiosk.catalogue.calendar_pack import OfficeCalendars

_BY_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T](\d{1,2}):(\d{2}))?")


class ReceivedAtError(InputError):
    """No such date, or not written as one. details: value."""

    code = "due.date"


class TermTextError(InputError):
    """The words are no term. details: value."""

    code = "due.term"


class PauseTextError(InputError):
    """The words are no pause. details: value."""

    code = "due.pause"


class NoTermError(InputError):
    """Neither a term nor a procedure that has one was given."""

    code = "due.no_term"


class Wanted(StrEnum):
    RESULT = "result"
    ACCEPT = "accept"
    TRANSFER = "transfer"


def register(app: typer.Typer) -> None:
    due_app = typer.Typer(
        help="Ngày hẹn trả kết quả và lý do; hồ sơ sắp hết hạn.", invoke_without_command=True, rich_markup_mode=None
    )
    due_app.callback()(due_command)
    due_app.command("alarm")(alarm)
    app.add_typer(due_app, name="due")


def due_command(
    context: typer.Context,
    received: Annotated[str, typer.Option("--received", help="Lúc nhận đủ hồ sơ, ví dụ 2026-02-13T15:30.")] = "",
    term: Annotated[str, typer.Option("--term", help='"3 working days", "8 giờ", "15 ngày", "trong ngày".')] = "",
    procedure: Annotated[str, typer.Option("--procedure", help="Mã thủ tục: lấy thời hạn và lịch của lĩnh vực.")] = "",
    channel: Annotated[str, typer.Option("--channel", help="1 trực tiếp, 2 trực tuyến, 3 bưu chính.")] = "1",
    case: Annotated[str, typer.Option("--case", help="Trường hợp của thủ tục.")] = "",
    field: Annotated[str, typer.Option("--field", help="Lịch của lĩnh vực này, thay cho lĩnh vực của thủ tục.")] = "",
    exact_hours: Annotated[bool, typer.Option("--exact-hours", help="Tính theo giờ chính xác từ phút nhận.")] = False,
    competent: Annotated[
        str, typer.Option("--competent", help="Phi địa giới: lúc cơ quan có thẩm quyền nhận được hồ sơ.")
    ] = "",
    pause: Annotated[
        list[str] | None,
        typer.Option("--pause", help="Chờ người dân: TỪ/ĐẾN, thêm “payment:” ở trước nếu chờ nộp tiền. Ghi nhiều lần."),
    ] = None,
    extend: Annotated[str, typer.Option("--extend", help='Gia hạn thêm, ví dụ "5 ngày làm việc".')] = "",
    wanted: Annotated[
        Wanted,
        typer.Option("--for", help="result: hẹn trả; accept: hạn tiếp nhận trực tuyến; transfer: hạn chuyển hồ sơ."),
    ] = Wanted.RESULT,
    pack: Annotated[
        list[Path] | None,
        typer.Option("--calendar", help="Gói lịch đặt lên trên, khi không dùng --data. Ghi nhiều lần."),
    ] = None,
) -> None:
    """Ngày hẹn trả kết quả và lý do; `due alarm`: hồ sơ sắp hết hạn, quá hạn."""
    if context.invoked_subcommand is not None:
        return
    if channel not in [c.value for c in Channel]:
        raise NotFoundError(what="kênh", key=channel)
    at = received_at(received) if received else office_now()
    given = term_of_words(term) if term else None
    if frame.data is None:
        found, calendars, counting = _from_starter(procedure, at, pack or [])
    else:
        found, calendars, counting = _from_office(procedure, at)
    calendar = calendars.of_field(field or (found.field_name if found else ""))
    if wanted is Wanted.TRANSFER:
        _show_transfer(calendar, at)
        return
    if wanted is Wanted.ACCEPT:
        found, given, counting = None, given or calendars.pack.online_accept, Counting.END_OF_DAY
    counting = Counting.EXACT_HOURS if exact_hours else counting
    stops, extension = tuple(read_pause(text) for text in pause or []), term_of_words(extend) if extend else None
    if found is not None and found.steps and given is None:
        clock = TermClock(stops=stops, extension=extension)
        planned = plan(calendars.of_field, found.steps, at, clock, counting)
        answer = whole(calendar, planned, at, clock, counting)
        _show_linked(answer, found, planned)
        return
    answer = due(
        calendar,
        at,
        given or _term_of(found, channel, case),
        counting,
        competent_at=received_at(competent) if competent else None,
        stops=stops,
        extension=extension,
    )
    show({**due_json(answer), "procedure": found.code if found else None, "for": wanted.value}, _text(answer, found))


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


def read_pause(text: str) -> Stop:
    """ "2026-11-03T10:00/2026-11-05T09:00", "payment:…/…"; nothing after the stroke while it lasts.

    Raises: PauseTextError, ReceivedAtError.
    """
    kind, colon, times = text.partition(":") if text[:1].isalpha() else ("", "", text)
    known = [k for k in StopKind if k.value == kind]
    since, stroke, until = times.partition("/")
    if not stroke or (colon and not known):
        raise PauseTextError(value=text)
    end = received_at(until) if until.strip() else None
    return Stop(known[0] if known else StopKind.SUPPLEMENT, received_at(since), end)


def term_of_words(text: str) -> Term:
    """Raises: TermTextError."""
    try:
        return parse_term(text)
    except UnknownTermError:
        raise TermTextError(value=text) from None


Found = tuple[Procedure | None, "OfficeCalendars", Counting]


def _from_starter(code: str, at: datetime, packs: Sequence[Path]) -> Found:
    from kiosk.catalogue.calendar_pack import load_calendars
    from kiosk.catalogue.starter import load_starter

    day = business_day(at)
    known = {p.code: p for p in load_starter() if p.in_force(day)} if code else {}
    return _found(code, known.get), load_calendars(packs), Counting.END_OF_DAY


def _from_office(code: str, at: datetime) -> Found:
    from ui.app import open_office

    with open_office(frame.data) as office:
        with office.reads() as look:
            procedure = look.procedures.current(code, business_day(at)) if code else None
        return _found(code, lambda _: procedure), office.calendars.now, office.desk.counting


def _found(code: str, find: Callable[[str], Procedure | None]) -> Procedure | None:
    procedure = find(code) if code else None
    if code and procedure is None:
        raise NotFoundError(what="thủ tục", key=code)
    return procedure


def _term_of(procedure: Procedure | None, channel: str, case: str) -> Term:
    if procedure is None:
        raise NoTermError
    if case and case not in [o.case for o in procedure.options]:
        raise NotFoundError(what="trường hợp", key=case)
    option = procedure.option(Channel(channel), case)
    if option is None:
        raise NoTermError
    return option.term


def due_json(answer: Due) -> dict[str, Any]:
    """The promise as every command tells it with --json; instants in ISO 8601."""
    before, competent = answer.before_extension, answer.competent_at
    return {
        "received_at": answer.received_at.isoformat(),
        "starts_at": answer.starts_at.isoformat(),
        "due_at": answer.due_at.isoformat(),
        "term": str(answer.term),
        "skipped": [_skipped(s) for s in answer.skipped],
        "made_up": [_skipped(s) for s in answer.made_up],
        "reason": due_reason(answer),
        "counting": answer.counting.value,
        "competent_at": competent.isoformat() if competent else None,
        "pauses": [
            {"kind": s.kind.value, "since": s.since.isoformat(), "until": s.until.isoformat() if s.until else None}
            for s in answer.stops
        ],
        "extension": str(answer.extension) if answer.extension else None,
        "before_extension": before.isoformat() if before else None,
    }


def _skipped(one: Skipped) -> dict[str, str]:
    return {"day": one.day.isoformat(), "reason": one.reason}


def moment_words(at: datetime) -> str:
    """ "15:30, Thứ Sáu 13/02/2026"."""
    return f"{at:%H:%M}, {WEEKDAYS[at.weekday()]} {at:%d/%m/%Y}"


def _show_linked(answer: Due, procedure: Procedure, planned: Sequence[Planned]) -> None:
    """The whole, every step, and this unit's own part."""
    here = here_until(planned)
    steps = [
        {"code": p.step.code, "name": p.step.name, "agency": p.step.agency, "here": p.step.here, **due_json(p.due)}
        for p in planned
    ]
    data = {**due_json(answer), "procedure": procedure.code, "for": Wanted.RESULT.value, "steps": steps}
    data["here_until"] = here.isoformat() if here else None
    lines = [f"  {p.step.name} ({p.step.agency}): {moment_words(p.due.due_at)}" for p in planned]
    own = [f"Tại đơn vị này: {moment_words(here)}"] if here else []
    show(data, "\n".join([_text(answer, procedure), *lines, *own]))


def _show_transfer(calendar: WorkingCalendar, at: datetime) -> None:
    skipped: list[Skipped] = []
    by = transfer_by(calendar, at, skipped)
    days = [_skipped(s) for s in skipped]
    data = {"received_at": at.isoformat(), "due_at": by.isoformat(), "skipped": days, "for": Wanted.TRANSFER.value}
    lines = [f"Nhận:     {moment_words(at)}", f"Chuyển:   chậm nhất {moment_words(by)}"]
    show(data, "\n".join(lines + _off_lines(skipped)))


def _text(answer: Due, procedure: Procedure | None) -> str:
    lines = [f"{procedure.code} {procedure.name}"] if procedure else []
    lines += [f"Nhận:     {moment_words(answer.received_at)}", f"Thời hạn: {term_words(answer.term)}"]
    if answer.competent_at is not None:
        lines.append(f"Tính từ:  {moment_words(answer.starts_at)} (cơ quan có thẩm quyền nhận)")
    elif answer.starts_at != answer.received_at:
        lines.append(f"Tính từ:  {moment_words(answer.starts_at)} (nhận ngoài giờ làm việc)")
    if answer.extension is not None and answer.before_extension is not None:
        lines.append(f"Hẹn đầu:  {moment_words(answer.before_extension)}")
        lines.append(f"Gia hạn:  {term_words(answer.extension)}")
    lines.append(f"Hẹn trả:  {moment_words(answer.due_at)}")
    lines.append(f"Lý do:    {due_reason(answer)}.")
    lines += _off_lines(answer.skipped)
    if answer.made_up:
        lines.append("Có tính:")
        lines += [f"  {s.day:%d/%m/%Y}  {WEEKDAYS[s.day.weekday()]}, {s.reason}" for s in answer.made_up]
    return "\n".join(lines)


def _off_lines(skipped: Sequence[Skipped]) -> list[str]:
    return ["Không tính:", *(f"  {s.day:%d/%m/%Y}  {s.reason}" for s in skipped)] if skipped else []
