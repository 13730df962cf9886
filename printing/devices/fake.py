"""A printer in memory that fails on demand; also for rehearsals."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from kiosk.errors import DeviceError
from printing.devices.base import Health
from printing.paper import Paper


class FakePrinter:
    """Keeps what came out. troubles: the outcome of each print to come, None for success; used up one by one.

    `dies_midway`: a trouble then strikes after the paper has come out, as when a cable is pulled while it prints.
    """

    def __init__(self, name: str = "máy in giả", troubles: Iterable[DeviceError | None] = ()) -> None:
        self.name = name
        self.troubles = deque(troubles)
        self.dies_midway = False
        self.out: list[Paper] = []

    def check(self) -> Health:
        if self.troubles and self.troubles[0] is not None:
            raise self.troubles[0]
        return Health.READY

    def print(self, paper: Paper) -> str:
        trouble = self.troubles.popleft() if self.troubles else None
        if trouble is None or self.dies_midway:
            self.out.append(paper)
        if trouble is not None:
            raise trouble
        return self.name
