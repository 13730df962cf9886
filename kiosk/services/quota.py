"""How many numbers a line may still give today."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from kiosk.clock import business_day
from kiosk.domain.office import Office
from kiosk.errors import RuleError
from kiosk.services.ports import UnitOfWork
from kiosk.services.queue_day import queue_day


class GroupFullError(RuleError):
    """The line's numbers of the day are given. details: group."""

    code = "ticket.group_full"


def full_groups(look: UnitOfWork, office: Office, now: datetime) -> set[str]:
    """Codes of the lines that have given their day's numbers. Reads only; inside a `with`."""
    limits = {g.code: g.daily_quota for g in office.groups if g.daily_quota}
    if not limits:
        return set()
    given = given_today(look, now)
    return {code for code, limit in limits.items() if given[code] >= limit}


def given_today(look: UnitOfWork, now: datetime) -> Counter[str]:
    """Numbers by line. Where a clock that ran ahead once holds the store on a later day, that one goes on for days: of
    its numbers those count that were given on the clock's own day. Reads only; inside a `with`."""
    day, own = queue_day(look, now), business_day(now)
    mine = (t for t in look.tickets.of_day(day) if t.business_day == day)
    return Counter(t.group for t in mine if own == day or business_day(t.issued_at) == own)


def refuse_when_full(look: UnitOfWork, office: Office, group: str, touch: str, now: datetime) -> None:
    """For a kiosk, before it takes a number; a touch that has its number already passes. Inside a `with`.

    Kiosks that take their last number in the same instant may give one each: a quota is a measure of the day's work,
    not a lock. Raises: GroupFullError.
    """
    if look.tickets.by_touch(touch) is None and group in full_groups(look, office, now):
        raise GroupFullError(group=group)
