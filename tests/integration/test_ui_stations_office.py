"""The panel of machines over a real desk, by its keys."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.app import open_office
from ui.desk.station import desk_station
from ui.desk.view import DeskWindow

DEADLINE_S = 60  # ends only what is broken


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[DeskWindow]:
    with open_office(tmp_path) as office:
        station = desk_station(office, counter="1", officer="lan")
        station.show(windowed=True)
        assert isinstance(station.window, DeskWindow)
        qtbot.waitExposed(station.window)
        yield station.window
        station.close()


def test_the_panel_opens_by_its_key_and_an_office_on_one_pc_is_told_what_it_needs(
    desk: DeskWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(desk, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    panel = desk.stations
    assert panel.isVisible()
    qtbot.waitUntil(lambda: panel.empty.isVisible())
    QTest.keyClick(panel, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "PostgreSQL" in panel.notice.fix.text(), timeout=DEADLINE_S * 1000)
    assert panel.pages.currentIndex() == 0
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_new_hall_screen_asks_for_its_code_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    root = tmp_path / "new"
    command = [sys.executable, "-m", "kiosk", "display", "--data", str(root)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    display = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        pages: list[psutil.Process] = []
        for _ in range(DEADLINE_S * 10):
            pages = [p for p in psutil.Process(display.pid).children() if "--window" in p.cmdline()]
            if pages:
                break
            assert display.poll() is None
            psutil.wait_procs([psutil.Process(display.pid)], timeout=0.1)
        assert pages
        display.send_signal(signal.SIGTERM)
        assert display.wait(DEADLINE_S) != 0
        assert not pages[0].is_running()
        assert not root.exists()  # nobody said what it is to be
    finally:
        display.kill()
        display.wait()
