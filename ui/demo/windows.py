"""The sample office on a screen: kiosk, desk and hall display side by side, with its workers and its province."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from ui.app import OpenedOffice
from ui.demo.office import TRAY, desk_of, make_office
from ui.demo.processes import Child
from ui.demo.script import SampleDesk

WAITING_AT_FIRST = 5
STATIONS = ("kiosk", "display", "desk")
LOOK_S = 0.3


@dataclass
class Tray:
    """The feeder of the sample office: one citizen's papers lie in it, the next one's as soon as a dossier is settled.

    laid: how many stacks have been put in.
    """

    office: OpenedOffice
    desk: SampleDesk
    laid: int = 0

    def refill(self) -> None:
        """Cheap to call often."""
        with self.office.reads() as look:
            settled = len(look.dossiers.recent(self.laid + 1))
        if settled >= self.laid:
            self.desk.lay_papers(self.laid % len(self.desk.visitors), self.office.paths.root / TRAY, f"{self.laid}")
            self.laid += 1


def open_windows(root: Path) -> None:
    """Open the stations on a throw-away office and return when the desk is closed."""
    sample = make_office(root)
    with sample.open() as office:
        desk = desk_of(office, WAITING_AT_FIRST)
        desk.take_numbers()
        tray = Tray(office, desk)
        windows = {name: _window(root, name) for name in STATIONS}
        try:
            sample.worker.start()
            sample.province.start()
            for window in windows.values():
                window.start()
            while windows["desk"].is_running:
                tray.refill()
                time.sleep(LOOK_S)
        except KeyboardInterrupt:
            pass
        finally:
            for window in windows.values():
                window.stop()
            sample.stop()


def _window(root: Path, name: str) -> Child:
    return Child([name, "--windowed", "--data", str(root)], root / f"{name}.log")
