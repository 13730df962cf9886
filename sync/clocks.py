"""This machine's clock against the time that a server tells: a wrong one spoils logins and the dates of dossiers."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from kiosk.clock import OFFICE_ZONE
from sync.errors import ClockOffError

# Tokens and signatures of known systems stop being taken somewhere between one and five minutes.
TOLERATED = timedelta(minutes=2)


def read_date(header: str) -> datetime | None:
    """The time of an HTTP Date header; None for what is none."""
    try:
        return parsedate_to_datetime(header).astimezone(OFFICE_ZONE)
    except (TypeError, ValueError):
        return None


def clock_off(theirs: datetime | None, now: datetime) -> ClockOffError | None:
    """None where the clocks agree well enough, or where nothing is known of theirs."""
    if theirs is None or abs(now - theirs) <= TOLERATED:
        return None
    minutes = round(abs(now - theirs).total_seconds() / 60)
    return ClockOffError(reason=f"{'nhanh' if now > theirs else 'chậm'} {minutes} phút")
