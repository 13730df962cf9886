"""The change feed: something happened after event N. It only says so; whoever listens reads the gap."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.errors import KioskError

LAST_SEQ = "SELECT seq FROM chain_head WHERE id = 1"
TICK_S = 0.05
CHANNEL = "motcua_events"
# All stations are told in one moment: each takes a moment of its own to ask, or an officer's act waits behind them all.
SPREAD_S = 0.06
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


@dataclass
class _Ear:
    """One thread's connection that listens. seq: how far the log is known to reach."""

    connection: Any
    seq: int

    def hear(self, timeout_s: float) -> None:
        """Until something was committed; a silence is asked about, for a notification may be lost with its server."""
        notes = list(self.connection.notifies(timeout=timeout_s, stop_after=1))
        if not notes:
            self.seq = _last_seq(self.connection)
            return
        time.sleep(random.uniform(0, SPREAD_S))
        notes += self.connection.notifies(timeout=0)
        self.seq = max(self.seq, *(int(note.payload) for note in notes))


class PostgresFeed:
    """LISTEN, whose word is the number of the event; one connection for each thread that waits."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, _Ear] = {}

    def wait(self, after: int, timeout_s: float) -> int:
        """Raises: StoreOfflineError, LoginRefusedError; the next call connects again."""
        import psycopg

        from kiosk.storage.errors import StoreOfflineError
        from kiosk.storage.faults import from_postgres

        deadline = time.monotonic() + timeout_s
        try:
            ear = self._listening()
            while ear.seq <= after and (left := deadline - time.monotonic()) > 0:
                ear.hear(min(left, LONGEST_SLEEP_S))
        except psycopg.Error as error:
            self._drop()
            told = from_postgres(error)
            raise told if isinstance(told, StoreOfflineError) else StoreOfflineError(type(error).__name__) from error
        return ear.seq

    def _listening(self) -> _Ear:
        import psycopg

        from kiosk.storage.postgres import LINK

        me = threading.current_thread()  # not its number: another thread may get that, and must not hear old news
        with self._lock:
            known = self._open.get(me)
        if known is not None and not known.connection.closed:
            return known
        connection = psycopg.connect(
            self._url, autocommit=True, connect_timeout=5, application_name="motcua feed", **LINK
        )
        connection.execute(f"LISTEN {CHANNEL}")
        ear = _Ear(connection, _last_seq(connection))
        with self._lock:
            left = [self._open.pop(thread) for thread in list(self._open) if not thread.is_alive()]
            self._open[me] = ear
        _close(left)
        return ear

    def _drop(self) -> None:
        with self._lock:
            ear = self._open.pop(threading.current_thread(), None)
        if ear is not None:
            with contextlib.suppress(KioskError, OSError):
                ear.connection.close()

    def close(self) -> None:
        with self._lock:
            ears, self._open = list(self._open.values()), {}
        _close(ears)


def _close(ears: Sequence[_Ear]) -> None:
    for ear in ears:
        ear.connection.close()


def _last_seq(connection: Any) -> int:
    return int(connection.execute(LAST_SEQ).fetchone()[0])
