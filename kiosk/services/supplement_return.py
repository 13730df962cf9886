"""A dossier that was found wanting after its reception goes back within three working days (NĐ 61/2018 Art 19.4).

The days are data (`domain.limits`). Nobody is kept from asking later, since the citizen has to know what is missing;
the log says whether it was in time. Source: docs/legal.md#supplement
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.clock import business_day
from kiosk.domain.dossier import Dossier
from kiosk.domain.due import due
from kiosk.domain.procedure import Term, TermUnit

if TYPE_CHECKING:
    from kiosk.services.reception import Desk


def return_by(desk: Desk, dossier: Dossier) -> datetime | None:
    """Until when a received dossier may go back; None for one that was not received yet."""
    if dossier.received_at is None:
        return None
    days = desk.office.limits_on(business_day(dossier.received_at)).return_days
    return due(desk.calendar(dossier.field_name), dossier.received_at, Term(days, TermUnit.WORKING_DAYS)).due_at


def told_of_return(desk: Desk, dossier: Dossier, now: datetime) -> dict[str, object]:
    """For the event of the supplement; {} for what was not received before."""
    until = return_by(desk, dossier)
    return {} if until is None else {"return_by": until, "returned_in_time": now <= until}
