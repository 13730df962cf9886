"""The sample office on a screen: kiosk, desk and hall display side by side, with its workers and its province."""

from __future__ import annotations

import time
from pathlib import Path

from ui.demo.office import desk_of, make_office
from ui.demo.processes import Child

WAITING_AT_FIRST = 5
STATIONS = ("kiosk", "display", "desk")


def open_windows(root: Path) -> None:
    """Open the stations on a throw-away office and return when the desk is closed."""
    sample = make_office(root)
    with sample.open() as office:
        desk_of(office, WAITING_AT_FIRST).take_numbers()
    windows = {name: _window(root, name) for name in STATIONS}
    try:
        sample.worker.start()
        sample.province.start()
        for window in windows.values():
            window.start()
        while windows["desk"].is_running:
            time.sleep(0.3)
    except KeyboardInterrupt:
        pass
    finally:
        for window in windows.values():
            window.stop()
        sample.stop()


def _window(root: Path, name: str) -> Child:
    return Child([name, "--windowed", "--data", str(root)], root / f"{name}.log")
