"""How often a province may be called: at most so many calls in any minute, counted where they leave."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any, cast

from sync.province import ProvinceClient

MINUTE_S = 60.0


class Budget:
    """calls: in a minute, 0 for no bound. A call is never stopped in the middle of an entry; the next entry waits."""

    def __init__(self, calls: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._calls, self._now = calls, monotonic
        self._spent: deque[float] = deque()

    def spend(self) -> None:
        self._spent.append(self._now())

    @property
    def wait_s(self) -> float:
        """Seconds until the next entry may be sent; 0.0 when it may go now."""
        now = self._now()
        while self._spent and self._spent[0] <= now - MINUTE_S:
            self._spent.popleft()
        if not self._calls or len(self._spent) < self._calls:
            return 0.0
        return self._spent[-self._calls] + MINUTE_S - now


class _Counted:
    """Whatever the port has, or will have, each call counted."""

    def __init__(self, client: ProvinceClient, spend: Callable[[], None]) -> None:
        self._client, self._spend = client, spend

    def __getattr__(self, name: str) -> Any:
        act = getattr(self._client, name)
        if name == "close":
            return act

        def call(*given: Any, **named: Any) -> Any:
            self._spend()
            return act(*given, **named)

        return call


def counted(client: ProvinceClient, spend: Callable[[], None]) -> ProvinceClient:
    """The same client, whose calls are told to `spend`."""
    return cast(ProvinceClient, _Counted(client, spend))
