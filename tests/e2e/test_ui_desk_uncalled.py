"""Back after a miss, an appointment and several dossiers, by the keys of the real desk on a real office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS, desk_at, press
from samples import NOON
from ui_fakes import FakeClock

from kiosk.domain.event import Actor
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.services.queueing import issue_ticket
from ui.app import OpenedOffice, open_office
from ui.desk.view import DeskWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(office: OpenedOffice, qtbot: QtBot, qapp: QApplication) -> Iterator[DeskWindow]:
    with desk_at(office, qtbot, qapp, clock=FakeClock(NOON)) as window:
        yield window


def tickets(office: OpenedOffice) -> list[Ticket]:
    with office.reads() as look:
        return look.tickets.of_day(NOON.date())


def test_everything_by_keys(desk: DeskWindow, office: OpenedOffice, qtbot: QtBot) -> None:
    issue_ticket(office.units(), office.facts, "ho-tich", actor=Actor("", "kiosk-1"), now=NOON, touch="t")

    def until(is_so: Callable[[], bool]) -> None:
        qtbot.waitUntil(is_so, timeout=WAIT_MS)

    press(desk, Qt.Key.Key_F2)
    until(lambda: desk.rail.number.text() == "A001")
    press(desk, Qt.Key.Key_D, CONTROL)
    until(desk.choices.isVisible)
    press(desk, Qt.Key.Key_3)
    until(lambda: "3 hồ sơ" in desk.rail.group.text())

    press(desk, Qt.Key.Key_F4)
    until(lambda: desk.rail.number.text() == "")
    press(desk, Qt.Key.Key_B, CONTROL)
    until(desk.choices.isVisible)
    press(desk, Qt.Key.Key_Return)
    until(lambda: tickets(office)[0].state is TicketState.WAITING)

    press(desk, Qt.Key.Key_H, CONTROL)
    until(desk.choices.isVisible)
    for _earlier in range(2):  # 10:00 is offered first
        press(desk, Qt.Key.Key_Left)
    press(desk, Qt.Key.Key_1)
    until(lambda: len(tickets(office)) == 2)
    booked = tickets(office)[1]
    assert booked.booked_at == NOON.replace(hour=9, minute=50)
    assert booked.effective_at == booked.booked_at
    press(desk, Qt.Key.Key_F2)
    until(lambda: desk.rail.number.text() == booked.label)
