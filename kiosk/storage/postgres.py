"""The engine of an office with several stations: PostgreSQL through psycopg 3."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from kiosk.storage.errors import BadAddressError
from kiosk.storage.faults import BUSY_TIMEOUT_S, translate
from kiosk.storage.types import dumps

# Waiting longer than this for a row helps nobody; a unit forgotten half-way must not hold the office.
SETTINGS = {
    "lock_timeout": BUSY_TIMEOUT_S * 1000,
    "idle_in_transaction_session_timeout": 60_000,
    "synchronous_commit": "on",
    "timezone": "Asia/Ho_Chi_Minh",
}

# A cable that was pulled says nothing: what is not acknowledged within seconds counts as a lost server.
LINK: dict[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 4000,  # ms
}


def postgres_url(url: str) -> URL:
    """ "postgresql://…" or "postgres://…" with psycopg 3 as the driver. Raises: BadAddressError."""
    try:
        return make_url(url).set(drivername="postgresql+psycopg")
    except (ValueError, ArgumentError):
        raise BadAddressError from None


def plain_url(url: str) -> str:
    """The same address for psycopg itself."""
    return postgres_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def postgres_engine(url: str) -> Engine:
    """Opens nothing yet. A connection that the server closed meanwhile is replaced before it is used."""
    engine = create_engine(
        postgres_url(url),
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=20,
        json_serializer=dumps,
        hide_parameters=True,  # names and numbers of people would stand in logged errors
        connect_args={
            "connect_timeout": 5,
            "application_name": "motcua",
            **LINK,
            "options": " ".join(f"-c {name}={value}" for name, value in SETTINGS.items()),
        },
    )
    translate(engine)
    return engine
