"""Courtesy towards everybody else on the office's line: bytes a second, and the hours in which pages may go."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as hour

from kiosk.services.jobs import PostponedError

_BURST_S = 1.0
_LOOK_S = 0.5


class Bucket:
    """Lets through so many bytes a second over all who share it; 0.0 lets everything through. Thread-safe."""

    def __init__(
        self,
        rate: float,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate, self._now, self._sleep = rate, monotonic, sleep
        self._lock = threading.Lock()
        self._full_at = monotonic()  # when the bucket will be full again
        self._is_shut = False
        self._may_pass = threading.Event()
        self._may_pass.set()
        self._holder = 0  # thread
        self.passed = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing of others passes meanwhile: on a weak line something small but urgent would get only its share.

        Its own bytes do: the result's file goes up with the dossier that names it.
        """
        self._holder = threading.get_ident()
        self._may_pass.clear()
        try:
            yield
        finally:
            self._holder = 0
            self._may_pass.set()

    def shut(self) -> None:
        """The program ends: nothing more passes, and what is under way goes on another time."""
        self._is_shut = True

    def take(self, size: int) -> None:
        """Wait until `size` bytes may go. Each in its turn, so that no stream starves. Raises: PostponedError."""
        is_own = self._holder == threading.get_ident()
        while not is_own and not self._may_pass.wait(_LOOK_S) and not self._is_shut:
            pass
        if self._is_shut:
            raise PostponedError(0.0)
        with self._lock:
            self.passed += size
            if self._rate <= 0:
                return
            now = self._now()
            self._full_at = max(self._full_at, now) + size / self._rate
            wait = self._full_at - now - _BURST_S
        if wait > 0:
            self._sleep(wait)


@dataclass(frozen=True)
class Hours:
    """From `start` to `end` of each day, over midnight too; the same twice: the whole day."""

    start: hour
    end: hour

    def wait_s(self, now: datetime) -> float:
        """Seconds until these hours; 0.0 inside them."""
        moment = now.time().replace(tzinfo=None)
        if self.start == self.end:
            return 0.0
        inside = self.start <= moment < self.end if self.start < self.end else not self.end <= moment < self.start
        if inside:
            return 0.0
        begins = now.replace(hour=self.start.hour, minute=self.start.minute, second=0, microsecond=0)
        return ((begins if begins > now else begins + timedelta(days=1)) - now).total_seconds()


def hours_of(text: str) -> Hours | None:
    """ "18:00-06:00"; "" for no hours at all. Raises: ValueError."""
    if not text:
        return None
    start, _, end = text.partition("-")
    return Hours(hour.fromisoformat(start.strip()), hour.fromisoformat(end.strip()))


@dataclass(frozen=True)
class Courtesy:
    """hours: when pages may go, None for always. weak_below: only while the line carries less than this, bytes/s;
    0.0: whatever it carries."""

    hours: Hours | None = None
    weak_below: float = 0.0

    def wait_s(self, now: datetime, rate: float, *, urgent: bool = False) -> float:
        """How long pages wait. rate: what the line carried last, bytes/s, 0.0 while unknown: then it counts as weak.
        urgent: of a dossier that is due soon; it goes at any hour."""
        if self.hours is None or urgent or 0 < self.weak_below <= rate:
            return 0.0
        return self.hours.wait_s(now)
