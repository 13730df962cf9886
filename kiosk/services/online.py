"""A dossier that was sent online (trực tuyến) is looked at and accepted within eight working hours.

Ninh Thuận 4560/UBND-PVHCC, 20/10/2022, 1.d; the hours are the calendar pack's. docs/legal.md#reception.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.due import StillToComeError, due

if TYPE_CHECKING:
    from kiosk.services.reception import Desk


def accept_by(desk: Desk, field: str, submitted_at: datetime) -> datetime:
    """Until when a dossier of this field that was sent then is to be accepted, or sent back with a reason."""
    return due(desk.calendar(field), submitted_at, desk.online_accept()).due_at


def told_of_online(desk: Desk, field: str, submitted_at: datetime | None, now: datetime) -> dict[str, object]:
    """For the event of the reception, the supplement or the refusal; {} for what was not sent online.

    Raises: StillToComeError for a dossier that is still to be sent.
    """
    if submitted_at is None:
        return {}
    if submitted_at > now:
        raise StillToComeError(at=f"{submitted_at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}")
    until = accept_by(desk, field, submitted_at)
    return {"submitted_at": submitted_at, "accept_by": until, "accepted_in_time": now <= until}
