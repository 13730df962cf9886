"""The kiosk on a real store: hours of the shipped calendar, quota, papers of the catalogue, and random hands."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.clock import OFFICE_ZONE
from kiosk.services.quota import GroupFullError
from ui.app import OpenedOffice, open_office
from ui.ticketing.office import LiveTicketing
from ui.ticketing.station import ticketing_station
from ui.ticketing.view import TicketingWindow

MONDAY = datetime(2026, 11, 23, 8, 47, tzinfo=OFFICE_ZONE)


@pytest.fixture
def office(tmp_path: Path) -> OpenedOffice:
    return open_office(tmp_path)


def door(office: OpenedOffice, at: datetime = MONDAY) -> LiveTicketing:
    return LiveTicketing(office, clock=lambda: at)


def test_the_kiosk_keeps_the_hours_of_the_shipped_calendar(office: OpenedOffice) -> None:
    with office:
        assert door(office).opening().is_open
        evening = door(office, MONDAY.replace(hour=18)).opening()
        # The 24th is the day of Vietnamese culture, a day off since 2026.
        assert evening.opens_at == datetime(2026, 11, 25, 7, 30, tzinfo=OFFICE_ZONE)
        new_year = door(office, datetime(2027, 1, 1, 9, tzinfo=OFFICE_ZONE)).opening()
        assert not new_year.is_open


def test_a_kiosk_that_keeps_no_hours_is_always_open(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[station]\nkind = "kiosk"\nkeeps_hours = false\n', encoding="utf-8")
    with open_office(tmp_path) as office:
        assert door(office, MONDAY.replace(hour=3)).opening().is_open


def test_the_last_number_of_the_day_is_the_last_and_a_repeated_touch_finds_it_again(office: OpenedOffice) -> None:
    with office:
        first = office.facts.groups[0]
        office.facts = replace(office.facts, groups=(replace(first, daily_quota=1), *office.facts.groups[1:]))
        kiosk = door(office)
        given = kiosk.issue(first.code, "", "touch-1")
        assert [t.full for t in kiosk.tiles()] == [True, *([False] * (len(office.facts.groups) - 1))]
        assert kiosk.issue(first.code, "", "touch-1").label == given.label
        with pytest.raises(GroupFullError):
            kiosk.issue(first.code, "", "touch-2")


def test_a_clock_that_was_set_back_hides_nobody_who_waits(office: OpenedOffice) -> None:
    with office:
        line = office.facts.groups[0].code
        door(office).issue(line, "", "touch-1")
        tiles = door(office, MONDAY.replace(day=20)).tiles()
        assert [t.waiting for t in tiles if t.code == line] == [1]


def test_the_papers_of_a_procedure_are_those_of_the_catalogue(office: OpenedOffice) -> None:
    with office:
        kiosk = door(office)
        birth = next(p for p in kiosk.procedures("ho-tich") if p.name == "Đăng ký khai sinh")
        papers = kiosk.checklist(birth.code).papers
        assert papers
        assert all(p.name and p.originals + p.copies >= 0 for p in papers)


def test_random_hands_never_close_the_kiosk_nor_break_it(
    office: OpenedOffice, qtbot: QtBot, qapp: QApplication
) -> None:
    with office:
        station = ticketing_station(office, portrait=False, clock=lambda: MONDAY)
        station.show(windowed=True)
        window = station.window
        assert isinstance(window, TicketingWindow)
        hand = random.Random(20261123)
        keys = (Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_F11, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_5)
        chords = (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier)
        for _touch in range(600):
            at = QPoint(hand.randrange(window.width()), hand.randrange(window.height()))
            QTest.mouseClick(window.childAt(at) or window, Qt.MouseButton.LeftButton)
            if hand.random() < 0.3:
                QTest.keyClick(qapp.focusWidget() or window, hand.choice(keys), hand.choice(chords))
            if hand.random() < 0.05:
                window.ticked.emit()
                qtbot.wait(2)
        assert window.isVisible()
        window.done_touched.emit()
        qtbot.waitUntil(lambda: window.start.isVisible(), timeout=30_000)
        station.close()
