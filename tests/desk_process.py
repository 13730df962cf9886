"""A desk in a process of its own, which types, waits for its own saving and is killed, as by a power cut.

Arguments: data directory, name to type. Never saves on the way out: it kills itself, at the latest after `LATEST_S`.
How long saving takes is not measured here: a busy machine would fail for it.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.app import OpenedOffice, open_office
from ui.desk.station import desk_station
from ui.desk.view import DeskWindow
from ui.station import application

STEP_MS, LATEST_S = 10, 60.0


def wait_for(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + LATEST_S
    while not true() and time.monotonic() < ends:
        QTest.qWait(STEP_MS)


def chosen(window: DeskWindow) -> bool:
    """Whether the procedure's papers are there; the catalogue may still be on its way."""
    if not window.papers.count():
        window.procedure.chosen.emit("1.001193")
    return bool(window.papers.count())


def drafted(office: OpenedOffice, name: str) -> bool:
    with office.reads() as look:
        return any((draft.data["person"] or {}).get("full_name") == name for draft in look.drafts.of_officer("lan"))


def main(root: str, name: str) -> None:
    application()
    with open_office(Path(root)) as office:
        station = desk_station(office, counter="1", officer="lan", capture=lambda: [])
        window = station.window
        assert isinstance(window, DeskWindow)
        station.show(windowed=True)
        window.activateWindow()
        wait_for(lambda: QApplication.focusWidget() is window.person.card)  # the desk is ready
        wait_for(lambda: chosen(window))
        window.papers.setFocus()
        QTest.keyClick(window.papers, Qt.Key.Key_S)
        window.person.name.setFocus()
        for letter in name:
            QTest.keyClicks(window.person.name, letter)
            QTest.qWait(STEP_MS)
        wait_for(lambda: drafted(office, name))
        os.kill(os.getpid(), signal.SIGKILL)


main(*sys.argv[1:])
