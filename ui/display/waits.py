"""How long a number taken now would wait, line by line, as one of the hall's notices. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.domain.waiting import STEADY, steadied
from ui.display.notices import Notice
from ui.words import wait_range

TITLE = "Nếu lấy số bây giờ, dự kiến chờ"
TOO_OLD = timedelta(minutes=3)  # an estimate that nobody could renew is taken down


@dataclass(frozen=True)
class LineWait:
    """told: whole minutes, as on paper."""

    name: str
    told: tuple[int, int]


@dataclass
class SteadyWaits:
    """Falls at once, rises by a step each two minutes: nobody is told five minutes, then an hour."""

    _shown: dict[str, tuple[tuple[int, int], datetime]] = field(default_factory=dict)
    _read_at: datetime | None = None

    def take(self, fresh: Sequence[LineWait], now: datetime) -> None:
        kept: dict[str, tuple[tuple[int, int], datetime]] = {}
        for line in fresh:
            before, since = self._shown.get(line.name, (line.told, now))
            told = steadied(before, line.told, min(abs(now - since), STEADY))
            kept[line.name] = told, since if told == before else now
        self._shown, self._read_at = kept, now

    def notice(self, now: datetime) -> Notice | None:
        if not self._shown or self._read_at is None or abs(now - self._read_at) > TOO_OLD:
            return None
        lines = [f"{name}: {wait_range(told)}" for name, (told, _) in self._shown.items()]
        return Notice(TITLE, "\n".join(lines))
