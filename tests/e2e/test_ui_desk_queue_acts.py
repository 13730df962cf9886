"""Sending on, taking back and pausing, by the keys of the real desk on a real office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS, desk_at, press

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.services.queueing import issue_ticket
from ui.app import OpenedOffice, open_office
from ui.desk.view import DeskWindow


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(office: OpenedOffice, qtbot: QtBot, qapp: QApplication) -> Iterator[DeskWindow]:
    with desk_at(office, qtbot, qapp) as window:
        yield window


def the_ticket(office: OpenedOffice, key: str) -> Ticket:
    with office.reads() as look:
        return look.tickets.get(key)


def test_a_call_is_taken_back_a_number_sent_on_and_the_counter_paused_by_keys(
    desk: DeskWindow, office: OpenedOffice, qtbot: QtBot
) -> None:
    with office.reads() as look:
        written = [e.kind for e in look.events.all()]
    assert written == ["catalogue.imported"], "opening the desk calls nobody and writes nothing"
    kiosk = Actor("", "kiosk-1")
    key = issue_ticket(office.units(), office.facts, "ho-tich", actor=kiosk, now=office_now(), touch="t").key

    def until(is_so: Callable[[], bool]) -> None:
        qtbot.waitUntil(is_so, timeout=WAIT_MS)

    press(desk, Qt.Key.Key_F2)
    until(lambda: desk.rail.number.text() == "A001")
    press(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    until(lambda: desk.rail.number.text() == "")
    assert the_ticket(office, key).state is TicketState.WAITING

    press(desk, Qt.Key.Key_F2)
    until(lambda: desk.rail.number.text() == "A001")
    press(desk, Qt.Key.Key_F11)
    until(desk.choices.isVisible)
    press(desk, Qt.Key.Key_F7)  # no key works behind the panel
    press(desk, Qt.Key.Key_Right)
    press(desk, Qt.Key.Key_1)
    until(lambda: desk.rail.number.text() == "")
    sent = the_ticket(office, key)
    assert (sent.label, sent.group, sent.state) == ("A001", "chung-thuc", TicketState.WAITING)
    with office.reads() as look:
        assert look.events.of(key)[-1].data["place"] == "next"

    press(desk, Qt.Key.Key_F12)
    until(desk.choices.isVisible)
    press(desk, Qt.Key.Key_Return)
    until(lambda: desk.rail.state.text() == "Tạm nghỉ")
    press(desk, Qt.Key.Key_F2)
    until(desk.notice.isVisible)
    assert the_ticket(office, key).state is TicketState.WAITING
    press(desk, Qt.Key.Key_F12)
    until(lambda: desk.rail.state.text() == "Quầy trống")
    assert QApplication.focusWidget() is desk.person.card


def test_typed_words_are_undone_in_their_own_field(desk: DeskWindow, office: OpenedOffice, qtbot: QtBot) -> None:
    kiosk = Actor("", "kiosk-1")
    issue_ticket(office.units(), office.facts, "ho-tich", actor=kiosk, now=office_now(), touch="t")
    press(desk, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: desk.rail.number.text() == "A001", timeout=WAIT_MS)
    desk.focus("name")
    QTest.keyClicks(desk.person.name, "Lan")
    press(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(200)
    assert desk.rail.number.text() == "A001"
