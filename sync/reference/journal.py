"""What was asked and answered since the stand-in started; in memory, for the page and for tests."""

from __future__ import annotations

import threading
from collections import Counter, deque
from dataclasses import dataclass

KEPT = 300


@dataclass(frozen=True)
class Exchange:
    """at: yyyyMMddHHmmss, local; status: 0 when nothing was answered; fault: "" for none; took_ms: milliseconds."""

    at: str
    operation: str
    office: str
    status: int
    fault: str
    reply: str
    took_ms: int


class Journal:
    """Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: deque[Exchange] = deque(maxlen=KEPT)
        self._counts: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()

    def count(self, operation: str) -> None:
        with self._lock:
            self._counts[operation] += 1

    def note(self, exchange: Exchange) -> None:
        with self._lock:
            self._last.appendleft(exchange)
            if exchange.fault:
                self._faults[exchange.fault] += 1

    def counts(self) -> dict[str, int]:
        """Requests by operation."""
        with self._lock:
            return dict(self._counts)

    def faults(self) -> dict[str, int]:
        with self._lock:
            return dict(self._faults)

    def last(self) -> list[Exchange]:
        """The newest first."""
        with self._lock:
            return list(self._last)
