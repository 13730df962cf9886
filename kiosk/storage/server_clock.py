"""The clock that every station of an office agrees on: the database server's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, text

from kiosk.clock import OFFICE_ZONE, office_now
from kiosk.domain.station import CLOCK_SLACK, WrongClockError


def server_now(engine: Engine) -> datetime:
    """For a file it is this machine's. Raises: StoreOfflineError."""
    if engine.dialect.name != "postgresql":
        return office_now()
    with engine.connect() as connection:
        now: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return now.astimezone(OFFICE_ZONE)


def refuse_wrong_clock(engine: Engine, own: datetime) -> None:
    """own: what a station takes for now, before it gives a number. A file has no clock to compare with.

    Raises: WrongClockError, StoreOfflineError.
    """
    if engine.dialect.name == "postgresql" and abs(off := own - server_now(engine)) > CLOCK_SLACK:
        raise WrongClockError(minutes=str(round(off.total_seconds() / 60)))
