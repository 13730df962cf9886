"""The clock of a term as it begins with a reception (docs/legal.md#reception)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.domain.due import transfer_by
from kiosk.domain.term_clock import TermClock

if TYPE_CHECKING:
    from kiosk.services.reception import Desk


def first_clock(desk: Desk, field_name: str, now: datetime, *, elsewhere: bool) -> TermClock:
    """Of what is received now. elsewhere: another agency solves it, so it starts there, once it was passed on."""
    there_by = transfer_by(desk.calendar(field_name), now, []) if elsewhere else None
    return TermClock(desk.counting, expected_at=there_by)
