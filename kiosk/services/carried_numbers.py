"""Numbers of earlier days that still stand in the office's line: a kiosk of its own store gives none of them again.

Only where the office carries numbers to the next morning. `queueing` leaves out what stands in the kiosk's own store as
carried, so what the office has carried is written down there.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from kiosk.domain.office import Leftover, Office
from kiosk.domain.ticket import Ticket
from kiosk.services.ports import UnitOfWork, Units

ONE_DAY = timedelta(days=1)
LOOK_BACK = 14  # days: longer than Tết


def carried_labels(office: UnitOfWork, facts: Office, letter: str, day: date) -> set[str]:
    """Of the office's store: numbers with this letter that were carried to a day, or may be yet. Reads only; inside a
    `with`."""
    if facts.day_end is not Leftover.CARRY:
        return set()
    mine = {g.series + letter for g in facts.groups}
    late = {t.label for t in office.tickets.open_until(day - ONE_DAY) if t.series in mine}
    return late | {f"{series}{n:03d}" for series in mine for n in office.tickets.carried(day, series)}


def keep_apart(own_reads: Units, own: Units, facts: Office, day: date, labels: Collection[str] | None) -> int:
    """Write down in the kiosk's store which of its numbers stand in this day's line; returns how many are new.

    labels: as the office says; None while it was not heard on this day: then every number of the last day may.
    """
    if facts.day_end is not Leftover.CARRY:
        return 0
    with own_reads() as look:
        found = _of_last_day(look, day) if labels is None else _named(look, day, labels)
    if found:
        with own() as uow:
            for ticket in found:
                ticket.serve_day = day
                uow.tickets.save(ticket)
            uow.commit()
    return len(found)


def _of_last_day(look: UnitOfWork, day: date) -> list[Ticket]:
    last = look.tickets.last_day()
    return [] if last is None or last >= day else look.tickets.of_day(last)


def _named(look: UnitOfWork, day: date, labels: Collection[str]) -> list[Ticket]:
    if not labels:
        return []
    former = (t for back in range(1, LOOK_BACK + 1) for t in look.tickets.of_day(day - back * ONE_DAY))
    return [t for t in former if t.label in labels]
