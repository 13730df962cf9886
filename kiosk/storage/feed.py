"""The change feed: something happened after event N. It only says so; whoever listens reads the gap."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any

from kiosk.errors import KioskError

LAST_SEQ = "SELECT seq FROM chain_head WHERE id = 1"
TICK_S = 0.05
CHANNEL = "motcua_events"
LONGEST_SLEEP_S = 2.0  # a notification may be lost, so the log is looked at anyway


class SqliteFeed:
    """Asks the file every 50 ms whether anybody committed: a look at shared memory, a query only after a change."""

    def __init__(self, connect: Callable[[], Any], tick_s: float = TICK_S) -> None:
        self._connect, self._tick_s = connect, tick_s
        self._lock = threading.Lock()
        self._connection: Any = None
        self._version, self._seq = -1, 0

    def wait(self, after: int, timeout_s: float) -> int:
        deadline = time.monotonic() + timeout_s
        while (seq := self._look()) <= after and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(self._tick_s, left))
        return seq

    def _look(self) -> int:
        with self._lock:
            if self._connection is None:
                self._connection = self._connect()
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if version != self._version:
                self._seq = self._connection.execute(LAST_SEQ).fetchone()[0]
                self._version = version
            return self._seq

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
                self._version = -1


class PostgresFeed:
    """LISTEN as the hint, the log as the truth; one connection for each thread that waits."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._open: dict[int, Any] = {}

    def wait(self, after: int, timeout_s: float) -> int:
        """Raises: StoreOfflineError, LoginRefusedError; the next call connects again."""
        import psycopg

        from kiosk.storage.errors import StoreOfflineError
        from kiosk.storage.faults import from_postgres

        deadline = time.monotonic() + timeout_s
        try:
            connection = self._listening()
            while (seq := _last_seq(connection)) <= after and (left := deadline - time.monotonic()) > 0:
                for _ in connection.notifies(timeout=min(left, LONGEST_SLEEP_S), stop_after=1):
                    pass
        except psycopg.Error as error:
            self._drop()
            told = from_postgres(error)
            raise told if isinstance(told, StoreOfflineError) else StoreOfflineError(type(error).__name__) from error
        return seq

    def _listening(self) -> Any:
        import psycopg

        from kiosk.storage.postgres import LINK

        me = threading.get_ident()
        with self._lock:
            known = self._open.get(me)
        if known is not None and not known.closed:
            return known
        connection = psycopg.connect(
            self._url, autocommit=True, connect_timeout=5, application_name="motcua feed", **LINK
        )
        connection.execute(f"LISTEN {CHANNEL}")
        with self._lock:
            self._open[me] = connection
        return connection

    def _drop(self) -> None:
        with self._lock:
            connection = self._open.pop(threading.get_ident(), None)
        if connection is not None:
            with contextlib.suppress(KioskError, OSError):
                connection.close()

    def close(self) -> None:
        with self._lock:
            connections, self._open = list(self._open.values()), {}
        for connection in connections:
            connection.close()


def _last_seq(connection: Any) -> int:
    return int(connection.execute(LAST_SEQ).fetchone()[0])
