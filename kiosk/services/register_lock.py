"""The register of a year is closed with its count and last number; nothing is entered into it any more.

TT 01/2018/TT-VPCP Art 10: one book a year, closed and signed by the head of the desk at its end. docs/legal.md#forms.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.clock import business_day, midnight
from kiosk.domain.event import Actor, Event
from kiosk.domain.life import Role, check_trust
from kiosk.domain.register import Closing
from kiosk.domain.slip import SlipKind
from kiosk.errors import RuleError

if TYPE_CHECKING:
    from kiosk.services.ports import UnitOfWork

CLOSED = "register.closed"
CLOSED_BY = frozenset({Role.HEAD})


class RegisterClosedError(RuleError):
    """The year's register is closed. details: year, count, last."""

    code = "register.closed"


class YearNotOverError(RuleError):
    """A register is closed on the last day of its year, or later. details: year."""

    code = "register.year_not_over"


def closing_of(look: UnitOfWork, year: int) -> Closing | None:
    """Inside a `with`."""
    event = look.events.by_command(_command(year)) if look.exchange.cursor(_command(year)) else None
    if event is None:
        return None
    return Closing(year, int(event.data["count"]), int(event.data["last"]), event.at, event.actor.officer)


def check_open(uow: UnitOfWork, year: int) -> None:
    """Raises: RegisterClosedError."""
    if (closing := closing_of(uow, year)) is not None:
        raise RegisterClosedError(year=year, count=closing.count, last=closing.last)


def close_year(uow: UnitOfWork, year: int, *, actor: Actor, now: datetime) -> Closing:
    """Never opened again. Raises: YearNotOverError, RegisterClosedError when it was closed before, NotYourActError."""
    check_trust("khóa sổ theo dõi hồ sơ", CLOSED_BY, actor.roles)
    if business_day(now) < date(year, 12, 31):
        raise YearNotOverError(year=year)
    with uow:
        uow.lock()
        check_open(uow, year)
        start, end = midnight(date(year, 1, 1)), midnight(date(year, 12, 31) + timedelta(days=1))
        lines = uow.slips.issued(SlipKind.RECEIPT, year, start, end)
        closing = Closing(year, len(lines), lines[-1].number if lines else 0, now, actor.officer)
        data = {"year": year, "count": closing.count, "last": closing.last}
        uow.events.append(Event(CLOSED, "register", now, actor, data, command=_command(year)))
        uow.exchange.set_cursor(_command(year), "1")
        uow.commit()
    return closing


def _command(year: int) -> str:
    return f"{CLOSED}/{year}"
