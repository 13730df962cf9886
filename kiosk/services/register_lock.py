"""The register of a year is closed with its count and last number; nothing is entered into it while it is.

TT 01/2018/TT-VPCP Art 10: one book a year, closed and signed by the head of the desk at its end. So it is closed only
after the year's last reception; should something have been received all the same, or the clock have been wrong, the
head opens it again with a reason, and the book says so. docs/legal.md#forms.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.clock import business_day, midnight
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.event import Actor, Event
from kiosk.domain.life import Role, check_trust
from kiosk.domain.office_day import day_ends
from kiosk.domain.register import Closing, Reopening
from kiosk.domain.slip import SlipKind
from kiosk.errors import RuleError

if TYPE_CHECKING:
    from kiosk.services.ports import UnitOfWork

CLOSED, REOPENED = "register.closed", "register.reopened"
BY = frozenset({Role.HEAD})


class RegisterClosedError(RuleError):
    """The year's register is closed. details: year, count, last."""

    code = "register.closed"


class RegisterOpenError(RuleError):
    """What is open cannot be opened again. details: year."""

    code = "register.open"


class YearNotOverError(RuleError):
    """A register is closed on the last day of its year, or later. details: year."""

    code = "register.year_not_over"


class StillReceivingError(RuleError):
    """On the year's last day the desk still takes dossiers in. details: year, until."""

    code = "register.still_receiving"


class ReopenReasonError(RuleError):
    """A closed book is opened again only with a reason."""

    code = "register.reopen_reason"


def closing_of(look: UnitOfWork, year: int) -> Closing | None:
    """The closing that stands. Inside a `with`."""
    times, is_closed = _times(look, year)
    return _closing(look, year, times) if is_closed else None


def reopenings_of(look: UnitOfWork, year: int) -> tuple[Reopening, ...]:
    """Every time that the book was opened again, oldest first. Inside a `with`."""
    times, is_closed = _times(look, year)
    return tuple(_reopening(look, year, n) for n in range(1, times + (not is_closed)))


def check_open(uow: UnitOfWork, year: int) -> None:
    """Raises: RegisterClosedError."""
    if (closing := closing_of(uow, year)) is not None:
        raise RegisterClosedError(year=year, count=closing.count, last=closing.last)


def close_year(
    uow: UnitOfWork, year: int, *, actor: Actor, now: datetime, calendars: Iterable[WorkingCalendar] = ()
) -> Closing:
    """calendars: of all fields; the last of them to take papers in on 31 December ends the year's reception.

    Raises: YearNotOverError, StillReceivingError, RegisterClosedError when it is closed already, NotYourActError.
    """
    check_trust("khóa sổ theo dõi hồ sơ", BY, actor.roles)
    _check_over(year, now, calendars)
    with uow:
        uow.lock()
        check_open(uow, year)
        start, end = midnight(date(year, 1, 1)), midnight(date(year, 12, 31) + timedelta(days=1))
        lines = uow.slips.issued(SlipKind.RECEIPT, year, start, end)
        closing = Closing(year, len(lines), lines[-1].number if lines else 0, now, actor.officer)
        data = {"year": year, "count": closing.count, "last": closing.last}
        times = _times(uow, year)[0] + 1
        uow.events.append(Event(CLOSED, "register", now, actor, data, command=_command(CLOSED, year, times)))
        uow.exchange.set_cursor(_cursor(year), str(times))
        uow.commit()
    return closing


def reopen_year(uow: UnitOfWork, year: int, reason: str, *, actor: Actor, now: datetime) -> Reopening:
    """Lift the closing; the book keeps the mark of it, and its numbers go on.

    Raises: ReopenReasonError, RegisterOpenError, NotYourActError.
    """
    check_trust("mở lại sổ theo dõi hồ sơ", BY, actor.roles)
    if not reason.strip():
        raise ReopenReasonError
    with uow:
        uow.lock()
        closing = closing_of(uow, year)
        if closing is None:
            raise RegisterOpenError(year=year)
        times, _is_closed = _times(uow, year)
        data = {"year": year, "count": closing.count, "last": closing.last, "reason": reason.strip()}
        uow.events.append(Event(REOPENED, "register", now, actor, data, command=_command(REOPENED, year, times)))
        uow.exchange.set_cursor(_cursor(year), f"-{times}")
        uow.commit()
    return Reopening(year, closing.count, closing.last, now, actor.officer, reason.strip())


def _check_over(year: int, now: datetime, calendars: Iterable[WorkingCalendar]) -> None:
    """Raises: YearNotOverError, StillReceivingError."""
    last = date(year, 12, 31)
    if business_day(now) < last:
        raise YearNotOverError(year=year)
    until = day_ends(calendars, last).closes
    if business_day(now) == last and until is not None and now < until:
        raise StillReceivingError(year=year, until=f"{until:%H:%M}")


def _times(look: UnitOfWork, year: int) -> tuple[int, bool]:
    """How often the book was closed, and whether it is now. The cursor holds both: below zero when opened again."""
    times = int(look.exchange.cursor(_cursor(year)) or 0)
    return abs(times), times > 0


def _closing(look: UnitOfWork, year: int, times: int) -> Closing:
    event = look.events.by_command(_command(CLOSED, year, times))
    assert event is not None, "the cursor and the line are of one commit"
    return Closing(year, int(event.data["count"]), int(event.data["last"]), event.at, event.actor.officer)


def _reopening(look: UnitOfWork, year: int, times: int) -> Reopening:
    event = look.events.by_command(_command(REOPENED, year, times))
    assert event is not None, "the cursor and the line are of one commit"
    data, officer = event.data, event.actor.officer
    return Reopening(year, int(data["count"]), int(data["last"]), event.at, officer, str(data["reason"]))


def _cursor(year: int) -> str:
    return f"{CLOSED}/{year}"


def _command(kind: str, year: int, times: int) -> str:
    """The first closing bears the name that it had before a book could be opened again."""
    return f"{kind}/{year}" if kind == CLOSED and times == 1 else f"{kind}/{year}/{times}"
