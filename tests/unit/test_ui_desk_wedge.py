"""A reader that types like a keyboard: its burst is known by when its keys came, not by when the desk got to them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.desk.wedge import Wedge

NUMBER = "001195000007"


class LateClock:
    """What the desk's own clock says at each key; step_s: from one key to the next."""

    def __init__(self) -> None:
        self.step_s, self._now = 0.0, 100.0

    def __call__(self) -> float:
        self._now += self.step_s
        return self._now


@pytest.fixture
def clock() -> LateClock:
    return LateClock()


@pytest.fixture
def scanned(qtbot: QtBot, qapp: QApplication, clock: LateClock) -> Iterator[tuple[QLineEdit, list[str]]]:
    edit, seen = QLineEdit(), list[str]()
    qtbot.addWidget(edit)
    wedge = Wedge(edit, clock)
    wedge.scanned.connect(seen.append)
    qapp.installEventFilter(wedge)
    edit.show()
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    yield edit, seen
    qapp.removeEventFilter(wedge)


def keys(edit: QLineEdit, apart_ms: int, first_ms: int = 5000) -> None:
    for n, text in enumerate([*NUMBER, "\r"]):
        key = Qt.Key.Key_Return if text == "\r" else Qt.Key.Key_unknown
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(first_ms + n * apart_ms)
        QApplication.sendEvent(edit, event)


def test_a_burst_that_waited_for_a_busy_desk_is_still_a_scan(
    scanned: tuple[QLineEdit, list[str]], clock: LateClock
) -> None:
    edit, seen = scanned
    clock.step_s = 0.2
    keys(edit, apart_ms=5)
    assert (seen, edit.text()) == ([NUMBER], "")


def test_what_a_person_typed_before_a_busy_desk_answered_is_no_scan(
    scanned: tuple[QLineEdit, list[str]],
) -> None:
    edit, seen = scanned
    keys(edit, apart_ms=150)
    assert (seen, edit.text()) == ([], NUMBER)


def test_keys_without_a_time_of_their_own_go_by_the_clock(
    scanned: tuple[QLineEdit, list[str]], clock: LateClock
) -> None:
    edit, seen = scanned
    clock.step_s = 0.2
    keys(edit, apart_ms=0, first_ms=0)
    assert seen == []
    edit.clear()
    clock.step_s = 0.005
    keys(edit, apart_ms=0, first_ms=0)
    assert seen == [NUMBER]
