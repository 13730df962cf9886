"""The real desk in every look: nothing cut at 200 % on a small screen, everything in reach, sizes come back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS, desk_at, press
from samples import MOTHER
from screen_checks import cut_texts, settle, unnamed, unreachable

from kiosk.config import read_config
from ui.app import OpenedOffice, open_office
from ui.desk.model import Line, Queue
from ui.desk.over_panel import OverPanel
from ui.desk.view import DeskWindow
from ui.station import DESK
from ui.theme.apply import dress
from ui.theme.look import Look, colours
from ui.widgets.basics import Elided
from ui.widgets.reach import Reach

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path) as opened:
        with opened.units() as uow:
            uow.people.save(MOTHER)
            uow.commit()
        yield opened


@pytest.fixture
def window(office: OpenedOffice, qtbot: QtBot, qapp: QApplication) -> Iterator[DeskWindow]:
    with desk_at(office, qtbot, qapp) as opened:
        opened.scanned.emit(MOTHER.id_number)
        qtbot.waitUntil(lambda: opened.person.name.text() == MOTHER.full_name, timeout=WAIT_MS)
        opened.procedure.chosen.emit("1.001193")
        qtbot.waitUntil(lambda: opened.papers.count() > 0, timeout=WAIT_MS)
        yield opened
    dress(qapp)


def show(window: DeskWindow, chosen: Look) -> None:
    window.show_look(chosen)
    window.resize(DESK)
    settle()


def sizes(window: DeskWindow) -> dict[QWidget, tuple[object, ...]]:
    return {
        w: (w.minimumSize().toTuple(), w.maximumSize().toTuple(), w.font().pixelSize())
        for w in window.findChildren(QWidget)
        if not w.objectName().startswith("qt_") and w.window() is window
    }


def test_no_word_is_cut_at_any_zoom_on_a_small_screen_and_sizes_come_back(window: DeskWindow) -> None:
    show(window, Look())
    reach = window.findChild(Reach)
    assert reach is not None
    assert reach.horizontalScrollBar().maximum() == reach.verticalScrollBar().maximum() == 0
    before = sizes(window)
    for chosen in (Look(compact=True), Look(zoom=125), Look(zoom=150), Look(zoom=200), Look(zoom=200, compact=True)):
        show(window, chosen)
        assert (chosen, cut_texts(window), unreachable(window)) == (chosen, [], [])
    show(window, Look())
    assert sizes(window) == before


def test_at_two_hundred_percent_focus_and_panels_are_in_sight_and_new_lines_have_the_size(window: DeskWindow) -> None:
    show(window, Look("dark", 200))
    for part in (window.side.buttons["refuse"], window.person.card, window.files_button, window.procedure.edit):
        part.setFocus()
        settle()
        for corner in (part.rect().topLeft(), part.rect().bottomRight()):
            assert window.rect().contains(part.mapTo(window, corner)), part.accessibleName()
    reach = window.findChild(Reach)
    assert reach is not None
    reach.horizontalScrollBar().setValue(0)
    press(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert reach.horizontalScrollBar().value() > 0
    panels = window.findChildren(OverPanel)
    assert len(panels) > 9
    for panel in panels:
        panel.stand(panel)
        settle()
        name = type(panel).__name__
        assert (name, [w for w in cut_texts(panel) if w.startswith("QLabel")], unreachable(panel)) == (name, [], [])
        assert (name, unnamed(panel)) == (name, [])
        panel.close_panel()
    window.sheet.open()
    press(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    own = window.sheet.findChild(Reach)
    assert own is not None
    assert (window.sheet.isVisible(), own.verticalScrollBar().value() > 0) == (True, True)
    press(window, Qt.Key.Key_Escape)
    window.show_queue(window_queue())
    settle()
    lines = [w for w in window.rail.findChildren(Elided) if w.text() == "Hộ tịch" and w.isVisible()]
    assert [w.font().pixelSize() for w in lines] == [30]
    parked = [w for w in window.rail.findChildren(QWidget) if w.accessibleName() == "Gọi lại số A007 đang tạm hoãn"]
    assert parked[0].height() == 60


def window_queue() -> Queue:
    return Queue(None, (Line("ho-tich", "Hộ tịch", 3),), (("a7", "A007"),))


def test_the_keys_change_the_look_at_once_and_it_is_kept_and_every_place_has_a_name(
    office: OpenedOffice, window: DeskWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    light = colours()
    press(window, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    press(window, Qt.Key.Key_Equal, CTRL)
    assert colours() != light
    assert qapp.palette().window().color().name() == colours().ground
    file = office.paths.config
    qtbot.waitUntil(lambda: read_config(file).station.zoom == 110, timeout=WAIT_MS)
    assert read_config(file).station.theme == "dark"
    press(window, Qt.Key.Key_0, CTRL)
    qtbot.waitUntil(lambda: read_config(file).station.zoom == 100, timeout=WAIT_MS)
    assert unnamed(window) == []
