"""A desk in a process of its own, which types and is killed a second after its last key, as by a power cut.

Arguments: data directory, name to type. Never saves on the way out: it kills itself.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.app import open_office
from ui.desk.station import desk_station
from ui.desk.view import DeskWindow
from ui.station import application

STEP_MS, STEPS = 10, 100  # one second, in turns of the event loop: a machine that stands still lets nothing pass


def wait(steps: int) -> None:
    for _ in range(steps):
        QTest.qWait(STEP_MS)


def main(root: str, name: str) -> None:
    application()
    with open_office(Path(root)) as office:
        station = desk_station(office, counter="1", officer="lan", capture=lambda: [])
        window = station.window
        assert isinstance(window, DeskWindow)
        station.show(windowed=True)
        window.activateWindow()
        wait(STEPS)
        window.procedure.chosen.emit("1.001193")
        wait(STEPS)
        window.papers.setFocus()
        QTest.keyClick(window.papers, Qt.Key.Key_S)
        window.person.name.setFocus()
        for letter in name:
            QTest.keyClicks(window.person.name, letter)
            wait(3)
        wait(STEPS)
        os.kill(os.getpid(), signal.SIGKILL)


main(*sys.argv[1:])
