"""Whether a station's clock may end a morning or a day: one that runs ahead would take everybody's number away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.services.ports import UnitOfWork

PATIENCE = timedelta(minutes=5)
SKEW = timedelta(minutes=5)
NEWEST = 200


@dataclass
class ClockTrust:
    """A clock is believed after five minutes in which it ran like the machine's own count of seconds and no other
    station wrote a time that is far from it. station: whose clock it is, as it stands in the log."""

    station: str
    _since_s: float = field(default=0.0, init=False)
    _last: tuple[datetime, float] | None = field(default=None, init=False)
    _seq: int = field(default=0, init=False)

    def looks_right(self, look: UnitOfWork, now: datetime, running_s: float) -> bool:
        """running_s: seconds of a clock that nobody sets (`time.monotonic`). Reads only; inside a `with`."""
        if self._last is None or self._has_jumped(now, running_s) or self._is_contradicted(look, now):
            self._since_s = running_s
        self._last, self._seq = (now, running_s), look.events.last_seq()
        return running_s - self._since_s >= PATIENCE.total_seconds()

    def _has_jumped(self, now: datetime, running_s: float) -> bool:
        """Set forward or back; a machine that slept looks the same, and waits five minutes too."""
        if self._last is None:
            return True
        passed_s = (now - self._last[0]).total_seconds()
        return abs(passed_s - (running_s - self._last[1])) > SKEW.total_seconds()

    def _is_contradicted(self, look: UnitOfWork, now: datetime) -> bool:
        """What others wrote since the last look happened since the last look; what is older was pushed late."""
        if self._last is None:
            return False
        earliest, latest = min(self._last[0], now) - SKEW, now + SKEW
        fresh = look.events.after(max(self._seq, look.events.last_seq() - NEWEST), NEWEST)
        return any(e.actor.station != self.station and not earliest <= e.at <= latest for e in fresh)
