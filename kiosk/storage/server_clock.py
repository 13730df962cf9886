"""The clock that every station of an office agrees on: the database server's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, text

from kiosk.clock import OFFICE_ZONE, office_now


def server_now(engine: Engine) -> datetime:
    """For a file it is this machine's. Raises: StoreOfflineError."""
    if engine.dialect.name != "postgresql":
        return office_now()
    with engine.connect() as connection:
        now: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return now.astimezone(OFFICE_ZONE)
