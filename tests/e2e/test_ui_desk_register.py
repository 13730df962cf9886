"""The register of appointments by the keys of the real desk on a real office: booked, moved, come, called off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS, desk_at
from samples import NOON
from ui_fakes import FakeClock

from kiosk.domain.appointment import AppointmentState
from kiosk.services.appointments import Booked, day_of_appointments
from ui.app import OpenedOffice, open_office
from ui.desk.appointments_panel import DAY, PERSON, SLOTS, RegisterPanel
from ui.desk.view import DeskWindow

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(office: OpenedOffice, qtbot: QtBot, qapp: QApplication) -> Iterator[DeskWindow]:
    with desk_at(office, qtbot, qapp, clock=FakeClock(NOON)) as window:
        yield window


class Hands:
    def __init__(self, window: DeskWindow, office: OpenedOffice, qtbot: QtBot) -> None:
        self.window, self.office, self._qtbot = window, office, qtbot

    @property
    def panel(self) -> RegisterPanel:
        return self.window.register

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.window.focusWidget() or self.window, key)

    def until(self, is_so: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(is_so, timeout=WAIT_MS)

    def on(self, page: int) -> None:
        self.until(lambda: self.panel.pages.currentIndex() == page)

    def open(self) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        self.until(self.panel.isVisible)

    def register(self, days: int = 0) -> list[Booked]:
        with self.office.reads() as look:
            return day_of_appointments(look, NOON.date() + timedelta(days=days))

    def said(self, words: str) -> None:
        self.until(lambda: self.panel.notice.isVisible() and words in self.panel.notice.accessibleName())


@pytest.fixture
def hands(desk: DeskWindow, office: OpenedOffice, qtbot: QtBot) -> Hands:
    return Hands(desk, office, qtbot)


def test_an_appointment_from_booking_to_number(hands: Hands) -> None:
    hands.open()
    hands.press(Qt.Key.Key_N)
    hands.on(SLOTS)
    hands.until(lambda: hands.panel.slots.count() > 0)
    hands.press(Qt.Key.Key_Return)
    hands.on(PERSON)
    QTest.keyClicks(hands.window.focusWidget(), "Nguyen Van A")
    hands.press(Qt.Key.Key_Tab)
    QTest.keyClicks(hands.window.focusWidget(), "0912 000 111")
    QTest.qWait(60)  # a burst that ends with Enter would be a scanner's
    hands.press(Qt.Key.Key_Return)
    hands.on(DAY)
    hands.until(lambda: hands.panel.list.count() == 1)
    made = hands.register()[0].appointment
    assert (made.name, made.phone, made.at) == ("Nguyen Van A", "0912000111", NOON.replace(minute=30))
    hands.said(f"{made.code[:3]} {made.code[3:]}")

    hands.press(Qt.Key.Key_D)  # to the next working day: 24 November is a day off
    hands.on(SLOTS)
    hands.press(Qt.Key.Key_Right)
    hands.until(lambda: "25/11" in hands.panel.title.text() and hands.panel.slots.count() > 10)
    hands.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    hands.until(lambda: [b.appointment.key for b in hands.register(2)] == [made.key])
    hands.until(lambda: hands.panel.pages.currentIndex() == DAY and "25/11" in hands.panel.title.text())
    hands.press(Qt.Key.Key_D)
    hands.on(SLOTS)
    hands.press(Qt.Key.Key_Left)
    hands.until(lambda: "23/11" in hands.panel.title.text())
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: len(hands.register()) == 1 and hands.panel.pages.currentIndex() == DAY)
    hands.until(lambda: hands.panel.list.count() == 1)

    hands.press(Qt.Key.Key_Return)
    hands.said("A001")
    assert hands.register()[0].number == "A001"
    hands.press(Qt.Key.Key_Delete, Qt.Key.Key_Return)  # too late
    hands.press(Qt.Key.Key_Escape)
    hands.until(lambda: not hands.panel.isVisible())
    assert hands.register()[0].appointment.state is AppointmentState.BOOKED


def test_an_appointment_is_called_off_only_after_a_second_key(hands: Hands) -> None:
    hands.open()
    hands.press(Qt.Key.Key_N)
    hands.on(SLOTS)
    hands.press(Qt.Key.Key_2)  # the second line that takes appointments
    hands.until(lambda: hands.panel.slots.count() > 0)
    hands.press(Qt.Key.Key_Return)
    hands.on(PERSON)
    hands.press(Qt.Key.Key_Escape)
    hands.on(SLOTS)
    hands.until(lambda: hands.panel.slots.count() > 0)
    hands.press(Qt.Key.Key_Return)
    hands.on(PERSON)
    hands.press(Qt.Key.Key_Return)
    hands.on(DAY)
    hands.until(lambda: hands.panel.list.count() == 1)
    made = hands.register()[0].appointment
    assert (made.group, made.name) == ("dat-dai-xay-dung", "")
    hands.press(Qt.Key.Key_Delete, Qt.Key.Key_Escape)
    assert hands.panel.isVisible()
    hands.press(Qt.Key.Key_Delete, Qt.Key.Key_Return)
    hands.until(lambda: hands.register()[0].appointment.state is AppointmentState.CANCELLED)
    hands.said("Đã hủy")


def test_enter_pressed_twice_or_held_books_once(hands: Hands) -> None:
    def held(key: Qt.Key) -> None:
        widget = hands.window.focusWidget()
        assert widget is not None
        QApplication.sendEvent(widget, QKeyEvent(QKeyEvent.Type.KeyPress, key, NO_MODIFIER, "\r", True))

    hands.open()
    hands.press(Qt.Key.Key_N)
    hands.on(SLOTS)
    hands.until(lambda: hands.panel.slots.count() > 0)
    held(Qt.Key.Key_Return)
    assert hands.panel.pages.currentIndex() == SLOTS
    hands.press(Qt.Key.Key_Return)
    hands.on(PERSON)
    held(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    hands.on(DAY)
    hands.said("Đã đặt hẹn")
    assert len(hands.register()) == 1
