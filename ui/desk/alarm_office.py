"""What the desk's alarms need of an opened office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.clock import Clock
from kiosk.services.alarms import Alarm, alarms
from ui.app import OpenedOffice


@dataclass(frozen=True)
class LiveAlarms:
    office: OpenedOffice
    clock: Clock

    def alarms(self) -> Sequence[Alarm]:
        with self.office.reads() as look:
            return alarms(look, self.office.desk, self.clock())

    def name_of(self, officer: str) -> str:
        return self.office.config.officers.get(officer, officer) or "chưa rõ cán bộ"
