"""A counter that is closed for a while: work away from the citizens (việc nội bộ), a break, a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.errors import RuleError


class CounterPausedError(RuleError):
    """Nobody is called to a counter that is paused; open it again first. details: counter, reason."""

    code = "counter.paused"


class CounterNotPausedError(RuleError):
    """The counter is open already. details: counter."""

    code = "counter.not_paused"


@dataclass(frozen=True)
class Pause:
    """until: the planned return, which the waiting estimate counts with; None when it is not known."""

    counter: str
    officer: str
    reason: str
    since: datetime
    until: datetime | None = None
