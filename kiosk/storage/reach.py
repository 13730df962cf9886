"""Whether a machine reaches the office's database with the login that it was given."""

from __future__ import annotations

from kiosk.storage.errors import StoreOfflineError
from kiosk.storage.postgres import plain_url

WITHIN_S = 5


def reach(url: str) -> None:
    """Connect once and ask nothing of the office. Raises: StoreOfflineError."""
    import psycopg

    try:
        with psycopg.connect(plain_url(url), connect_timeout=WITHIN_S) as connection:
            connection.execute("SELECT 1")
    except psycopg.Error:
        raise StoreOfflineError from None
