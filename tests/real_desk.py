"""The real desk window on a real office, as tests open it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.clock import Clock, office_now
from scanner.page import Page
from ui.app import OpenedOffice
from ui.desk.station import desk_station
from ui.desk.view import DeskWindow
from ui.theme.apply import dress

WAIT_MS = 30_000


@contextmanager
def desk_at(
    office: OpenedOffice,
    qtbot: QtBot,
    qapp: QApplication,
    *,
    capture: Callable[[], Iterable[Page]] = lambda: [],
    clock: Clock = office_now,
) -> Iterator[DeskWindow]:
    """Lan's desk at counter 1, up to where it waits for a citizen's card."""
    dress(qapp)
    station = desk_station(office, counter="1", officer="lan", capture=capture, clock=clock)
    window = station.window
    assert isinstance(window, DeskWindow)
    try:
        station.show(windowed=True)
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is window.person.card, timeout=WAIT_MS)
        yield window
    finally:
        station.close()


def press(window: DeskWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Where the officer's hands are: the field that has the focus."""
    QTest.keyClick(window.focusWidget() or window, key, modifier)
